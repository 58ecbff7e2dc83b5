"""Following the branch of a remote."""

from __future__ import annotations

from pathlib import Path

import pytest
from watching import DONE, HEAD, LOOK, SITE, Clock, Repo, Watcher, make_repo, publish_once

FAST = ("--every", "1s", "--poll", "0.1")


@pytest.fixture
def origin(tmp_path: Path) -> Repo:
    return make_repo(tmp_path / "origin")


@pytest.fixture
def local(tmp_path: Path, origin: Repo) -> Repo:
    """A bare repository that knows the other one as `origin`, and has nothing of it."""
    repo = Repo(tmp_path / "local", "--bare")
    repo.git("remote", "add", "origin", str(origin.top))
    return repo


@pytest.mark.parametrize("by", ["name", "path", "address"])
def test_new_commits_appear(origin: Repo, local: Repo, tmp_path: Path, by: str) -> None:
    remote = {"name": "origin", "path": str(origin.top), "address": origin.top.as_uri()}[by]
    with Watcher(local.top, tmp_path / "watch", "--fetch", remote, *FAST) as watcher:
        assert watcher.wait_for(origin.head)["fetch"] == {"remote": remote, "error": None}
        origin.commit({"incidents/api.md": HEAD + LOOK + DONE})
        watcher.wait_for(origin.head)
        # By force, too.
        origin.commit({"site.yaml": SITE.replace("Acme", "Amended")}, "--amend")
        watcher.wait_for(origin.head)
        assert "Amended" in watcher.page()
    # Branches and what people have fetched themselves are left alone.
    assert local.git("for-each-ref", "--format=%(refname)") == "refs/statusgen/main"


def test_another_branch(origin: Repo, local: Repo, tmp_path: Path) -> None:
    with Watcher(local.top, tmp_path / "watch", "--fetch", "origin", "--branch", "a/b", *FAST) as watcher:
        status = watcher.wait(lambda status: bool(status["fetch"]["error"]))
        assert "couldn't find remote ref refs/heads/a/b" in status["fetch"]["error"]
        assert status["state"] == "failing"
        origin.git("branch", "a/b")
        watcher.wait_for(origin.head)
        # Gone again: what was published stays, and it says so.
        origin.git("branch", "-D", "a/b")
        status = watcher.wait(lambda status: bool(status["fetch"]["error"]))
        assert status["revision"] == origin.head


def test_a_remote_that_is_gone_for_a_while(origin: Repo, local: Repo, tmp_path: Path) -> None:
    clock = Clock(tmp_path / "clock")
    with Watcher(local.top, tmp_path / "watch", "--fetch", "origin", *FAST, clock=clock) as watcher:
        watcher.wait_for(origin.head)
        origin_head = origin.head
        away = origin.top.rename(tmp_path / "away")
        clock.move(seconds=10)
        status = watcher.wait(lambda status: bool(status["fetch"]["error"]))
        assert status["revision"] == origin_head
        assert status["fetch"]["error"] == f"'{origin.top}' does not appear to be a git repository"
        for _ in range(3):
            watcher.wait_until(clock.move(seconds=10))
        # It is said once, and not with every try.
        assert watcher.log.count("cannot fetch from origin: ") == 1
        away.rename(origin.top)
        origin.commit({"site.yaml": SITE.replace("Acme", "Back")})
        clock.move(seconds=10)
        assert watcher.wait_for(origin.head)["fetch"]["error"] is None


def test_a_clock_that_is_set_back_does_not_stop_fetching(origin: Repo, local: Repo, tmp_path: Path) -> None:
    clock = Clock(tmp_path / "clock")
    options = ("--fetch", "origin", "--every", "1h", "--poll", "0.1")
    with Watcher(local.top, tmp_path / "watch", *options, clock=clock) as watcher:
        watcher.wait_for(origin.head)
        for move in ({"hours": 1}, {"days": -9}, {"days": 99}):
            origin.commit({"site.yaml": SITE.replace("Acme", f"Acme {move}")})
            clock.move(**move)
            watcher.wait_for(origin.head)


def test_in_a_checkout_its_own_branch_is_left_alone(origin: Repo, tmp_path: Path) -> None:
    origin.git("clone", "-q", str(origin.top), str(tmp_path / "clone"))
    before = (tmp_path / "clone/.git/HEAD").read_text(), (tmp_path / "clone/.git/refs/heads/main").read_text()
    with Watcher(tmp_path / "clone", tmp_path / "watch", "--fetch", "origin", *FAST) as watcher:
        watcher.wait_for(origin.head)
        origin.commit({"incidents/api.md": HEAD + LOOK + DONE})
        watcher.wait_for(origin.head)
    assert before == ((tmp_path / "clone/.git/HEAD").read_text(), (tmp_path / "clone/.git/refs/heads/main").read_text())


def test_once(origin: Repo, local: Repo, tmp_path: Path) -> None:
    result = publish_once(local.top, tmp_path / "output", "--fetch", "origin")
    assert result.returncode == 0 and origin.head[:12] in result.stderr
    origin.top.rename(tmp_path / "away")
    result = publish_once(local.top, tmp_path / "output", "--fetch", "origin")
    assert result.returncode == 1
    # What was fetched before is published all the same.
    assert "published" in result.stderr
    assert "cannot fetch from origin: " in result.stderr and "Traceback" not in result.stderr


@pytest.mark.parametrize("remote", ["ext::sh -c touch% ran", "-u", "--upload-pack=touch ran", "nothing", "a\nb"])
def test_what_is_no_remote(local: Repo, tmp_path: Path, remote: str) -> None:
    result = publish_once(local.top, tmp_path / "output", f"--fetch={remote}")
    assert result.returncode in (1, 2) and "Traceback" not in result.stderr
    assert all(line[:6] == "error:" or line[10] == "T" for line in result.stderr.splitlines())
    assert not list(tmp_path.rglob("ran"))
