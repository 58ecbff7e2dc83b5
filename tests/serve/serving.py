"""`statusgen serve` in a process of its own, and what a browser asks of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO
from urllib.parse import quote, urlsplit

from command import NO_CACHE, ROOT

LIMIT_FOR = 60.0
MARK = re.compile(r'data-mark="(\w+)"')
SITE = "name: Acme\nurl: https://status.acme.example/\ntime_zone: UTC\ncomponents: {api: API, web: Website}\n"
HEAD = "---\ntitle: Errors on the API\ncomponents:\n  api: major_outage\n---\n\n"
FIRST = "## investigating @ 2026-11-03 09:00\n\nWe are looking into it.\n"
INCIDENT = HEAD + FIRST
NAME = "incidents/api.md"
PAGE = "incidents/api/"


@dataclass(frozen=True, slots=True)
class Reply:
    code: int
    headers: dict[str, str]
    text: str

    @property
    def problems(self) -> str:
        """What the panel says, "" where there is none."""
        _, start, rest = self.text.partition('<aside class="statusgen-problems"')
        return (start + rest.partition("</aside>")[0]) if start else ""


@dataclass(slots=True)
class Serving:
    """A preview that runs. `root` is the site's address."""

    process: subprocess.Popen[str]
    root: str = ""
    said: list[str] = field(default_factory=list)
    lines: Queue[str] = field(default_factory=Queue)

    def connect(self) -> HTTPConnection:
        parts = urlsplit(self.root)
        assert parts.hostname and parts.port
        return HTTPConnection(parts.hostname, parts.port, timeout=LIMIT_FOR)

    def ask(self, path: str, method: str = "GET", **headers: str) -> Reply:
        """`path` is below the site's root, or from the server's where it begins with a slash."""
        connection = self.connect()
        try:
            where = path if path.startswith("/") else urlsplit(self.root).path + path
            connection.request(method, where, headers=headers)
            response = connection.getresponse()
            return Reply(response.status, dict(response.getheaders()), response.read().decode())
        finally:
            connection.close()

    def listen(self, path: str, mark: str) -> HTTPResponse:
        """The stream that a page with that mark has open."""
        where = urlsplit(self.root).path + path
        connection = self.connect()
        connection.request("GET", f"/.statusgen/events?page={quote(where)}&mark={mark}")
        return connection.getresponse()

    def until(self, path: str, shows: Callable[[Reply], bool]) -> Reply:
        """A page as soon as it shows something: it is asked for again only when its stream says so."""
        ends = time.monotonic() + LIMIT_FOR
        while True:
            reply = self.ask(path)
            if shows(reply):
                return reply
            assert time.monotonic() < ends, reply.text
            found = MARK.search(reply.text)
            assert found, reply.text
            with self.listen(path, found[1]) as stream:
                assert b"event: reload" in stream.read()

    def hear(self, text: str) -> str:
        """The line of stderr that holds a text, now or later."""
        while True:
            for line in self.said:
                if text in line:
                    return line
            try:
                self.said.append(self.lines.get(timeout=LIMIT_FOR))
            except Empty:
                raise AssertionError(f"nothing said {text}: {self.said}") from None

    def end(self, *numbers: int) -> int:
        for number in numbers:
            self.process.send_signal(number)
        return self.process.wait(LIMIT_FOR)


@contextmanager
def serving(content: Path, *options: str) -> Iterator[Serving]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    process = subprocess.Popen(
        [sys.executable, "-m", "statusgen", "serve", "--content", str(content), "--port", "0", *options],
        env=environment | NO_CACHE | {"PYTHONPATH": paths, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout and process.stderr
    running = Serving(process)
    reader = Thread(target=_pass_on, args=(process.stderr, running.lines), daemon=True)
    reader.start()
    try:
        running.root = process.stdout.readline().strip()
        if not running.root:
            reader.join(LIMIT_FOR)
            raise AssertionError(list(running.lines.queue))
        yield running
    finally:
        process.kill()
        process.wait()
        reader.join()
        process.stdout.close()
        process.stderr.close()


def _pass_on(stream: IO[str], lines: Queue[str]) -> None:
    for line in stream:
        lines.put(line)


def write(content: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text, "utf-8")
    return content
