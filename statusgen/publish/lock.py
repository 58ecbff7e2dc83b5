"""One writer at a time in an output folder."""

from __future__ import annotations

import os
from contextlib import suppress
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


class Lock:
    """Two runs in one folder would leave a mixture of both. A crash lets go."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._descriptor: int | None = None
        self._which: tuple[int, int] | None = None

    def take(self) -> None:
        """Of the folder that is there now. Raises BusyError where another run is in it."""
        self.let_go()
        if LOCKS:
            self._descriptor = os.open(self._folder, os.O_RDONLY)
            self._lock(self._descriptor)
        about = self._folder.stat() if self._descriptor is None else os.fstat(self._descriptor)
        self._which = about.st_dev, about.st_ino

    def is_held(self) -> bool:
        """Whether it is that of the folder that is there now, and not of one that was moved or deleted since."""
        try:
            about = self._folder.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        return self._which == (about.st_dev, about.st_ino)

    def let_go(self) -> None:
        descriptor, self._descriptor, self._which = self._descriptor, None, None
        if descriptor is not None:
            os.close(descriptor)

    def _lock(self, descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(f"{self._folder} is being written by {_find_holder(descriptor)}; one at a time") from None
        except OSError:
            # Some network folders know no locks; publishing there is still better than not publishing.
            pass


def _find_holder(descriptor: int) -> str:
    """Who has the lock, as Linux lists it: `1: FLOCK ADVISORY WRITE PID DEVICE:INODE 0 EOF` (proc(5))."""
    inode = str(os.fstat(descriptor).st_ino)
    with suppress(OSError):
        for line in LIST.read_text("ascii").splitlines():
            fields = line.split()
            if fields[1] == "FLOCK" and fields[5].rpartition(":")[2] == inode and int(fields[4]) > 0:
                return f"the process {fields[4]}"
    return "another process"
