"""A content folder as bytes by path."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG

from statusgen.errors import Error
from statusgen.problems import Problem
from statusgen.source.files import HIDDEN, READ_LIMIT, Source, blob_id, link_problem, name_problem
from statusgen.source.heading_history import read_history

SITE = "site.yaml"
INNER = "content"


def read_source(folder: Path) -> Source:
    """The working tree's files as they are now, with the history that led to them."""
    files, problems = read_folder(folder)
    return Source(
        files={path: blob_id(data) for path, data in files.items()},
        problems=tuple(problems),
        read=lambda paths: {path: files[path] for path in paths},
        trace=lambda paths: read_history(folder, paths),
    )


def read_folder(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Every file that is content by its name, by its path below the folder, with `/`, sorted.

    Links are not followed: they could lead out of the repository."""
    problems: list[Problem] = []
    files: dict[str, bytes] = {}
    inner = folder / INNER
    if _is_file(inner / SITE) and not _is_file(folder / SITE):
        raise Error(f"{folder} has no {SITE}; did you mean `--content {inner}`?")
    for path, name in _walk(folder, problems):
        data = _read_file(path, name, problems)
        if data is not None:
            files[name] = data
    return dict(sorted(files.items())), problems


def _walk(root: Path, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """(path, name below the root) of every file that is content by its name."""
    # Not recursive, because folders can be nested more deeply than Python's calls.
    waiting = [(str(root), "")]
    while waiting:
        folder, below = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            raise Error(f"there is no content folder {folder}; {_place_hint(root)}") from None
        except OSError as error:
            raise Error(f"cannot read {folder}: {error.strerror}") from None
        yield from _files_in(entries, below, waiting, problems)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # A folder that may not be read: walking through it says so.
        return False


def _place_hint(folder: Path) -> str:
    if folder == Path(INNER) and _is_file(Path(SITE)):
        return f"{SITE} is here: go one folder up, or use `--content .`"
    return "`statusgen init DIR` makes one"


def _files_in(
    entries: list[os.DirEntry[str]], below: str, waiting: list[tuple[str, str]], problems: list[Problem]
) -> Iterator[tuple[str, str]]:
    """The files among `entries`; their folders are added to `waiting`."""
    for entry in entries:
        if entry.name.startswith(HIDDEN):
            continue
        name = f"{below}{entry.name}"
        if not name.isprintable():
            problems.append(name_problem(name))
        elif entry.is_symlink():
            problems.append(link_problem(name))
        elif entry.is_dir():
            waiting.append((entry.path, f"{name}/"))
        else:
            yield entry.path, name


def _read_file(path: str, name: str, problems: list[Problem]) -> bytes | None:
    try:
        # A pipe would have us wait for its other end.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            about = os.fstat(descriptor)
            if not S_ISREG(about.st_mode):
                problems.append(Problem(name, 0, "not-content", "this is not a file that can be read"))
                return None
            return os.read(descriptor, min(about.st_size + 1, READ_LIMIT))
        finally:
            os.close(descriptor)
    except OSError as error:
        problems.append(Problem(name, 0, "unreadable", f"the file cannot be read: {error.strerror}"))
        return None
