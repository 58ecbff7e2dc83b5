"""Both cores: a long list is cut into parts, and each process takes the next one until none is left."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from statusgen.build.workers import WORTH, can_fork, count_cores, end_with

T = TypeVar("T")
R = TypeVar("R")
Count = Callable[[int, int], None]

# Small, so that no process waits long for the last part of another; tickets of all parts have room in a pipe.
PART, MOST_PARTS, TICKET = 100, 15_000, 4
# How many bytes of results may wait for a process that has other things to do; from <linux/fcntl.h>.
ROOM, F_SETPIPE_SZ = 1 << 20, 1031


def share_work(
    items: Sequence[T],
    work: Callable[[Sequence[T]], R],
    count: Count,
    meanwhile: Callable[[], object] = lambda: None,
) -> list[R]:
    """Results of `work` on parts of the items, in any order. Raises what one raises.

    What is changed in memory is lost, but for the parts that this process does itself. `count` is told how many items
    are done, of how many. Where other processes help, this one does `meanwhile` before it joins in."""
    with begin_work(items, work, count) as join:
        if can_share(len(items)):
            meanwhile()
        return join()


def can_share(count: int) -> bool:
    """Whether other processes help with so many items."""
    return count // WORTH > 1 and count_cores() > 1 and can_fork()


@contextmanager
def begin_work(items: Sequence[T], work: Callable[[Sequence[T]], R], count: Count) -> Iterator[Callable[[], list[R]]]:
    """The same, where other processes begin at once, and this one joins in by the function that it is given."""
    size = max(PART, -(-len(items) // MOST_PARTS))
    parts = [items[start : start + size] for start in range(0, len(items), size)]
    tickets = _issue_tickets(len(parts))
    helpers: list[_Helper[R]] = []
    try:
        others = min(count_cores(), len(items) // WORTH) - 1 if can_share(len(items)) else 0
        helpers.extend(_Helper(tickets, parts, work) for _ in range(others))
        yield lambda: _join(tickets, helpers, parts, work, lambda done: count(min(done * size, len(items)), len(items)))
    finally:
        os.close(tickets)
        for helper in helpers:
            helper.end()


def _join(
    tickets: int,
    helpers: Sequence[_Helper[R]],
    parts: Sequence[Sequence[T]],
    work: Callable[[Sequence[T]], R],
    count: Callable[[int], None],
) -> list[R]:
    results = []
    for number in _take_tickets(tickets):
        results.append(work(parts[number]))
        # A process whose results nobody takes has to wait.
        results += [result for helper in helpers for result in helper.receive(wait=False)]
        count(len(results))
    for helper in helpers:
        for result in helper.receive(wait=True):
            results.append(result)
            count(len(results))
    return results


class _Helper(Generic[R]):
    """Another process that takes tickets as long as there are any."""

    def __init__(self, tickets: int, parts: Sequence[Sequence[T]], work: Callable[[Sequence[T]], R]) -> None:
        context = get_context("fork")
        self._pipe, theirs = context.Pipe(duplex=False)
        _widen(self._pipe)
        arguments = (os.getpid(), tickets, self._pipe, theirs, parts, work)
        self._process = context.Process(target=_help, args=arguments, daemon=True)
        self._process.start()
        theirs.close()
        self._is_done = False

    def receive(self, wait: bool) -> Iterator[R]:
        """What is there; with `wait`, all that is still to come."""
        while not self._is_done and (wait or self._pipe.poll()):
            try:
                good, result = self._pipe.recv()
            except EOFError:
                raise MemoryError("a helping process was ended from outside") from None
            if good:
                yield result
            elif result:
                raise result
            else:
                self._is_done = True

    def end(self) -> None:
        self._pipe.close()
        self._process.kill()
        self._process.join()


def _help(
    parent: int,
    tickets: int,
    ours: Connection,
    pipe: Connection,
    parts: Sequence[Sequence[T]],
    work: Callable[[Sequence[T]], R],
) -> None:
    """Sends (True, a result) for each part, then (False, None), or the error that ended it."""
    end_with(parent)
    # Else the pipe would have a reader for as long as this process waits for one.
    ours.close()
    # Whoever waits for this may be killed: then nothing is left to do, and nothing may be held on to.
    with suppress(BrokenPipeError):
        try:
            for number in _take_tickets(tickets):
                pipe.send((True, work(parts[number])))
            pipe.send((False, None))
        except BrokenPipeError:
            raise
        except Exception as error:
            pipe.send((False, error))
    pipe.close()


def _issue_tickets(count: int) -> int:
    """A pipe with a number for each part, out of which every process takes the next one."""
    out, into = os.pipe()
    os.write(into, b"".join(number.to_bytes(TICKET, "big") for number in range(count)))
    os.close(into)
    return out


def _take_tickets(tickets: int) -> Iterator[int]:
    while ticket := os.read(tickets, TICKET):
        yield int.from_bytes(ticket, "big")


def _widen(pipe: Connection) -> None:
    # Not everywhere can it be wider; then a process waits now and then.
    with suppress(ImportError, OSError):
        import fcntl

        fcntl.fcntl(pipe.fileno(), F_SETPIPE_SZ, ROOM)
