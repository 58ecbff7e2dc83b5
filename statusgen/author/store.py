"""Files written whole, and never over what somebody else has written meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from statusgen.errors import Error

try:
    import fcntl
except ImportError:  # not on Windows, where two commands at the very same moment are not kept apart
    LOCKS = False
else:
    LOCKS = True


def write_file(folder: Path, path: str, before: bytes | None, data: bytes) -> Path:
    """Puts `data` where `before` was, None for a new file. Raises Error, and then nothing has changed."""
    target = folder / path
    try:
        if not target.parent.resolve().is_relative_to(folder.resolve()):
            raise Error(f"{target.parent} leads out of {folder}; links are not followed")
        target.parent.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            if _read(target) != before:
                what = "is there already" if before is None else "was changed by somebody else meanwhile"
                raise Error(f"{target} {what}; nothing is written: look at it, and say it again")
            _put(target, data, None if before is None else target.stat().st_mode & 0o7777)
    except OSError as error:
        raise Error(f"cannot write {target}: {error.strerror}") from None
    return target


def _put(target: Path, data: bytes, mode: int | None) -> None:
    # Hidden, so that it is no content while it is written.
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(mode)
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _read(path: Path) -> bytes | None:
    if path.is_symlink():
        raise Error(f"{path} is a link, which is not followed")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While another command of this machine waits."""
    if not LOCKS:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Some network folders know no locks; the texts are compared all the same.
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
