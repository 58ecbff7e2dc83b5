"""A content folder as bytes by path."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from statusgen.errors import Error
from statusgen.problems import Problem
from statusgen.source.files import READ_LIMIT, Source, blob_id, is_hidden, link_problem, name_problem
from statusgen.source.heading_history import FolderHistory

SITE = "site.yaml"
INNER = "content"
# File systems count time in steps, the coarsest of two seconds: of a file that is younger, its stamp says nothing.
STEP_NS = 2_000_000_000
READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
Stamp = tuple[int, ...]


def read_source(folder: Path) -> Source:
    """The working tree's files as they are now, with the history that led to them."""
    return Folder(folder).read()


def read_folder(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Every file that is content by its name, by its path below the folder, with `/`, sorted.

    Links are not followed: they could lead out of the repository."""
    texts, problems = _read_texts(folder, {})
    return {path: text.data for path, text in texts.items()}, problems


def read_site(folder: Path) -> bytes | None:
    """Its site.yaml alone; None where it has none that is content."""
    entries = [entry for entry in _entries_of(str(folder)) if entry.name == SITE]
    texts = (_read_text(name, entry, None, 0, []) for name, entry in _files_in(entries, "", [], []))
    return next((text.data for text in texts if text), None)


def read_names(folder: Path, kind: str) -> list[str]:
    """The paths of the files of one folder in it that are content by their names, sorted; their texts are not read."""
    if not _is_folder(folder / kind):
        return []
    return sorted(f"{kind}/{name}" for name, _ in _walk(folder / kind, []))


def read_file(folder: Path, path: str) -> bytes:
    """One of those files, whole. Raises Error."""
    # Not by pathlib, which takes twice as long where there are thousands.
    name = f"{folder}/{path}"
    try:
        with open(name, "rb", buffering=0) as file:  # noqa: PTH123
            return file.readall()
    except OSError as error:
        raise Error(f"cannot read {name}: {error.strerror}") from None


def check_folder(folder: Path) -> None:
    """Raises Error where it is another folder that is meant, or none at all."""
    inner = folder / INNER
    if _is_file(inner / SITE) and not _is_file(folder / SITE):
        raise Error(f"{folder} has no {SITE}; did you mean `--content {inner}`?")
    _entries_of(str(folder))


class Folder:
    """A folder that is read again and again: a file whose times, size and place stay is not opened again."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._texts: dict[str, _Text] = {}
        self._history = FolderHistory(root)

    def read(self) -> Source:
        """As it is now. Raises Error where there is no such folder, and where git fails."""
        texts, problems = _read_texts(self._root, self._texts)
        self._texts = texts
        files = {path: text.blob for path, text in texts.items()}
        return Source(
            files=files,
            problems=tuple(problems),
            read=lambda paths: {path: texts[path].data for path in paths},
            trace=self._history.read,
            past=self._history.past,
            moved=self._history.moved(files),
        )

    def close(self) -> None:
        self._history.close()


class _Text(NamedTuple):
    """`stamp` is None where the file was too young for it to tell one text from the next."""

    data: bytes
    blob: str
    stamp: Stamp | None


def _read_texts(folder: Path, known: dict[str, _Text]) -> tuple[dict[str, _Text], list[Problem]]:
    problems: list[Problem] = []
    texts: dict[str, _Text] = {}
    check_folder(folder)
    now_ns = time.time_ns()
    for name, entry in _walk(folder, problems):
        text = _read_text(name, entry, known.get(name), now_ns, problems)
        if text is not None:
            texts[name] = text
    return dict(sorted(texts.items())), problems


def _walk(root: Path, problems: list[Problem]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    # Not recursive, because folders can be nested more deeply than Python's calls.
    waiting = [("", str(root))]
    while waiting:
        prefix, folder = waiting.pop()
        yield from _files_in(_entries_of(folder), prefix, waiting, problems)


def _entries_of(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        raise Error(f"there is no content folder {folder}; {_place_hint(Path(folder))}") from None
    except OSError as error:
        raise Error(f"cannot read {folder}: {error.strerror}") from None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # A folder that may not be read: walking through it says so.
        return False


def _is_folder(path: Path) -> bool:
    """Links are not followed here either."""
    return path.is_dir() and not path.is_symlink()


def _place_hint(folder: Path) -> str:
    if folder == Path(INNER) and _is_file(Path(SITE)):
        return f"{SITE} is here: go one folder up, or use `--content .`"
    return "`statusgen init DIR` makes one"


def _files_in(
    entries: list[os.DirEntry[str]], prefix: str, waiting: list[tuple[str, str]], problems: list[Problem]
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The files among `entries` with their names from the top; their folders are added to `waiting`."""
    for entry in entries:
        if is_hidden(entry.name):
            continue
        name = prefix + entry.name
        if not name.isprintable():
            problems.append(name_problem(name))
        elif entry.is_symlink():
            problems.append(link_problem(name))
        elif entry.is_dir():
            waiting.append((f"{name}/", entry.path))
        else:
            yield name, entry


def _read_text(
    name: str, entry: os.DirEntry[str], known: _Text | None, now_ns: int, problems: list[Problem]
) -> _Text | None:
    try:
        if known and known.stamp == _stamp_of(entry.stat(follow_symlinks=False)):
            return known
        # What is known of it from the folder costs no look at the file.
        found = _read_data(entry.path) if entry.is_file(follow_symlinks=False) else None
    except OSError as error:
        problems.append(Problem(name, 0, "unreadable", f"the file cannot be read: {error.strerror}"))
        return None
    if found is None:
        problems.append(Problem(name, 0, "not-content", "this is not a file that can be read"))
        return None
    data, about = found
    is_old = max(about.st_mtime_ns, about.st_ctime_ns) < now_ns - STEP_NS
    return _Text(data, blob_id(data), _stamp_of(about) if is_old else None)


def _stamp_of(about: os.stat_result) -> Stamp:
    return about.st_mtime_ns, about.st_ctime_ns, about.st_size, about.st_ino, about.st_dev


def _read_data(path: str) -> tuple[bytes, os.stat_result] | None:
    """None for what was put there since, which may be a pipe, for whose other end nobody waits."""
    descriptor = os.open(path, READING)
    try:
        about = os.fstat(descriptor)
        if not S_ISREG(about.st_mode):
            return None
        return os.read(descriptor, min(about.st_size + 1, READ_LIMIT)), about
    finally:
        os.close(descriptor)
