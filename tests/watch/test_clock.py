"""Time is an input: what it changes is published when it comes, however it comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command import read_tree
from watching import HEAD, LOOK, SITE, START, Clock, Repo, Watcher, make_repo, publish_once

CHANGE = (
    "---\ntitle: New disks\nstarts: 2026-11-03 11:00\nends: 2026-11-03 12:30\ncomponents: [web]\nauto: true\n---\n\n"
)
NOTICE = "---\ntitle: Holidays\npublish: 2026-11-03 10:00\nexpires: 2026-11-03 14:00\n---\n\nWe rest.\n"
PROMISE = HEAD + "## investigating @ 2026-11-03 08:50 {next=30m}\n\nWe look.\n"


pytest_plugins = ["watch_fixtures"]


@pytest.fixture
def repo(tmp_path: Path, clock: Clock) -> Repo:
    repo = Repo(tmp_path / "repo", clock=clock)
    repo.commit(
        {
            "site.yaml": SITE + "time_zone: Asia/Tokyo\n",
            "changes/disks.md": CHANGE.replace("11:00", "11:00 UTC").replace("12:30", "12:30 UTC")
            + "## scheduled @ 2026-10-20 09:00 UTC\n\nSoon.\n",
            "notices/holidays.md": NOTICE.replace("10:00", "10:00 UTC").replace("14:00", "14:00 UTC"),
            "incidents/api.md": PROMISE.replace("08:50", "08:50 UTC"),
        }
    )
    return repo


@pytest.fixture
def watcher(repo: Repo, tmp_path: Path, clock: Clock) -> Iterator[Watcher]:
    with Watcher(repo.top, tmp_path / "watch", "--poll", "0.05", clock=clock) as watcher:
        watcher.wait_for(repo.head)
        yield watcher


def at(hour: int, minute: int = 0) -> datetime:
    return START.replace(hour=hour, minute=minute)


def assert_as_new(repo: Repo, watcher: Watcher, folder: Path, clock: Clock) -> None:
    """What is published is what a new watcher publishes at this time."""
    output = folder / f"new-{clock.now:%d%H%M%S}"
    assert publish_once(repo.top, output, clock=clock).returncode == 0
    assert read_tree(watcher.output) == read_tree(output)


def test_every_transition_when_it_comes(repo: Repo, watcher: Watcher, tmp_path: Path, clock: Clock) -> None:
    times = [at(9, 20), at(10), at(11), at(12, 30), at(14), at(15)]
    for before, moment in zip([START, *times], times, strict=False):
        status = watcher.status()
        assert status["next_transition"] == f"{moment:%Y-%m-%dT%H:%M:%SZ}", before
        # A second before it, it is not there yet.
        early = clock.set(moment - timedelta(seconds=1))
        watcher.wait_until(early)
        old = watcher.page()
        clock.set(moment)
        watcher.wait_of({"published_at": f"{moment:%Y-%m-%dT%H:%M:%SZ}"})
        assert watcher.page() != old
        if moment in (at(11), at(15)):
            assert_as_new(repo, watcher, tmp_path, clock)
    # The day of the site's zone ended at 15:00 UTC, and it was without a word from anybody.
    assert "Errors on the API" in watcher.page()


def test_a_machine_that_slept(repo: Repo, watcher: Watcher, tmp_path: Path, clock: Clock) -> None:
    clock.move(days=3, seconds=12345)
    watcher.wait_until(clock.now)
    assert_as_new(repo, watcher, tmp_path, clock)


@pytest.mark.parametrize("back", [timedelta(seconds=1), timedelta(hours=2), timedelta(days=400)])
def test_a_clock_that_is_set_back(repo: Repo, watcher: Watcher, tmp_path: Path, clock: Clock, back: timedelta) -> None:
    clock.set(at(11, 30))
    watcher.wait(lambda status: status["published_at"] == "2026-11-03T11:30:00Z")
    clock.set(at(11, 30) - back)
    wanted = f"{clock.now:%Y-%m-%dT%H:%M:%SZ}"
    watcher.wait(lambda status: bool(status["published_at"] == wanted))
    assert_as_new(repo, watcher, tmp_path, clock)
    clock.set(at(13))
    watcher.wait_until(clock.now)
    assert_as_new(repo, watcher, tmp_path, clock)


def test_figures_of_what_goes_on(repo: Repo, watcher: Watcher, clock: Clock) -> None:
    """They move with every second, but nobody needs them more often than once a minute."""
    first = watcher.status()["published_at"]
    watcher.wait_until(clock.move(seconds=30))
    assert watcher.status()["published_at"] == first
    clock.move(seconds=30)
    watcher.wait(lambda status: bool(status["published_at"] > first))


def test_a_quiet_site_rests(tmp_path: Path, clock: Clock) -> None:
    repo = make_repo(tmp_path / "repo", clock=clock)
    repo.commit({"incidents/api.md": HEAD + LOOK + "## resolved @ 2026-11-03 08:30\n\nWell.\n"})
    with Watcher(repo.top, tmp_path / "watch", "--poll", "0.05", clock=clock) as watcher:
        status = watcher.wait_for(repo.head)
        assert status["next_transition"] == "2026-11-04T00:00:00Z"
        watcher.wait_until(clock.set(datetime(2026, 11, 3, 23, 59, 59, tzinfo=UTC)))
        assert watcher.status()["published_at"] == status["published_at"]
        clock.move(seconds=1)
        watcher.wait(lambda status: status["published_at"] == "2026-11-04T00:00:00Z")
        # Without the branch, days go by as well.
        repo.git("update-ref", "-d", "refs/heads/main")
        clock.move(days=1)
        watcher.wait(lambda status: status["published_at"] == "2026-11-05T00:00:00Z")
        assert "there is no branch main" in watcher.wait_message("no branch")["message"]


def test_a_branch_that_is_seldom_looked_at(repo: Repo, tmp_path: Path, clock: Clock) -> None:
    """The clock, the status file and systemd's watchdog do not wait for it."""
    with Watcher(repo.top, tmp_path / "watch", "--poll", "3600", clock=clock) as watcher:
        first = watcher.wait_for(repo.head)["revision"]
        repo.commit({"site.yaml": SITE.replace("Acme", "Later")})
        for moment in (at(9, 19), at(9, 20)):
            clock.set(moment)
            assert watcher.wait_until(moment)["revision"] == first
        assert watcher.wait_of({"published_at": "2026-11-03T09:20:00Z"})["revision"] == first
        clock.set(at(10))
        watcher.wait_for(repo.head)


