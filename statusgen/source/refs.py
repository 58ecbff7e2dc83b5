"""A flag that is raised when a repository's refs may have moved. What they are now is asked of git, not of events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from statusgen.errors import Error
from statusgen.source.git import Repository, find_git_folder

WRITING = {"created", "deleted", "modified", "moved"}
# Of all that lies beside the refs, what can move a branch: other files change with every `git add`.
NAMES = {"HEAD", "packed-refs"}


class _Flag(FileSystemEventHandler):
    def __init__(self, wake: Callable[[], None], names: set[str] | None) -> None:
        self._wake = wake
        self._names = names

    def on_any_event(self, event: FileSystemEvent) -> None:
        # Git reads refs too, and that is an event as well.
        if event.event_type in WRITING and (self._names is None or self._is_named(event)):
            self._wake()

    def _is_named(self, event: FileSystemEvent) -> bool:
        return bool(self._names and {Path(str(event.src_path)).name, Path(str(event.dest_path)).name} & self._names)


@contextmanager
def watch_refs(repository: Repository, wake: Callable[[], None]) -> Iterator[None]:
    """Calls `wake` within milliseconds. Raises Error where the system cannot tell of changes."""
    folder = find_git_folder(repository)
    observer = Observer()
    observer.schedule(_Flag(wake, NAMES), str(folder))
    # Loose refs lie in one of these, and reftables in the other.
    for name in ("refs", "reftable"):
        if (folder / name).is_dir():
            observer.schedule(_Flag(wake, None), str(folder / name), recursive=True)
    try:
        observer.start()
    except OSError as error:
        raise Error(f"cannot watch {folder}: {error.strerror}; --poll 1 looks at it every second") from error
    try:
        yield
    finally:
        observer.stop()
        observer.join()
