"""The files that a commit has: read once whole, then by what differs from commit to commit."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from statusgen.errors import Error
from statusgen.source.git import Repository

LINK, SUBMODULE = "120000", "160000"


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """`mode` as git writes it: a file's, LINK or SUBMODULE, whose `blob` is a commit of another repository."""

    mode: str
    blob: str

    @property
    def is_file(self) -> bool:
        return self.mode not in (LINK, SUBMODULE)


def read_tree(repository: Repository, commit: str, limits: Iterable[str] | None = None) -> dict[str, TreeEntry]:
    """By path from the top; of the content folder, or of some `limits`."""
    below = [repository.prefix] if limits is None and repository.prefix else list(limits or ())
    entries = {}
    for line in repository.run("ls-tree", "-r", "-z", "--full-tree", commit, "--", *below).split(b"\0")[:-1]:
        about, _, path = line.partition(b"\t")
        mode, _, blob = about.decode("ascii").split(" ")
        entries[os.fsdecode(path)] = TreeEntry(mode, blob)
    return entries


def read_index(repository: Repository, index: Path | None, below: str) -> dict[str, TreeEntry]:
    """What is staged, perhaps in another index than the usual one, by path from the top. Of a file with a merge
    conflict, the side that it began with."""
    entries: dict[str, TreeEntry] = {}
    for line in repository.read_index(index, below).split(b"\0")[:-1]:
        about, _, path = line.partition(b"\t")
        mode, blob, _ = about.decode("ascii").split(" ")
        entries.setdefault(os.fsdecode(path), TreeEntry(mode, blob))
    return entries


def read_differences(
    repository: Repository, old: str, new: str, limits: Iterable[str]
) -> dict[str, TreeEntry | None] | None:
    """The paths that two commits have not in common, with what the new one has there. None where git cannot tell, as
    where the old commit is gone for good."""
    try:
        found = repository.run("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", old, new, "--", *limits)
    except Error:
        return None
    parts = os.fsdecode(found).split("\0")[:-1]
    differences: dict[str, TreeEntry | None] = {}
    for about, path in zip(parts[::2], parts[1::2], strict=True):
        _, mode, _, blob, status = about.split(" ")
        differences[path] = None if status == "D" else TreeEntry(mode, blob)
    return differences
