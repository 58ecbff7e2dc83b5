"""One run at a time in an output folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # not on Windows, where runs are not kept apart
    LOCKS = False
else:
    LOCKS = True


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Waits for other runs in the folder, since two at once would leave a mixture of both. A crash lets go."""
    if not LOCKS:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Some network folders know no locks; publishing there is still better than not publishing.
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
