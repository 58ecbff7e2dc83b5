"""The content folder as git's index has it: what the next commit would bring."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from statusgen.errors import Error
from statusgen.problems import Problem
from statusgen.source.entries import find_place_problem
from statusgen.source.files import READ_LIMIT, Source, is_hidden
from statusgen.source.git import find_repository
from statusgen.source.heading_history import FolderHistory
from statusgen.source.objects import Objects
from statusgen.source.tree import read_index


@contextmanager
def open_staged(folder: Path, index: Path | None = None) -> Iterator[Source]:
    """What `index` has, where that is one of the repository, or the usual one. Headings without a time that no commit
    has yet are told as not committed. Raises Error where there is no repository, or where git fails."""
    # The folder may be staged for deletion, or be there only in the index.
    start = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.is_dir())
    repository = find_repository(start)
    if repository is None:
        raise Error(f"{folder} is not in a git repository, so nothing is staged")
    below = Path(os.path.relpath(os.path.realpath(folder), os.path.realpath(repository.top))).as_posix()
    prefix = "" if below == "." else f"{below}/"
    files: dict[str, str] = {}
    problems: list[Problem] = []
    for path, entry in read_index(repository, index, prefix).items():
        name = path.removeprefix(prefix)
        if any(is_hidden(part) for part in name.split("/")):
            continue
        if problem := find_place_problem(name, entry.mode):
            problems.append(problem)
        else:
            files[name] = entry.blob
    with closing(Objects(repository)) as objects, closing(FolderHistory(folder)) as history:
        yield Source(
            files=files,
            problems=tuple(problems),
            read=lambda paths: _read(objects, {path: files[path] for path in paths}),
            trace=history.read,
            past=history.past,
        )


def _read(objects: Objects, blobs: dict[str, str]) -> dict[str, bytes]:
    texts = objects.get(dict.fromkeys(blobs.values()), READ_LIMIT)
    return {path: texts[blob] for path, blob in blobs.items()}
