"""Themes: the site's own folders `themes/NAME` beside the content, over those of the package."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from statusgen.errors import Error
from statusgen.model.theme import Theme
from statusgen.source.files import link_problem
from statusgen.source.layers import DEFAULT, SETTINGS, find_layers, merge_layers

PARTS = ("templates", "assets", "locale")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class NoThemeError(Error):
    """Nothing has this name."""


def read_theme(name: str, content: Path) -> Theme:
    """The theme beside a content folder. Raises Error when there is no such theme, a template is not UTF-8, or where
    there is a link, which could lead out of the repository."""
    find_theme(name, content)

    def find(name: str) -> Mapping[str, bytes] | None:
        folder = themes_folder(content) / name
        if not _is_folder(folder):
            return None
        _check_links(folder)
        return _read_files(folder)

    return merge_layers(name, find_layers(name, find, read_shipped))


def find_theme(name: str, content: Path) -> Path:
    """The folder of a theme, which need not be there for those of the package."""
    check_name(name)
    own = themes_folder(content) / name
    if not _is_folder(own) and name not in shipped_names():
        shipped = ", ".join(shipped_names())
        raise NoThemeError(f"there is no theme `{name}`: it would be the folder {own}; shipped are {shipped}")
    return own


def themes_folder(content: Path) -> Path:
    """Where a site has its themes. A content folder may be `.`, which has no parent by its name."""
    return Path(os.path.normpath(content.absolute() / ".." / "themes"))


def own_names(content: Path) -> list[str]:
    """The themes that a site has, sorted."""
    folder = themes_folder(content)
    try:
        return sorted(path.name for path in folder.iterdir() if path.is_dir() and NAME.fullmatch(path.name))
    except OSError:
        return []


def check_name(name: str) -> None:
    """Raises Error for what could be the way to another folder."""
    if "/" in name or "\\" in name or name.startswith("."):
        raise Error(f"`{name}` is not a theme's name")


def make_theme(name: str, own: Mapping[str, bytes]) -> Theme:
    """A theme of the site's own files, by their paths in the folder of its themes. Raises Error as `read_theme`."""
    themes: dict[str, dict[str, bytes]] = {}
    for path, data in own.items():
        folder, _, rest = path.partition("/")
        themes.setdefault(folder, {})[rest] = data
    if name not in themes and name not in shipped_names():
        raise NoThemeError(f"there is no theme `{name}`")
    return merge_layers(name, find_layers(name, themes.get, read_shipped))


def shipped_names() -> list[str]:
    return sorted(path.name for path in shipped_folder().iterdir() if (path / PARTS[1]).is_dir())


def shipped_folder() -> Path:
    package = Path(__file__).parent.parent
    installed = package / "themes"
    return installed if (installed / DEFAULT).is_dir() else package.parent / "themes"


def read_shipped(name: str) -> Mapping[str, bytes] | None:
    """The files of a theme of the package; None where it has none of this name."""
    folder = shipped_folder() / name
    return _read_files(folder) if NAME.fullmatch(name) and folder.is_dir() else None


def _check_links(folder: Path) -> None:
    """Not for shipped themes, as some ways of installing a package make links of all its files."""
    try:
        for path in (folder.parent, folder, *(folder / part for part in PARTS), *_paths_in(folder)):
            if path.is_symlink():
                problem = link_problem(path.relative_to(folder.parent.parent).as_posix())
                raise Error(f"cannot read the theme in {folder}: {problem.path}: {problem.message}; {problem.hint}")
    except OSError as error:
        raise Error(f"cannot read the theme in {folder}: {error}") from None


def _paths_in(folder: Path) -> Iterator[Path]:
    yield from sorted(path for part in PARTS for path in (folder / part).rglob("*"))
    yield folder / SETTINGS


def _read_files(folder: Path) -> dict[str, bytes]:
    try:
        paths = _paths_in(folder)
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}
    except OSError as error:
        raise Error(f"cannot read the theme in {folder}: {error}") from None


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError as error:
        raise Error(f"cannot read the theme in {path}: {error.strerror}") from None
