"""Both cores: the same work on two halves of a long list, by forked processes, which have all that it needs already."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

# What is done, how many of it, of how many.
Progress = Callable[[str, int, int], None]
# From <linux/prctl.h>: what a process is sent when the one that has forked it ends.
PR_SET_PDEATHSIG = 1
# Below this, a process costs more than it saves.
WORTH = 300


def share_work(items: Sequence[T], work: Callable[[Sequence[T]], R]) -> list[R]:
    """Results of `work` on parts of the items, which it must be able to do in any order. Raises what one raises.

    What a part changes in memory is lost, but for the part that this process does itself."""
    parts = min(_cores(), len(items) // WORTH)
    if parts < 2 or not _can_fork():
        return [work(items)]
    context = get_context("fork")
    shares = [items[number::parts] for number in range(parts)]
    helpers = []
    try:
        for share in shares[1:]:
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_send, args=(os.getpid(), ours, theirs, share, work), daemon=True)
            process.start()
            theirs.close()
            helpers.append((process, ours))
        results = [work(shares[0])]
        for _, pipe in helpers:
            try:
                good, result = pipe.recv()
            except EOFError:
                raise MemoryError("a helping process was ended from outside") from None
            if not good:
                raise result
            results.append(result)
        return results
    finally:
        for process, pipe in helpers:
            pipe.close()
            process.kill()
            process.join()


def work_aside(work: Callable[[], object]) -> Callable[[], None]:
    """Does what nobody waits for in a process of its own, where there can be one; the result waits for its end."""
    if not _can_fork():
        work()
        return lambda: None
    process = get_context("fork").Process(target=_work_for, args=(os.getpid(), work))
    process.start()
    return process.join


def _can_fork() -> bool:
    """A process with threads is not to be forked, as another thread may hold what the fork then waits for."""
    return sys.platform == "linux" and threading.active_count() == 1


@contextmanager
def without_collection() -> Iterator[None]:
    """For a long first build, which makes much and throws little away. What it made stays, and is not looked through
    again when there is less to do."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _work_for(parent: int, work: Callable[[], object]) -> None:
    _end_with(parent)
    work()


def _end_with(parent: int) -> None:
    """If that process is killed, this one is, too: else it would still hold the output folder, and write into it."""
    # Not all that is called Linux has it, and it is needed only here.
    with suppress(ImportError, OSError, AttributeError):
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        # It was killed before this one could say so.
        os._exit(1)


def _send(
    parent: int, ours: Connection, pipe: Connection, share: Sequence[T], work: Callable[[Sequence[T]], R]
) -> None:
    _end_with(parent)
    # Else the pipe would have a reader for as long as this process waits for one.
    ours.close()
    try:
        answer: tuple[bool, object] = True, work(share)
    except Exception as error:
        answer = False, error
    # Whoever waits for this may be killed: then nothing is left to do, and nothing may be held on to.
    with suppress(BrokenPipeError):
        pipe.send(answer)
    pipe.close()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
