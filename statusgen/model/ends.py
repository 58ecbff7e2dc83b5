"""Where two long tuples of mostly the same values differ: at few places, and most often near the end."""

from __future__ import annotations

from itertools import compress, count
from operator import is_not
from typing import Any


def find_difference(old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[int, int, int]:
    """(start, old_stop, new_stop): outside old[start:old_stop] and new[start:new_stop] the values are the very same."""
    start = _count(old, new)
    end = _count(old[start:][::-1], new[start:][::-1])
    return start, len(old) - end, len(new) - end


def _count(old: tuple[Any, ...], new: tuple[Any, ...]) -> int:
    return next(compress(count(), map(is_not, old, new)), min(len(old), len(new)))
