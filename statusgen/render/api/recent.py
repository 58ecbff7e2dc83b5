"""The newest of thousands of incidents or changes, of which most stay as they are from one look to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest

from statusgen.history.course import Course, began_at
from statusgen.history.newest import update_newest
from statusgen.model.ends import find_difference

NEWEST = 50


@dataclass(frozen=True, slots=True)
class Recent:
    """`newest` by what was told first of each, newest first. `told_at`: when anything was told last, if it ever was."""

    courses: tuple[Course, ...] = ()
    newest: tuple[Course, ...] = ()
    told_at: datetime | None = None


def find_recent(courses: tuple[Course, ...], before: Recent, count: int) -> Recent:
    """`before` is of any earlier look, with the same `count`."""
    start, old_stop, stop = find_difference(before.courses, courses)
    old, new = before.courses[start:old_stop], courses[start:stop]
    stays = {id(course) for course in old} & {id(course) for course in new}
    gone = [course for course in old if id(course) not in stays]
    fresh = [course for course in new if id(course) not in stays]
    newest = update_newest(before.newest, gone, fresh, count, first_told)
    newest = newest or tuple(nlargest(count, courses, key=first_told))
    return Recent(courses, newest, _update_last(courses, before.told_at, gone, fresh))


def first_told(course: Course) -> tuple[datetime, str]:
    """Work of which nothing was told yet counts by its window."""
    return course.updates[0].at if course.updates else began_at(course.entry), course.entry.path


def _update_last(
    courses: tuple[Course, ...], known: datetime | None, gone: list[Course], fresh: list[Course]
) -> datetime | None:
    latest = max((course.updates[-1].at for course in fresh if course.updates), default=None)
    if known and not any(course.updates and course.updates[-1].at == known for course in gone):
        return max(known, latest) if latest else known
    if known and latest and latest >= known:
        return latest
    return max((course.updates[-1].at for course in courses if course.updates), default=None)
