"""Where corrections reach: what both of their sides did to components, and the months of these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from statusgen.history.compare import find_effects
from statusgen.history.course import is_settled
from statusgen.history.effects import Effect
from statusgen.history.nearby import Effects
from statusgen.history.periods import months_to, period_of
from statusgen.model.audit import Correction, Side
from statusgen.model.service_level import Cycle
from statusgen.model.site import Site
from statusgen.model.zone import day_of

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Sides:
    """What both sides of a correction did to components, by component. `lasts`: time changes nothing of it."""

    correction: Correction
    before: Mapping[str, Effects]
    after: Mapping[str, Effects]
    lasts: bool

    def touched(self) -> list[str]:
        """Where both differ or, where only other things do, all."""
        names = [*dict.fromkeys((*self.before, *self.after))]
        return [name for name in names if _look(self.before.get(name)) != _look(self.after.get(name))] or names


@dataclass(frozen=True, slots=True)
class Reach:
    """`sides` by the keys of corrections; `months` by component and the first day of the month: those that have a
    figure."""

    sides: Mapping[tuple[str, str], Sides] = field(default_factory=dict)
    months: Mapping[str, Mapping[date, tuple[Sides, ...]]] = field(default_factory=dict)


def read_reach(corrections: Sequence[Correction], site: Site, now: datetime, old: Reach) -> Reach:
    """`old` is of an earlier time, and what lasts is taken over from it."""
    if not corrections:
        return Reach()
    zone, today = site.zone, day_of(now, site.zone)
    sides = {c.key: _read_sides(c, zone, now, old.sides.get(c.key)) for c in corrections}
    components = {component.id: component for component in site.components}
    asked: dict[str, dict[date, list[Sides]]] = {}
    for found in sides.values():
        for name in components.keys() & found.touched():
            for month in _months_of((*found.before.get(name, ()), *found.after.get(name, ())), zone):
                if month <= today and (components[name].since or month) < period_of(month, Cycle.MONTH).following:
                    asked.setdefault(name, {}).setdefault(month, []).append(found)
    tuples = {name: {month: tuple(some) for month, some in months.items()} for name, months in asked.items()}
    return Reach(sides, tuples)


def _read_sides(correction: Correction, zone: ZoneInfo, now: datetime, old: Sides | None) -> Sides:
    if old and old.lasts and old.correction == correction:
        return old
    before, after = (_by_component(side, zone, now) for side in (correction.before, correction.after))
    lasts = all(side is None or _lasts(side, zone, now) for side in (correction.before, correction.after))
    return Sides(correction, before, after, lasts)


def _lasts(side: Side, zone: ZoneInfo, now: datetime) -> bool:
    """What is over stays as it is, also by a clock that is set back a little."""
    return side.then is None and side.until is None and is_settled(side.entry, zone, now)


def _by_component(side: Side | None, zone: ZoneInfo, now: datetime) -> dict[str, Effects]:
    found: dict[str, Effects] = {}
    for effect in find_effects(side, zone, now) if side else ():
        found[effect.component] = (*found.get(effect.component, ()), effect)
    return found


def _look(effects: Effects | None) -> list[tuple[object, ...]]:
    return [(effect.start, effect.end, effect.state, effect.counted) for effect in effects or ()]


def _months_of(effects: Iterable[Effect], zone: ZoneInfo) -> dict[date, None]:
    """The first days of the months that some effects reach into."""
    found: dict[date, None] = {}
    for effect in effects:
        last = max(effect.start, effect.end - SECOND)
        found |= dict.fromkeys(month.first for month in months_to(day_of(effect.start, zone), day_of(last, zone)))
    return found
