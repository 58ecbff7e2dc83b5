"""Real repositories, and real watchers of them in processes of their own, whose clock is a file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

from command import NO_CACHE, ROOT, run_python

START = datetime(2026, 11, 3, 9, tzinfo=UTC)
SITE = "name: Acme\nurl: https://status.example/\ncomponents: {api: API, web: Website}\n"
HEAD = "---\ntitle: Errors on the API\ncomponents:\n  api: major_outage\n---\n\n"
LOOK = "## investigating @ 2026-11-03 08:00\n\nWe look.\n\n"
DONE = "## resolved @ 2026-11-03 08:30\n\nAll is well.\n\n"
# How long a condition may take on a machine that has much else to do.
PATIENCE = 60.0
# The command, with the time that a file holds instead of the clock's.
CLOCKED = """
import sys
from datetime import datetime
from pathlib import Path
import statusgen.cli.watch as command
from statusgen.cli.main import run
clock = Path(sys.argv.pop(1))
command.current_time = lambda: datetime.fromisoformat(clock.read_text())
run()
"""
Status = dict[str, Any]


class Clock:
    """The time that watchers are told."""

    def __init__(self, path: Path, now: datetime = START) -> None:
        self.path = path
        self.set(now)

    def set(self, now: datetime) -> datetime:
        self.now = now
        beside = self.path.with_suffix(".new")
        beside.write_text(now.isoformat())
        beside.replace(self.path)
        return now

    def move(self, **length: float) -> datetime:
        return self.set(self.now + timedelta(**length))


class Repo:
    """A repository whose commits have the time of its clock, by default START."""

    def __init__(self, top: Path, *options: str, folder: str = "content", clock: Clock | None = None) -> None:
        self.top, self.folder, self.clock = top, top / folder, clock
        top.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", *options)

    def run(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        when = (self.clock.now if self.clock else START).isoformat()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment |= {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_GLOBAL": os.devnull}
        settings = ("user.name=A", "user.email=a@a.example", "protocol.file.allow=always", "core.editor=true",
                    "gc.auto=0", "advice.detachedHead=false")  # fmt: skip
        command = ["git", *(part for setting in settings for part in ("-c", setting)), *arguments]
        return subprocess.run(command, cwd=self.top, env=environment, input=stdin, capture_output=True, check=False)

    def git(self, *arguments: str, stdin: bytes = b"") -> str:
        result = self.run(*arguments, stdin=stdin)
        assert result.returncode == 0, (arguments, result.stdout, result.stderr)
        return os.fsdecode(result.stdout).strip()

    def write(self, files: Mapping[str, str | bytes]) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_symlink():
                path.unlink()
            path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def delete(self, name: str) -> None:
        (self.folder / name).unlink()

    def move(self, old: str, new: str) -> None:
        (self.folder / new).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / old).rename(self.folder / new)

    def commit(self, files: Mapping[str, str | bytes] | None = None, *options: str) -> str:
        """Writes some files and commits everything. The commit's id."""
        self.write(files or {})
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x", *options)
        return self.head

    @property
    def head(self) -> str:
        return self.git("rev-parse", "HEAD")


def make_repo(top: Path, *options: str, folder: str = "content", clock: Clock | None = None) -> Repo:
    """With one commit that has one incident."""
    repo = Repo(top, *options, folder=folder, clock=clock)
    repo.commit({"site.yaml": SITE, "incidents/api.md": HEAD + LOOK})
    return repo


class Watcher:
    """`statusgen watch` on a repository, until the end of its `with`; it has to end well then."""

    def __init__(
        self,
        repo: Path,
        folder: Path,
        *options: str | Path,
        clock: Clock | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.output, self.status_file, self.log_file = folder / "output", folder / "status.json", folder / "log"
        start = ["-c", CLOCKED, str(clock.path)] if clock else ["-m", "statusgen"]
        command = [sys.executable, *start, "watch", "--repo", str(repo), "--output", str(self.output)]
        command += ["--status", str(self.status_file), *map(str, options)]
        self._command = command
        self._environment = {**os.environ, **NO_CACHE, "PYTHONPATH": str(ROOT), **(environment or {})}

    def __enter__(self) -> Watcher:
        with self.log_file.open("wb") as log:
            self.process = subprocess.Popen(self._command, stdout=log, stderr=log, env=self._environment)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        alive = self.process.poll() is None
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(PATIENCE)
        finally:
            self.process.kill()
        if kind is None:
            assert alive and code == 0, self.log
            assert "Traceback" not in self.log

    @property
    def log(self) -> str:
        return self.log_file.read_text("utf-8", "replace")

    def status(self) -> Status:
        try:
            found: Status = json.loads(self.status_file.read_bytes())
        except FileNotFoundError:
            return {}
        return found

    def wait(self, condition: Callable[[Status], bool]) -> Status:
        """The first status of which the condition is true."""
        deadline = time.monotonic() + PATIENCE
        while not ((status := self.status()) and condition(status)):
            assert self.process.poll() is None, self.log
            assert time.monotonic() < deadline, (status, self.log)
            time.sleep(0.01)
        return status

    def wait_for(self, commit: str) -> Status:
        """Until it says that it has published a commit, and can go on."""
        return self.wait(lambda status: status["revision"] == commit and status["state"] != "failing")

    def wait_of(self, values: Status) -> Status:
        """Until it says all this."""
        return self.wait(lambda status: all(status[name] == value for name, value in values.items()))

    def wait_until(self, now: datetime) -> Status:
        """Until it has looked at the branch at a time, which is to be 10 seconds or more from the one before."""
        return self.wait(lambda status: bool(status["checked_at"] == f"{now:%Y-%m-%dT%H:%M:%SZ}"))

    def wait_message(self, part: str) -> Status:
        return self.wait(lambda status: part in status["message"])

    def wait_text(self, part: str, page: str = "index.html", there: bool = True) -> None:
        self.wait(lambda _: (part in self.page(page)) == there)

    def page(self, name: str = "index.html") -> str:
        try:
            return (self.output / name).read_text("utf-8")
        except FileNotFoundError:
            return ""


def publish_once(
    repo: Path,
    output: Path,
    *options: str | Path,
    clock: Clock | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """`statusgen watch --once`."""
    start = ["-c", CLOCKED, clock.path] if clock else ["-m", "statusgen"]
    options = ("--repo", repo, "--output", output, "--once", *options)
    return run_python(*start, "watch", *options, env=environment, errors="replace")


def assert_refused(result: subprocess.CompletedProcess[str], *parts: str) -> None:
    """One line that says what is wrong, and exit code 2."""
    assert (result.returncode, result.stdout) == (2, ""), result
    assert result.stderr.startswith("error: ") and result.stderr.count("\n") == 1, result.stderr
    for part in parts:
        assert part in result.stderr


def shown(status: Status) -> dict[str, str | None]:
    """By path of a file with errors the commit whose version is shown instead."""
    return {problem["path"]: problem["shown"] for problem in status["problems"] if "shown" in problem}
