"""Dates, durations, percentages and states in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from statusgen.history.days import Day
from statusgen.history.uptime import format_percent
from statusgen.model.entries import Incident, Update
from statusgen.model.states import ChangeStatus, IncidentStatus, State
from statusgen.render import words
from statusgen.render.names import name_of

BERLIN, BANGKOK, KOLKATA, UTC_ZONE = (
    ZoneInfo(name) for name in ("Europe/Berlin", "Asia/Bangkok", "Asia/Kolkata", "UTC")
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


DURATIONS = [
    (0, "0 s"),
    (1, "1 s"),
    (59, "59 s"),
    (60, "1 min"),
    (61, "1 min 1 s"),
    (3600, "1 h"),
    (3601, "1 h 1 s"),
    (3900, "1 h 5 min"),
    (3961, "1 h 6 min"),
    (86_399, "23 h 59 min"),
    (86_400, "1 d"),
    (90_000, "1 d 1 h"),
    (90 * 86_400, "90 d"),
]


@pytest.mark.parametrize(("seconds", "text"), DURATIONS)
def test_durations(seconds: int, text: str) -> None:
    assert words.format_duration(timedelta(seconds=seconds)) == text


REPEATS = [
    ("FREQ=WEEKLY", "every week"),
    ("FREQ=MONTHLY;BYDAY=1SU;COUNT=9", "every month"),
    ("FREQ=DAILY;INTERVAL=1", "every day"),
    ("INTERVAL=2;FREQ=YEARLY;UNTIL=20301231T235959", "every 2 years"),
]


@pytest.mark.parametrize(("rule", "text"), REPEATS)
def test_rules(rule: str, text: str) -> None:
    assert words.format_repeat(rule) == text


TIMES = [
    ("2026-11-03 08:20", BERLIN, "3 November 2026, 09:20 CET"),
    ("2026-07-03 08:20", BERLIN, "3 July 2026, 10:20 CEST"),
    ("2026-11-03 08:20:05", BERLIN, "3 November 2026, 09:20:05 CET"),
    ("2026-11-03 08:20", BANGKOK, "3 November 2026, 15:20 UTC+07"),
    ("2026-11-03 08:20", KOLKATA, "3 November 2026, 13:50 IST"),
    ("2026-12-31 23:59", BERLIN, "1 January 2027, 00:59 CET"),
    ("2026-11-03 00:00", UTC_ZONE, "3 November 2026, 00:00 UTC"),
]


@pytest.mark.parametrize(("instant", "zone", "text"), TIMES)
def test_times(instant: str, zone: ZoneInfo, text: str) -> None:
    assert words.format_time(at(instant), zone) == text


WINDOWS = [
    ("2026-11-03 21:00", "2026-11-03 22:30", "3 November 2026, 22:00–23:30 CET"),
    ("2026-11-03 22:00", "2026-11-03 23:30", "3 November 2026, 23:00 CET – 4 November 2026, 00:30 CET"),
    ("2026-10-25 00:30", "2026-10-25 01:30", "25 October 2026, 02:30 CEST – 25 October 2026, 02:30 CET"),
    ("2026-03-29 00:30", "2026-03-29 01:30", "29 March 2026, 01:30 CET – 29 March 2026, 03:30 CEST"),
]


@pytest.mark.parametrize(("start", "end", "text"), WINDOWS)
def test_windows(start: str, end: str, text: str) -> None:
    assert words.format_window(at(start), at(end), BERLIN) == text


ENDS = [
    ("2026-11-02 23:00", BERLIN, "3 November 2026", "2 November 2026"),
    ("2026-11-03 00:00", BERLIN, "3 November 2026, 01:00 CET", "3 November 2026, 01:00 CET"),
    ("2026-04-23 22:00", ZoneInfo("Africa/Cairo"), "24 April 2026", "23 April 2026"),
]


@pytest.mark.parametrize(("instant", "zone", "first", "last"), ENDS)
def test_first_and_last_days(instant: str, zone: ZoneInfo, first: str, last: str) -> None:
    assert (words.format_first(at(instant), zone), words.format_last(at(instant), zone)) == (first, last)


# Never up: 100 only where nothing was down.
PERCENTS = [
    (Fraction(1), "100.0"),
    (1 - Fraction(1, 10**9), "99.99"),
    (Fraction(99_990, 100_000), "99.99"),
    (Fraction(99_989, 100_000), "99.98"),
    (Fraction(995, 1000), "99.5"),
    (Fraction(99, 100), "99.0"),
    (Fraction(1, 3), "33.33"),
    (Fraction(0), "0.0"),
]


@pytest.mark.parametrize(("share", "text"), PERCENTS)
def test_percents(share: Fraction, text: str) -> None:
    assert format_percent(share) == text


NAMES = [
    (State.UNDER_MAINTENANCE, "Under maintenance"),
    (IncidentStatus.IDENTIFIED, "Identified"),
    (ChangeStatus.IN_PROGRESS, "In progress"),
    ("none", "None"),
]


@pytest.mark.parametrize(("value", "text"), NAMES)
def test_names(value: State | IncidentStatus | ChangeStatus | str, text: str) -> None:
    assert name_of(value) == text


def incident(title: str) -> Incident:
    update = Update("u", IncidentStatus.RESOLVED, at("2026-11-03 10:00"))
    return Incident(title, f"incidents/{title}.md", title, "", (), at("2026-11-03 09:00"), (update,))


A, B, C, D = (incident(title) for title in ("Mail late", "Disk full", "Slow", "Fire"))
ON = date(2026, 11, 3)
DAYS = [
    (Day(ON, False), "3 November 2026: no data"),
    (Day(ON, True), "3 November 2026: no downtime recorded"),
    (Day(ON, True, (), (A,)), "3 November 2026: no downtime recorded – Mail late"),
    (Day(ON, True, ((State.MAJOR_OUTAGE, 1140),)), "3 November 2026: major outage for 19 min"),
    (
        Day(ON, True, ((State.MAJOR_OUTAGE, 1140), (State.DEGRADED_PERFORMANCE, 90)), (A, B)),
        "3 November 2026: major outage for 19 min, degraded performance for 1 min 30 s – Mail late; Disk full",
    ),
    (
        Day(ON, True, ((State.PARTIAL_OUTAGE, 60), (State.UNDER_MAINTENANCE, 3600)), (A,), 3600),
        "3 November 2026: partial outage for 1 min, under maintenance for 1 h (counted as downtime) – Mail late",
    ),
    (
        Day(ON, True, ((State.UNDER_MAINTENANCE, 3600),), (), 600),
        "3 November 2026: under maintenance for 1 h (10 min of it counted as downtime)",
    ),
    (Day(ON, True, (), (A, B, C, D)), "3 November 2026: no downtime recorded – Mail late; Disk full; Slow and 1 more"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text"), DAYS)
def test_the_text_of_a_bar(day: Day, text: str) -> None:
    assert words.describe_day(day) == text
