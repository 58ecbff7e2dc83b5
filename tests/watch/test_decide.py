"""When it is time to publish, by tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from watching import START

from statusgen.watch.decide import Done, Failed, count_failure, is_due, is_look_due, retry_at

LATER = START + timedelta(hours=1)
SECOND = timedelta(seconds=1)
DONE = Done("a", START, LATER)


@pytest.mark.parametrize(
    ("done", "commit", "now", "is_ours", "expected"),
    [
        (Done(), "a", START, True, True),
        (DONE, "a", START, True, False),
        (DONE, "a", LATER - SECOND, True, False),
        (DONE, "a", LATER, True, True),
        # The machine slept.
        (DONE, "a", LATER + timedelta(days=9), True, True),
        # The clock was set back: what is published may be of a time that is not yet.
        (DONE, "a", START - SECOND, True, True),
        (DONE, "b", START, True, True),
        (DONE, "a", START, False, True),
    ],
)
def test_is_due(done: Done, commit: str, now: datetime, is_ours: bool, expected: bool) -> None:
    assert is_due(done, None, commit, now, is_ours, frozenset()) is expected


def test_more_or_less_of_the_history() -> None:
    cut = replace(DONE, shallow=frozenset("c"))
    assert not is_due(cut, None, "a", START, True, frozenset("c"))
    assert is_due(cut, None, "a", START, True, frozenset())
    assert is_due(DONE, None, "a", START, True, frozenset("c"))


@pytest.mark.parametrize(
    ("commit", "seconds", "expected"),
    [
        ("b", 0, False),
        ("b", 1, False),
        ("b", 2, True),
        ("b", 9999, True),
        ("b", -1, True),
        ("a", 0, False),
        ("c", 0, True),
    ],
)
def test_a_failure_is_tried_again_after_a_pause(commit: str, seconds: int, expected: bool) -> None:
    failed = Failed("b", START, times=2)
    assert is_due(DONE, failed, commit, START + seconds * SECOND, True, frozenset()) is expected


def test_pauses_grow_up_to_a_minute() -> None:
    failed = None
    pauses = []
    for _ in range(12):
        failed = count_failure(failed, "b", START)
        pauses.append((retry_at(failed) - START) // SECOND)
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60]
    # Another commit is another matter.
    assert count_failure(failed, "c", LATER) == Failed("c", LATER, 1)


def test_a_pause_of_many_failures_is_no_number_too_large() -> None:
    assert retry_at(Failed("b", START, times=10**6)) == START + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("looked", "poll", "expected"),
    [
        (None, 20, True),
        (0, 20, False),
        (19, 20, False),
        (20, 20, True),
        (9999, 20, True),
        # The clock was set back.
        (-1, 20, True),
        (0, 0, True),
        (5, 0, True),
    ],
)
def test_the_branch_is_looked_at_now_and_then(looked: int | None, poll: int, expected: bool) -> None:
    """`looked` is so many seconds ago."""
    looked_at = None if looked is None else LATER - looked * SECOND
    assert is_look_due(looked_at, poll * SECOND, LATER) is expected
