"""Since when a planned window is known to be what it is: who moves it or makes it longer announces another one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from statusgen.model.entries import Change, Incident

_Entry = Incident | Change


def window_since(
    shown: Sequence[_Entry | None], follows: Sequence[Sequence[int]], times: Sequence[datetime | None], place: int
) -> datetime | None:
    """The time of the commit since which every version has had the window of the one at `place`, or a longer one around
    it. None where all had, as far as is known, and for what has no window of its own.

    `shown` has what customers saw from each version on, None where that was nothing; `follows` those that each was made
    from, all of them before it."""
    change = shown[place]
    if not isinstance(change, Change) or change.repeat:
        return None
    since: dict[int, datetime | None] = {}
    for number, entry in enumerate(shown[: place + 1]):
        if entry is None:
            since[number] = None
        elif _contains(entry, change):
            before = [since[other] for other in follows[number] if other in since]
            is_new = len(before) < len(follows[number])
            since[number] = times[number] if is_new else max((at for at in before if at), default=None)
    return since[place]


def _contains(entry: _Entry, change: Change) -> bool:
    if not isinstance(entry, Change) or entry.repeat:
        return False
    return entry.starts_at <= change.starts_at and change.ends_at <= entry.ends_at
