"""What corrections did to figures: each month's, as it would be with what was said before, and with what was said then.

All else is as it is now, so that the last correction of an incident leads to the figure that is published."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

from statusgen.history.course import Course
from statusgen.history.difference import Difference, Scale, Sums, read_difference
from statusgen.history.effects import Effect
from statusgen.history.figures import Figure
from statusgen.history.nearby import Effects, index_effects
from statusgen.history.periods import period_of
from statusgen.history.reach import Reach, Sides
from statusgen.model.audit import Correction
from statusgen.model.service_level import Cycle, ServiceLevel
from statusgen.model.site import Component, Site
from statusgen.model.zone import day_start


@dataclass(frozen=True, slots=True)
class Shift:
    """A component's month before and after a correction; these figures have no pieces."""

    correction: Correction
    component: Component
    before: Figure
    after: Figure

    @property
    def seconds(self) -> Fraction:
        """Lost more than before, by weight; below 0 where it is less."""
        return self.after.down - self.before.down


@dataclass(frozen=True, slots=True)
class Month:
    """A component's month with all that its shifts were made of. `today` is None once the month is over."""

    sides: tuple[Sides, ...]
    courses: tuple[Course, ...]
    effects: Effects
    component: Component
    level: ServiceLevel | None
    today: date | None
    differences: tuple[Difference, ...] = ()
    shifts: tuple[Shift, ...] = ()


@dataclass(frozen=True, slots=True)
class Shifts:
    """`months` by component and the first day of the month."""

    months: Mapping[tuple[str, date], Month] = field(default_factory=dict)


def read_shifts(
    reach: Reach, courses: Mapping[str, tuple[Course, ...]], site: Site, today: date, old: Shifts
) -> Shifts:
    """`courses` by component, of all that name it. What would be the same is taken over from any `old` ones."""
    zone = site.zone
    months = {}
    for component in site.components:
        wanted, level = reach.months.get(component.id, {}), site.level_of(component.id)
        own = courses.get(component.id, ())
        known = {month: old.months.get((component.id, month)) for month in wanted}
        effects = _gather(component.id, own, {m for m, one in known.items() if not one or one.courses is not own}, zone)
        for first, some in wanted.items():
            one, period = known[first], period_of(first, Cycle.MONTH)
            reaching = effects.get(first, one.effects if one else ())
            on = today if today < period.following else None
            made = Month(some, own, reaching, component, level, on)
            if one and replace(one, courses=own, differences=(), shifts=()) == made:
                months[component.id, first] = replace(one, courses=own)
            else:
                months[component.id, first] = _complete(made, Scale(period, component, level, zone, today), one)
    return Shifts(months)


def _complete(month: Month, scale: Scale, old: Month | None) -> Month:
    """With its shifts. What a correction did is worked out anew only where something near it is another than before."""
    period, zone = scale.period, scale.zone
    nearby = index_effects(month.effects, day_start(period.first, zone), day_start(period.following, zone))
    figure = scale.measure(month.effects, nearby.start, nearby.end)
    if figure is None:
        return month
    is_alike = old is not None and (old.component, old.level) == (month.component, month.level)
    known = {one.sides.correction.key: one for one in old.differences} if old and is_alike else {}
    found = tuple(read_difference(some, nearby, scale, known.get(some.correction.key)) for some in month.sides)
    shifts = tuple(
        Shift(one.sides.correction, month.component, _with(figure, one.before), _with(figure, one.after))
        for one in found
    )
    return replace(month, differences=found, shifts=shifts)


def _gather(component_id: str, courses: Iterable[Course], months: set[date], zone: ZoneInfo) -> dict[date, Effects]:
    """The effects that reach into some months."""
    if not months:
        return {}
    order = sorted(months)
    starts = [day_start(month, zone) for month in order]
    ends = [day_start(period_of(month, Cycle.MONTH).following, zone) for month in order]
    found: list[list[Effect]] = [[] for _ in order]
    for course in courses:
        for effect in course.effects:
            if effect.component == component_id:
                for place in range(bisect_right(ends, effect.start), bisect_left(starts, effect.end)):
                    found[place].append(effect)
    return {month: tuple(some) for month, some in zip(order, found, strict=True)}


def _with(figure: Figure, sums: Sums) -> Figure:
    lost, left_out = sums
    return replace(figure, down=figure.down + lost, excluded=figure.excluded + left_out)
