"""How a site wants to look: what `theme:` in site.yaml says."""

from __future__ import annotations

from dataclasses import dataclass, field

# Media types of the pictures that a site may bring, by how their names end.
PICTURE_TYPES = {"svg": "image/svg+xml", "png": "image/png", "webp": "image/webp", "ico": "image/x-icon"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A checked file: `key` is what it is for, as in `theme:`. Sides are in pixels, 0 where the file does not tell."""

    key: str
    extension: str
    data: bytes = field(repr=False)
    width: int = 0
    height: int = 0

    @property
    def asset(self) -> str:
        """Its name among the assets of a theme: `logo-dark.svg`."""
        return f"{self.key.replace('_', '-')}.{self.extension}"


@dataclass(frozen=True, slots=True)
class Looks:
    """`theme` is a theme's name, and colours are `#rrggbb`; "" where nothing is said. `files` are (key, path in the
    content folder), with the `lines` where they are named; `pictures` are what was found there."""

    theme: str = ""
    accent: str = ""
    accent_dark: str = ""
    radius: str = ""
    font: str = ""
    show_name: bool = True
    files: tuple[tuple[str, str], ...] = ()
    lines: tuple[int, ...] = field(default=(), compare=False, repr=False)
    pictures: tuple[Picture, ...] = ()

    def find_picture(self, key: str) -> Picture | None:
        return next((picture for picture in self.pictures if picture.key == key), None)
