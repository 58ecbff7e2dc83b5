"""Days in a row on which nothing happened, told as one."""

from __future__ import annotations

from datetime import date, timedelta

from statusgen.history.days import Day
from statusgen.model.states import State
from statusgen.render.day_runs import describe_run, find_runs

FIRST = date(2026, 11, 1)


def day(number: int, *, known: bool = True, bad: int = 0) -> Day:
    return Day(FIRST + timedelta(days=number), known, ((State.MAJOR_OUTAGE, bad),) if bad else ())


def test_only_quiet_neighbours_are_one() -> None:
    days = [day(0, known=False), day(1, known=False), day(2), day(3), day(4, bad=60), day(5, bad=60), day(6)]
    runs = find_runs(days)
    assert [len(run) for run in runs] == [2, 2, 1, 1, 1]
    assert [one for run in runs for one in run] == days
    assert [describe_run(run) for run in runs] == [
        "1 November 2026 – 2 November 2026: no data",
        "3 November 2026 – 4 November 2026: no downtime recorded",
        "5 November 2026: major outage for 1 min",
        "6 November 2026: major outage for 1 min",
        "7 November 2026: no downtime recorded",
    ]
