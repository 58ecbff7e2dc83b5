"""A flag that is raised when a repository's refs may have moved. What they are now is asked of git, not of events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from watchdog.observers import Observer

from statusgen.errors import Error
from statusgen.source.events import Waker, names_of
from statusgen.source.git import Repository, find_git_folder

# Of all that lies beside the refs, what can move a branch: other files change with every `git add`.
NAMES = {"HEAD", "packed-refs"}


@contextmanager
def watch_refs(repository: Repository, wake: Callable[[], None]) -> Iterator[None]:
    """Calls `wake` within milliseconds. Raises Error where the system cannot tell of changes."""
    folder = find_git_folder(repository)
    observer = Observer()
    observer.schedule(Waker(wake, lambda event: not NAMES.isdisjoint(names_of(event))), str(folder))
    # Loose refs lie in one of these, and reftables in the other.
    for name in ("refs", "reftable"):
        if (folder / name).is_dir():
            observer.schedule(Waker(wake, lambda event: True), str(folder / name), recursive=True)
    try:
        observer.start()
    except OSError as error:
        raise Error(f"cannot watch {folder}: {error.strerror}; --poll 1 looks at it every second") from error
    try:
        yield
    finally:
        observer.stop()
        observer.join()
