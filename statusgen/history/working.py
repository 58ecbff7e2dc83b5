"""What counts against a promise, span by span: the worst at every instant, and what is left out with its reason."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from statusgen.history.effects import Effect
from statusgen.history.hours import cut_by_hours
from statusgen.history.periods import months_to
from statusgen.model.entries import Change, Incident
from statusgen.model.hours import Hours
from statusgen.model.service_level import WEIGHTS, ServiceLevel
from statusgen.model.spans import whole_seconds
from statusgen.model.states import ChangeStatus, State
from statusgen.model.zone import day_of, day_start

NOTHING = Fraction(0)


class Reason(StrEnum):
    """Why a span counts as it does."""

    STATE = "state"
    LEFT_OUT = "left-out"
    ANNOUNCED = "announced"
    LATE = "late"
    OUTSIDE = "outside"
    ALLOWANCE = "allowance"
    HOURS = "hours"


# Each effect has one, and a frozen dataclass takes several times as long to make.
class Piece(NamedTuple):
    """[start, end). Each second takes `weight`, unless it is `excluded`: then it takes nothing.

    `causes` are all that put the component into a state that weighs so much, or is left out so. An `ongoing` piece ends
    now only because nothing is known beyond."""

    start: datetime
    end: datetime
    state: State
    weight: Fraction
    reason: Reason
    excluded: bool
    causes: tuple[Incident | Change, ...]
    ongoing: bool

    @property
    def seconds(self) -> int:
        return whole_seconds(self.end - self.start)


# What holds in [start, end): a piece of its own for each effect, which may reach beyond.
_Parts = tuple[datetime, datetime, list[Piece]]


def find_pieces(
    effects: Iterable[Effect],
    level: ServiceLevel | None,
    zone: ZoneInfo,
    after: datetime | None = None,
    until: datetime | None = None,
) -> tuple[Piece, ...]:
    """In the order of time, each within one month, without gaps in which all was well. `effects` are of one component.

    Only what is in [after, until). Where planned work has an allowance, `after` is the first instant of a month.

    Without a promise, states weigh as on the page, and planned work does not count."""
    if after:
        effects = (effect for effect in effects if effect.end > after)
    weights = dict(level.weights) if level else WEIGHTS
    parts = [part for effect in effects for part in _parts_of(effect, level, weights) if part.start < part.end]
    if after:
        parts = [part if part.start >= after else part._replace(start=after) for part in parts if part.end > after]
    if until:
        parts = [part if part.end <= until else part._replace(end=until) for part in parts if part.start < until]
    if not parts:
        return ()
    first, last = min(part.start for part in parts), max(part.end for part in parts)
    months = [day_start(month.first, zone) for month in months_to(day_of(first, zone), day_of(last, zone))]
    spans = _sweep(parts, months)
    if level and level.hours:
        spans = _cut_by_hours(spans, level.hours)
    if level and level.allowance_for is not None:
        spans = _limit(spans, level.allowance_for, months)
    pieces = (_merge(*span) for span in spans)
    return tuple(_join(pieces, frozenset(months)))


def _parts_of(effect: Effect, level: ServiceLevel | None, weights: Mapping[State, Fraction]) -> tuple[Piece, ...]:
    cause, state = effect.cause, effect.state
    if isinstance(cause, Incident) or level is None or cause.counts_as_downtime is not None:
        is_out = isinstance(cause, Change) and cause.counts_as_downtime is False
        reason, weight = Reason.LEFT_OUT if is_out else Reason.STATE, weights.get(effect.counted, NOTHING)
        return (Piece(effect.start, effect.end, state, weight, reason, False, (cause,), effect.ongoing),)
    # Who said what state it would be has said how bad it is, and so has a promise that has a weight for planned work.
    full = state is State.UNDER_MAINTENANCE and state not in weights
    weight = weights.get(State.MAJOR_OUTAGE if full else state, NOTHING)
    # A series runs in its windows only, each of which has an effect of its own.
    window = (effect.start, effect.end) if cause.repeat else (cause.starts_at, cause.ends_at)
    opens, closes = (min(max(at, effect.start), effect.end) for at in window)
    in_time = _is_announced(cause, window[0], level.notice_for, effect.announced_at)
    inside = Reason.ANNOUNCED if in_time else Reason.LATE
    lasts, runs = effect.ongoing, closes == effect.end
    return (
        Piece(effect.start, opens, state, weight, Reason.OUTSIDE, False, (cause,), lasts and opens == effect.end),
        Piece(opens, closes, state, weight, inside, in_time and weight > 0, (cause,), lasts and runs),
        Piece(closes, effect.end, state, weight, Reason.OUTSIDE, False, (cause,), lasts),
    )


def _is_announced(
    change: Change, starts_at: datetime, notice_for: timedelta | None, announced_at: datetime | None
) -> bool:
    """Where nothing says since when customers knew, they did not. What says so of one window goes before the rest.

    Nobody was told of a window before a commit made it what it is."""
    if notice_for is None:
        return True
    if announced_at:
        return starts_at - announced_at >= notice_for
    since = change.record.window_since if change.record else None
    told = [update.at for update in change.updates if update.status is ChangeStatus.SCHEDULED]
    told = [max(at, since) for at in told] if since else told
    told += change.place.announced if change.place else ()
    return any(starts_at - at >= notice_for for at in told)


def _sweep(parts: list[Piece], months: list[datetime]) -> Iterator[_Parts]:
    """The spans in which the same parts hold, none of them over the begin of a month."""
    begins = sorted(parts, key=attrgetter("start"))
    cuts = sorted([*(part.start for part in begins), *(part.end for part in begins), *months])
    active: list[Piece] = []
    place = 0
    for start, end in pairwise(cuts):
        if start == end:
            continue
        active = [part for part in active if part.end > start]
        while place < len(begins) and begins[place].start <= start:
            active.append(begins[place])
            place += 1
        if active:
            yield start, end, active


def _merge(start: datetime, end: datetime, parts: list[Piece]) -> Piece:
    """What counts wins over what is left out, and that over what weighs nothing."""
    if len(parts) == 1:
        # As nearly always; what follows would come to the same, and takes several times as long.
        part = parts[0]
        if part.start == start and part.end == end:
            return part
        ongoing = part.ongoing and part.end == end
        return Piece(start, end, part.state, part.weight, part.reason, part.excluded, part.causes, ongoing)
    counting = [part for part in parts if not part.excluded]
    worst = max((part.weight for part in counting), default=NOTHING)
    out = [part for part in parts if part.excluded]
    if worst or not out:
        same, excluded = [part for part in counting if part.weight == worst], False
    else:
        worst, excluded = max(part.weight for part in out), True
        same = out
    told = max(same, key=lambda part: part.state.rank)
    by_path = {cause.path: cause for part in same for cause in part.causes}
    ongoing = any(part.ongoing and part.end == end for part in same)
    return Piece(start, end, told.state, worst, told.reason, excluded, tuple(by_path.values()), ongoing)


def _cut_by_hours(spans: Iterator[_Parts], hours: Hours) -> Iterator[_Parts]:
    for start, end, parts in spans:
        for opens, closes, is_promised in cut_by_hours(start, end, hours):
            yield opens, closes, parts if is_promised else [_unpromised(part) for part in parts]


def _unpromised(part: Piece) -> Piece:
    return part._replace(excluded=part.weight > 0, reason=Reason.HOURS)


def _limit(spans: Iterator[_Parts], allowed: timedelta, months: list[datetime]) -> Iterator[_Parts]:
    """Planned work is left out within a month's allowance, in the order of time, and counts beyond it. What fails
    meanwhile saves nothing of the allowance, so that no outage can raise a figure."""
    left: dict[int, timedelta] = {}
    for start, end, parts in spans:
        # Outside the promised hours there is nothing to save.
        if not any(part.excluded and part.reason is not Reason.HOURS for part in parts):
            yield start, end, parts
            continue
        month = bisect_right(months, start)
        free = min(left.get(month, allowed), end - start)
        left[month] = left.get(month, allowed) - free
        if free:
            yield start, start + free, parts
        if start + free < end:
            yield start + free, end, [_spent(part) if part.excluded else part for part in parts]


def _spent(part: Piece) -> Piece:
    return part._replace(excluded=False, reason=Reason.ALLOWANCE)


def _join(pieces: Iterable[Piece], months: Container[datetime]) -> Iterator[Piece]:
    """Neighbours that look alike are one piece, but for the ends of months, at which figures are cut."""
    last: Piece | None = None
    for piece in pieces:
        if last and last.end == piece.start and _look(last) == _look(piece) and piece.start not in months:
            last = last._replace(end=piece.end, ongoing=piece.ongoing)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last


def _look(piece: Piece) -> tuple[object, ...]:
    return piece.state, piece.reason, piece.excluded, piece.causes, piece.weight
