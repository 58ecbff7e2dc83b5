"""Which revisions led to the files of a content folder, through edits, moves, merges and reverts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from statusgen.errors import Error
from statusgen.model.revisions import FileHistory
from statusgen.source.changes_log import BlobAt, read_author_times, read_changes
from statusgen.source.files import READ_LIMIT
from statusgen.source.git import (
    GitMissingError,
    Repository,
    find_head,
    find_repository,
    is_partial,
    read_ignored,
    read_shallow,
)
from statusgen.source.lineage import Lineage, find_way, read_way
from statusgen.source.objects import Objects
from statusgen.source.past import MissingError, Past
from statusgen.source.tree import read_tree

NO_GIT = "this heading has no time, and git, which could tell, is not installed"
NO_REPOSITORY = "this heading has no time, and the content is not in a git repository"
NOT_FETCHED = ("this heading has no time, and the history that could tell was not fetched whole (partial clone); "
               "`git fetch --refetch --no-filter` completes it")  # fmt: skip
MISSING = "the history was not fetched whole (partial clone); `git fetch --refetch --no-filter` completes it"


def read_history(folder: Path, paths: Collection[str]) -> FileHistory:
    """The history of some files of a content folder, by their paths in it. Nothing is read where there are none.

    No git, no repository, no commit and a partial clone are told in the result. Raises Error where git refuses or
    fails.
    """
    with closing(FolderHistory(folder)) as history:
        return history.read(paths)


class FolderHistory:
    """The same for a folder that is asked again and again, while its repository goes on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._repository: Repository | None = None
        self._objects: Objects | None = None
        self._history: HeadingHistory | None = None
        self._head: str | None = None
        # What HEAD has in the content folder.
        self._blobs: dict[str, str] = {}

    def moved(self, blobs: Mapping[str, str]) -> frozenset[str] | None:
        """The paths whose history is another one than before; None where it may be that of any. `blobs` are those that
        the folder has: what HEAD does not have is as old as it is looked at."""
        if not self._repository or not self._history:
            return None
        try:
            head = find_head(self._repository)
            moved = frozenset[str]() if head == self._head else self._history.advance(head) if head else None
            self._turn_to(self._repository, head)
        except Error:
            # Whoever needs what git has told is told by it what is wrong now.
            self.close()
            self._repository = self._objects = self._history = self._head = None
            return None
        if moved is None:
            return None
        prefix = self._repository.prefix
        inside = {path.removeprefix(prefix) for path in moved if path.startswith(prefix)}
        return frozenset(inside.union(path for path, blob in blobs.items() if self._blobs.get(path) != blob))

    def read(self, paths: Collection[str]) -> FileHistory:
        """As of the last look at HEAD, which `moved` takes."""
        if not paths:
            return FileHistory({}, {})
        try:
            repository = self._repository or find_repository(self._folder)
        except GitMissingError:
            return FileHistory({}, {}, NO_GIT)
        if repository is None:
            return FileHistory({}, {}, NO_REPOSITORY)
        try:
            return self._read(repository, paths)
        except Error:
            if is_partial(repository):
                return FileHistory({}, {}, NOT_FETCHED)
            raise

    def past(self) -> Past | None:
        """As of the last look at HEAD; None where there is no git, no repository, and no commit with the folder. It can
        be built without, so MissingError is raised for whatever git refuses."""
        try:
            repository = self._repository or find_repository(self._folder)
            history = self._open(repository) if repository else None
            return history.past(self._head, self._blobs) if history and self._head and self._blobs else None
        except GitMissingError:
            return None
        except Error as error:
            raise MissingError(str(error)) from error

    def close(self) -> None:
        if self._objects:
            self._objects.close()

    def _open(self, repository: Repository) -> HeadingHistory:
        if not self._history or not self._objects:
            self._objects = Objects(repository)
            self._history = HeadingHistory(repository, self._objects)
            self._turn_to(repository, find_head(repository))
            self._repository = repository
        return self._history

    def _read(self, repository: Repository, paths: Collection[str]) -> FileHistory:
        history = self._open(repository)
        ends = {path: (repository.prefix + path, self._blobs[path]) for path in paths if path in self._blobs}
        ignored = read_ignored(repository, [repository.prefix + path for path in paths if path not in ends])
        hidden = frozenset(path for path in paths if repository.prefix + path in ignored)
        if not self._head or not ends:
            return FileHistory({}, {}, ignored=hidden)
        return replace(history.read(self._head, ends), ignored=hidden)

    def _turn_to(self, repository: Repository, head: str | None) -> None:
        if head != self._head:
            tree = read_tree(repository, head) if head else {}
            self._blobs = {path.removeprefix(repository.prefix): entry.blob for path, entry in tree.items()}
            self._head = head