def break_branch(repo: Repo) -> None:
    """Its newest commit has nothing that could be published."""
    repo.git("rm", "-r", "-q", "content")
    repo.commit()


def test_a_commit_that_cannot_be_published_does_not_stop_the_clock(repo: Repo, watcher: Watcher, clock: Clock) -> None:
    good = repo.head
    break_branch(repo)
    message = watcher.wait_message("has no files in content/")["message"]
    for moment, there in ((at(10), True), (at(14), False)):
        clock.set(moment)
        status = watcher.wait_of({"published_at": f"{moment:%Y-%m-%dT%H:%M:%SZ}"})
        assert (status["state"], status["message"], status["revision"]) == ("failing", message, good)
        assert ("Holidays" in watcher.page()) == there
    assert watcher.log.count(message) == 1
    # What somebody took away comes back, too.
    watcher.output.rename(watcher.output.with_name("taken"))
    watcher.wait_text("New disks")
    repo.commit({"site.yaml": SITE.replace("Acme", "Mended")})
    watcher.wait_for(repo.head)
    assert "Mended" in watcher.page()


def test_nor_does_a_new_start(repo: Repo, tmp_path: Path, clock: Clock) -> None:
    good, environment = repo.head, {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    with Watcher(repo.top, tmp_path / "watch", clock=clock, environment=environment) as watcher:
        watcher.wait_for(good)
    break_branch(repo)
    clock.set(at(10))
    with Watcher(repo.top, tmp_path / "watch", clock=clock, environment=environment) as watcher:
        status = watcher.wait_of({"published_at": "2026-11-03T10:00:00Z"})
        assert (status["state"], status["revision"]) == ("failing", good)
        assert "has no files in content/" in status["message"] and "Holidays" in watcher.page()
