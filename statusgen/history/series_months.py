"""A series month by month: what the history lists of it. No series is listed without an end."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from statusgen.history.changes import series_end, shown_window
from statusgen.history.occurrences import COMING, Occurrence, find_occurrences, find_windows, planned_window
from statusgen.model.entries import Change
from statusgen.model.kept import kept_with
from statusgen.model.zone import day_of, day_start

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SeriesMonth:
    """`count` windows begin on the `days` of the month that begins with `first`. `deviating` are the occurrences that
    are not as the rule has them, of those that take place in this month or would have."""

    first: date
    count: int
    days: tuple[date, ...]
    deviating: tuple[Occurrence, ...]


def list_months(series: Change, zone: ZoneInfo, now: datetime) -> tuple[SeriesMonth, ...]:
    """Oldest first: up to the end of this month, or of that with the last window that is listed as to come."""
    over = series_end(series, now)
    ahead = () if over else islice(find_occurrences(series, zone, now), COMING + 1)
    days = [day_of(now, zone), *(day_of(one.start, zone) for one in ahead)]
    return _list_months(series, (zone, max(days).replace(day=1), over.at if over else None))


def month_of(series: Change, zone: ZoneInfo, now: datetime) -> date:
    """The first day of the month that lists the window that pages give; of the last month, where that never came."""
    shown = day_of(shown_window(series, zone, now).start, zone).replace(day=1)
    months = [month.first for month in list_months(series, zone, now)]
    return shown if shown in months else months[-1]


@kept_with
def _list_months(series: Change, asked: tuple[ZoneInfo, date, datetime | None]) -> tuple[SeriesMonth, ...]:
    """Up to `last`, the first day of a month, and what begins before `over_at`; one month at least."""
    zone, last, over_at = asked
    until = day_start((last + 31 * DAY).replace(day=1), zone)
    until = min(until, over_at) if over_at else until
    counts: defaultdict[date, int] = defaultdict(int)
    days: defaultdict[date, dict[date, None]] = defaultdict(dict)
    for one in takewhile(lambda one: one.start < until, find_windows(series, zone)):
        day = day_of(one.start, zone)
        counts[day.replace(day=1)] += 1
        days[day.replace(day=1)][day] = None
    deviating: defaultdict[date, list[Occurrence]] = defaultdict(list)
    for deviation in series.deviations:
        begins = {deviation.starts_at, planned_window(series, zone, deviation.on).start}
        if over_at is None or min(begins) < over_at:
            for month in {day_of(at, zone).replace(day=1) for at in begins}:
                deviating[month].append(Occurrence(deviation.starts_at, deviation.ends_at, deviation))
    months = sorted(month for month in counts.keys() | deviating.keys() if month <= last)
    if not months:
        months = [day_of(series.starts_at, zone).replace(day=1)]
    return tuple(SeriesMonth(month, counts[month], tuple(days[month]), tuple(deviating[month])) for month in months)
