"""Forked processes, which have all that they need already, and end with the one that began them."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context

# What is done, how many of it, of how many.
Progress = Callable[[str, int, int], None]
# From <linux/prctl.h>: what a process is sent when the one that has forked it ends.
PR_SET_PDEATHSIG = 1
# Below this, a process costs more than it saves.
WORTH = 300


def work_aside(work: Callable[[], object]) -> Callable[[], None]:
    """Does what nobody waits for in a process of its own, where there can be one; the result waits for its end."""
    if not can_fork():
        work()
        return lambda: None
    process = get_context("fork").Process(target=_work_for, args=(os.getpid(), work))
    process.start()
    return process.join


def can_fork() -> bool:
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


@contextmanager
def collecting_later() -> Iterator[None]:
    """For what somebody waits for: looking for what can be thrown away takes an eighth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _work_for(parent: int, work: Callable[[], object]) -> None:
    end_with(parent)
    work()


def end_with(parent: int) -> None:
    """If that process is killed, this one is, too: else it would still hold the output folder, and write into it."""
    # Not all that is called Linux has it, and it is needed only here.
    with suppress(ImportError, OSError, AttributeError):
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        # It was killed before this one could say so.
        os._exit(1)


def count_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
