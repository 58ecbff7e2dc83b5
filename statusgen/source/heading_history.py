"""Which revisions led to the files of a content folder, through edits, moves, merges and reverts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from statusgen.errors import Error
from statusgen.model.revisions import FileHistory, Place, Revision
from statusgen.source.changes_log import BlobAt, FileChange, read_changes
from statusgen.source.git import (
    GitMissingError,
    Repository,
    find_head,
    find_repository,
    is_partial,
    read_blobs,
    read_ignored,
    read_shallow,
    read_tree,
)

NO_GIT = "this heading has no time, and git, which could tell, is not installed"
NO_REPOSITORY = "this heading has no time, and the content is not in a git repository"
NOT_FETCHED = ("this heading has no time, and the history that could tell was not fetched whole (partial clone); "
               "`git fetch --refetch --no-filter` completes it")  # fmt: skip


def read_history(folder: Path, paths: Collection[str]) -> FileHistory:
    """The history of some files of a content folder, by their paths in it. Nothing is read where there are none.

    No git, no repository, no commit and a partial clone are told in the result. Raises Error where git refuses or
    fails.
    """
    if not paths:
        return FileHistory({}, {})
    try:
        repository = find_repository(folder)
    except GitMissingError:
        return FileHistory({}, {}, NO_GIT)
    if repository is None:
        return FileHistory({}, {}, NO_REPOSITORY)
    try:
        return _read_history(repository, paths)
    except Error:
        if is_partial(repository):
            return FileHistory({}, {}, NOT_FETCHED)
        raise


def _read_history(repository: Repository, paths: Collection[str]) -> FileHistory:
    head = find_head(repository)
    tree = read_tree(repository, head) if head else {}
    names = {path: repository.prefix + path for path in paths}
    ends = {path: (name, tree[name]) for path, name in names.items() if name in tree}
    ignored = read_ignored(repository, [name for path, name in names.items() if path not in ends])
    hidden = frozenset(path for path, name in names.items() if name in ignored)
    if not head or not ends:
        return FileHistory({}, {}, ignored=hidden)
    linked = _read_linked(repository, head, ends.values())
    chains = {path: tuple(_chain(linked, [end])) for path, end in ends.items()}
    blobs = {revision.blob: None for chain in chains.values() for revision in chain}
    return FileHistory(chains, read_blobs(repository, blobs), ignored=hidden)


@dataclass(frozen=True, slots=True)
class _Linked:
    """Revisions by their places, and for each text of a path the place that had it last."""

    revisions: Mapping[Place, Revision]
    newest: Mapping[BlobAt, Place]


def _read_linked(repository: Repository, head: str, ends: Collection[BlobAt]) -> _Linked:
    """Looks into the content folder first, and then wherever its files were moved in from."""
    shallow = read_shallow(repository)
    limits = [repository.prefix] if repository.prefix else []
    while True:
        linked = _link(read_changes(repository, [head, "--", *limits], shallow))
        if not limits:
            return linked
        added = {revision.place for revision in _chain(linked, ends) if not revision.made_from}
        ids = "".join(f"{commit}\n" for commit in sorted({commit for _, commit in added})).encode("ascii")
        whole = read_changes(repository, ["--no-walk", "--stdin"], shallow, ids) if added else []
        sources = {old for change in whole if (change.path, change.commit) in added for old in change.sources}
        found = {_folder_of(path) for path, _ in sources - linked.newest.keys()}.difference(limits)
        if not found:
            return linked
        limits += sorted(found)


def _folder_of(path: str) -> str:
    """A moved file's neighbours were often moved with it; at the top of the repository they are everything."""
    parent = str(PurePosixPath(path).parent)
    return path if parent == "." else f"{parent}/"


def _link(changes: Iterable[FileChange]) -> _Linked:
    """Each change continues the newest one before it that left what it changes, so that a text which was taken
    back and brought in again is as old as its last coming. A deleted file that is put back as it was goes on."""
    revisions: dict[Place, Revision] = {}
    newest: dict[BlobAt, Place] = {}
    deleted: dict[str, BlobAt] = {}
    made: list[Revision] = []
    for change in changes:
        if made and made[0].commit != change.commit:
            # Only now, as a commit may swap two files.
            newest |= {(revision.path, revision.blob): revision.place for revision in made}
            made = []
        if change.blob is None:
            deleted[change.path] = change.sources[0]
            continue
        back = (change.path, change.blob)
        sources = change.sources or ((back,) if deleted.get(change.path) == back else ())
        parents = dict.fromkeys(newest[source] for source in sources if source in newest)
        made.append(Revision(change.path, change.commit, change.blob, change.authored_at, tuple(parents)))
        revisions[made[-1].place] = made[-1]
    newest |= {(revision.path, revision.blob): revision.place for revision in made}
    return _Linked(revisions, newest)


def _chain(linked: _Linked, ends: Iterable[BlobAt]) -> list[Revision]:
    """The revisions that lead to some texts, parents first."""
    order: list[Revision] = []
    seen: set[Place] = set()
    stack = [(linked.newest[end], False) for end in ends if end in linked.newest]
    while stack:
        place, parents_done = stack.pop()
        revision = linked.revisions[place]
        if parents_done:
            order.append(revision)
        elif place not in seen:
            seen.add(place)
            stack.append((place, True))
            stack += [(parent, False) for parent in revision.made_from]
    return order
