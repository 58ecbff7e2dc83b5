"""A component's figures month by month. After a change only those are made anew that it reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from statusgen.history.course import Course
from statusgen.history.effects import Effect
from statusgen.history.figures import Figure, read_figures
from statusgen.history.working import find_pieces
from statusgen.model.service_level import ServiceLevel
from statusgen.model.site import Component
from statusgen.model.zone import day_of, day_start


@dataclass(frozen=True, slots=True)
class Known:
    """What was made of a component before, on the same day and with the same promise."""

    courses: tuple[Course, ...]
    months: tuple[Figure, ...]


def read_months(
    component: Component,
    courses: tuple[Course, ...],
    level: ServiceLevel | None,
    zone: ZoneInfo,
    today: date,
    before: Known | None = None,
) -> tuple[Figure, ...]:
    """`courses` are all that name the component."""
    changed_at = _find_change(component, courses, before.courses) if before else None
    if before and before.months:
        if changed_at is None:
            return before.months
        first = day_of(changed_at, zone).replace(day=1)
        # In its first year, how far the history goes back may have changed, too.
        if first.year > before.months[0].period.first.year:
            kept = tuple(figure for figure in before.months if figure.period.first < first)
            pieces = find_pieces(_effects_on(component, courses), level, zone, after=day_start(first, zone))
            return kept + read_figures(pieces, level, zone, today, component.since, first)
    return read_figures(find_pieces(_effects_on(component, courses), level, zone), level, zone, today, component.since)


def _effects_on(component: Component, courses: tuple[Course, ...]) -> list[Effect]:
    name = component.id
    return [effect for course in courses for effect in course.effects if effect.component == name]


def _find_change(component: Component, courses: tuple[Course, ...], old: tuple[Course, ...]) -> datetime | None:
    """The first instant of which something is another; a settled course is the very same one as before."""
    stays = {id(course) for course in courses} & {id(course) for course in old}
    moved = tuple(course for course in (*courses, *old) if id(course) not in stays)
    return min((effect.start for effect in _effects_on(component, moved)), default=None)
