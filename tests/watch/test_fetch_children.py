"""What a fetch starts may go on for ever: the watcher does not wait for it."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from watching import PATIENCE, SITE, Clock, Repo, Watcher, make_repo, publish_once

ADDRESS = "ssh://git.example"
# It says through a named pipe that it lives, which is at its end as soon as all that have it open are gone.
BEGIN = """#!/bin/sh
exec 9>>'{alive}'
echo begun $$ >&9
for command; do :; done
"""
# One that lives on, with all that the first one has, and one that never answers.
LEAVES = BEGIN + "tail -f /dev/null >/dev/null & echo $! >'{child}'\nexec sh -c \"$command\"\n"
HANGS = BEGIN + "echo 'debug: hello' >&2\ntail -f /dev/null &\nwait\n"


class Ssh:
    """A program that is found as `ssh`, first of all."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.path, self.alive, self.child = folder / "ssh", folder / "alive", folder / "child"
        os.mkfifo(self.alive)
        self.end = os.open(self.alive, os.O_RDONLY | os.O_NONBLOCK)
        self._poll = select.poll()

    def become(self, script: str) -> None:
        beside = self.path.with_suffix(".new")
        beside.write_text(script.format(alive=self.alive, child=self.child))
        beside.chmod(0o755)
        beside.replace(self.path)

    @property
    def environment(self) -> Mapping[str, str]:
        return {"PATH": f"{self.path.parent}{os.pathsep}{os.environ['PATH']}", "GIT_SSH_COMMAND": "ssh"}

    def await_begin(self) -> None:
        self._wait(select.POLLIN)
        assert os.read(self.end, 1000).startswith(b"begun ")

    def await_end(self) -> None:
        """Of all that it has started."""
        self._wait(select.POLLHUP)

    def _wait(self, event: int) -> None:
        self._poll.register(self.end, event & select.POLLIN)
        assert self._poll.poll(PATIENCE * 1000), "nothing happens"

    def close(self) -> None:
        if self.child.exists():
            os.kill(int(self.child.read_text()), signal.SIGKILL)
        os.close(self.end)


@pytest.fixture
def ssh(tmp_path: Path) -> Iterator[Ssh]:
    ssh = Ssh(tmp_path / "programs")
    try:
        yield ssh
    finally:
        ssh.close()


@pytest.fixture
def origin(tmp_path: Path) -> Repo:
    return make_repo(tmp_path / "origin")


@pytest.fixture
def local(tmp_path: Path, origin: Repo) -> Repo:
    repo = Repo(tmp_path / "local", "--bare")
    repo.git("remote", "add", "origin", f"{ADDRESS}{origin.top}")
    return repo


def test_a_child_that_lives_on_holds_nothing_up(origin: Repo, local: Repo, ssh: Ssh, tmp_path: Path) -> None:
    """Such as a connection that is kept for the next time: it is left alone, and not waited for."""
    ssh.become(LEAVES)
    options = ("--fetch", "origin", "--every", "1h", "--poll", "0.1")
    with Watcher(local.top, tmp_path / "watch", *options, environment=ssh.environment) as watcher:
        assert watcher.wait_for(origin.head)["fetch"]["error"] is None
        ssh.await_begin()
    os.kill(int(ssh.child.read_text()), 0)


def test_once(origin: Repo, local: Repo, ssh: Ssh, tmp_path: Path) -> None:
    ssh.become(LEAVES)
    result = publish_once(local.top, tmp_path / "output", "--fetch", "origin", environment=ssh.environment)
    assert result.returncode == 0 and origin.head[:12] in result.stderr


def test_one_that_never_answers_goes_with_all_it_started(origin: Repo, local: Repo, ssh: Ssh, tmp_path: Path) -> None:
    ssh.become(HANGS)
    clock = Clock(tmp_path / "clock")
    local.git("fetch", "-q", str(origin.top), "main:refs/statusgen/main")
    options = ("--fetch", "origin", "--every", "10m", "--poll", "0.1")
    with Watcher(local.top, tmp_path / "watch", *options, clock=clock, environment=ssh.environment) as watcher:
        ssh.await_begin()
        # Meanwhile the page is kept.
        watcher.wait_for(origin.head)
        watcher.wait_until(clock.move(minutes=4))
        clock.move(minutes=1)
        ssh.await_end()
        status = watcher.wait(lambda status: bool(status["fetch"]["error"]))
        assert status["fetch"]["error"] == "it came to no end within five minutes"
        # The next try may do better.
        ssh.become(LEAVES)
        origin.commit({"site.yaml": SITE.replace("Acme", "Back")})
        clock.move(minutes=10)
        assert watcher.wait_for(origin.head)["fetch"]["error"] is None


def test_nothing_is_left_of_a_fetch_at_the_end(origin: Repo, local: Repo, ssh: Ssh, tmp_path: Path) -> None:
    ssh.become(HANGS)
    with Watcher(local.top, tmp_path / "watch", "--fetch", "origin", environment=ssh.environment):
        ssh.await_begin()
    ssh.await_end()
