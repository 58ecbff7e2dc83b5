"""What corrections did to figures: each month's, as it would be with what was said before, and with what was said then.

All else is as it is now, so that the last correction of an incident leads to the figure that is published."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from statusgen.history.compare import find_effects
from statusgen.history.course import Course, is_settled
from statusgen.history.effects import Effect
from statusgen.history.figures import Figure, read_month
from statusgen.history.periods import Period, months_to, period_of
from statusgen.history.working import find_pieces
from statusgen.model.audit import Correction, Side
from statusgen.model.service_level import Cycle, ServiceLevel
from statusgen.model.site import Component, Site
from statusgen.model.zone import day_of, day_start

SECOND = timedelta(seconds=1)
_Effects = tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """A component's month before and after a correction."""

    correction: Correction
    component: Component
    before: Figure
    after: Figure

    @property
    def seconds(self) -> Fraction:
        """Lost more than before, by weight; below 0 where it is less."""
        return self.after.down - self.before.down


@dataclass(frozen=True, slots=True)
class Sides:
    """What both sides of a correction did to components, by component. `lasts`: time changes nothing of it."""

    correction: Correction
    before: Mapping[str, _Effects]
    after: Mapping[str, _Effects]
    lasts: bool

    def touched(self) -> list[str]:
        """Where both differ or, where only other things do, all."""
        names = [*dict.fromkeys((*self.before, *self.after))]
        return [name for name in names if _look(self.before.get(name)) != _look(self.after.get(name))] or names


@dataclass(frozen=True, slots=True)
class Month:
    """A component's month with all that its shifts were made of. `today` is None once the month is over."""

    sides: tuple[Sides, ...]
    courses: tuple[Course, ...]
    effects: _Effects
    component: Component
    level: ServiceLevel | None
    today: date | None
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Shifts:
    """`months` by component and the first day of the month; `sides` by the identity of corrections."""

    months: Mapping[tuple[str, date], Month] = field(default_factory=dict)
    sides: Mapping[int, Sides] = field(default_factory=dict)


def read_shifts(
    corrections: Sequence[Correction],
    courses: Mapping[str, tuple[Course, ...]],
    site: Site,
    now: datetime,
    old: Shifts,
) -> Shifts:
    """`courses` by component, of all that name it. What would be the same is taken over from any `old` ones."""
    if not corrections:
        return Shifts()
    zone, today = site.zone, day_of(now, site.zone)
    sides = {id(c): _read_sides(c, zone, now, old.sides.get(id(c))) for c in corrections}
    asked: dict[str, dict[date, list[Sides]]] = {}
    for found in sides.values():
        for name in found.touched():
            for month in _months_of((*found.before.get(name, ()), *found.after.get(name, ())), zone):
                asked.setdefault(name, {}).setdefault(month, []).append(found)
    months = {}
    for component in site.components:
        wanted, level = asked.get(component.id, {}), site.level_of(component.id)
        own = courses.get(component.id, ())
        known = {month: old.months.get((component.id, month)) for month in wanted}
        effects = _gather(component.id, own, {m for m, one in known.items() if not one or one.courses is not own}, zone)
        for first, some in wanted.items():
            one, period = known[first], period_of(first, Cycle.MONTH)
            reaching = effects.get(first, one.effects if one else ())
            on = today if today < period.following else None
            made = Month(tuple(some), own, reaching, component, level, on, ())
            if one and replace(one, courses=own, shifts=()) == made:
                shifts = one.shifts
            else:
                shifts = tuple(shift for found in some for shift in _shift(found, made, period, zone, today))
            months[component.id, first] = replace(made, shifts=shifts)
    return Shifts(months, sides)


def _read_sides(correction: Correction, zone: ZoneInfo, now: datetime, old: Sides | None) -> Sides:
    if old and old.lasts and old.correction is correction:
        return old
    before, after = (_by_component(side, zone, now) for side in (correction.before, correction.after))
    lasts = all(side is None or _lasts(side, zone, now) for side in (correction.before, correction.after))
    return Sides(correction, before, after, lasts)


def _lasts(side: Side, zone: ZoneInfo, now: datetime) -> bool:
    """What is over stays as it is, also by a clock that is set back a little."""
    return side.then is None and side.until is None and is_settled(side.entry, zone, now)


def _by_component(side: Side | None, zone: ZoneInfo, now: datetime) -> dict[str, _Effects]:
    found: dict[str, _Effects] = {}
    for effect in find_effects(side, zone, now) if side else ():
        found[effect.component] = (*found.get(effect.component, ()), effect)
    return found


def _look(effects: _Effects | None) -> list[tuple[object, ...]]:
    return [(effect.start, effect.end, effect.state, effect.counted) for effect in effects or ()]


def _months_of(effects: Iterable[Effect], zone: ZoneInfo) -> dict[date, None]:
    """The first days of the months that some effects reach into."""
    found: dict[date, None] = {}
    for effect in effects:
        last = max(effect.start, effect.end - SECOND)
        found |= dict.fromkeys(month.first for month in months_to(day_of(effect.start, zone), day_of(last, zone)))
    return found


def _gather(component_id: str, courses: Iterable[Course], months: set[date], zone: ZoneInfo) -> dict[date, _Effects]:
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


def _shift(sides: Sides, month: Month, period: Period, zone: ZoneInfo, today: date) -> Iterator[Shift]:
    correction, component = sides.correction, month.component
    others = [e for e in month.effects if not correction.is_last or e.cause.path != correction.path]
    start, end = day_start(period.first, zone), day_start(period.following, zone)
    figures = []
    for side in (sides.before, sides.after):
        own = [effect for effect in side.get(component.id, ()) if effect.start < end and effect.end > start]
        pieces = find_pieces([*others, *own], month.level, zone)
        figures.append(read_month(period, pieces, month.level, zone, today, component.since))
    before, after = figures
    if before and after:
        yield Shift(correction, component, before, after)
