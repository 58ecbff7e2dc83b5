"""The shade of a day's bar by weighted minutes: green 0, yellow 4, orange 8, red 12."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.history.days import TENTHS, Day
from statusgen.model.service_level import WEIGHTS
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


def _by_fractions(major: int, partial: int, counted_work: int) -> int:
    minutes = (major + Fraction(3, 10) * partial + counted_work) / 60
    if minutes < 20:
        return int(4 * (Fraction(1, 2) + minutes / 40)) if minutes else 0
    if minutes < 33:
        return int(4 * (1 + (minutes - 20) / 13))
    return int(4 * (2 + (minutes - 33) / 27)) if minutes < 60 else 12


@given(st.integers(0, 3700), st.integers(0, 12_300), st.integers(0, 3700))
def test_whole_numbers_give_what_fractions_give(major: int, partial: int, counted_work: int) -> None:
    seconds = ((State.MAJOR_OUTAGE, major), (State.PARTIAL_OUTAGE, partial))
    day = Day(date(2026, 1, 1), True, seconds, counted_work=counted_work)
    assert day.shade == _by_fractions(major, partial, counted_work)


def test_every_weight_is_whole_in_tenths() -> None:
    assert {state: Fraction(tenths, 10) for state, tenths in TENTHS.items()} == WEIGHTS
