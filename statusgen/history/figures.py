"""How much of each calendar period was up, and whether that is what was promised. Exact, in whole seconds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import groupby
from zoneinfo import ZoneInfo

from statusgen.history.hours import promised_seconds
from statusgen.history.periods import Period, months_back, months_to, period_of
from statusgen.history.working import Piece, Reason
from statusgen.model.service_level import Cycle, ServiceLevel
from statusgen.model.zone import day_of, day_start

SHOWN_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """A component's period. `total` are its promised seconds up to the end of today, from the component's first day on;
    `excluded` those of them with planned work that is left out; `down` those that were lost, each by its weight.

    `share` is what it was up, 0 to 1, where what is left out counts as up.
    `whole` are the seconds that it has when it is over. `last` is the first day of its last month so far."""

    period: Period
    total: int
    whole: int
    excluded: int
    down: Fraction
    running: bool
    level: ServiceLevel | None
    pieces: tuple[Piece, ...]
    last: date
    share: Fraction = field(init=False, compare=False)

    def __post_init__(self) -> None:
        # In whole numbers: each step with fractions takes as long as all of this.
        down, whole = self.down.as_integer_ratio()
        share = Fraction(self.total * whole - down, self.total * whole) if self.total else Fraction(1)
        object.__setattr__(self, "share", share)

    @property
    def promise(self) -> ServiceLevel | None:
        """The level, where it is about this kind of period."""
        return self.level if self.level and self.level.cycle is self.period.cycle else None

    @property
    def budget(self) -> Fraction:
        """The seconds that the whole period may lose; 0 without a promise."""
        return (1 - self.level.target) * self.whole if self.level else Fraction(0)

    @property
    def left(self) -> Fraction:
        """Of the budget; below 0 where the promise is missed."""
        return self.budget - self.down

    @property
    def kept(self) -> bool | None:
        """None without a promise about such a period, and while one that is kept so far runs."""
        if not self.promise:
            return None
        if self.left < 0:
            return False
        return None if self.running else True

    @property
    def credit(self) -> Fraction:
        """The share of the fee that is owed; 0 while the period runs."""
        return self.promise.credit_of(self.share) if self.promise and not self.running else Fraction(0)


def read_figures(
    pieces: Sequence[Piece],
    level: ServiceLevel | None,
    zone: ZoneInfo,
    today: date,
    since: date | None,
    from_month: date | None = None,
) -> tuple[Figure, ...]:
    """Month by month, oldest first, in whole years: back to the last twelve months and to the first in which something
    was, from `since` on. With `from_month` only those from that one on."""
    earliest = months_back(today, SHOWN_MONTHS - 1)
    if pieces:
        earliest = min(earliest, day_of(pieces[0].start, zone).replace(day=1))
    if since and since > today:
        return ()
    # So that all quarters and years are whole ones.
    earliest = from_month or earliest.replace(month=1)
    figures = []
    starts = [piece.start for piece in pieces]
    for month in months_to(max(earliest, since or earliest), today):
        figures.append(_read_month(month, pieces, starts, level, zone, today, since))
    return tuple(figures)


def read_month(
    month: Period,
    pieces: Sequence[Piece],
    level: ServiceLevel | None,
    zone: ZoneInfo,
    today: date,
    since: date | None,
) -> Figure | None:
    """The figure of one month alone; None where the component or the month itself came later."""
    if month.first > today or (since and since >= month.following):
        return None
    return _read_month(month, pieces, [piece.start for piece in pieces], level, zone, today, since)


def _read_month(
    month: Period,
    pieces: Sequence[Piece],
    starts: Sequence[datetime],
    level: ServiceLevel | None,
    zone: ZoneInfo,
    today: date,
    since: date | None,
) -> Figure:
    first = max(month.first, since or month.first)
    found = _within(pieces, starts, day_start(first, zone), day_start(month.following, zone))
    running = today < month.following
    hours = level.hours if level else None
    whole = promised_seconds(first, month.following, hours, zone)
    total = promised_seconds(first, today + timedelta(days=1), hours, zone) if running else whole
    return _make(month, total, whole, running, level, found)


def sum_figures(months: Iterable[Figure], cycle: Cycle, zone: ZoneInfo) -> tuple[Figure, ...]:
    """The same months as quarters or years, which add up from them."""
    found = []
    for period, group in groupby(months, key=lambda figure: period_of(figure.period.first, cycle)):
        parts = list(group)
        last = parts[-1]
        # What is still to come of it.
        hours = last.level.hours if last.level else None
        rest = promised_seconds(last.period.following, period.following, hours, zone) if last.running else 0
        found.append(
            Figure(
                period=period,
                total=sum(part.total for part in parts),
                whole=sum(part.whole for part in parts) + rest,
                excluded=sum(part.excluded for part in parts),
                down=sum((part.down for part in parts), Fraction(0)),
                running=last.running,
                level=last.level,
                pieces=tuple(piece for part in parts for piece in part.pieces),
                last=last.last,
            )
        )
    return tuple(found)


def _make(
    month: Period, total: int, whole: int, running: bool, level: ServiceLevel | None, pieces: tuple[Piece, ...]
) -> Figure:
    excluded = sum(piece.seconds for piece in pieces if piece.excluded and piece.reason is not Reason.HOURS)
    # There are few weights, and arithmetic with fractions is slow: each is multiplied once.
    seconds: dict[int, int] = {}
    weights: dict[int, Fraction] = {}
    for piece in pieces:
        if piece.weight and not piece.excluded:
            key = id(piece.weight)
            weights[key] = piece.weight
            seconds[key] = seconds.get(key, 0) + piece.seconds
    down = sum((weight * seconds[key] for key, weight in weights.items()), Fraction(0))
    return Figure(month, total, whole, excluded, down, running, level, pieces, month.first)


def _within(pieces: Sequence[Piece], starts: Sequence[datetime], start: datetime, end: datetime) -> tuple[Piece, ...]:
    """Pieces lie within months; only the first day of a component may cut one."""
    place = bisect_left(starts, start)
    found = [*pieces[max(0, place - 1) : place], *pieces[place : bisect_left(starts, end)]]
    return tuple(piece if piece.start >= start else piece._replace(start=start) for piece in found if piece.end > start)
