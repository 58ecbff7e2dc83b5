"""What each commit did to files, out of git's log."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from statusgen.errors import Error
from statusgen.source.git import Repository
from statusgen.source.tree import SUBMODULE

# `-m` compares a merge with each parent. `--full-history` keeps the side branches that a merge decided against.
LOG = ("log", "--topo-order", "--reverse", "--full-history", "-m", "--raw", "-z", "--no-abbrev", "-M", "-l1000",
       "-O/dev/null", "--no-ext-diff", "--no-textconv", "--no-color", "--no-notes", "--format=%H %at %P")  # fmt: skip

# A path from the top of the repository, and the id of its text there.
BlobAt = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FileChange:
    """A commit gave `path` the text `blob`, made from `sources`: none for a new file, two or more in a merge.

    `blob` is None where it deleted `sources[0]`.
    """

    commit: str
    authored_at: datetime | None
    path: str
    blob: str | None
    sources: tuple[BlobAt, ...]


@dataclass(frozen=True, slots=True)
class _Commit:
    id: str
    authored_at: datetime | None
    parents: int


def read_changes(
    repository: Repository, arguments: Iterable[str], shallow: frozenset[str], stdin: bytes = b""
) -> list[FileChange]:
    """Parents first. What a merge took over from one of its parents as it was is not a change."""
    changes = []
    log = os.fsdecode(repository.run(*LOG, *arguments, stdin=stdin))
    for commit, differences in groupby(_parse_log(log, shallow), key=lambda pair: pair[0]):
        by_path: dict[str, list[FileChange]] = {}
        for _, change in differences:
            by_path.setdefault(change.path, []).append(change)
        for path, found in by_path.items():
            if len(found) >= commit.parents:
                sources = dict.fromkeys(source for change in found for source in change.sources)
                changes.append(FileChange(commit.id, commit.authored_at, path, found[0].blob, tuple(sources)))
    return changes


def read_author_times(repository: Repository, commits: Iterable[str]) -> list[datetime]:
    """When some commits were made, in any order."""
    ids = "".join(f"{commit}\n" for commit in commits).encode("ascii")
    if not ids:
        return []
    lines = repository.run("log", "--no-walk", "--stdin", "--format=%H %at", stdin=ids).decode("ascii").splitlines()
    return [_instant(*line.split(" ", 1)) for line in lines]


def _parse_log(log: str, shallow: frozenset[str]) -> Iterator[tuple[_Commit, FileChange]]:
    """A merge has the differences from each of its parents."""
    tokens = iter(log.split("\0"))
    commit = _Commit("", None, 0)
    for token in tokens:
        if token.startswith(("\n:", ":")):
            _, new_mode, old, new, status = token.split()
            path = next(tokens)
            target = next(tokens) if status[0] in "RC" else path
            blob = None if status == "D" or new_mode == SUBMODULE else new
            sources = () if status == "A" else ((path, old),)
            if blob or sources:
                yield commit, FileChange(commit.id, commit.authored_at, target, blob, sources)
        elif token:
            name, seconds, parents = token.strip("\n").split(" ", 2)
            commit = _Commit(name, None if name in shallow else _instant(name, seconds), len(parents.split()))


def _instant(commit: str, seconds: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise Error(f"git: the commit {commit} has no author time that can be read") from None
