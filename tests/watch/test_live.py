"""What is kept from commit to commit changes no byte: the same site as of one that has seen nothing before."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from command import read_tree
from editor import Editor
from texts import OF_NOW
from watching import Clock, Repo

from statusgen.build.cache import Cache
from statusgen.build.live import LiveSite, Report
from statusgen.publish.folder import open_output
from statusgen.source.commits import Commits
from statusgen.source.git import open_repository

STEPS = 40


@contextmanager
def open_site(repo: Repo, output: Path) -> Iterator[LiveSite]:
    with ExitStack() as stack:
        commits = stack.enter_context(closing(Commits(open_repository(repo.top, "content/"))))
        folder = stack.enter_context(open_output(output))
        yield LiveSite(commits, Cache(None), folder, "mine", lambda *_: None)


def outcome(report: Report, output: Path) -> dict[str, object]:
    """All that can be seen of a publication."""
    problems = [problem for problem in report.problems if problem.code not in OF_NOW]
    return {**read_tree(output), " problems": problems, " shown": report.shown, " next": report.next_at}


def differing(folder: Path, seed: int, steps: int) -> list[str]:
    """What differs first, in a random course of commits."""
    clock, dice = Clock(folder / "clock"), random.Random(seed)
    repo = Repo(folder / "repo", clock=clock)
    editor = Editor(repo, clock, seed)
    with open_site(repo, folder / "live") as live:
        for number in range(steps):
            editor.step()
            if dice.random() < 0.4:
                continue
            found = outcome(live.publish(repo.head, clock.now), folder / "live")
            fresh = folder / f"fresh{number}"
            with open_site(repo, fresh) as site:
                expected = outcome(site.publish(repo.head, clock.now), fresh)
            wrong = sorted(name for name in {*found, *expected} if found.get(name) != expected.get(name))
            if wrong:
                return wrong
    return []


@pytest.mark.parametrize("number", range(2))
def test_each_commit_as_if_it_were_the_first(number: int, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    long = request.config.getoption("--long", default=False)
    seed = int(os.environ.get("TORTURE_SEED", "0")) or random.randrange(1, 10**6)
    print(f"TORTURE_SEED={seed}")
    assert differing(tmp_path, seed, STEPS * 10 if long else STEPS) == []
