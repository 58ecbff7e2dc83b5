"""Percentages are floored, and a day begins at its first instant, whatever the clocks do."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from naive import first_instant
from random_content import ZONES, clock_changes

from statusgen.history.uptime import format_percent
from statusgen.model.zone import day_of, day_start, read_wall_time, to_instant

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@given(st.fractions(0, 1, max_denominator=90 * 864_000))
@example(Fraction(9999, 10_000))
@example(1 - Fraction(1, 90 * 864_000))
@example(Fraction(1))
@example(Fraction(0))
@example(Fraction(9987, 10_000))
def test_percent_is_floored(share: Fraction) -> None:
    text = format_percent(share)
    # A quotient of 40 digits cannot round over a hundredth: no share in use comes that close to one.
    exact = Decimal(share.numerator * 100) / Decimal(share.denominator)
    assert Decimal(text) == exact.quantize(Decimal("0.01"), ROUND_FLOOR)
    assert (text == "100.0") == (share == 1)
    assert text == "100.0" or not text.startswith("100")
    assert len(text.partition(".")[2]) == 1 or not text.endswith("0")


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(1), "100.0"),
        (Fraction(999_999_999, 1_000_000_000), "99.99"),
        (Fraction(999, 1000), "99.9"),
        (Fraction(99_879, 100_000), "99.87"),
        (Fraction(99, 100), "99.0"),
        (Fraction(1, 1_000_000), "0.0"),
        (Fraction(0), "0.0"),
    ],
)
def test_percent_table(share: Fraction, text: str) -> None:
    assert format_percent(share) == text


@pytest.mark.parametrize("name", ZONES)
def test_a_day_begins_at_its_first_instant(name: str) -> None:
    zone = ZoneInfo(name)
    around = clock_changes(name) or (datetime.fromisoformat("2026-05-05T12:00Z"),)
    for change in around:
        middle = change.astimezone(zone).date()
        starts = []
        for day in (middle + offset * DAY for offset in range(-2, 4)):
            start = day_start(day, zone)
            assert start == first_instant(day, zone)
            assert start.astimezone(zone).date() >= day > (start - SECOND).astimezone(zone).date()
            starts.append(start)
        assert starts == sorted(starts)


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("year", [2006, 2011, 2018, 2026])
def test_days_follow_each_other_without_gaps(name: str, year: int) -> None:
    zone, day = ZoneInfo(name), date(year, 1, 1)
    while day.year == year:
        start, end = day_start(day, zone), day_start(day + DAY, zone)
        assert timedelta(0) <= end - start <= timedelta(hours=25)
        if start < end:
            assert day_of(start, zone) == day_of(end - SECOND, zone) == day
        assert day_of(end, zone) > day
        day += DAY


@pytest.mark.parametrize("name", ZONES)
def test_the_day_never_goes_back(name: str) -> None:
    zone = ZoneInfo(name)
    for change in clock_changes(name):
        days = [day_of(change + minute * timedelta(minutes=1), zone) for minute in range(-120, 121)]
        assert days == sorted(days)


@pytest.mark.parametrize(
    ("name", "day", "start"),
    [
        ("Pacific/Apia", "2011-12-29", "2011-12-29T10:00Z"),
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00Z"),
        ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00Z"),
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00Z"),
        ("America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00Z"),
        ("America/St_Johns", "2006-10-29", "2006-10-29T02:30Z"),
        ("Atlantic/Azores", "2026-10-25", "2026-10-25T00:00Z"),
        ("Africa/Cairo", "2026-04-24", "2026-04-23T22:00Z"),
        ("Asia/Beirut", "2026-03-29", "2026-03-28T22:00Z"),
        ("Asia/Kathmandu", "2026-03-29", "2026-03-28T18:15Z"),
    ],
)
def test_day_start_table(name: str, day: str, start: str) -> None:
    assert day_start(date.fromisoformat(day), ZoneInfo(name)) == datetime.fromisoformat(start)


def test_wall_times_have_one_reading_two_or_none() -> None:
    zone = ZoneInfo("Europe/Berlin")
    once = read_wall_time(datetime.fromisoformat("2026-11-03 09:20"), zone)
    assert (once.kind, once.earlier, once.later) == ("once", *[datetime.fromisoformat("2026-11-03T08:20Z")] * 2)
    twice = read_wall_time(datetime.fromisoformat("2026-10-25 02:30"), zone)
    assert twice.kind == "twice"
    assert twice.earlier == datetime.fromisoformat("2026-10-25T00:30Z")
    assert twice.later == datetime.fromisoformat("2026-10-25T01:30Z")
    never = read_wall_time(datetime.fromisoformat("2026-03-29 02:30"), zone)
    assert never.kind == "never"
    assert never.earlier == datetime.fromisoformat("2026-03-29T00:30Z")
    assert to_instant(datetime.fromisoformat("2026-03-29 02:30"), zone) == never.later
