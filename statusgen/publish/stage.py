"""Where files are written before they take their places, so that nobody ever reads half of one."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

from statusgen.errors import Error

STAGE = ".statusgen-stage"


class Stage:
    """A hidden folder in the output folder, so that a file is put in its place by one rename."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._folder = output / STAGE

    def put(self, name: str, data: bytes) -> None:
        """Each name once, until it is placed or all is cleared."""
        path = self._path(name)
        try:
            file = path.open("xb", buffering=0)
        except FileNotFoundError:
            self._folder.mkdir(exist_ok=True)
            file = path.open("xb", buffering=0)
        with file:
            left = memoryview(data)
            while left:
                left = left[file.write(left) :]

    def place(self, name: str) -> None:
        target = self._output / name
        try:
            self._path(name).replace(target)
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._path(name).replace(target)

    def clear(self) -> None:
        """Also what an earlier run left, which could be a link as well."""
        if self._folder.is_symlink():
            self._folder.unlink()
        elif self._folder.exists():
            shutil.rmtree(self._folder)

    def _path(self, name: str) -> Path:
        return self._folder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.tmp"


def is_same(path: Path, data: bytes) -> bool:
    """Whether a regular file with these bytes lies there."""
    with suppress(OSError):
        # What is missing or cannot be read differs: writing it will tell.
        found = path.lstat()
        if S_ISREG(found.st_mode) and found.st_size == len(data):
            return path.read_bytes() == data
    return False


def write_whole(path: Path, data: bytes) -> None:
    """A file of its own, which readers find old or new and never half."""
    beside = path.with_name(f".{path.name}.tmp")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        raise Error(f"cannot write {path}: {error.strerror}") from error
