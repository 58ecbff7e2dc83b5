"""Exceptions on days without a window: each is told with the nearest one, however many there are."""

from __future__ import annotations

from datetime import date, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest

from statusgen.parse.content import parse_file
from statusgen.parse.parsed import Reading
from statusgen.parse.times import Clock
from statusgen.problems import Problem

SUNDAYS = "starts: 2026-11-01 22:00\nrepeat: FREQ=WEEKLY;UNTIL=20261130"
EVERY_OTHER_DAY = "starts: 1991-01-01 22:00\nrepeat: FREQ=DAILY;INTERVAL=2"


def told(series: str, *days: str) -> list[Problem]:
    front = f"title: Work\nduration: 1h\n{series}"
    text = f"---\n{front}\nexcept: [{', '.join(days)}]\n---\n"
    _, problems = parse_file("changes/x.md", text.encode(), Reading(Clock(ZoneInfo("Europe/Berlin"))))
    return problems


NEAREST = [
    ("2026-10-01", "2026-11-01"),
    ("2026-11-04", "2026-11-01"),
    ("2026-11-05", "2026-11-08"),
    ("2026-11-23", "2026-11-22"),
    ("2027-03-01", "2026-11-29"),
]


@pytest.mark.parametrize(("day", "nearest"), NEAREST)
def test_the_nearest_window(day: str, nearest: str) -> None:
    (problem,) = told(SUNDAYS, "2026-11-08", day)
    assert (problem.code, problem.line, problem.severity) == ("unused-except", 6, "warning")
    assert problem.hint == f"the nearest window is on Sunday, {nearest}"


def test_many_exceptions_are_soon_looked_at() -> None:
    days = [(date(1991, 1, 1) + timedelta(days=number)).isoformat() for number in range(39_000)]
    begun = process_time()
    assert len(told(EVERY_OTHER_DAY, *days)) == len(days) / 2
    assert process_time() - begun < 15
