"""Dates, durations and states in words. Nothing here depends on the machine's locale or time zone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from statusgen.history.days import Day
from statusgen.model.states import State, Status
from statusgen.model.zone import day_of, day_start

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

QUIET = "no downtime recorded"
UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
# What is said for the clock when it moves planned work.
AUTOMATIC = {
    "in_progress": "The work has begun as planned.",
    "completed": "The planned window has ended.",
}


def format_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_days(days: Sequence[date]) -> str:
    """Days of one month, in order: `4, 11, 18 and 25 October`, `1–24 and 26–31 October`."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] + 1 == day.day:
            runs[-1].append(day.day)
        else:
            runs.append([day.day])
    parts: list[str] = []
    for run in runs:
        # Two days in a row are no run to the eye.
        parts += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(number) for number in run]
    listed = " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)
    return f"{listed} {MONTHS[days[0].month - 1]}" if days else ""


def format_month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def format_time(at: datetime, zone: ZoneInfo) -> str:
    """`3 November 2026, 09:20 CET`; seconds only where they are not zero."""
    return format_local(at.astimezone(zone))


def format_local(local: datetime) -> str:
    """The same, of a time in the site's zone."""
    seconds = f":{local.second:02d}" if local.second else ""
    return f"{format_day(local)}, {format_clock(local)}{seconds} {zone_name(local)}"


def format_clock(local: datetime) -> str:
    """`09:20`, by hand because strftime takes three times as long."""
    return f"{local.hour:02d}:{local.minute:02d}"


def format_first(at: datetime, zone: ZoneInfo) -> str:
    """A beginning: only the day, where it is the first instant of one."""
    day = day_of(at, zone)
    return format_day(day) if at == day_start(day, zone) else format_time(at, zone)


def format_last(at: datetime, zone: ZoneInfo) -> str:
    """An end: only the last day, where all of it belongs to what ends."""
    day = day_of(at, zone)
    return format_day(day - timedelta(days=1)) if at == day_start(day, zone) else format_time(at, zone)


def zone_name(local: datetime) -> str:
    """The zone's abbreviation, or `UTC+07` for zones that have none."""
    name = local.tzname() or ""
    return f"UTC{name}" if name[:1] in "+-" else name


def format_window(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """`3 November 2026, 22:00–23:30 CET`, with both dates where they differ."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    if first.date() == last.date() and first.utcoffset() == last.utcoffset():
        return f"{format_day(first.date())}, {format_clock(first)}–{format_clock(last)} {zone_name(first)}"
    return f"{format_time(start, zone)} – {format_time(end, zone)}"


def format_repeat(rule: str) -> str:
    """`every 2 weeks`, of an RFC 5545 RRULE; on which days is told by a calendar."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    unit, count = UNITS[parts["FREQ"]], int(parts.get("INTERVAL", "1"))
    return f"every {unit}" if count == 1 else f"every {count} {unit}s"


# Lengths are whole minutes mostly, so few of them are new.
@lru_cache(maxsize=4096)
def format_duration(length: timedelta) -> str:
    """The two largest units: `2 d 3 h`, `1 h 5 min`, `40 s`."""
    rest = int(length.total_seconds())
    parts = []
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)):
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count} {unit}")
            if len(parts) == 2:
                break
    return " ".join(parts) or "0 s"


def name_of(word: State | Status | str) -> str:
    """`in_progress` → `In progress`."""
    return _to_words(str(getattr(word, "value", word)))


@lru_cache(maxsize=256)
def _to_words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def describe_states(day: Day) -> str:
    """`major outage for 19 min, under maintenance for 1 h (counted as downtime)`, the worst first."""
    return _describe_seconds(day.seconds, day.counted_work) if day.seconds else QUIET


# A component's page and the front page say the same of a day.
@lru_cache(maxsize=4096)
def _describe_seconds(seconds: tuple[tuple[State, int], ...], counted_work: int) -> str:
    return ", ".join(
        f"{name_of(state).lower()} for {_seconds(count)}{_mark(state, count, counted_work)}" for state, count in seconds
    )


def _mark(state: State, count: int, counted_work: int) -> str:
    if state is not State.UNDER_MAINTENANCE or not counted_work:
        return ""
    part = "" if counted_work == count else f"{_seconds(counted_work)} of it "
    return f" ({part}counted as downtime)"


# Lengths are whole minutes mostly, so few of them are new.
@lru_cache(maxsize=2048)
def _seconds(count: int) -> str:
    return format_duration(timedelta(seconds=count))


def describe_day(day: Day) -> str:
    """A bar's text: date, states with durations, what caused them."""
    if not day.known:
        return f"{format_day(day.on)}: no data"
    if not day.seconds and not day.causes:
        return _describe_quiet_day(day.on)
    causes = "; ".join(cause.title for cause in day.causes[:3])
    more = f" and {len(day.causes) - 3} more" if len(day.causes) > 3 else ""
    return f"{format_day(day.on)}: {describe_states(day)}{' – ' if causes else ''}{causes}{more}"


# Most bars of most components are this, for the same 90 days.
@lru_cache(maxsize=256)
def _describe_quiet_day(on: date) -> str:
    return f"{format_day(on)}: {QUIET}"


def format_utc(at: datetime) -> str:
    """`2026-11-03T09:20:00Z` (RFC 3339)."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
