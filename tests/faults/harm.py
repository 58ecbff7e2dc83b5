"""Two states of a site, processes that publish them while something goes wrong, and what must hold then."""

from __future__ import annotations

import ctypes
import functools
import hashlib
import html
import json
import mmap
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

from command import NO_CACHE, ROOT, read_tree
from states import AT, URL

T = TypeVar("T")

COMMAND = (sys.executable, "-m", "statusgen")
# The same, at a time that stands still, for `watch`, which knows no `--at`.
AT_THAT_TIME = f"""
import datetime
class Fixed(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromisoformat({AT!r}).astimezone(tz)
datetime.datetime = Fixed
from statusgen.cli.main import run
run()
"""
# Forks a process for every line, ready to run: to start, and to compile the templates, takes longer than to publish a
# small site. The first line is for warming up.
STARTED = """
import functools, json, os, sys
import jinja2
jinja2.Environment.compile = functools.cache(jinja2.Environment.compile)
jinja2.Environment.__eq__, jinja2.Environment.__hash__ = lambda self, other: True, lambda self: 1
import statusgen.build.cache, statusgen.build.pipeline, statusgen.build.reader, statusgen.build.sources
import statusgen.publish.folder
from statusgen.cli.main import call
sys.argv[1:] = json.loads(sys.stdin.readline())
assert call() == 0
for line in sys.stdin:
    out, arguments = json.loads(line)
    child = os.fork()
    if child == 0:
        written = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(written, 1)
        os.dup2(written, 2)
        sys.argv[1:] = arguments
        code = 4
        try:
            code = call()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@dataclass(frozen=True)
class State:
    """A site in a content folder, and all that is in the output folder after a build into an empty one."""

    content: Path
    tree: Mapping[str, bytes]

    @property
    def files(self) -> dict[str, bytes]:
        return published(self.tree)

    def build(self, output: Path) -> list[str]:
        return ["build", "--content", str(self.content), "--output", str(output), "--at", AT]


def make_state(content: Path, output: Path) -> State:
    result = run([*COMMAND, "build", "--content", str(content), "--output", str(output), "--at", AT])
    assert result.returncode == 0, result.stderr
    return State(content, read_tree(output))


def run(command: list[str], env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=environment(env), capture_output=True, text=True, timeout=120, check=False)


def start(command: list[str], env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment(env), stdout=pipe, stderr=pipe, text=True)


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    return {**os.environ, **NO_CACHE, "PYTHONPATH": str(ROOT), **(more or {})}


def published(tree: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that people see."""
    return {name: data for name, data in tree.items() if not name.endswith("/") and not name.startswith(".")}


@functools.lru_cache(4096)
def _links(path: str, _: bytes, text: str) -> frozenset[str]:
    """What a page or a feed of this site links to on it, as paths of files."""
    pattern = r'\b(?:href|src)="([^"]*)"' if path.endswith(".html") else rf"({re.escape(URL)}[^\s<\"]*)"
    found = set()
    for address in re.findall(pattern, text):
        target = urljoin(URL + path, html.unescape(html.unescape(address)))
        if target.startswith(URL):
            name = urlsplit(target).path.removeprefix("/")
            found.add(f"{name}index.html" if not name or name.endswith("/") else name)
    return frozenset(found)


def links_of(path: str, data: bytes) -> frozenset[str]:
    if not path.endswith((".html", ".rss")):
        return frozenset()
    return _links(path, hashlib.sha256(data).digest(), data.decode())


def broken_links(files: Mapping[str, bytes], known: set[str]) -> set[tuple[str, str]]:
    """(page, missing file) of all pages that can be reached from those that are `known`."""
    waiting, seen, broken = list(known & files.keys()), set[str](), set[tuple[str, str]]()
    while waiting:
        page = waiting.pop()
        if page not in seen:
            seen.add(page)
            targets = links_of(page, files[page])
            broken |= {(page, target) for target in targets - files.keys()}
            waiting += targets & files.keys()
    return broken


def check_between(output: Path, *states: State) -> None:
    """Whatever happened while one state came over another: each file is whole and one of theirs, none that all have
    is missing, and no link is broken for who begins at an address that all have. (A page that only the new one has may
    come before another that it links to, but then nothing leads to it yet; in the same way old ones go.)"""
    files = published(read_tree(output))
    sites = [state.files for state in states]
    odd = [name for name, data in files.items() if data not in [site.get(name) for site in sites]]
    assert odd == []
    known = set.intersection(*(set(site) for site in sites))
    assert known - files.keys() == set()
    assert broken_links(files, known) == set()


