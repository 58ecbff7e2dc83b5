"""What a site says of its looks, as a part of its theme: custom properties, and the addresses of its pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from statusgen.model.colours import DARK, LIGHT, make_readable, text_on
from statusgen.model.looks import PICTURE_TYPES, Looks, Picture
from statusgen.render.assets import fingerprinted

# Families that are on most machines, by what they look like; nothing is fetched.
STACKS = {
    "humanist": 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", "Noto Sans", sans-serif',
    "monospace": 'ui-monospace, "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace',
    "rounded": 'ui-rounded, "Hiragino Maru Gothic ProN", Quicksand, Manjari, "Arial Rounded MT", Calibri, sans-serif',
    "serif": 'Charter, "Bitstream Charter", "Sitka Text", Cambria, "Noto Serif", serif',
    "system-ui": 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif',
}


@dataclass(frozen=True, slots=True)
class Logo:
    """`path` and `dark` from the root; `dark` is the one for dark pages, "" where one does for both. Sides in pixels.

    `alone`: the name is not shown beside it."""

    path: str
    dark: str
    width: int
    height: int
    alone: bool


@dataclass(frozen=True, slots=True)
class Icon:
    """The picture of a browser's tab: `path` from the root, `type` its media type."""

    path: str
    type: str


def find_logo(looks: Looks) -> Logo | None:
    """None where the site has none that can be shown."""
    logo, dark = looks.find_picture("logo"), looks.find_picture("logo_dark")
    if not logo:
        return None
    return Logo(_address(logo), _address(dark) if dark else "", logo.width, logo.height, not looks.show_name)


def _address(picture: Picture) -> str:
    return fingerprinted(picture.asset, picture.data)


def find_icon(looks: Looks, names: Mapping[str, str], indicator: str) -> Icon:
    """`names` are those of the assets. What is wrong shows in the theme's own icons, which it may have for each
    indicator of a page's status but `none`."""
    own = looks.find_picture("favicon")
    shown = f"favicon-{indicator}.svg"
    if indicator and indicator != "none" and shown in names:
        return Icon(names[shown], PICTURE_TYPES["svg"])
    if own:
        return Icon(names[own.asset], PICTURE_TYPES[own.extension])
    return Icon(names["favicon.svg"], PICTURE_TYPES["svg"])


def render_properties(looks: Looks) -> str:
    """CSS for behind a theme's own; "" where nothing is said. All values were checked to be what they should."""
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    if looks.font:
        light["--font"] = STACKS[looks.font]
    if looks.radius:
        light["--radius"] = looks.radius
    if looks.accent:
        light |= _accent(looks.accent, LIGHT)
    if looks.accent or looks.accent_dark:
        dark |= _accent(looks.accent_dark or looks.accent, DARK)
    rules = [_rule(light)] if light else []
    rules += [f"@media (prefers-color-scheme: dark) {{\n{_rule(dark)}\n}}"] if dark else []
    return "\n".join(rules)


def _accent(colour: str, background: str) -> dict[str, str]:
    return {"--accent": colour, "--on-accent": text_on(colour), "--link": make_readable(colour, background)}


def _rule(values: dict[str, str]) -> str:
    return ":root {" + " ".join(f"{name}: {value};" for name, value in values.items()) + "}"
