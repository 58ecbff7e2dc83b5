"""A site in a repository, and the commands on it: in this process, because thousands of them are called."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir, closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from statusgen.build.cache import Cache
from statusgen.build.pipeline import read_content
from statusgen.build.reader import Reader
from statusgen.cli.main import call
from statusgen.model.site import Content
from statusgen.problems import Problem, has_errors
from statusgen.source.folder import Folder

SITE = """\
name: Acme
url: https://status.acme.example/sub/
time_zone: Europe/Berlin
components: {api: API, web: Website, db: Database}
"""
# The commands are those of whoever runs them, so their settings must not be those of this machine.
SETTINGS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "XDG_CACHE_HOME": "/dev/null/nowhere"}


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


class Desk:
    """A folder with a site in `content/`, and a repository around it if `git`."""

    def __init__(self, top: Path, git: bool = True) -> None:
        self.top, self.content = top, top / "content"
        self.content.mkdir(parents=True)
        self.write("site.yaml", SITE)
        if git:
            self.git("init", "-q", "-b", "main")
            self.git("config", "user.name", "Ann")
            self.git("config", "user.email", "ann@acme.example")
            self.commit()

    def write(self, name: str, text: str | bytes) -> None:
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def read(self, name: str) -> bytes:
        return (self.content / name).read_bytes()

    def git(self, *arguments: str, fails: bool | None = False) -> str:
        """With `fails` it must fail, and with None it may."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | SETTINGS
        result = subprocess.run(
            ["git", *arguments], cwd=self.top, env=environment, capture_output=True, text=True, check=False
        )
        assert fails is None or bool(result.returncode) == fails, result.stderr
        return result.stdout.strip()

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "All")

    def call(self, *arguments: str, stdin: str = "", env: Mapping[str, str] | None = None) -> Said:
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
        with (
            chdir(self.top),
            patch.dict(os.environ, SETTINGS | dict(env or {})),
            patch.object(sys, "argv", ["statusgen", *arguments]),
            patch.object(sys, "stdin", io.StringIO(stdin)),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            try:
                code = call()
            except SystemExit as end:  # as click ends what it does for shells
                code = int(end.code or 0)
        for stream in (out, err):
            stream.flush()
        return Said(code, *(stream.detach().getvalue().decode() for stream in (out, err)))

    def do(self, *arguments: str) -> str:
        """A command that must succeed; the path that it prints, below the content folder."""
        said = self.call(*arguments)
        assert said.code == 0, said
        return said.out.split("\n")[0].removeprefix("content/")

    def check(self) -> tuple[Content, list[Problem]]:
        """As `check` reads it; there must be no error."""
        reader = Reader(Cache(None), preview=True)
        with closing(Folder(self.content)) as folder:
            content, problems = read_content(folder.read(), datetime.now(UTC).replace(microsecond=0), reader)
        assert content and not has_errors(problems), problems
        return content, list(problems)
