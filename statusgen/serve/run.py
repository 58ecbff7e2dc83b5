"""A preview from its options to its end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote

from statusgen.build.cache import Cache, default_folder
from statusgen.build.preview import Preview, State
from statusgen.build.workers import Progress, without_collection
from statusgen.errors import Error
from statusgen.problems import Problem
from statusgen.serve.answer import base_of
from statusgen.serve.board import Board
from statusgen.serve.changes import Changes
from statusgen.serve.server import open_server
from statusgen.source.folder import check_folder
from statusgen.source.git import find_repository
from statusgen.source.refs import watch_refs
from statusgen.source.theme import find_theme, themes_folder

# A clock that was set and a folder that was replaced are noticed within this, in seconds.
TICK = 1.0
# Editors save in several steps, and a checkout changes many files: so long nothing may happen, and so long is waited.
QUIET, LONGEST = 0.03, 0.5


@dataclass(frozen=True, slots=True)
class Options:
    """`port` None: the first that is free. `at`: the time that it is in the preview, for good."""

    content: Path
    theme: str | None = None
    host: str = "127.0.0.1"
    port: int | None = None
    drafts: bool = False
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """What is told: the address once, problems that are new, and lines for people; `detail` is for the curious."""

    address: Callable[[str], None]
    problems: Callable[[Sequence[Problem]], None]
    say: Callable[[str], None]
    detail: Callable[[str], None]


def serve_preview(options: Options, clock: Callable[[], datetime], voice: Voice, progress: Progress) -> None:
    """For ever. Raises Error for what it cannot even begin with."""
    check_folder(options.content)
    if options.theme is not None:
        find_theme(options.theme, options.content)
    board, wake = Board(), Event()
    with ExitStack() as stack:
        server = open_server(options.host, options.port, board)
        stack.callback(server.server_close)
        cache = stack.enter_context(closing(Cache(default_folder())))
        present = options.at is None
        preview = Preview(options.content, options.theme, cache, progress, options.drafts, present)
        stack.callback(preview.close)
        loop = _Loop(preview, board, voice)
        with without_collection():
            # Before there are threads, because then the work is shared among processes.
            loop.build(options.at or clock())
        Thread(target=server.serve_forever, daemon=True).start()
        voice.address(f"http://{server.host}:{server.server_port}{quote(base_of(board.state))}")
        changes = stack.enter_context(
            closing(Changes((options.content, themes_folder(options.content)), wake, voice.say))
        )
        stack.enter_context(_watch_commits(options.content, wake))
        while True:
            changes.tend()
            if wake.wait(TICK):
                _await_quiet(wake)
            elif options.at or not loop.is_due(clock()):
                continue
            loop.build(options.at or clock())


class _Loop:
    def __init__(self, preview: Preview, board: Board, voice: Voice) -> None:
        self._preview = preview
        self._board = board
        self._voice = voice
        self._built_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        due_at = self._board.state.due_at
        # A clock that was set back makes another page as well.
        return not (self._built_at and due_at and self._built_at <= now < due_at)

    def build(self, now: datetime) -> None:
        started = time.perf_counter()
        before, state = self._board.state, self._preview.build(now)
        self._board.show(state)
        self._built_at = now
        self._tell(before, state)
        self._voice.detail(f"{now:%Y-%m-%dT%H:%M:%SZ} current in {(time.perf_counter() - started) * 1000:.0f} ms")

    def _tell(self, before: State, state: State) -> None:
        known = set(before.problems)
        new = [problem for problem in state.problems if problem not in known]
        if new:
            self._voice.problems(new)
            if state.trace:
                self._voice.say(state.trace)


def _await_quiet(wake: Event) -> None:
    until = time.monotonic() + LONGEST
    wake.clear()
    while time.monotonic() < until and wake.wait(QUIET):
        wake.clear()


@contextmanager
def _watch_commits(content: Path, wake: Event) -> Iterator[None]:
    """A commit gives headings without a time theirs. Where nothing tells of it, it is seen with the next save."""
    with ExitStack() as stack:
        with suppress(Error):
            repository = find_repository(content)
            if repository:
                stack.enter_context(watch_refs(repository, wake.set))
        yield
