"""What the site is called in other languages, read from the files beside site.yaml."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from statusgen.build.translations import check_language
from statusgen.model.languages import find_language
from statusgen.model.site import Site
from statusgen.model.translations import SiteWords
from statusgen.parse.file_names import SITE_WORDS
from statusgen.parse.site_words import parse_site_words
from statusgen.problems import Problem
from statusgen.source.files import Source

# What stands in for a file with errors, by its path and its language.
FindWords = Callable[[str, str, Site], SiteWords | None]


class Words:
    """Kept from source to source: the same site and files give the very same site."""

    def __init__(self) -> None:
        self._kept: tuple[Site, tuple[tuple[str, str], ...], Site, list[Problem]] | None = None

    def add(self, source: Source, site: Site, find: FindWords) -> tuple[Site, list[Problem]]:
        """The site with its words. `find` is asked for those of a file that has an error, which is told too."""
        blobs = tuple(sorted((path, blob) for path, blob in source.files.items() if is_site_words(path)))
        if not blobs:
            return site, []
        if self._kept and self._kept[0] is site and self._kept[1] == blobs and not self._kept[3]:
            return self._kept[2:]
        found: list[SiteWords] = []
        problems: list[Problem] = []
        for path, text in source.read([path for path, _ in blobs]).items():
            language = language_of_site(path)
            words, wrong = parse_site_words(path, language, text, site)
            words = words or find(path, language, site)
            found += [words] if words else []
            problems += [*wrong, *check_language(site, path, language, "site.yaml")]
        worded = replace(site, words=tuple(sorted(found, key=lambda one: one.language)))
        if self._kept and self._kept[2] == worded:
            worded = self._kept[2]
        self._kept = site, blobs, worded, problems
        return worded, problems


def is_site_words(path: str) -> bool:
    """Whether it is a file such as `site.id.yaml`, in a language that is known."""
    return path.endswith(".yaml") and bool(SITE_WORDS.fullmatch(path)) and bool(find_language(language_of_site(path)))


def language_of_site(path: str) -> str:
    return path.split(".")[1]
