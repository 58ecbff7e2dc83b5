"""A theme as read: template texts and asset bytes by name. Missing files of a theme are the default theme's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """`own` names the templates that are the site's and not the default theme's."""

    name: str
    templates: Mapping[str, str]
    assets: Mapping[str, bytes]
    own: frozenset[str] = frozenset()
