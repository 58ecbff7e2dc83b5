"""A repository with an open incident, its clock, and a watcher of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from watching import Clock, Repo, Watcher, make_repo


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path / "clock")


@pytest.fixture
def repo(tmp_path: Path, clock: Clock) -> Repo:
    return make_repo(tmp_path / "repo", clock=clock)


@pytest.fixture
def watcher(repo: Repo, tmp_path: Path, clock: Clock) -> Iterator[Watcher]:
    """With a theme of its own."""
    with Watcher(repo.top, tmp_path / "watch", "--poll", "0.05", "--theme", "mine", clock=clock) as watcher:
        repo.commit({"../themes/mine/templates/404.html": "<p>One</p>"})
        watcher.wait_for(repo.head)
        yield watcher
