"""The courses of all incidents or changes. Most are over, and stay from one look to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from statusgen.history.course import Course, course_at
from statusgen.model.ends import find_difference
from statusgen.model.entries import Change, Incident

E = TypeVar("E", Incident, Change)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lineup(Generic[E]):
    """`entries` are all of a kind; `visible` and `courses` have one each for those that are visible, in their order.

    `moving` are the places in `entries` of those that are not settled, `hidden` the ids of those that nobody may see.
    No entry is looked at that has not changed: for 10,000 that would take longer than all the rest."""

    entries: tuple[E, ...]
    visible: tuple[E, ...]
    courses: tuple[Course, ...]
    moving: tuple[int, ...]
    hidden: frozenset[str]
    places: tuple[Course | None, ...]

    @property
    def moving_courses(self) -> list[Course]:
        """Of what is visible."""
        return [course for place in self.moving if (course := self.places[place])]


def line_up(
    entries: tuple[E, ...],
    zone: ZoneInfo,
    now: datetime,
    find_visible: Callable[[E, datetime], E | None],
    before: Lineup[E] | None,
) -> Lineup[E]:
    """`before` is of the same zone and not of a later time. `find_visible` gives what is visible of an entry."""
    old_entries: tuple[E, ...] = before.entries if before else ()
    old_places: tuple[Course | None, ...] = before.places if before else ()
    known = before.moving if before else ()
    start, old_stop, stop = find_difference(old_entries, entries)
    between: list[Course | None] = [None] * (stop - start)
    places = list(old_places[:start]) + between + list(old_places[old_stop:])
    again = [place for place in known if place < start]
    again += range(start, stop)
    again += [place + stop - old_stop for place in known if place >= old_stop]
    seen: list[E | None] = list(entries)
    moving = []
    for place in again:
        visible = find_visible(entries[place], now)
        course = course_at(visible, zone, now) if visible else None
        places[place], seen[place] = course, visible
        # What is visible may be over, while more of the entry is still to come.
        if course is None or not course.settled or visible is not entries[place]:
            moving.append(place)
    hidden = frozenset(entries[place].id for place in moving if places[place] is None)
    return Lineup(entries, _present(seen), _present(places), tuple(moving), hidden, tuple(places))


def _present(values: list[T | None]) -> tuple[T, ...]:
    return tuple([value for value in values if value is not None])
