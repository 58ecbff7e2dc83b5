"""Which commits changed a promise, also where branches come together."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from watching import START, Clock, Repo

from statusgen.build.promise_trail import read_promise_changes
from statusgen.source.commits import Commits
from statusgen.source.git import open_repository

NOW = START + timedelta(days=20)
SITE = "name: {}\nurl: https://status.example/\ncomponents: {{api: API}}\n\n\n\n\npromises: {{all: {{target: {}}}}}\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo", clock=Clock(tmp_path / "clock"))
    write(repo, "Acme", "99.9")
    return repo


def write(repo: Repo, name: str, target: str) -> str:
    assert repo.clock
    repo.clock.move(hours=1)
    return repo.commit({"site.yaml": SITE.format(name, target)})


def branch(repo: Repo, name: str, target: str) -> str:
    """From the first commit; what is checked out stays."""
    repo.git("checkout", "-q", "-b", "side", "main")
    made = write(repo, name, target)
    repo.git("checkout", "-q", "main")
    return made


def tell(repo: Repo) -> list[tuple[str, str, str]]:
    """(commit, target before, after)."""
    with closing(Commits(open_repository(repo.top, "content/"))) as commits:
        found = read_promise_changes(commits, repo.head, NOW)
    return [(change.commit.id, change.before.split(" ")[0], change.after.split(" ")[0]) for change in found]


def merge(repo: Repo) -> None:
    assert repo.clock
    repo.clock.move(hours=1)
    repo.git("merge", "-q", "--no-ff", "--no-edit", "side")


def test_one_after_the_other(repo: Repo) -> None:
    write(repo, "Acme Inc", "99.9")
    lower = write(repo, "Acme Inc", "99.5")
    write(repo, "Acme Inc", "abc")
    write(repo, "Acme Inc", "abd")
    higher = write(repo, "Acme", "99.9")
    assert tell(repo) == [(lower, "99.9", "99.5"), (higher, "99.5", "99.9")]


@pytest.mark.parametrize("main_lowers", [True, False])
def test_the_other_branch_changed_other_words(repo: Repo, main_lowers: bool) -> None:
    words, lower = ("Acme Inc", "99.9"), ("Acme", "99.5")
    side = branch(repo, *(words if main_lowers else lower))
    main = write(repo, *(lower if main_lowers else words))
    merge(repo)
    assert tell(repo) == [(main if main_lowers else side, "99.9", "99.5")]


def test_both_branches_and_their_merge(repo: Repo) -> None:
    side = branch(repo, "Acme", "99.5")
    main = write(repo, "Acme", "99.7")
    repo.run("merge", "-q", "--no-ff", "side")
    merged = write(repo, "Acme", "99.6")
    assert sorted(tell(repo)) == sorted(
        [(side, "99.9", "99.5"), (main, "99.9", "99.7"), (merged, "99.7", "99.6")]
    )  # fmt: skip


def test_moved_away_and_back_and_deleted(repo: Repo) -> None:
    repo.move("site.yaml", "old.yaml")
    repo.commit()
    repo.move("old.yaml", "site.yaml")
    repo.commit()
    assert tell(repo) == []
    repo.delete("site.yaml")
    repo.commit()
    lower = write(repo, "Quite another name and title", "99.5")
    assert tell(repo) == [(lower, "99.9", "99.5")]
