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
    for path in _walk(folder, problems):
        name = path.relative_to(folder).as_posix()
        data = _read_file(path, name, problems)
        if data is not None:
            files[name] = data
    return dict(sorted(files.items())), problems


def _walk(root: Path, problems: list[Problem]) -> Iterator[Path]:
    # Not recursive, because folders can be nested more deeply than Python's calls.
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            raise Error(f"there is no content folder {folder}; {_place_hint(folder)}") from None
        except OSError as error:
            raise Error(f"cannot read {folder}: {error.strerror}") from None
        yield from _files_in(entries, root, waiting, problems)


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
    entries: list[os.DirEntry[str]], root: Path, waiting: list[Path], problems: list[Problem]
) -> Iterator[Path]:
    """The files among `entries`; their folders are added to `waiting`."""
    for entry in entries:
        if entry.name.startswith(HIDDEN):
            continue
        path = Path(entry.path)
        name = path.relative_to(root).as_posix()
        if not name.isprintable():
            problems.append(name_problem(name))
        elif entry.is_symlink():
            problems.append(link_problem(name))
        elif entry.is_dir():
            waiting.append(path)
        else:
            yield path


def _read_file(path: Path, name: str, problems: list[Problem]) -> bytes | None:
    try:
        if not S_ISREG(path.stat().st_mode):
            problems.append(Problem(name, 0, "not-content", "this is not a file that can be read"))
            return None
        with path.open("rb") as file:
            return file.read(READ_LIMIT)
    except OSError as error:
        problems.append(Problem(name, 0, "unreadable", f"the file cannot be read: {error.strerror}"))
        return None
