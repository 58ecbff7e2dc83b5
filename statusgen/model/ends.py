"""Where two long tuples of mostly the same values differ: at few places, and most often near the end."""

from __future__ import annotations

from operator import is_
from typing import Any


def count_common(old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[int, int]:
    """How many values are the very same ones at the start, and how many of the rest at the end."""
    start = _count(old, new)
    return start, _count(old[start:][::-1], new[start:][::-1])


def _count(old: tuple[Any, ...], new: tuple[Any, ...]) -> int:
    for number, same in enumerate(map(is_, old, new)):
        if not same:
            return number
    return min(len(old), len(new))