def check_whole(output: Path, state: State) -> None:
    """As after a build into an empty folder, with nothing left behind, not even a folder or a hidden file."""
    tree = read_tree(output)
    assert tree.keys() - state.tree.keys() == set()
    assert [name for name, data in state.tree.items() if tree.get(name) != data] == []


def check_line(said: str) -> None:
    """The operator's error, in words."""
    assert re.fullmatch(r"(error: |\d{4}-\S+Z )?[^\n]+\n", said), said
    assert "Traceback" not in said
    assert ": :" not in said, said


def wait_for(condition: Callable[[], T | None], limit: float = 30.0) -> T:
    """What it gives once that is true."""
    end = time.monotonic() + limit
    while True:
        if found := condition():
            return found
        assert time.monotonic() < end, f"{condition} did not come true in {limit} s"
        time.sleep(0.005)


class Control(ctypes.Structure):
    """What shim.c does, for processes that have `environment`."""

    _fields_ = [
        (name, ctypes.c_int) for name in ("on", "first", "lasts", "error", "half", "kill", "calls", "met")
    ]  # fmt: skip
    on: int
    first: int
    lasts: int
    error: int
    half: int
    kill: int
    calls: int
    met: int


class Shim:
    def __init__(self, library: Path, folder: Path, under: Path) -> None:
        path = folder / "control"
        path.write_bytes(bytes(mmap.PAGESIZE))
        with path.open("r+b") as file:
            self.control = Control.from_buffer(mmap.mmap(file.fileno(), mmap.PAGESIZE))
        self.environment = {"LD_PRELOAD": str(library), "FAULT_CONTROL": str(path), "FAULT_UNDER": str(under)}

    def arm(self, first: int, error: int = 0, *, lasts: int = 1, half: bool = False, kill: bool = False) -> None:
        """The calls from the `first` on, counted from now, fail or kill."""
        control = self.control
        control.on = 0
        control.first, control.lasts, control.error = first, lasts, error
        control.half, control.kill, control.calls, control.met = half, kill, 0, 0
        control.on = 1

    def rest(self) -> int:
        """How many calls there were."""
        self.control.on = 0
        return self.control.calls


class Started:
    """Runs the command again and again, each time in a process of its own."""

    def __init__(self, folder: Path, env: Mapping[str, str], state: State) -> None:
        self._out = folder / "said"
        self._parent = subprocess.Popen(
            [sys.executable, "-c", STARTED],
            env=environment(env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._parent.stdin and self._parent.stdout
        self._parent.stdin.write(json.dumps(state.build(folder / "warm")) + "\n")
        self._parent.stdin.flush()
        assert self._parent.stdout.readline()

    def run(self, arguments: list[str]) -> tuple[int, str]:
        """The exit code, negative for a signal, and what was said."""
        assert self._parent.stdin and self._parent.stdout
        self._parent.stdin.write(json.dumps([str(self._out), arguments]) + "\n")
        self._parent.stdin.flush()
        return int(self._parent.stdout.readline()), self._out.read_text("utf-8")

    def close(self) -> None:
        assert self._parent.stdin and self._parent.stdout
        self._parent.stdin.close()
        self._parent.wait(30)
        self._parent.stdout.close()


class Watcher:
    """`statusgen watch` for as long as a test needs it."""

    def __init__(self, repo: Path, output: Path, folder: Path, env: Mapping[str, str] | None = None) -> None:
        self.output, self._repo, self._status = output, repo, folder / "status.json"
        self._said = folder / "watcher-said"
        with self._said.open("wb") as said:
            command = [*COMMAND, "watch", "--repo", str(repo), "--output", str(output), "--status", str(self._status)]
            self.process = subprocess.Popen(command, env=environment(env), stdout=said, stderr=said)

    def __enter__(self) -> Watcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            assert self.process.wait(30) == 0, self.said
        finally:
            self.process.kill()
            self.process.wait()

    @property
    def said(self) -> str:
        return self._said.read_text("utf-8")

    @property
    def status(self) -> dict[str, Any]:
        assert self.process.poll() is None, self.said
        return dict(json.loads(self._status.read_bytes())) if self._status.exists() else {}

    def wait(self, limit: float = 30.0, **values: object) -> dict[str, Any]:
        """For its status to have these values."""

        def find() -> dict[str, Any] | None:
            status = self.status
            return status if status and values.items() <= status.items() else None

        return wait_for(find, limit)

    def clean_build(self, folder: Path) -> State:
        """Of what it says that it has published, as of when it did."""
        status = self.status
        rev, at = str(status["revision"]), str(status["published_at"])
        content = self._repo / "content"
        result = run([*COMMAND, "build", "--content", str(content), "--rev", rev, "--output", str(folder), "--at", at])
        assert result.returncode == 0, result.stderr
        return State(content, read_tree(folder))
