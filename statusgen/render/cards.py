"""The pictures that chat programs show beside a link to a page: one for each indicator, without words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from statusgen.model.language import Language, mark
from statusgen.render.assets import Assets

# By indicator, as for a page's status; "" is for pages that tell of no state.
ALTS = {
    "": mark("A status page"),
    "none": mark("A check mark"),
    "minor": mark("A sign that warns of minor problems"),
    "major": mark("A sign that warns of major problems"),
    "critical": mark("A sign that warns of critical problems"),
    "maintenance": mark("A clock: planned work"),
}
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Card:
    """`path` from the root, sides in pixels, and `alt` in words."""

    path: str
    width: int
    height: int
    alt: str


def make_cards(assets: Assets, language: Language) -> Mapping[str, Card]:
    """By indicator. Where a theme has no `card-major.png`, it is `card.png`; what is no PNG is left out."""
    return dict(_cards(assets, language))


def _cards(assets: Assets, language: Language) -> Iterator[tuple[str, Card]]:
    for indicator, alt in ALTS.items():
        own = f"card-{indicator}.png"
        path = assets.names.get(own if own in assets.names else "card.png", "")
        data = assets.files.get(path, b"")
        # The first chunk of a PNG has its sides.
        if data.startswith(PNG) and len(data) > 24:
            width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
            yield indicator, Card(path, width, height, language.find(alt))
