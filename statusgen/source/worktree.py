"""The working tree as the commit that it would become, in objects of which the repository knows nothing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from statusgen.errors import Error
from statusgen.source.files import Source, is_hidden
from statusgen.source.folder import read_source
from statusgen.source.git import Overlay, Repository, find_head, find_repository, read_ignored
from statusgen.source.tree import LINK, TreeEntry, read_tree

FILE = "100644"
# Of a text that stays what it is where only its line ends are others, as some settings of git have it.
CRLF, LF = b"\r\n", b"\n"


@dataclass(frozen=True, slots=True)
class Worktree:
    """`repository` has `commit`, which nothing else knows: that of HEAD with the content folder as it is. It is HEAD
    itself, `head`, where nothing differs. `ignored` are the paths in the folder that git would not take."""

    repository: Repository
    head: str | None
    commit: str
    ignored: tuple[str, ...]


@contextmanager
def open_worktree(content: Path, now: datetime) -> Iterator[Worktree]:
    """As if all of the content folder were committed at `now`. Raises Error where there is no such folder, where it is
    not in a repository with a working tree, and where git or the disk refuse."""
    source = read_source(content)
    repository = find_repository(content)
    if repository is None:
        raise Error(f"{content} is not in the working tree of a git repository, so there is nothing to compare it with")
    head = find_head(repository)
    entries = read_tree(repository, head) if head else {}
    edits, ignored = _find_edits(repository, source, entries)
    if head and not edits:
        yield Worktree(repository, head, head, ignored)
        return
    with _make_folder() as folder:
        objects = os.fsdecode(repository.run("rev-parse", "--path-format=absolute", "--git-path", "objects"))
        aside = replace(repository, overlay=Overlay(folder, objects.removesuffix("\n")))
        yield Worktree(aside, head, _commit(aside, content, head, edits, now), ignored)


@contextmanager
def _make_folder() -> Iterator[Path]:
    try:
        folder = TemporaryDirectory(prefix="statusgen-", ignore_cleanup_errors=True)
    except OSError as error:
        raise Error(f"cannot make a temporary folder: {error.strerror}") from None
    with folder as name:
        yield Path(name)


def _find_edits(
    repository: Repository, source: Source, entries: Mapping[str, TreeEntry]
) -> tuple[dict[str, str | None], tuple[str, ...]]:
    """The mode of each path, from the top, that is not as the commit has it, None where it is gone; and what is
    ignored."""
    prefix = repository.prefix
    there = {prefix + path: FILE for path in source.files}
    there |= {prefix + problem.path: LINK for problem in source.problems if problem.code == "symlink"}
    # Neither read nor deleted: what is kept out, what cannot be read, and other repositories.
    kept = {prefix + problem.path for problem in source.problems}
    lost = [path for path, entry in entries.items() if path not in there and path not in kept and _is_read(path, entry)]
    lost = [path for path in lost if not any(is_hidden(part) for part in path.removeprefix(prefix).split("/"))]
    edits: dict[str, str | None] = dict.fromkeys(sorted(set(lost) - _find_sparse(repository) if lost else ()))
    differing = [path for path, mode in there.items() if not _is_same(path, mode, entries.get(path), source, prefix)]
    ignored = read_ignored(repository, [path for path in differing if path not in entries])
    edits |= {path: there[path] for path in differing if path not in ignored}
    return edits, tuple(sorted(path.removeprefix(prefix) for path in ignored))


def _is_read(path: str, entry: TreeEntry) -> bool:
    return path.isprintable() and (entry.is_file or entry.mode == LINK)


def _is_same(path: str, mode: str, entry: TreeEntry | None, source: Source, prefix: str) -> bool:
    if entry is None or entry.is_file != (mode == FILE):
        return False
    name = path.removeprefix(prefix)
    if mode == LINK or source.files[name] == entry.blob:
        return True
    data = source.read([name])[name]
    return entry.blob in (_id_like(entry.blob, data), _id_like(entry.blob, data.replace(CRLF, LF)))


def _id_like(blob: str, data: bytes) -> str:
    """By the hash that the repository uses, which the length of its ids tells."""
    text = b"blob %d\0" % len(data) + data
    return hashlib.new("sha256" if len(blob) == 64 else "sha1", text, usedforsecurity=False).hexdigest()


def _find_sparse(repository: Repository) -> set[str]:
    """What is not in the working tree because only a part of it was checked out."""
    found = os.fsdecode(repository.run("ls-files", "--full-name", "-t", "-z")).split("\0")[:-1]
    return {line[2:] for line in found if line.startswith("S ")}


def _commit(
    repository: Repository, content: Path, head: str | None, edits: Mapping[str, str | None], now: datetime
) -> str:
    files = [path for path, mode in edits.items() if mode == FILE]
    places = "".join(f"{content.absolute() / path.removeprefix(repository.prefix)}\n" for path in files)
    # No filters: they are programs that the repository's settings name.
    written = repository.run("hash-object", "-w", "--no-filters", "--stdin-paths", stdin=os.fsencode(places))
    blobs = dict(zip(files, written.decode("ascii").split(), strict=True))
    link = repository.run("hash-object", "-w", "--stdin").decode("ascii").strip()
    repository.run("read-tree", head or "--empty")
    lines = [f"0 {'0' * len(link)}\t{path}" for path, mode in edits.items() if mode is None]
    lines += [f"{mode} {blobs.get(path, link)}\t{path}" for path, mode in edits.items() if mode]
    repository.run("update-index", "-z", "--index-info", stdin=os.fsencode("".join(f"{line}\0" for line in lines)))
    tree = repository.run("write-tree", "--missing-ok").decode("ascii").strip()
    parent = f"parent {head}\n" if head else ""
    by = f"statusgen <statusgen> {int(now.timestamp())} +0000"
    text = f"tree {tree}\n{parent}author {by}\ncommitter {by}\n\nthe working tree\n"
    return repository.run("hash-object", "-t", "commit", "-w", "--stdin", stdin=text.encode()).decode("ascii").strip()
