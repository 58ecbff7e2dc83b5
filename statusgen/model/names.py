"""The names that other software knows things by: made of what never changes, so that they never do."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256

from statusgen.model.entries import Change, Incident

LENGTH = 12
DIGITS = b"0123456789abcdefghijklmnopqrstuvwxyz"
# A digit for each byte.
TABLE = bytes(DIGITS[byte % len(DIGITS)] for byte in range(256))
KEPT = re.compile(f"[0-9a-z]{{{LENGTH}}}")


@lru_cache(maxsize=65_536)
def short_name(kind: str, *parts: str) -> str:
    """12 characters of 0-9 and a-z, as Statuspage's ids are. What has such an id already, from an import, keeps it."""
    if len(parts) == 1 and KEPT.fullmatch(parts[0]):
        return parts[0]
    return sha256("\0".join((kind, *parts)).encode()).digest()[:LENGTH].translate(TABLE).decode()


def short_id(entry: Incident | Change) -> str:
    """No other incident and no other change has it: other software keeps both in one list."""
    return short_name("incident" if isinstance(entry, Incident) else "change", entry.id)
