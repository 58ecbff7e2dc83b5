"""The shade of a day's bar by weighted minutes: green 0, yellow 4, orange 8, red 12."""

from __future__ import annotations

from datetime import date

import pytest

from statusgen.history.days import Day
from statusgen.model.states import State


@pytest.mark.parametrize(
    ("major", "partial", "shade"),
    [
        (0, 0, 0),
        (1, 0, 2),
        (10 * 60 - 1, 0, 2),
        (10 * 60, 0, 3),
        (20 * 60 - 1, 0, 3),
        (20 * 60, 0, 4),
        (0, 200 * 20, 4),
        (0, 200 * 20 - 1, 3),
        (33 * 60 - 1, 0, 7),
        (33 * 60, 0, 8),
        (60 * 60 - 1, 0, 11),
        (60 * 60, 0, 12),
        (0, 200 * 60, 12),
        (90_000, 0, 12),
    ],
)
def test_shade(major: int, partial: int, shade: int) -> None:
    seconds = ((State.MAJOR_OUTAGE, major), (State.PARTIAL_OUTAGE, partial))
    assert Day(date(2026, 1, 1), True, seconds).shade == shade


def test_work_that_counts_weighs_as_much_as_an_outage() -> None:
    seconds = ((State.PARTIAL_OUTAGE, 200 * 13), (State.UNDER_MAINTENANCE, 3600))
    assert Day(date(2026, 1, 1), True, seconds, counted_work=20 * 60).shade == 8
    assert Day(date(2026, 1, 1), True, seconds, counted_work=20 * 60 - 1).shade == 7


def test_degraded_and_maintenance_stay_green() -> None:
    seconds = ((State.DEGRADED_PERFORMANCE, 86_400), (State.UNDER_MAINTENANCE, 86_400))
    assert Day(date(2026, 1, 1), True, seconds).shade == 0
