"""Since when a window has been what it is, by the versions of its file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from statusgen.history.notice import window_since
from statusgen.model.entries import Change, Incident

HOUR = timedelta(hours=1)
START = datetime(2026, 3, 1, tzinfo=UTC)
WINDOW = (48, 50)
SERIES = replace(Change("c", "changes/c.md", "C", "", (), START, START, ()), repeat="FREQ=DAILY")
INCIDENT = Incident("c", "incidents/c.md", "C", "", (), START, ())
Shown = tuple[int, int] | Change | Incident | None


def entry_of(shown: Shown) -> Change | Incident | None:
    """A change in the window of these hours."""
    if not isinstance(shown, tuple):
        return shown
    return replace(SERIES, repeat="", starts_at=START + shown[0] * HOUR, ends_at=START + shown[1] * HOUR)


@pytest.mark.parametrize(
    ("shown", "follows", "since"),
    [
        # One after the other, an hour between them.
        ([WINDOW], None, None),
        ([WINDOW, WINDOW, WINDOW], None, None),
        ([(47, 51), (48, 51), WINDOW], None, None),
        ([(40, 42), WINDOW], None, 1),
        ([(40, 42), WINDOW, WINDOW], None, 1),
        ([(48, 49), WINDOW], None, 1),
        ([(49, 50), WINDOW], None, 1),
        ([WINDOW, (40, 42), WINDOW], None, 2),
        ([WINDOW, (48, 49), (47, 60), WINDOW], None, 2),
        # What nobody saw, and what was none or another thing.
        ([None, WINDOW], None, None),
        ([INCIDENT, WINDOW], None, 1),
        ([SERIES, WINDOW], None, 1),
        ([WINDOW, SERIES], None, None),
        ([INCIDENT], None, None),
        # Branches.
        ([WINDOW, WINDOW, WINDOW, WINDOW], [(), (0,), (0,), (1, 2)], None),
        ([(40, 42), (40, 42), WINDOW, WINDOW], [(), (0,), (0,), (1, 2)], 3),
        ([(40, 42), WINDOW, WINDOW, WINDOW], [(), (0,), (0,), (2, 1)], 2),
        ([WINDOW, (40, 42), WINDOW, WINDOW], [(), (0,), (0,), (1, 2)], 3),
        ([WINDOW, (40, 42), WINDOW], [(), (0,), (0,)], None),
    ],
)
def test_since_when(shown: list[Shown], follows: list[tuple[int, ...]] | None, since: int | None) -> None:
    entries = [entry_of(one) for one in shown]
    line = follows or [(number - 1,) if number else () for number in range(len(shown))]
    times = [START + number * HOUR for number in range(len(shown))]
    found = window_since(entries, line, times, len(shown) - 1)
    assert found == (None if since is None else START + since * HOUR)


def test_what_comes_later_says_nothing() -> None:
    entries = [entry_of(WINDOW), entry_of((40, 42)), entry_of(WINDOW)]
    assert window_since(entries, [(), (0,), (1,)], [START, None, None], 0) is None
    assert window_since(entries, [(), (0,), (1,)], [START, None, None], 2) is None
