"""Real repositories whose commits are an hour apart."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from statusgen.parse.outline import read_outline
from statusgen.parse.trace import trace_headings
from statusgen.parse.updates import HeadingTimes
from statusgen.source.heading_history import read_history

START = datetime(2026, 11, 3, 9, tzinfo=UTC)
HEAD = "---\ntitle: Errors on the API\ncomponents:\n  api: major_outage\n---\n\n"
A, B, C = "## investigating\n\nWe look.\n\n", "## identified\n\nA bad disk.\n\n", "## resolved\n\nAll is well.\n\n"
NAME = "incidents/api.md"


def hour(number: int) -> datetime:
    return START + timedelta(hours=number)


class Repo:
    """A repository whose clock moves by an hour with each commit, the first one at hour 0."""

    def __init__(self, top: Path, folder: str = "content") -> None:
        self.top, self.folder, self.hour = top, top / folder, -1
        top.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, fails: bool = False, stdin: bytes = b"") -> str:
        when = hour(self.hour).isoformat()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment |= {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_GLOBAL": os.devnull}
        settings = ("user.name=A", "user.email=a@a.example", "protocol.file.allow=always", "core.editor=true")
        names = [part for setting in settings for part in ("-c", setting)]
        command = ["git", *names, *arguments]
        result = subprocess.run(command, cwd=self.top, env=environment, input=stdin, capture_output=True, check=False)
        assert bool(result.returncode) == fails, result.stderr
        return result.stdout.decode().strip()

    def write(self, text: str, name: str = NAME) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def commit(self, text: str | None = None, name: str = NAME) -> int:
        """Commits everything, and the file if a text is given. The commit's hour."""
        if text is not None:
            self.write(text, name)
        self.hour += 1
        self.git("add", "-A")
        self.git("commit", "-q", "-m", f"Hour {self.hour}")
        return self.hour

    def move(self, old: str, new: str) -> None:
        (self.folder / new).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / old).rename(self.folder / new)

    def times(self, name: str = NAME, now: datetime | None = None) -> HeadingTimes:
        return trace_headings(
            name, read_outline((self.folder / name).read_bytes()), read_history(self.folder, [name]), now
        )

    def hours(self, name: str = NAME) -> list[int]:
        return [(at - START) // timedelta(hours=1) for at in self.times(name).by_line.values()]
