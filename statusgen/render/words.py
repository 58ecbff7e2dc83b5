"""Dates, durations and states in words. Nothing here depends on the machine's locale or time zone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from statusgen.history.days import Day
from statusgen.model.language import ENGLISH, Language, mark
from statusgen.model.states import State
from statusgen.model.zone import day_of, day_start
from statusgen.render.formats import formats_of
from statusgen.render.names import name_within

COMMA = mark(", ")
EVERY = {
    "DAILY": mark("every day"),
    "WEEKLY": mark("every week"),
    "MONTHLY": mark("every month"),
    "YEARLY": mark("every year"),
}
# What is said for the clock when it moves planned work.
AUTOMATIC = {
    "in_progress": mark("The work has begun as planned."),
    "completed": mark("The planned window has ended."),
}


# Entries begin, are told and end on the same days, and each stands on several pages.
@lru_cache(maxsize=8192)
def format_day(day: date, language: Language = ENGLISH) -> str:
    return formats_of(language).day(day)


def format_days(days: Sequence[date], language: Language = ENGLISH) -> str:
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
    if not days:
        return ""
    formats = formats_of(language)
    return language.say("{days} {month}", days=formats.listed(parts), month=formats.month_name(days[0]))


@lru_cache(maxsize=1024)
def format_month(day: date, language: Language = ENGLISH) -> str:
    return formats_of(language).month(day)


def name_weekdays(language: Language = ENGLISH) -> tuple[str, ...]:
    """Short names, from the day on with which a week begins."""
    formats = formats_of(language)
    return (*formats.day_heads[formats.first_weekday :], *formats.day_heads[: formats.first_weekday])


def format_time(at: datetime, zone: ZoneInfo, language: Language = ENGLISH) -> str:
    """`3 November 2026, 09:20 CET`; seconds only where they are not zero."""
    return format_local(at.astimezone(zone), language)


def format_local(local: datetime, language: Language = ENGLISH) -> str:
    """The same, of a time in the site's zone."""
    formats = formats_of(language)
    return formats.joined(format_day(local.date(), language), f"{formats.clock(local)} {zone_name(local)}")


def format_first(at: datetime, zone: ZoneInfo, language: Language = ENGLISH) -> str:
    """A beginning: only the day, where it is the first instant of one."""
    day = day_of(at, zone)
    return format_day(day, language) if at == day_start(day, zone) else format_time(at, zone, language)


def format_last(at: datetime, zone: ZoneInfo, language: Language = ENGLISH) -> str:
    """An end: only the last day, where all of it belongs to what ends."""
    day = day_of(at, zone)
    if at == day_start(day, zone):
        return format_day(day - timedelta(days=1), language)
    return format_time(at, zone, language)


def zone_name(local: datetime) -> str:
    """The zone's abbreviation, or `UTC+07` for zones that have none."""
    name = local.tzname() or ""
    return f"UTC{name}" if name[:1] in "+-" else name


def format_window(start: datetime, end: datetime, zone: ZoneInfo, language: Language = ENGLISH) -> str:
    """`3 November 2026, 22:00–23:30 CET`, with both dates where they differ."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    if first.date() == last.date() and first.utcoffset() == last.utcoffset():
        formats = formats_of(language)
        clocks = f"{formats.clock(first)}–{formats.clock(last)} {zone_name(first)}"
        return formats.joined(format_day(first.date(), language), clocks)
    ends = (format_local(first, language), format_local(last, language))
    # From right to left, what begins with digits would change places with what stands before it (UAX #9).
    return " – ".join(f"\u2067{end}\u2069" for end in ends) if language.is_rtl else " – ".join(ends)


def format_repeat(rule: str, language: Language = ENGLISH) -> str:
    """`every 2 weeks`, of an RFC 5545 RRULE; on which days is told by a calendar."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    interval = int(parts.get("INTERVAL", "1"))
    if interval == 1:
        return language.find(EVERY[parts["FREQ"]])
    match parts["FREQ"]:
        case "DAILY":
            return language.count(interval, "every {n} day", "every {n} days")
        case "WEEKLY":
            return language.count(interval, "every {n} week", "every {n} weeks")
        case "MONTHLY":
            return language.count(interval, "every {n} month", "every {n} months")
        case _:
            return language.count(interval, "every {n} year", "every {n} years")


# Lengths are whole minutes mostly, so few of them are new.
@lru_cache(maxsize=4096)
def format_duration(length: timedelta, language: Language = ENGLISH) -> str:
    """The two largest units: `2 d 3 h`, `1 h 5 min`, `40 s`."""
    formats = formats_of(language)
    rest = int(length.total_seconds())
    parts = []
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)):
        count, rest = divmod(rest, size)
        if count:
            parts.append(formats.unit(count, unit))
            if len(parts) == 2:
                break
    return " ".join(parts) or formats.unit(0, "second")


def describe_states(day: Day, language: Language = ENGLISH) -> str:
    """`major outage for 19 min, under maintenance for 1 h (counted as downtime)`, the worst first."""
    if not day.seconds:
        return language.say("no downtime recorded")
    return _describe_seconds(day.seconds, day.counted_work, language)


# A component's page and the front page say the same of a day.
@lru_cache(maxsize=4096)
def _describe_seconds(seconds: tuple[tuple[State, int], ...], counted_work: int, language: Language) -> str:
    parts = []
    for state, count in seconds:
        name, length = name_within(state, language), _seconds(count, language)
        if state is not State.UNDER_MAINTENANCE or not counted_work:
            parts.append(language.say("{state} for {length}", state=name, length=length))
        elif counted_work == count:
            parts.append(language.say("{state} for {length} (counted as downtime)", state=name, length=length))
        else:
            counted = _seconds(counted_work, language)
            message = mark("{state} for {length} ({counted} of it counted as downtime)")
            parts.append(language.say(message, state=name, length=length, counted=counted))
    return language.find(COMMA).join(parts)


def _seconds(count: int, language: Language) -> str:
    return format_duration(timedelta(seconds=count), language)


def describe_day(day: Day, language: Language = ENGLISH) -> str:
    """A bar's text: date, states with durations, what caused them."""
    on = format_day(day.on, language)
    if not day.known:
        return language.say("{day}: no data", day=on)
    if not day.seconds and not day.causes:
        return _describe_quiet_day(day.on, language)
    told = language.say("{name}: {text}", name=on, text=describe_states(day, language))
    if not day.causes:
        return told
    causes = "; ".join(cause.title for cause in day.causes[:3])
    others = len(day.causes) - 3
    if others > 0:
        causes += " " + language.count(others, "and {n} more", "and {n} more")
    return f"{told} – {causes}"


# Most bars of most components are this, for the same 90 days.
@lru_cache(maxsize=256)
def _describe_quiet_day(on: date, language: Language) -> str:
    return language.say("{day}: no downtime recorded", day=format_day(on, language))


def format_utc(at: datetime) -> str:
    """`2026-11-03T09:20:00Z` (RFC 3339)."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
