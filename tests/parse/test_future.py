"""Updates that are dated later than now: how far, and what the slip may have been."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from statusgen.parse.content import parse_file
from statusgen.parse.parsed import Reading
from statusgen.parse.times import Clock
from statusgen.parse.updates import HeadingTimes

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PATH = "incidents/x.md"
# The site's zone, the time of the update, and words of the warning; none where there is no warning.
UPDATES = [
    ("UTC", "2026-11-20 12:00", []),
    ("UTC", "2026-11-20 12:00:01", ["1 min ahead", "`2026-11-20 12:00:01 +01:00`"]),
    ("UTC", "2026-11-20 12:50", ["50 min ahead", "`2026-11-20 12:50 +01:00`"]),
    ("UTC", "2026-11-20 13:50", ["2 h ahead", "`2026-11-20 13:50 +02:00`"]),
    ("UTC", "2026-11-21 11:00", ["23 h ahead", "`2026-11-21 11:00 +14:00`"]),
    ("America/New_York", "2026-11-20 08:10", ["70 min ahead", "`2026-11-20 08:10 -03:00`"]),
    ("Asia/Kathmandu", "2026-11-20 18:00", ["15 min ahead", "`2026-11-20 18:00 +06:45`"]),
    ("Asia/Kathmandu", "2026-11-20 17:45", []),
    ("UTC", "2026-11-20 12:50 +00:00", ["50 min ahead", "is the time right?"]),
    ("UTC", "2026-11-22 11:00", ["47 h ahead", "is the day right?"]),
    ("UTC", "2026-11-23 12:00", ["3 days ahead", "is the day right?"]),
    ("UTC", "2027-11-19 12:00", ["364 days ahead", "is the year right?"]),
]


@pytest.mark.parametrize(("zone", "time", "words"), UPDATES)
def test_how_far_ahead_an_update_is(zone: str, time: str, words: list[str]) -> None:
    reading = Reading(Clock(ZoneInfo(zone)), now=NOW)
    data = f"---\ntitle: Errors\n---\n## investigating @ {time}\n".encode()
    parsed, problems = parse_file(PATH, data, reading)
    assert parsed
    assert [problem.code for problem in problems] == ["future-time"] * bool(words)
    assert [word for word in words if word not in str(problems[0])] == []
    assert parse_file(PATH, data, Reading(Clock(ZoneInfo(zone)))) == (parsed, [])


def test_a_commit_of_the_future_is_told_without_a_guess_at_what_was_written() -> None:
    later = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
    reading = Reading(Clock(ZoneInfo("UTC")), {PATH: HeadingTimes({4: later})}, NOW)
    _, problems = parse_file(PATH, b"---\ntitle: Errors\n---\n## investigating\n", reading)
    assert [(problem.code, problem.hint) for problem in problems] == [("future-time", "its commit has this time")]


def test_an_update_without_a_commit_is_told_and_has_the_time_of_now() -> None:
    reading = Reading(Clock(ZoneInfo("UTC")), {PATH: HeadingTimes({4: NOW}, uncommitted=frozenset({4}))}, NOW)
    parsed, problems = parse_file(PATH, b"---\ntitle: Errors\n---\n## investigating\n", reading)
    assert parsed
    assert [(problem.code, problem.line, problem.severity) for problem in problems] == [("not-committed", 4, "warning")]


@pytest.mark.parametrize(("is_new", "time"), [(True, "2026-11-20 12:00"), (False, "YYYY-MM-DD HH:MM")])
def test_the_time_of_now_is_offered_to_what_was_just_written_only(is_new: bool, time: str) -> None:
    reading = Reading(Clock(ZoneInfo("UTC")), {PATH: HeadingTimes({}, "no time", is_new=is_new)}, NOW)
    _, problems = parse_file(PATH, b"---\ntitle: Errors\n---\n## investigating\n", reading)
    assert [problem.hint for problem in problems] == [f"or write when it was: `## investigating @ {time}`"]


@pytest.mark.parametrize(("status", "codes"), [("scheduled", ["future-time"]), ("in_progress", []), ("completed", [])])
def test_how_work_goes_may_be_written_in_advance(status: str, codes: list[str]) -> None:
    front = "---\ntitle: Work\nstarts: 2026-11-20 13:00\nduration: 1h\n---\n"
    data = f"{front}## {status} @ 2026-11-20 14:00\n".encode()
    _, problems = parse_file("changes/x.md", data, Reading(Clock(ZoneInfo("UTC")), now=NOW))
    assert [problem.code for problem in problems] == codes
