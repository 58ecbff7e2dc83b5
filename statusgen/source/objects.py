"""Objects out of a repository, through one git that stays open: asking it takes less than starting one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from statusgen.errors import Error
from statusgen.source.git import Process, Repository, is_partial

# So many names fit into a pipe of 64 KiB: more at once, and git and we could wait for each other.
AT_ONCE = 400
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Object:
    """`data` are at most as many of its bytes as were asked for."""

    id: str
    kind: str
    data: bytes


class Objects:
    """Not for several threads. A git that has ended is started anew; it is closed by `close`."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._git: Process | None = None
        self._place = _mark_of(repository)

    def find(self, name: str) -> Object | None:
        """By an id or a full name such as refs/heads/main; None where there is none of that name."""
        return next(self.read([name], limit=1 << 16))

    def read(self, names: Iterable[str], limit: int) -> Iterator[Object | None]:
        """One for each name, which has no line end, in their order."""
        waiting = iter(names)
        while some := list(islice(waiting, AT_ONCE)):
            was_open = self._git is not None
            try:
                found = self._ask(some, limit)
            except (OSError, ValueError, EOFError):
                # It was ended from outside, or lost its packs to a clean-up: a new one sees what is there now.
                self.close()
                found = self._ask_again(some, limit)
            if was_open and None in found:
                # A git never looks again for other repositories whose objects are used, too (alternates).
                self.close()
                missing = [name for name, thing in zip(some, found, strict=True) if not thing]
                others = iter(self._ask_again(missing, limit))
                found = [thing or next(others) for thing in found]
            yield from found

    def get(self, ids: Iterable[str], limit: int) -> dict[str, bytes]:
        """Bytes by id. Raises Error where one is missing."""
        wanted = list(ids)
        found = {}
        for name, thing in zip(wanted, self.read(wanted, limit), strict=True):
            if thing is None:
                raise Error(f"git: the object {name} is missing")
            found[name] = thing.data
        return found

    def close(self) -> None:
        git, self._git = self._git, None
        if git:
            git.kill()
            # Closes the pipes, and waits for its end.
            git.communicate()

    def _ask_again(self, names: list[str], limit: int) -> list[Object | None]:
        try:
            return self._ask(names, limit)
        except (OSError, ValueError, EOFError) as error:
            self.close()
            # Another command tells why, if it is the whole repository.
            self._repository.run("rev-parse", "--git-dir")
            partial = is_partial(self._repository)
            hint = "; `git fetch --refetch --no-filter` completes a partial clone" if partial else ""
            raise Error(f"git: cannot read objects of the repository{hint}") from error

    def _ask(self, names: list[str], limit: int) -> list[Object | None]:
        place = _mark_of(self._repository)
        if place != self._place:
            # Another repository was put in its place, where a git that was started before does not look.
            self.close()
            self._place = place
        if self._git is None:
            # Large blobs are passed on piece by piece, so that they are never in memory.
            self._git = self._repository.ask("-c", "core.bigFileThreshold=4m", "cat-file", "--batch")
        stdin, stdout = self._git.stdin, self._git.stdout
        assert stdin and stdout, "both are pipes"  # noqa: S101
        stdin.write("".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape"))
        stdin.flush()
        return [_read_answer(stdout, limit) for _ in names]


def _mark_of(repository: Repository) -> tuple[tuple[int, int] | None, ...]:
    """Other values where the repository's folder is another one than it was."""
    return tuple(_identity_of(path) for path in (repository.top, repository.top / ".git"))


def _identity_of(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _read_answer(stream: IO[bytes], limit: int) -> Object | None:
    header = stream.readline()
    if not header.endswith(b"\n"):
        raise EOFError
    name, _, about = header.rstrip(b"\n").rpartition(b" ")
    if not about.isdigit():
        # `NAME missing`, `NAME ambiguous`
        return None
    oid, kind = name.decode("ascii").split(" ")
    size = int(about)
    data = _read_exactly(stream, min(size, limit))
    left = size - len(data)
    while left:
        left -= len(_read_exactly(stream, min(left, CHUNK)))
    _read_exactly(stream, 1)
    return Object(oid, kind, data)


def _read_exactly(stream: IO[bytes], size: int) -> bytes:
    data: bytes = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data
