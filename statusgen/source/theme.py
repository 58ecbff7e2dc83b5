"""Themes from disk: the site's own folder `themes/NAME` beside the content, over the default theme of the package."""

from __future__ import annotations

from pathlib import Path

from statusgen.errors import Error
from statusgen.model.theme import Theme

DEFAULT = "default"


def read_theme(name: str, content: Path) -> Theme:
    """Raises Error when there is no such theme or a template is not UTF-8."""
    folders = [_default_folder()]
    own = content.absolute().parent / "themes" / name
    if "/" in name or "\\" in name or name.startswith("."):
        raise Error(f"`{name}` is not a theme's name")
    if _is_folder(own):
        folders.append(own)
    elif name != DEFAULT:
        raise Error(f"there is no theme `{name}`: it would be the folder {own}")
    templates: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    written_here: set[str] = set()
    for folder in folders:
        try:
            for path in sorted((folder / "templates").glob("*.html")):
                templates[path.name] = path.read_text("utf-8")
                if folder == own:
                    written_here.add(path.name)
            for path in sorted((folder / "assets").rglob("*")):
                if path.is_file() and not path.name.startswith("."):
                    assets[path.relative_to(folder / "assets").as_posix()] = path.read_bytes()
        except (OSError, UnicodeDecodeError) as error:
            raise Error(f"cannot read the theme in {folder}: {error}") from None
    return Theme(name, templates, assets, frozenset(written_here))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError as error:
        raise Error(f"cannot read the theme in {path}: {error.strerror}") from None


def _default_folder() -> Path:
    package = Path(__file__).parent.parent
    installed = package / "themes" / DEFAULT
    return installed if installed.is_dir() else package.parent / "themes" / DEFAULT
