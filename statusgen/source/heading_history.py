"""Which revisions led to the files of a content folder, through edits, moves and merges."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from statusgen.errors import Error
from statusgen.model.revisions import FileHistory, Revision, Version
from statusgen.source.git import (
    GitMissingError,
    Repository,
    find_head,
    find_repository,
    read_blobs,
    read_shallow,
    read_tree,
)

NO_GIT = "this heading has no time, and git, which could tell, is not installed"
NO_REPOSITORY = "this heading has no time, and the content is not in a git repository"
# `-m` compares a merge with each parent. `--full-history` keeps the side branches that a merge decided against.
LOG = ("log", "--topo-order", "--reverse", "--full-history", "-m", "--raw", "-z", "--no-abbrev", "-M", "-l1000",
       "--no-ext-diff", "--no-textconv", "--no-color", "--no-notes", "--format=%H %at")  # fmt: skip


def read_history(folder: Path, paths: Collection[str]) -> FileHistory:
    """The history of some files of a content folder, by their paths in it. Nothing is read where there are none.

    No git, no repository and no commit are told in the result. Raises Error where git refuses or fails.
    """
    if not paths:
        return FileHistory({}, {})
    try:
        repository = find_repository(folder)
    except GitMissingError:
        return FileHistory({}, {}, NO_GIT)
    if repository is None:
        return FileHistory({}, {}, NO_REPOSITORY)
    head = find_head(repository)
    if head is None:
        return FileHistory({}, {})
    tree = read_tree(repository, head)
    names = {path: repository.prefix + path for path in paths}
    versions = {path: (name, tree[name]) for path, name in names.items() if name in tree}
    made = _read_revisions(repository, head, versions.values())
    chains = {path: tuple(_chain([version], made)) for path, version in versions.items()}
    blobs = {revision.version[1]: None for chain in chains.values() for revision in chain}
    return FileHistory(chains, read_blobs(repository, blobs))


def _read_revisions(repository: Repository, head: str, wanted: Collection[Version]) -> dict[Version, Revision]:
    """Looks into the content folder first, and then wherever its files were moved in from."""
    shallow = read_shallow(repository)
    limits = [repository.prefix] if repository.prefix else []
    while True:
        made = _first_of_each(_read_log(repository, [head, "--", *limits], shallow))
        if not limits:
            return made
        added = {revision.commit for revision in _chain(wanted, made) if not revision.made_from}
        ids = "".join(f"{commit}\n" for commit in sorted(added)).encode("ascii")
        whole = _read_log(repository, ["--no-walk", "--stdin"], shallow, ids) if added else ()
        moved = _first_of_each(whole)
        sources = {old for version in moved.keys() & made.keys() for old in moved[version].made_from} - made.keys()
        found = {_folder_of(path) for path, _ in sources}.difference(limits)
        if not found:
            return made
        limits += sorted(found)


def _folder_of(path: str) -> str:
    """A moved file's neighbours were often moved with it; at the top of the repository they are everything."""
    parent = str(PurePosixPath(path).parent)
    return path if parent == "." else f"{parent}/"


def _read_log(
    repository: Repository, arguments: Iterable[str], shallow: frozenset[str], stdin: bytes = b""
) -> Iterator[Revision]:
    """One revision per file, commit and parent, so that a merge has several of one version."""
    tokens = iter(os.fsdecode(repository.run(*LOG, *arguments, stdin=stdin)).split("\0"))
    commit, authored_at = "", None
    for token in tokens:
        if token.startswith(("\n:", ":")):
            _, _, old, new, status = token.split()
            path = next(tokens)
            target = next(tokens) if status[0] in "RC" else path
            if status != "D":
                yield Revision((target, new), commit, authored_at, () if status == "A" else ((path, old),))
        elif token:
            commit, _, seconds = token.strip().partition(" ")
            authored_at = None if commit in shallow else _instant(commit, seconds)


def _instant(commit: str, seconds: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise Error(f"git: the commit {commit} has no author time that can be read") from None


def _first_of_each(revisions: Iterable[Revision]) -> dict[Version, Revision]:
    """The revision that first made each version: going back to an earlier text brings nothing in."""
    made: dict[Version, Revision] = {}
    for revision in revisions:
        first = made.setdefault(revision.version, revision)
        if first is not revision and first.commit == revision.commit:
            parents = dict.fromkeys(first.made_from + revision.made_from)
            made[revision.version] = Revision(first.version, first.commit, first.authored_at, tuple(parents))
    return made


def _chain(ends: Iterable[Version], made: Mapping[Version, Revision]) -> list[Revision]:
    """The revisions that lead to some versions, parents first."""
    order: list[Revision] = []
    seen: set[Version] = set()
    stack: list[tuple[Version, bool]] = [(version, False) for version in ends]
    while stack:
        version, parents_done = stack.pop()
        if parents_done:
            order.append(made[version])
        elif version in made and version not in seen:
            seen.add(version)
            stack.append((version, True))
            stack += [(parent, False) for parent in made[version].made_from]
    return order
