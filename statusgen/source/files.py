"""What a build starts from: the files of a content folder, wherever they lie."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from statusgen.model.revisions import FileHistory
from statusgen.problems import Problem
from statusgen.source.past import Past

# One byte more than a content file may have, so that parsing can tell without the rest being read.
READ_LIMIT = 1_000_001
# Files and folders whose names begin so are not content.
_HIDDEN = ("_", ".")


@dataclass(frozen=True, slots=True)
class Source:
    """`files` has the id of each file's text by its path in the folder: equal ids are equal texts.

    `read` gives bytes by path, and `trace` the history of some paths. `past` tells what became of all files: None where
    there is no commit; it raises MissingError for a partial clone. `moved` are the paths whose history may be another
    one than in the source before this one; None where it may be that of any."""

    files: Mapping[str, str]
    problems: tuple[Problem, ...]
    read: Callable[[Collection[str]], Mapping[str, bytes]]
    trace: Callable[[Collection[str]], FileHistory]
    past: Callable[[], Past | None]
    moved: frozenset[str] | None = None


def blob_id(data: bytes) -> str:
    """As git names a text in a SHA-1 repository, so that a folder and its commits share what was made of it."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def name_problem(path: str) -> Problem:
    shown = path.encode("unicode_escape", "surrogateescape").decode("ascii", "replace")
    return Problem(shown, 0, "bad-name", "this name cannot be written down", "rename the file")


def link_problem(path: str) -> Problem:
    return Problem(path, 0, "symlink", "links are not followed", "put the file itself here")


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name is no content. Editors leave `x.md~` and `#x.md#` behind."""
    return name.startswith(_HIDDEN) or name.endswith("~") or (name.startswith("#") and name.endswith("#"))
