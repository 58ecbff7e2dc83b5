"""Assets under names that carry their content's hash, so that they can be cached for ever."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from statusgen.model.looks import Picture
from statusgen.model.theme import Theme

STYLE = "style.css"
OWN_STYLE = "custom.css"
# Other people's pages name it, so its address never changes.
EMBED = "embed.js"
SCRIPT = "page.js"


@dataclass(frozen=True, slots=True)
class Assets:
    """`files` by published path; `names` maps a theme's asset name to its published path."""

    files: Mapping[str, bytes]
    names: Mapping[str, str]


def render_assets(theme: Theme, pictures: Iterable[Picture] = (), properties: str = "") -> Assets:
    """One stylesheet: the theme's, with `custom.css` and the site's own `properties` behind it. `embed.js` alone keeps
    its name."""
    assets = {name: data for name, data in theme.assets.items() if name != OWN_STYLE}
    style = theme.assets.get(STYLE, b"") + b"\n" + theme.assets.get(OWN_STYLE, b"") + f"\n{properties}".encode()
    assets[STYLE] = style
    for name in assets:
        if name.endswith(".css"):
            assets[name] = _shrink(assets[name].decode("utf-8", "replace")).encode()
    assets |= {picture.asset: picture.data for picture in pictures}
    for name in assets.keys() & {EMBED, SCRIPT}:
        assets[name] = _strip_lines(re.sub(r"(?m)^\s*//.*", "", assets[name].decode("utf-8", "replace"))).encode()
    names = {name: name if name == EMBED else fingerprinted(name, data) for name, data in assets.items()}
    return Assets({names[name]: data for name, data in assets.items()}, names)


def fingerprinted(name: str, data: bytes) -> str:
    """The published path of an asset."""
    stem, dot, extension = name.rpartition(".")
    digest = hashlib.sha256(data).hexdigest()[:10]
    return f"assets/{stem}.{digest}.{extension}" if dot else f"assets/{name}.{digest}"


def _shrink(css: str) -> str:
    """Without comments and indentation; what stands in strings may be anything, so nothing cleverer is done."""
    return _strip_lines(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


def _strip_lines(text: str) -> str:
    return "\n".join(filter(None, (line.strip() for line in text.split("\n"))))
