"""What would hide a correction: clocks that go wrong, and versions that nobody could read."""

from __future__ import annotations

from pathlib import Path

import pytest
from trailing import minutes_of, start_repo, take, words_of
from watching import Clock, Repo

NAME = "incidents/api.md"
HEAD = "---\ntitle: Errors\ncomponents: {api: major_outage}\n---\n\n## investigating @ 2026-11-03 08:00\n\nWe look.\n\n"
OVER = HEAD + "## resolved @ 2026-11-03 09:00\n\nAll is well.\n"
CUT = HEAD + "## resolved @ 2026-11-03 08:10\n\nAll is well.\n"
WORDS = "Ended: 3 November 2026, 09:00 UTC → 3 November 2026, 08:10 UTC"


pytest_plugins = ["watch_fixtures"]


@pytest.fixture
def repo(tmp_path: Path, clock: Clock) -> Repo:
    """With an incident that is over, committed when it was; an hour later."""
    return start_repo(tmp_path / "repo", clock, {NAME: OVER})


@pytest.mark.parametrize("dates", [["08:50"], ["08:50", "08:55"], ["08:55", "08:50"], ["07:00"]])
def test_an_author_date_from_before_it_was_over(repo: Repo, dates: list[str]) -> None:
    for date in dates[:-1]:
        repo.commit({NAME: OVER.replace("We look.", f"We look at {date}.")}, f"--date=2026-11-03T{date}:00Z")
    head = repo.commit({NAME: CUT}, f"--date=2026-11-03T{dates[-1]}:00Z")
    content, snapshot = take(repo)
    assert [words for _, words in words_of(content)] == [WORDS]
    assert content.audit and content.audit.corrections[0].commit.id == head
    assert minutes_of(snapshot) == {"api": [-50]}


@pytest.mark.parametrize("numbers", [[1], [1, 2], [1, 2, 1, 3], [1, 2, 3, 4, 5]])
def test_versions_that_nobody_could_read(repo: Repo, clock: Clock, numbers: list[int]) -> None:
    for number in numbers:
        repo.commit({NAME: OVER.replace("resolved @ 2026-11-03 09", f"resolvd @ 2026-11-03 1{number}")})
        clock.move(hours=1)
    head = repo.commit({NAME: CUT})
    content, snapshot = take(repo)
    assert [words for _, words in words_of(content)] == [WORDS]
    assert content.audit and content.audit.corrections[0].commit.id == head
    assert minutes_of(snapshot) == {"api": [-50]}


def test_a_version_that_nobody_could_read_and_one_that_is_open_again(repo: Repo, clock: Clock) -> None:
    repo.commit({NAME: OVER.replace("resolved", "resolvd")})
    clock.move(hours=1)
    repo.commit({NAME: HEAD.replace("We look.", "We look again.")})
    content, _ = take(repo)
    assert [hour for hour, _ in words_of(content)] == ["2"]
