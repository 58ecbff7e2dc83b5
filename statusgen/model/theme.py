"""A theme as read: template texts and asset bytes by name. What a theme does not have is that of the one it extends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Layer:
    """One theme of those that make up another, with its files by their paths in its folder; `own` is the site's."""

    name: str
    files: Mapping[str, bytes] = field(repr=False)
    own: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """`templates` has each text as `NAME.html`, and as `THEME/NAME.html` as an extended theme has it. `own` names those
    that are the site's and not shipped; `catalogues` are PO files by the tags of their languages, later ones before
    earlier ones; `places` tells by the same names where each text lies. `layers` are the themes
    of which it is made, the one that it rests on first."""

    name: str
    templates: Mapping[str, str]
    assets: Mapping[str, bytes]
    catalogues: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict, repr=False)
    own: frozenset[str] = frozenset()
    places: Mapping[str, str] = field(default_factory=dict)
    layers: tuple[Layer, ...] = field(default=(), compare=False, repr=False)

    def place_of(self, name: str) -> str:
        return self.places.get(name, name)