class HeadingHistory:
    """The history of texts up to a commit. A commit that only adds to the last one costs no more than what it adds."""

    def __init__(self, repository: Repository, objects: Objects) -> None:
        self._repository = repository
        self._objects = objects
        self._head = ""
        self._shallow: frozenset[str] = frozenset()
        self._lineage: Lineage | None = None

    def advance(self, head: str) -> frozenset[str] | None:
        """Goes to a commit. The paths, from the top, whose history is another one now; None: it may be that of all."""
        # Without a lineage until all went well: what fails halfway is found out anew.
        old, lineage = self._head, self._lineage
        self._head, self._lineage = head, None
        if not lineage:
            return None
        shallow = read_shallow(self._repository)
        if shallow != self._shallow:
            # More of the history was fetched, or less of it is left.
            return None
        if old == head:
            self._lineage = lineage
            return frozenset()
        leads, is_line = find_way(self._repository, old, head)
        # Where files were moved in from elsewhere, how far one has to look is found out anew.
        if lineage.limits != self._limits() or not leads:
            return None
        changes = read_way(self._repository, old, head, lineage.limits, shallow)
        lineage.add(changes)
        moved = frozenset(path for change in changes for path in (change.path, *(path for path, _ in change.sources)))
        if not is_line and not lineage.is_plain(moved):
            return None
        self._lineage = lineage
        return moved

    def past(self, head: str, files: Mapping[str, str]) -> Past:
        """What became of all files up to a commit, which has these `files`. Raises MissingError for a partial clone."""
        prefix = self._repository.prefix

        def trace(ends: Mapping[str, BlobAt]) -> FileHistory:
            with self._telling_what_is_missing():
                return self.read(head, {name: (prefix + path, blob) for name, (path, blob) in ends.items()})

        with self._telling_what_is_missing():
            self.advance(head)
            lineage = self._lineage = self._lineage or self._read_lineage(self._limits())
            self._find_elsewhere(lineage)
            cut_at = self._find_cut(lineage) if self._shallow else None
        return Past(prefix, files, lineage, cut_at, self._read_texts, trace)

    def _read_texts(self, blobs: Iterable[str]) -> Mapping[str, bytes]:
        with self._telling_what_is_missing():
            return self._objects.get(dict.fromkeys(blobs), READ_LIMIT)

    @contextmanager
    def _telling_what_is_missing(self) -> Iterator[None]:
        try:
            yield
        except Error as error:
            if is_partial(self._repository):
                raise MissingError(MISSING) from error
            raise

    def _find_cut(self, lineage: Lineage) -> datetime | None:
        """The time before which something is missing."""
        cut = {revision.commit for revision in lineage.revisions.values() if revision.authored_at is None}
        return max(read_author_times(self._repository, sorted(cut)), default=None)

    def read(self, head: str, ends: Mapping[str, BlobAt]) -> FileHistory:
        """The history of some texts that the commit has, under the names that they are given in `ends`."""
        self.advance(head)
        lineage = self._lineage = self._widen(self._lineage or self._read_lineage(self._limits()), ends.values())
        chains = {path: tuple(lineage.chain([end])) for path, end in ends.items()}
        blobs = dict.fromkeys(revision.blob for chain in chains.values() for revision in chain)
        return FileHistory(chains, self._objects.get(blobs, READ_LIMIT))

    def _limits(self) -> tuple[str, ...]:
        return (self._repository.prefix,) if self._repository.prefix else ()

    def _read_lineage(self, limits: Iterable[str]) -> Lineage:
        self._shallow = read_shallow(self._repository)
        lineage = Lineage(limits)
        lineage.add(read_changes(self._repository, [self._head, "--", *lineage.limits], self._shallow))
        return lineage

    def _find_elsewhere(self, lineage: Lineage) -> None:
        """Where files look new only because one sees nothing but the content folder."""
        unsure, lineage.unsure = set(lineage.unsure), []
        if not unsure or not lineage.limits:
            return
        # What a shallow clone begins with has no parents that it could be compared with.
        found = sorted({commit for _, commit in unsure} - self._shallow)
        ids = "".join(f"{commit}\n" for commit in found).encode("ascii")
        moves = ["--no-walk", "--stdin", "--diff-filter=R"]
        whole = read_changes(self._repository, moves, self._shallow, ids) if found else []
        lineage.elsewhere |= {place for change in whole if (place := (change.path, change.commit)) in unsure}

    def _widen(self, lineage: Lineage, ends: Collection[BlobAt]) -> Lineage:
        """Looks wherever files of the content folder were moved in from, too."""
        while lineage.limits:
            added = {revision.place for revision in lineage.chain(ends) if not revision.made_from}
            ids = "".join(f"{commit}\n" for commit in sorted({commit for _, commit in added})).encode("ascii")
            whole = read_changes(self._repository, ["--no-walk", "--stdin"], self._shallow, ids) if added else []
            sources = {old for change in whole if (change.path, change.commit) in added for old in change.sources}
            found = {_folder_of(path) for path, _ in sources - lineage.newest.keys()}.difference(lineage.limits)
            if not found:
                break
            lineage = self._read_lineage([*lineage.limits, *sorted(found)])
        return lineage


def _folder_of(path: str) -> str:
    """A moved file's neighbours were often moved with it; at the top of the repository they are everything."""
    parent = str(PurePosixPath(path).parent)
    return path if parent == "." else f"{parent}/"
