"""Displayed uptime, by the rule that Statuspage's pages follow: exact inside, floored once at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from statusgen.history.timeline import Segment
from statusgen.model.service_level import WEIGHTS
from statusgen.model.spans import overlap_seconds
from statusgen.model.states import State
from statusgen.model.zone import day_of, day_start

WINDOW_DAYS = 90
DAY_SECONDS = 86_400


def window_days(today: date, since: date | None, days: int = WINDOW_DAYS) -> list[date]:
    """The days of the window, oldest first, today last; those before `since` left out."""
    first = max(today - timedelta(days=days - 1), since or date.min)
    return [first + timedelta(days=number) for number in range((today - first).days + 1)]


def weighted_seconds(segments: Iterable[Segment], start: datetime, end: datetime) -> Fraction:
    """Seconds down within [start, end), each state by its weight."""
    seconds: dict[State, int] = dict.fromkeys(WEIGHTS, 0)
    for segment in segments:
        if segment.counted in WEIGHTS:
            seconds[segment.counted] += overlap_seconds(segment.start, segment.end, start, end)
    return sum((WEIGHTS[state] * count for state, count in seconds.items()), Fraction(0))


def uptime(segments: Sequence[Segment], zone: ZoneInfo, now: datetime, since: date | None = None) -> Fraction | None:
    """The exact share of the window that was up, 0 to 1; None before the component's first day."""
    days = window_days(day_of(now, zone), since)
    if not days:
        return None
    down = weighted_seconds(segments, day_start(days[0], zone), now)
    return max(Fraction(0), 1 - down / (len(days) * DAY_SECONDS))


def mean_uptime(members: Iterable[Fraction | None]) -> Fraction | None:
    """A group's: the mean of its members' exact values."""
    known = [member for member in members if member is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def format_percent(share: Fraction) -> str:
    """Floored to two decimals without a second zero: `99.87`, `99.5`, and `100.0` only for exactly 1."""
    hundredths = share.numerator * 10_000 // share.denominator
    text = f"{hundredths // 100}.{hundredths % 100:02d}"
    return text[:-1] if text.endswith("0") else text
