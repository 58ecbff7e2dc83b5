"""Themes: the site's own folder `themes/NAME` beside the content, over the default theme of the package."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from statusgen.errors import Error
from statusgen.model.theme import Theme
from statusgen.source.files import link_problem

DEFAULT = "default"
PARTS = ("templates", "assets")


def read_theme(name: str, content: Path) -> Theme:
    """The theme beside a content folder. Raises Error when there is no such theme, a template is not UTF-8, or where
    there is a link, which could lead out of the repository."""
    own = find_theme(name, content)
    _check_links(own)
    return make_theme(name, _read_files(own), str(own))


def find_theme(name: str, content: Path) -> Path:
    """The folder of a theme, which need not be there for the default theme alone."""
    check_name(name)
    own = content.absolute().parent / "themes" / name
    if not _is_folder(own) and name != DEFAULT:
        raise Error(f"there is no theme `{name}`: it would be the folder {own}")
    return own


def check_name(name: str) -> None:
    """Raises Error for what could be the way to another folder."""
    if "/" in name or "\\" in name or name.startswith("."):
        raise Error(f"`{name}` is not a theme's name")


def make_theme(name: str, own: Mapping[str, bytes], where: str) -> Theme:
    """A theme of its own files by their paths in its folder; `where` tells people which that is."""
    default = _default_folder()
    templates: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    for folder, files in ((str(default), _read_files(default)), (where, own)):
        for path, data in files.items():
            kind, _, rest = path.partition("/")
            if _is_template(path):
                try:
                    templates[rest] = data.decode("utf-8")
                except UnicodeDecodeError as error:
                    raise Error(f"cannot read the theme in {folder}: {path}: {error}") from None
            elif kind == "assets" and not PurePosixPath(path).name.startswith("."):
                assets[rest] = data
    return Theme(name, templates, assets, frozenset(PurePosixPath(path).name for path in own if _is_template(path)))


def _is_template(path: str) -> bool:
    return path.startswith("templates/") and path.count("/") == 1 and path.endswith(".html")


def _check_links(folder: Path) -> None:
    """Not for the default theme, as some ways of installing a package make links of all its files."""
    parts = [folder / part for part in PARTS]
    try:
        for path in (folder.parent, folder, *parts, *_paths_in(folder)):
            if path.is_symlink():
                problem = link_problem(path.relative_to(folder.parent.parent).as_posix())
                raise Error(f"cannot read the theme in {folder}: {problem.path}: {problem.message}; {problem.hint}")
    except OSError as error:
        raise Error(f"cannot read the theme in {folder}: {error}") from None


def _paths_in(folder: Path) -> list[Path]:
    return sorted(path for part in PARTS for path in (folder / part).rglob("*"))


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


def _default_folder() -> Path:
    package = Path(__file__).parent.parent
    installed = package / "themes" / DEFAULT
    return installed if installed.is_dir() else package.parent / "themes" / DEFAULT
