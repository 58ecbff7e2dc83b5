"""Series in iCalendar: a rule by the site's wall clock (RFC 5545, 3.3.10), and what of it is otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from statusgen.history.changes import series_end
from statusgen.history.occurrences import planned_window, wall_times
from statusgen.model.entries import Change, Deviation
from statusgen.model.kept import kept_with
from statusgen.model.zone import to_instant
from statusgen.render.calendar.zones import AHEAD, Years

SECOND = timedelta(seconds=1)
FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rule:
    """`first` is the wall time of the first window, in which the rule begins; `years` are those that it reaches over.

    `ended_at` is when a person ended the series, after some of it took place."""

    first: datetime
    text: str
    years: Years
    ended_at: datetime | None


@kept_with
def read_series(series: Change, asked: tuple[ZoneInfo, bool]) -> Rule:
    """`series` is as it is visible; `asked` has the zone, and whether all of it was cancelled."""
    zone, is_cancelled = asked
    first = next(iter(wall_times(series, zone)))
    end = None if is_cancelled else series_end(series, FAR)
    parts = dict(part.split("=", 1) for part in series.repeat.split(";"))
    last = _find_last(series, parts, first, zone)
    until = to_instant(last, zone) if last else None
    if end and (until is None or until >= end.at):
        until = end.at - SECOND
        parts.pop("COUNT", None)
    parts.pop("UNTIL", None)
    if until and "COUNT" not in parts:
        parts["UNTIL"] = f"{until:%Y%m%dT%H%M%SZ}"
    years = [first.year, *(deviation.on.year for deviation in series.deviations)]
    last_year = max(until.year + 1, *years) if until else None
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    return Rule(first, text, Years(min(years), last_year), end.at if end else None)


def _find_last(series: Change, parts: dict[str, str], first: datetime, zone: ZoneInfo) -> datetime | None:
    """Where the rule ends, in wall time; None where that is so far away that it is no end."""
    far = first.replace(year=first.year + AHEAD, day=1)
    if "COUNT" in parts:
        last = first
        for wall in wall_times(series, zone):
            if wall >= far:
                return None
            last = wall
        return last
    if "UNTIL" in parts:
        until = datetime.strptime(parts["UNTIL"], "%Y%m%dT%H%M%S")  # noqa: DTZ007
        return until if until < far else None
    return None


def is_told(deviation: Deviation, series: Change, rule: Rule, zone: ZoneInfo) -> bool:
    """Whether a deviation says something of a series that may have been ended."""
    if rule.ended_at is None or deviation.starts_at < rule.ended_at:
        return True
    return planned_window(series, zone, deviation.on).start < rule.ended_at


def takes_place(deviation: Deviation, rule: Rule) -> bool:
    return not deviation.cancelled and (rule.ended_at is None or deviation.starts_at < rule.ended_at)
