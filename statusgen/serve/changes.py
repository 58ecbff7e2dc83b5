"""A flag that is raised when a file below some folders changed. What is in them now is read, not learnt from events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from watchdog.events import FileSystemEvent
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from statusgen.source.events import Waker, names_of
from statusgen.source.files import is_hidden


def _matters(event: FileSystemEvent) -> bool:
    # A folder is modified by each file that comes or goes, which is told by itself. Editors keep files of their own
    # beside the one that is edited.
    is_folder = event.is_directory and event.event_type == "modified"
    return not is_folder and not all(is_hidden(name) for name in names_of(event))


class Changes:
    """Watches folders that may come, go and be replaced. `wake` is set within milliseconds, or at each `tend` where the
    system cannot tell of changes."""

    def __init__(self, folders: Sequence[Path], wake: Event, say: Callable[[str], None]) -> None:
        self._folders = folders
        self._wake = wake
        self._say = say
        self._observer: BaseObserver | None = None
        self._watched: list[tuple[int, int] | None] = []
        self._blind = False

    def tend(self) -> None:
        """To be called often: a folder that was replaced is watched again."""
        found = [_identity(folder) for folder in self._folders]
        if self._blind:
            self._wake.set()
        elif found != self._watched:
            self.close()
            self._start([folder for folder, there in zip(self._folders, found, strict=True) if there])
            self._watched = found
            # What changed before it was watched was not told.
            self._wake.set()

    def close(self) -> None:
        observer, self._observer = self._observer, None
        if observer:
            observer.stop()
            observer.join()

    def _start(self, folders: Sequence[Path]) -> None:
        observer = Observer()
        for folder in folders:
            observer.schedule(Waker(self._wake.set, _matters), str(folder), recursive=True)
        try:
            observer.start()
        except FileNotFoundError:
            # Gone in the meantime: the next look at it finds that.
            observer.unschedule_all()
        except OSError as error:
            self._blind = True
            self._say(f"the system cannot tell of changes ({error.strerror}): all files are looked at every second")
        else:
            self._observer = observer


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        about = folder.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino
