"""A rule is followed by the wall clock, also over nights in which the clock skips an hour, has it twice, or more."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from statusgen.history.occurrences import find_occurrences, find_windows
from statusgen.model.entries import Change, Deviation

MINUTES = timedelta(minutes=50)
# Zone, first window, rule, and when the windows begin: local time, and offset where it is another than before.
CASES = {
    "Berlin skips 02:30": (
        "Europe/Berlin", "2026-03-28 02:30+01:00", "FREQ=DAILY",
        ["03-28 02:30 +0100", "03-29 03:30 +0200", "03-30 02:30 +0200"],
    ),
    "Berlin keeps 22:00 in spring": (
        "Europe/Berlin", "2026-03-22 22:00+01:00", "FREQ=WEEKLY",
        ["03-22 22:00 +0100", "03-29 22:00 +0200", "04-05 22:00 +0200"],
    ),
    "Berlin has 02:30 twice": (
        "Europe/Berlin", "2026-10-24 02:30+02:00", "FREQ=DAILY",
        ["10-24 02:30 +0200", "10-25 02:30 +0200", "10-26 02:30 +0100"],
    ),
    "Berlin keeps 22:00 in autumn": (
        "Europe/Berlin", "2026-10-18 22:00+02:00", "FREQ=WEEKLY",
        ["10-18 22:00 +0200", "10-25 22:00 +0100", "11-01 22:00 +0100"],
    ),
    "Berlin by the end of the month": (
        "Europe/Berlin", "2026-02-28 01:00+01:00", "FREQ=MONTHLY;BYDAY=-1SU;BYSETPOS=1",
        ["03-29 01:00 +0100", "04-26 01:00 +0200", "05-31 01:00 +0200"],
    ),
    "New York skips 02:30": (
        "America/New_York", "2026-03-07 02:30-05:00", "FREQ=DAILY",
        ["03-07 02:30 -0500", "03-08 03:30 -0400", "03-09 02:30 -0400"],
    ),
    "New York has 01:30 twice": (
        "America/New_York", "2026-10-31 01:30-04:00", "FREQ=DAILY",
        ["10-31 01:30 -0400", "11-01 01:30 -0400", "11-02 01:30 -0500"],
    ),
    "Lord Howe skips half an hour": (
        "Australia/Lord_Howe", "2026-10-03 02:15+10:30", "FREQ=DAILY",
        ["10-03 02:15 +1030", "10-04 02:45 +1100", "10-05 02:15 +1100"],
    ),
    "Lord Howe has half an hour twice": (
        "Australia/Lord_Howe", "2026-04-04 01:45+11:00", "FREQ=DAILY",
        ["04-04 01:45 +1100", "04-05 01:45 +1100", "04-06 01:45 +1030"],
    ),
    "Apia skips a day, and no window is there twice": (
        "Pacific/Apia", "2011-12-29 22:00-10:00", "FREQ=DAILY",
        ["12-29 22:00 -1000", "12-31 22:00 +1400", "01-01 22:00 +1400"],
    ),
    "Apia skips the only day": (
        "Pacific/Apia", "2011-12-23 22:00-10:00", "FREQ=WEEKLY",
        ["12-23 22:00 -1000", "12-31 22:00 +1400", "01-06 22:00 +1400"],
    ),
    "two windows that become one": (
        "Europe/Berlin", "2026-03-28 02:30+01:00", "FREQ=DAILY;BYHOUR=2,3",
        ["03-28 02:30 +0100", "03-28 03:30 +0100", "03-29 03:30 +0200", "03-30 02:30 +0200"],
    ),
    "a skipped window comes after one that is later by the rule": (
        "Europe/Berlin", "2026-03-29 01:30+01:00", "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=0,30",
        ["03-29 01:30 +0100", "03-29 03:00 +0200", "03-29 03:30 +0200", "03-30 01:00 +0200"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_windows(name: str) -> None:
    zone_name, first, rule, expected = CASES[name]
    zone, starts = ZoneInfo(zone_name), datetime.fromisoformat(first)
    series = Change("c", "changes/c.md", "C", "", (), starts, starts + MINUTES, (), repeat=rule)
    windows = list(islice(find_windows(series, zone), len(expected)))
    assert [f"{window.start.astimezone(zone):%m-%d %H:%M %z}" for window in windows] == expected
    assert {window.end - window.start for window in windows} == {MINUTES}
    # From any of them on, they are the same.
    for window in windows:
        later = [other for other in windows if other.end > window.start]
        assert list(islice(find_windows(series, zone, window.start), len(later))) == later


def test_an_occurrence_is_named_by_its_rule_also_where_the_clock_skips_it() -> None:
    berlin, starts = ZoneInfo("Europe/Berlin"), datetime.fromisoformat("2026-03-28T02:30+01:00")
    planned = datetime.fromisoformat("2026-03-29T03:30+02:00")
    gone = Deviation(datetime(2026, 3, 29, 2, 30), planned, planned + MINUTES, cancelled=True)  # noqa: DTZ001
    daily = Change("c", "c.md", "C", "", (), starts, starts + MINUTES, (), repeat="FREQ=DAILY", deviations=(gone,))
    assert [one.takes_place for one in islice(find_occurrences(daily, berlin), 3)] == [True, False, True]
    assert [window.start.astimezone(berlin).day for window in islice(find_windows(daily, berlin), 2)] == [28, 30]
