"""Where files are written before they take their places, so that nobody ever reads half of one."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

from statusgen.errors import Error
from statusgen.publish.order import find_unit

STAGE = ".statusgen-stage"
# Within it, what is laid out as in the output.
TREE = "tree"
PAGE = "index.html"
# Why a page goes to its place without its folder: another file of the folder came first, or the one around it is not
# there yet.
TAKEN = {errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT, errno.ENOTDIR}
ANEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class Stage:
    """A hidden folder in the output folder, so that a file is put in its place by one rename.

    Paths are plain texts here: for 10,000 files, objects of them took a third of the time."""

    def __init__(self, output: Path) -> None:
        self._output = str(output)
        self._folder = f"{self._output}/{STAGE}"
        self._count = 0
        # Folders that were to be moved as a whole, and whether they were.
        self._placed: dict[str, bool] = {}

    def put(self, name: str, data: bytes, is_new: bool = False) -> str:
        """Where the file lies until it is placed or all is cleared. `is_new`: the output has nothing of its folders.

        Of a first publication, moving 10,000 pages to their places would be the longest part: they are put aside in
        folders that are moved as a whole. Any other page whose folder is not there yet is put aside with its folder."""
        if is_new and find_unit(name) and (place := self._put_in_tree(name, data)):
            return place
        self._count += 1
        # In one and the same folder, processes would wait for each other.
        folder = f"{self._folder}/{os.getpid()}"
        parent, _, file = name.rpartition("/")
        if file == PAGE and parent and (is_new or not is_there(f"{self._output}/{parent}")):
            folder = f"{folder}/{self._count}"
            _make_folder(folder)
            place = f"{folder}/{PAGE}"
        else:
            place = f"{folder}/{self._count}.tmp"
        _write_into(folder, place, data)
        return place

    def _put_in_tree(self, name: str, data: bytes) -> str:
        """Nothing is done, and no place given, where it was put there already."""
        place = f"{self._folder}/{TREE}/{name}"
        folder, _, file = place.rpartition("/")
        try:
            if file == PAGE:
                _make_folder(folder)
            _write_into(folder, place, data)
        except FileExistsError:
            return ""
        return place

    def place(self, name: str, place: str) -> None:
        """From where it lies to its name in the output."""
        if place.startswith(f"{self._folder}/{TREE}/") and self._place_unit(find_unit(name)):
            return
        target = f"{self._output}/{name}"
        folder = os.path.dirname(target)  # noqa: PTH120
        if place.endswith(f"/{PAGE}"):
            try:
                os.rename(place.removesuffix(f"/{PAGE}"), folder)  # noqa: PTH104
            except OSError as error:
                if error.errno not in TAKEN:
                    raise
            else:
                return
        try:
            os.replace(place, target)  # noqa: PTH105
        except FileNotFoundError:
            _make_folder(folder)
            os.replace(place, target)  # noqa: PTH105

    def _place_unit(self, unit: str) -> bool:
        """Whether the whole folder is in its place: not where there is one by now."""
        if unit not in self._placed:
            target = f"{self._output}/{unit}"
            with suppress(FileExistsError):
                _make_folder(os.path.dirname(target))  # noqa: PTH120
            try:
                os.rename(f"{self._folder}/{TREE}/{unit}", target)  # noqa: PTH104
            except OSError as error:
                if error.errno not in TAKEN:
                    raise
                self._placed[unit] = False
            else:
                self._placed[unit] = True
        return self._placed[unit]

    def clear(self) -> None:
        """Also what an earlier run left, which could be a link as well."""
        self._placed.clear()
        with suppress(FileNotFoundError):
            if os.path.islink(self._folder):  # noqa: PTH114
                os.unlink(self._folder)  # noqa: PTH108
            else:
                shutil.rmtree(self._folder)


def _write_into(folder: str, place: str, data: bytes) -> None:
    """The folder is made if need be."""
    try:
        _write(place, data)
    except FileNotFoundError:
        with suppress(FileExistsError):
            _make_folder(folder)
        _write(place, data)


def _make_folder(folder: str) -> None:
    try:
        os.mkdir(folder)  # noqa: PTH102
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103


def _write(path: str, data: bytes) -> None:
    file = os.open(path, ANEW, 0o666)
    try:
        done = os.write(file, data)
        while done < len(data):
            done += os.write(file, memoryview(data)[done:])
    finally:
        os.close(file)


def is_same(path: str, data: bytes) -> bool:
    """Whether a regular file with these bytes lies there."""
    # What is missing or cannot be read differs: writing it will tell.
    with suppress(OSError):
        found = os.lstat(path)
        if S_ISREG(found.st_mode) and found.st_size == len(data):
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123
                return file.read() == data
    return False


def is_there(path: str) -> bool:
    """Whether anything lies there. Raises OSError where that cannot be known."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def put_whole(path: Path, data: bytes, beside: Path, mode: int | None = None) -> None:
    """Written `beside` and renamed over, which is made anew: it could be a link that somebody planted, or what a run
    that was killed left. Raises OSError, with nothing left beside."""
    beside.unlink(missing_ok=True)
    try:
        with beside.open("xb") as file:
            file.write(data)
        if mode is not None:
            beside.chmod(mode)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def write_whole(path: Path, data: bytes) -> None:
    """A file of its own, which readers find old or new and never half."""
    beside = path.with_name(f".{path.name}.tmp")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        raise Error(f"cannot write {path}: {error.strerror}") from error
