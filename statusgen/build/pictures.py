"""Logo and favicon, read from the files that site.yaml names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from statusgen.model.looks import PICTURE_TYPES, Picture
from statusgen.model.site import Site
from statusgen.parse.pictures import parse_picture
from statusgen.parse.site import PATH as SITE_PATH
from statusgen.problems import Problem, suggest
from statusgen.source.files import Source


class Pictures:
    """Kept from source to source: the same site and files give the very same site."""

    def __init__(self) -> None:
        self._kept: tuple[Site, tuple[str, ...], Site, list[Problem]] | None = None

    def add(self, source: Source, site: Site) -> tuple[Site, list[Problem]]:
        """The site with its pictures. One that is missing or cannot be shown is told, and left out."""
        if not site.looks.files:
            return site, []
        blobs = tuple(source.files.get(path, "") for _, path in site.looks.files)
        if self._kept and self._kept[0] is site and self._kept[1] == blobs:
            return self._kept[2:]
        pictures: list[Picture] = []
        problems: list[Problem] = []
        texts = source.read([path for _, path in site.looks.files if path in source.files])
        for (key, path), line in zip(site.looks.files, site.looks.lines, strict=True):
            if path in texts:
                picture, found = parse_picture(key, path, texts[path])
                pictures += [picture] if picture else []
                problems += found
            else:
                near = suggest(path, [name for name in source.files if name.rpartition(".")[2] in PICTURE_TYPES])
                hint = near or "paths begin in the content folder"
                problems.append(Problem(SITE_PATH, line, "bad-picture", f"there is no file `{path}`", hint))
        dressed = replace(site, looks=replace(site.looks, pictures=tuple(pictures)))
        if self._kept and self._kept[2] == dressed:
            dressed = self._kept[2]
        self._kept = (site, blobs, dressed, problems)
        return dressed, problems


def without_pictures(problems: Iterable[Problem], site: Site) -> list[Problem]:
    """Problems without those that say of a picture of the site that it is not published."""
    used = {path for _, path in site.looks.files}
    return [problem for problem in problems if problem.code != "not-markdown" or problem.path not in used]
