"""By how much a month would differ if one file said what it said before or after a correction.

Every instant counts for itself, so only those are looked at of which a side of the correction, or the file as it is
now, says something. With an allowance, planned work counts by what went before it in its month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from statusgen.history.effects import Effect
from statusgen.history.figures import Figure, read_month
from statusgen.history.nearby import Effects, Nearby, find_near
from statusgen.history.periods import Period
from statusgen.history.reach import Sides
from statusgen.history.working import find_pieces
from statusgen.model.entries import Change
from statusgen.model.service_level import ServiceLevel
from statusgen.model.site import Component

# Seconds lost, by weight, and seconds left out.
Sums = tuple[Fraction, int]


@dataclass(frozen=True, slots=True)
class Scale:
    """How a component's month is counted."""

    period: Period
    component: Component
    level: ServiceLevel | None
    zone: ZoneInfo
    today: date

    def measure(self, effects: Iterable[Effect], start: datetime, end: datetime) -> Figure | None:
        """The month with what is in [start, end) alone; None where the component came later."""
        pieces = find_pieces(effects, self.level, self.zone, start, end)
        found = read_month(self.period, pieces, self.level, self.zone, self.today, self.component.since)
        return replace(found, pieces=()) if found else None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a correction does to a month: `before` and `after` are what the month has more with that side in the place
    of `own`, which is what the file says now. `near` are the other effects that this depends on."""

    sides: Sides
    own: Effects
    near: Effects
    before: Sums
    after: Sums


def read_difference(sides: Sides, nearby: Nearby, scale: Scale, known: Difference | None) -> Difference:
    """`known` is of an earlier time, by the same scale: what depends on the same things is taken over."""
    correction, level, name = sides.correction, scale.level, scale.component.id
    own = nearby.by_path.get(correction.path, ()) if correction.is_last else ()
    before, after = nearby.cut(sides.before.get(name, ())), nearby.cut(sides.after.get(name, ()))
    around = (*own, *before, *after)
    near = find_near(nearby, around, own)
    start = max(nearby.start, min((effect.start for effect in around), default=nearby.start))
    end = min(nearby.end, max((effect.end for effect in around), default=start))
    is_limited = level is not None and level.allowance_for is not None
    if is_limited and any(isinstance(effect.cause, Change) for effect in (*around, *near)):
        is_own = {id(effect) for effect in own}
        near = tuple(effect for effect in nearby.effects if id(effect) not in is_own)
        start, end = nearby.start, nearby.end
    if known and (known.sides, known.own, known.near) == (sides, own, near):
        return known
    now, old, new = (_sum(scale.measure((*near, *some), start, end)) for some in (own, before, after))
    return Difference(sides, own, near, (old[0] - now[0], old[1] - now[1]), (new[0] - now[0], new[1] - now[1]))


def _sum(figure: Figure | None) -> Sums:
    return (figure.down, figure.excluded) if figure else (Fraction(0), 0)
