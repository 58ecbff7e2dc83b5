"""That a file was written, as the system tells it. What is in it now is read, not learnt from events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler

# Whoever reads opens and closes, which are events as well.
WRITING = {"created", "deleted", "modified", "moved", "closed"}


class Waker(FileSystemEventHandler):
    """Calls `wake` for each event of writing that `matters`."""

    def __init__(self, wake: Callable[[], None], matters: Callable[[FileSystemEvent], bool]) -> None:
        self._wake = wake
        self._matters = matters

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in WRITING and self._matters(event):
            self._wake()


def names_of(event: FileSystemEvent) -> set[str]:
    """Of the file, without its folders, and of what it was moved to."""
    return {Path(str(path)).name for path in (event.src_path, event.dest_path) if path}
