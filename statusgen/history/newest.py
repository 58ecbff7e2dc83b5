"""The newest of thousands, of which most stay as they are from one look to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from heapq import nlargest

from statusgen.history.course import Course

# By what a course is newer than another one.
Place = Callable[[Course], tuple[datetime, str]]


def update_newest(
    known: Sequence[Course], gone: Iterable[Course], fresh: Iterable[Course], count: int, place: Place
) -> tuple[Course, ...] | None:
    """The newest, newest first, where `known` were so before; None where others may have moved up.

    What stays may be both `gone` and `fresh`."""
    if len(known) < count:
        return None
    left_out = {id(course) for course in gone}
    some = nlargest(count, [*(course for course in known if id(course) not in left_out), *fresh], key=place)
    # No other one is newer than the last of those that were known.
    return tuple(some) if len(some) == count and place(some[-1]) >= place(known[-1]) else None
