"""One writer at a time in an output folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from statusgen.errors import Error

try:
    import fcntl
except ImportError:  # not on Windows, where runs are not kept apart
    LOCKS = False
else:
    LOCKS = True

LIST = Path("/proc/locks")


class BusyError(Error):
    """Another process writes into the folder."""


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Raises BusyError where another run is in the folder, since two would leave a mixture of both. A crash lets go."""
    if not LOCKS:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(f"{folder} is being written by {_find_holder(descriptor)}; one at a time") from None
        except OSError:
            # Some network folders know no locks; publishing there is still better than not publishing.
            pass
        yield
    finally:
        os.close(descriptor)


def _find_holder(descriptor: int) -> str:
    """Who has the lock, as Linux lists it: `1: FLOCK ADVISORY WRITE PID DEVICE:INODE 0 EOF` (proc(5))."""
    inode = str(os.fstat(descriptor).st_ino)
    with suppress(OSError):
        for line in LIST.read_text("ascii").splitlines():
            fields = line.split()
            if fields[1] == "FLOCK" and fields[5].rpartition(":")[2] == inode and int(fields[4]) > 0:
                return f"the process {fields[4]}"
    return "another process"
