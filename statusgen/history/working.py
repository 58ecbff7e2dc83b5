"""What counts against a promise, span by span: the worst at every instant, and what is left out with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

from statusgen.history.effects import Effect
from statusgen.history.periods import months_to
from statusgen.model.entries import Change, Incident
from statusgen.model.service_level import WEIGHTS, ServiceLevel
from statusgen.model.spans import overlap_seconds
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


@dataclass(frozen=True, slots=True)
class Piece:
    """[start, end) within one month. Each second takes `weight`, unless it is `excluded`: then it is in no total.

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
        return overlap_seconds(self.start, self.end, self.start, self.end)


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of an effect; `weight` is what it weighs where it is not excluded."""

    start: datetime
    end: datetime
    state: State
    weight: Fraction
    reason: Reason
    excluded: bool
    cause: Incident | Change
    ongoing: bool


def find_pieces(effects: Iterable[Effect], level: ServiceLevel | None, zone: ZoneInfo) -> tuple[Piece, ...]:
    """In the order of time, without gaps in which all was well. `effects` are of one component.

    Without a promise, states weigh as on the page, and planned work does not count."""
    parts = [part for effect in effects for part in _parts_of(effect, level) if part.start < part.end]
    pieces: Iterable[Piece] = (_merge(*span) for span in _sweep(parts, zone))
    if level and level.allowance_for is not None:
        pieces = _limit(pieces, level.allowance_for, zone)
    return tuple(_join(pieces, zone))


def _parts_of(effect: Effect, level: ServiceLevel | None) -> Iterator[_Part]:
    weights = dict(level.weights) if level else WEIGHTS
    cause, state = effect.cause, effect.state
    if isinstance(cause, Incident) or level is None or cause.counts_as_downtime is not None:
        is_out = isinstance(cause, Change) and cause.counts_as_downtime is False
        reason = Reason.LEFT_OUT if is_out else Reason.STATE
        yield _Part(
            effect.start, effect.end, state, weights.get(effect.counted, NOTHING), reason, False, cause, effect.ongoing
        )
        return
    # Who said what state it would be has said how bad it is.
    weight = weights.get(State.MAJOR_OUTAGE if state is State.UNDER_MAINTENANCE else state, NOTHING)
    # A series runs in its windows only, each of which has an effect of its own.
    window = (effect.start, effect.end) if cause.repeat else (cause.starts_at, cause.ends_at)
    opens, closes = (min(max(at, effect.start), effect.end) for at in window)
    in_time = _is_announced(cause, window[0], level.notice_for)
    inside = Reason.ANNOUNCED if in_time else Reason.LATE
    lasts, runs = effect.ongoing, closes == effect.end
    yield _Part(effect.start, opens, state, weight, Reason.OUTSIDE, False, cause, lasts and opens == effect.end)
    yield _Part(opens, closes, state, weight, inside, in_time and weight > 0, cause, lasts and runs)
    yield _Part(closes, effect.end, state, weight, Reason.OUTSIDE, False, cause, lasts)


def _is_announced(change: Change, starts_at: datetime, notice_for: timedelta | None) -> bool:
    """Where nothing says since when customers knew, they did not."""
    if notice_for is None:
        return True
    told = (update.at for update in change.updates if update.status is ChangeStatus.SCHEDULED)
    return any(starts_at - at >= notice_for for at in told)


def _sweep(parts: list[_Part], zone: ZoneInfo) -> Iterator[tuple[datetime, datetime, list[_Part]]]:
    """The spans in which the same parts hold, none of them over the end of a month."""
    if not parts:
        return
    first, last = min(part.start for part in parts), max(part.end for part in parts)
    months = [day_start(month.first, zone) for month in months_to(day_of(first, zone), day_of(last, zone))]
    begins = sorted(parts, key=lambda part: part.start)
    cuts = sorted({at for part in parts for at in (part.start, part.end)} | set(months))
    active: list[_Part] = []
    place = 0
    for start, end in pairwise(cuts):
        active = [part for part in active if part.end > start]
        while place < len(begins) and begins[place].start <= start:
            active.append(begins[place])
            place += 1
        if active:
            yield start, end, active


def _merge(start: datetime, end: datetime, parts: list[_Part]) -> Piece:
    """What counts wins over what is left out, and that over what weighs nothing."""
    counting = [part for part in parts if not part.excluded]
    worst = max((part.weight for part in counting), default=NOTHING)
    out = [part for part in parts if part.excluded]
    if worst or not out:
        same, excluded = [part for part in counting if part.weight == worst], False
    else:
        worst, excluded = max(part.weight for part in out), True
        same = out
    told = max(same, key=lambda part: part.state.rank)
    by_path = {part.cause.path: part.cause for part in same}
    ongoing = any(part.ongoing and part.end == end for part in same)
    return Piece(start, end, told.state, worst, told.reason, excluded, tuple(by_path.values()), ongoing)


def _limit(pieces: Iterable[Piece], allowed: timedelta, zone: ZoneInfo) -> Iterator[Piece]:
    """What is left out within a month's allowance, in the order of time; the rest counts."""
    left: dict[tuple[int, int], timedelta] = {}
    for piece in pieces:
        if not piece.excluded:
            yield piece
            continue
        day = day_of(piece.start, zone)
        month = day.year, day.month
        free = min(left.get(month, allowed), piece.end - piece.start)
        left[month] = left.get(month, allowed) - free
        if free:
            yield replace(piece, end=piece.start + free, ongoing=piece.ongoing and free == piece.end - piece.start)
        if piece.start + free < piece.end:
            yield replace(piece, start=piece.start + free, excluded=False, reason=Reason.ALLOWANCE)


def _join(pieces: Iterable[Piece], zone: ZoneInfo) -> Iterator[Piece]:
    """Neighbours that look alike are one piece, but for the ends of months, at which figures are cut."""
    last: Piece | None = None
    for piece in pieces:
        if (
            last
            and last.end == piece.start
            and replace(piece, start=last.start, end=last.end, ongoing=last.ongoing) == last
        ):
            first, second = day_of(last.start, zone), day_of(piece.start, zone)
            if (first.year, first.month) == (second.year, second.month):
                last = replace(last, end=piece.end, ongoing=piece.ongoing)
                continue
        if last:
            yield last
        last = piece
    if last:
        yield last
