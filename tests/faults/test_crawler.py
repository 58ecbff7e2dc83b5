"""Somebody reads the site while it is published again and again.

What is promised: a page is always whole, and one of a state that was published while it was read. What it links to is
there already, and stays until a later publish takes it away; so a link can lead nowhere only for who read the page
before that publish and follows it afterwards.
"""

from __future__ import annotations

import ctypes
import http.client
import mmap
import random
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from harm import State, check_between, check_whole, links_of, start
from states import AT

pytest_plugins = ["fault_fixtures"]

# Publishes the states by turns, in one process as `watch` does, and counts.
WRITER = f"""
import ctypes, mmap, sys
from datetime import datetime
from pathlib import Path
from statusgen.build.cache import Cache
from statusgen.build.pipeline import read_content
from statusgen.build.publisher import Publisher
from statusgen.build.reader import Reader
from statusgen.publish.folder import open_output
from statusgen.source.folder import read_source
from statusgen.source.theme import read_theme
output, control, last, *folders = sys.argv[1:]
with open(control, "r+b") as file:
    counts = (ctypes.c_int * 2).from_buffer(mmap.mmap(file.fileno(), mmap.PAGESIZE))
now = datetime.fromisoformat({AT!r})
states = [(read_content(read_source(Path(folder)), now, Reader(Cache(None)))[0], read_theme("default", Path(folder)))
          for folder in folders]
with open_output(Path(output)) as site:
    publisher = Publisher(site, lambda *_: None)
    for number in range(int(last) + 1):
        counts[0] = number
        publisher.publish(*states[number % len(states)], now)
        counts[1] = number
"""
Get = Callable[[str], bytes | None]


class Handler(SimpleHTTPRequestHandler):
    def list_directory(self, path: Any) -> None:
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def read_files(output: Path) -> Iterator[Get]:
    def get(path: str) -> bytes | None:
        try:
            return (output / path).read_bytes()
        except FileNotFoundError:
            return None

    yield get


@contextmanager
def read_http(output: Path) -> Iterator[Get]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(output))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()

        def get(path: str) -> bytes | None:
            connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
            connection.request("GET", f"/{path.removesuffix('index.html')}")
            answer = connection.getresponse()
            # A body that is shorter than its announced length raises here.
            data = answer.read()
            connection.close()
            assert answer.status in (200, 404)
            return data if answer.status == 200 else None

        try:
            yield get
        finally:
            server.shutdown()
            thread.join()


class Crawler:
    """`counts` are the numbers of the publish that was begun last, and of the one that was ended last."""

    def __init__(self, get: Get, counts: Any, states: tuple[State, State], dice: random.Random) -> None:
        self._get, self._counts, self._dice = get, counts, dice
        self._sites = [state.files for state in states]
        self.fetches = self.links = self.late = 0

    def crawl(self) -> None:
        """From the front page to all that can be reached."""
        waiting, seen = [("index.html", int(self._counts[1]))], {"index.html"}
        while waiting:
            path, linked_in = waiting.pop(self._dice.randrange(len(waiting)))
            ended = int(self._counts[1])
            data = self._get(path)
            begun = int(self._counts[0])
            if data is None:
                self._excuse(path, linked_in, begun)
                continue
            self.fetches += 1
            versions = [k for k in range(ended, begun + 1) if self._site(k).get(path) == data]
            assert versions, f"{path} is of no state from {ended} to {begun}: {data[-80:]!r}"
            assert not path.endswith(".html") or data.endswith(b"</html>\n")
            for target in links_of(path, data):
                self.links += 1
                if target not in seen:
                    seen.add(target)
                    waiting.append((target, versions[0]))

    def _excuse(self, path: str, linked_in: int, begun: int) -> None:
        """Gone since the page that links to it was made."""
        assert path in self._site(linked_in)
        assert any(path not in self._site(k) for k in range(linked_in + 1, begun + 1)), (
            f"{path} is missing, which publish {linked_in} links to and none up to {begun} took away"
        )
        self.late += 1

    def _site(self, number: int) -> dict[str, bytes]:
        return self._sites[number % len(self._sites)]


@pytest.mark.parametrize("reading", [read_files, read_http])
def test_a_crawler_never_gets_a_missing_or_partial_file(
    reading: Callable[[Path], Any], sample: tuple[State, State], tmp_path: Path, dice: random.Random, long: bool
) -> None:
    output, control = tmp_path / "output", tmp_path / "control"
    control.write_bytes(bytes(mmap.PAGESIZE))
    with control.open("r+b") as file:
        counts = (ctypes.c_int * 2).from_buffer(mmap.mmap(file.fileno(), mmap.PAGESIZE))
    counts[0] = counts[1] = -1
    last = 500 if long else 8
    folders = [str(state.content) for state in sample]
    rounds = 0
    writer = start([sys.executable, "-c", WRITER, str(output), str(control), str(last), *folders])
    try:
        while counts[1] < 0:
            assert writer.poll() is None
        with reading(output) as get:
            crawler = Crawler(get, counts, sample, dice)
            while writer.poll() is None:
                crawler.crawl()
                rounds += 1
        _, said = writer.communicate()
        assert (writer.returncode, said) == (0, "")
    finally:
        writer.kill()
        writer.communicate()
    print(f"{crawler.fetches} fetches, {crawler.links} links, {crawler.late} too late, {rounds} rounds")
    assert crawler.fetches > 10 * last
    assert counts[1] == last
    check_between(output, *sample)
    check_whole(output, sample[last % 2])
