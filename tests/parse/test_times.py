"""Times, dates and durations as people write them, by tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from statusgen.parse.times import Clock, Complaint, parse_duration

BERLIN = Clock(ZoneInfo("Europe/Berlin"))
# The text, and its instant in UTC, for a site in Berlin.
TIMES = [
    ("2026-11-03 09:20", "2026-11-03 08:20"),
    ("2026-07-03 09:20", "2026-07-03 07:20"),
    ("2026-11-03 09:20:30", "2026-11-03 08:20:30"),
    ("2026-11-03T09:20", "2026-11-03 08:20"),
    ("2026-11-03t09:20", "2026-11-03 08:20"),
    ("  2026-11-03   09:20  ", "2026-11-03 08:20"),
    ("2026-11-03 09:20 UTC", "2026-11-03 09:20"),
    ("2026-11-03 09:20 utc", "2026-11-03 09:20"),
    ("2026-11-03 09:20UTC", "2026-11-03 09:20"),
    ("2026-11-03 09:20 GMT", "2026-11-03 09:20"),
    ("2026-11-03T09:20Z", "2026-11-03 09:20"),
    ("2026-11-03 09:20 z", "2026-11-03 09:20"),
    ("2026-11-03 09:20 +07:00", "2026-11-03 02:20"),
    ("2026-11-03 09:20+0700", "2026-11-03 02:20"),
    ("2026-11-03T09:20:00-05:30", "2026-11-03 14:50"),
    ("2026-11-03 02:20 +14:00", "2026-11-02 12:20"),
    ("2026-11-03 09:20 +00:00", "2026-11-03 09:20"),
    ("2026-01-01 00:00", "2025-12-31 23:00"),
    ("2028-02-29 12:00", "2028-02-29 11:00"),
    ("2026-03-29 01:59", "2026-03-29 00:59"),
    ("2026-03-29 03:00", "2026-03-29 01:00"),
    ("2026-10-25 01:59", "2026-10-24 23:59"),
    ("2026-10-25 03:00", "2026-10-25 02:00"),
    ("2026-10-25 02:30 +02:00", "2026-10-25 00:30"),
    ("2026-10-25 02:30 +01:00", "2026-10-25 01:30"),
]


@pytest.mark.parametrize(("text", "instant"), TIMES)
def test_times(text: str, instant: str) -> None:
    assert BERLIN.parse_time(text) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


# The text, the complaint's code, and words that its message has.
BAD_TIMES = [
    ("", "bad-time", ["is not a time"]),
    ("now", "bad-time", ["`now`"]),
    ("2026-11-03", "bad-time", ["date but no time of day"]),
    ("09:20", "bad-time", ["is not a time"]),
    ("2026-11-03 9:20", "bad-time", ["is not a time"]),
    ("2026-11-3 09:20", "bad-time", ["is not a time"]),
    ("03.11.2026 09:20", "bad-time", ["is not a time"]),
    ("11/03/2026 09:20", "bad-time", ["is not a time"]),
    ("2026-11-03 09:20 CET", "bad-time", ["is not a time"]),
    ("2026-11-03 09:20 PM", "bad-time", ["is not a time"]),
    ("2026-11-03 09:20 +7", "bad-time", ["is not a time"]),
    ("2026-11-03 09:20 +15:00", "bad-time", ["not an offset"]),
    ("2026-11-03 09:20 +07:60", "bad-time", ["not an offset"]),
    ("2026-11-03 24:00", "bad-time", ["not a time of day"]),
    ("2026-11-03 09:60", "bad-time", ["not a time of day"]),
    ("2026-11-03 23:59:60", "bad-time", ["not a time of day"]),
    ("2026-11-03 09:20 2026-11-03 10:20", "bad-time", ["two times"]),
    ("2026-02-30 09:20", "bad-date", ["not in the calendar"]),
    ("2027-02-29 09:20", "bad-date", ["not in the calendar"]),
    ("2026-13-01 09:20", "bad-date", ["not in the calendar"]),
    ("0026-11-03 09:20", "bad-date", ["year 26"]),
    ("2206-11-03 09:20", "bad-date", ["year 2206"]),
    ("２０２６-11-03 09:20", "bad-time", ["is not a time"]),
    ("2026-10-25 02:30", "ambiguous-time", ["twice", "`2026-10-25 02:30 +02:00`", "`2026-10-25 02:30 +01:00`"]),
    ("2026-10-25 02:00", "ambiguous-time", ["00:00 UTC", "01:00 UTC", "Europe/Berlin"]),
    (
        "2026-03-29 02:30",
        "nonexistent-time",
        ["does not exist", "`2026-03-29 01:30 +01:00`", "`2026-03-29 03:30 +02:00`"],
    ),
    ("2026-03-29 02:00", "nonexistent-time", ["Europe/Berlin"]),
]


@pytest.mark.parametrize(("text", "code", "words"), BAD_TIMES)
def test_what_is_not_one_time_is_told(text: str, code: str, words: list[str]) -> None:
    with pytest.raises(Complaint) as caught:
        BERLIN.parse_time(text)
    assert caught.value.code == code
    assert [word for word in words if word not in caught.value.message] == []
    assert caught.value.hint


# What is nearly a time, and what to write.
HINTS = [
    ("2026-11-03 9:20", "did you mean `2026-11-03 09:20`?"),
    ("2026-11-3 09:20", "did you mean `2026-11-03 09:20`?"),
    ("2026-1-3T9:20:05 +7:00", "write `2026-11-03 09:20`"),
    ("2026-11-03 9:20 UTC", "did you mean `2026-11-03 09:20 UTC`?"),
    ("2026-11-03 12:20 am", "did you mean `2026-11-03 00:20`?"),
    ("2026-11-03 12:20PM", "did you mean `2026-11-03 12:20`?"),
    ("2026-11-03 13:20 PM", "did you mean `2026-11-03 13:20`?"),
    ("2026-11-03 0:20 AM", "did you mean `2026-11-03 00:20`?"),
    ("2026-11-03 09:20 cest", "`2026-11-03 09:20 +02:00`"),
    ("2026-11-03 9:20 IST", "`2026-11-03 09:20 +05:30`"),
    ("2026-11-03 09:20 XYZ", "write the offset, as in `2026-11-03 09:20 +07:00`"),
    ("2026-11-03 09:20 or so", "write `2026-11-03 09:20`"),
]


@pytest.mark.parametrize(("text", "hint"), HINTS)
def test_what_is_nearly_a_time_has_a_hint(text: str, hint: str) -> None:
    with pytest.raises(Complaint) as caught:
        BERLIN.parse_time(text)
    assert hint in caught.value.hint


# Zones whose clocks do other things: the zone, a wall time, and the code or the instant.
ZONES = [
    ("Asia/Bangkok", "2026-11-03 09:20", "2026-11-03 02:20"),
    ("Asia/Kathmandu", "2026-11-03 09:20", "2026-11-03 03:35"),
    ("Australia/Lord_Howe", "2026-04-05 01:45", "ambiguous-time"),
    ("Australia/Lord_Howe", "2026-10-04 02:15", "nonexistent-time"),
    ("America/New_York", "2026-11-01 01:30", "ambiguous-time"),
    ("America/New_York", "2026-03-08 02:30", "nonexistent-time"),
    ("Africa/Cairo", "2026-04-24 00:30", "nonexistent-time"),
    ("Pacific/Apia", "2011-12-30 12:00", "nonexistent-time"),
    ("UTC", "2026-10-25 02:30", "2026-10-25 02:30"),
]


@pytest.mark.parametrize(("zone", "text", "expected"), ZONES)
def test_times_of_other_zones(zone: str, text: str, expected: str) -> None:
    try:
        found = f"{Clock(ZoneInfo(zone)).parse_time(text):%Y-%m-%d %H:%M}"
    except Complaint as complaint:
        found = complaint.code
    assert found == expected


def test_a_demonstration_site_moves_by_whole_days_of_its_wall_clock() -> None:
    moved = Clock(ZoneInfo("Europe/Berlin"), 200)
    assert moved.parse_time("2026-11-03 09:20") == datetime(2027, 5, 22, 7, 20, tzinfo=UTC)
    assert moved.parse_time("2026-11-03 09:20 UTC") == datetime(2027, 5, 22, 9, 20, tzinfo=UTC)
    assert moved.parse_date("2026-11-03") == date(2027, 5, 22)


DURATIONS = [
    ("90s", 90),
    ("30m", 1800),
    ("30min", 1800),
    ("30 min", 1800),
    ("2h", 7200),
    ("2H", 7200),
    ("1h30m", 5400),
    ("1h 30m", 5400),
    ("1d", 86_400),
    ("1w", 604_800),
    ("1w2d3h4m5s", 604_800 + 2 * 86_400 + 3 * 3600 + 245),
    ("090m", 5400),
    ("366d", 366 * 86_400),
]


@pytest.mark.parametrize(("text", "seconds"), DURATIONS)
def test_durations(text: str, seconds: int) -> None:
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "0m",
        "0",
        "30",
        "m",
        "1.5h",
        "-1h",
        "+1h",
        "1h-30m",
        "30m1h",
        "1h1h",
        "1y",
        "1mo",
        "367d",
        "٣h",
        "99999999s",
    ],
)
def test_what_is_no_duration_is_told(text: str) -> None:
    with pytest.raises(Complaint, match=r"duration|too short or too long") as caught:
        parse_duration(text)
    assert caught.value.code == "bad-duration" and caught.value.hint


DATES = [
    ("2026-11-03", ""),
    (" 2026-11-03 ", ""),
    ("2026-11-03 09:20", "bad-date"),
    ("3.11.2026", "bad-date"),
    ("2026-02-30", "bad-date"),
    ("", "bad-date"),
]


@pytest.mark.parametrize(("text", "code"), DATES)
def test_dates(text: str, code: str) -> None:
    try:
        assert BERLIN.parse_date(text) == date(2026, 11, 3)
        assert not code
    except Complaint as complaint:
        assert complaint.code == code


# Days by which a site is moved, an instant in UTC, and how it is written in Berlin.
WRITTEN = [
    (0, "2026-11-03 08:20", "2026-11-03 09:20"),
    (0, "2026-10-25 00:30", "2026-10-25 00:30 UTC"),
    (0, "2026-10-25 01:30", "2026-10-25 01:30 UTC"),
    (0, "2026-03-29 01:00", "2026-03-29 03:00"),
    (1, "2026-11-04 08:20", "2026-11-03 09:20"),
    (1, "2026-03-30 00:30", "2026-03-29 00:30 UTC"),
]


@pytest.mark.parametrize(("shift", "instant", "text"), WRITTEN)
def test_a_time_in_a_hint_can_be_pasted(shift: int, instant: str, text: str) -> None:
    clock = Clock(BERLIN.zone, shift)
    at = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert clock.write_time(at) == text
    assert clock.parse_time(text) == at
