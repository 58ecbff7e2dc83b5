"""File names to addresses: what is published under an address stays there."""

from __future__ import annotations

import re
import unicodedata

# What stays as it is.
FIT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?")


def slug_of(path: str) -> str:
    """The file's stem, fit for an address: `11-03 API: errors.md` → `11-03-API-errors`; "" if nothing is left."""
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if FIT.fullmatch(stem):
        return stem
    ascii_stem = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", ascii_stem).strip("-._")[:100]


def stem_of(path: str) -> str:
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
