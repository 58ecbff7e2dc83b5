"""The days of a component's window: seconds per state, and the bar's shade."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from statusgen.history.effects import Effect
from statusgen.history.timeline import Segment
from statusgen.history.uptime import window_days
from statusgen.model.entries import Change, Incident
from statusgen.model.service_level import WEIGHTS
from statusgen.model.spans import overlap_seconds
from statusgen.model.states import State
from statusgen.model.zone import day_of, day_start

MINUTE = 600
TENTHS = {state: int(weight * 10) for state, weight in WEIGHTS.items()}


@dataclass(frozen=True, slots=True)
class Day:
    """`seconds` by state, worst first, without operational; `causes` are the entries that touched the day.

    `counted_work` are those seconds under maintenance that count as a major outage."""

    on: date
    known: bool
    seconds: tuple[tuple[State, int], ...] = ()
    causes: tuple[Incident | Change, ...] = ()
    counted_work: int = 0

    @property
    def shade(self) -> int:
        """0 (green) over 4 (yellow) and 8 (orange) to 12 (red), by weighted minutes as Statuspage's bars do."""
        if not self.seconds and not self.counted_work:
            return 0
        # In tenths of seconds, in which every weight is whole: fractions took half of the time that bars take.
        down = sum(TENTHS.get(state, 0) * count for state, count in self.seconds) + 10 * self.counted_work
        if down < 20 * MINUTE:
            return 2 + 4 * down // (40 * MINUTE) if down else 0
        if down < 33 * MINUTE:
            return 4 + 4 * (down - 20 * MINUTE) // (13 * MINUTE)
        return 8 + 4 * (down - 33 * MINUTE) // (27 * MINUTE) if down < 60 * MINUTE else 12


def bucket_days(
    segments: Sequence[Segment],
    effects: Sequence[Effect],
    zone: ZoneInfo,
    now: datetime,
    since: date | None = None,
) -> tuple[Day, ...]:
    """The 90 days ending today, oldest first, in the zone's days with their true lengths."""
    days = window_days(day_of(now, zone), None)
    starts = [day_start(day, zone) for day in days]
    ends = [*starts[1:], day_start(days[-1] + timedelta(days=1), zone)]
    seconds: list[dict[State, int]] = [{} for _ in days]
    counted_work = [0] * len(days)
    for segment in segments:
        for number in _touched(starts, segment.start, segment.end):
            shared = overlap_seconds(segment.start, segment.end, starts[number], ends[number])
            if shared:
                seconds[number][segment.state] = seconds[number].get(segment.state, 0) + shared
                counted_work[number] += shared if segment.as_outage else 0
    causes: list[dict[str, Incident | Change]] = [{} for _ in days]
    for effect in effects:
        # What goes on touches today, also when today begins at this very instant.
        end = effect.end + timedelta(seconds=1) if effect.ongoing else effect.end
        for number in _touched(starts, effect.start, end):
            if starts[number] < ends[number]:
                causes[number].setdefault(effect.cause.path, effect.cause)
    return tuple(
        Day(
            on=day,
            known=since is None or day >= since,
            seconds=tuple(sorted(seconds[number].items(), key=lambda item: -item[0].rank)),
            causes=tuple(causes[number].values()),
            counted_work=counted_work[number],
        )
        for number, day in enumerate(days)
    )


def _touched(starts: list[datetime], start: datetime, end: datetime) -> range:
    """Indexes of the days that [start, end) touches."""
    if end <= starts[0]:
        return range(0)
    first = max(0, bisect_right(starts, start) - 1)
    last = bisect_right(starts, end - timedelta(seconds=1)) - 1
    return range(first, last + 1)
