"""The content and the theme that commits hold, read from git's objects and never from a working tree."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from pathlib import PurePosixPath

from statusgen.errors import Error
from statusgen.model.revisions import FileHistory
from statusgen.problems import Problem
from statusgen.source.changes_log import BlobAt, FileChange, read_changes
from statusgen.source.entries import find_place_problem
from statusgen.source.files import READ_LIMIT, Source, is_hidden
from statusgen.source.git import Repository, is_partial, read_shallow
from statusgen.source.heading_history import NOT_FETCHED, HeadingHistory
from statusgen.source.objects import Objects
from statusgen.source.tree import LINK, TreeEntry, read_differences, read_tree

# A theme's files are published as they are.
NO_LIMIT = 1 << 40


@dataclass(frozen=True, slots=True)
class Version:
    """A text that a file had from a commit on, perhaps under another name. `path` is in the content folder.

    `made_from` are the blobs that the commit changed: two or more in a merge, none for a first version. `authored_at`
    is None where earlier commits are missing (a shallow clone)."""

    commit: str
    path: str
    blob: str
    authored_at: datetime | None
    made_from: tuple[str, ...]


class Commits:
    """Reads commit after commit. What two have in common is not read again. `themes_folder` is where the site's themes
    would be, from the top."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.objects = Objects(repository)
        parent = PurePosixPath(repository.prefix).parent
        self.themes_folder = str(parent / "themes")
        # Beside the content, as in a folder; a content folder that is the whole repository has nothing beside it.
        self._theme = f"{self.themes_folder}/" if repository.prefix else ""
        self._history = HeadingHistory(repository, self.objects)
        self._commit = ""
        self._paths: set[str] = set()
        self._dress: dict[str, str] = {}
        self._files: dict[str, str] = {}
        # Of the same folder, and no content.
        self._others: dict[str, str] = {}
        self._problems: dict[str, Problem] = {}

    def find(self, name: str) -> str | None:
        """The commit of a branch, by its full name such as refs/heads/main, or of any other revision."""
        found = self.objects.find(f"{name}^{{commit}}")
        return found.id if found and found.kind == "commit" else None

    def since(self, old: str, new: str) -> frozenset[str]:
        """The commits that are behind one and not behind an older one."""
        return frozenset(self.repository.run("rev-list", f"{old}..{new}", "--").decode("ascii").split())

    def branches(self) -> list[str]:
        """The names of some, the newest first."""
        form = ("--format=%(refname:lstrip=2)", "--sort=-committerdate", "--count=5")
        return os.fsdecode(self.repository.run("for-each-ref", *form, "refs/heads")).split("\n")[:-1]

    def read(self, commit: str) -> Source:
        """The content folder as a commit has it. Raises Error where git fails."""
        self._turn_to(commit)
        # Where no file has needed its history yet, none is kept up to date.
        moved = self._history.advance(commit)
        prefix = self.repository.prefix
        inside = None if moved is None else {path.removeprefix(prefix) for path in moved if path.startswith(prefix)}
        return Source(
            files=dict(self._files),
            problems=tuple(self._problems.values()),
            read=self._read_texts,
            trace=lambda paths: self._trace(commit, {path: (prefix + path, self._files[path]) for path in paths}),
            past=lambda: self._history.past(commit, self._files | self._others),
            moved=None if inside is None else frozenset(inside),
        )

    def trace(self, commit: str, version: Version) -> FileHistory:
        """The history of an earlier version of a file, seen from a commit that came after it."""
        return self._trace(commit, {version.path: (self.repository.prefix + version.path, version.blob)})

    def forget(self) -> None:
        """What was read last came to nothing: how it differs from what was read before must be told again."""
        self._history = HeadingHistory(self.repository, self.objects)

    def shallow(self) -> frozenset[str]:
        """The commits whose parents are missing."""
        return read_shallow(self.repository)

    def read_blob(self, blob: str) -> bytes | None:
        """None where it was left on the server (a partial clone). Raises Error where it should be there."""
        try:
            return self.objects.get([blob], READ_LIMIT)[blob]
        except Error:
            if is_partial(self.repository):
                return None
            raise

    @property
    def theme_files(self) -> Mapping[str, str]:
        """Blobs by their paths in the folder of themes, of the commit that was read last."""
        return self._dress

    def read_theme(self, blobs: Mapping[str, str]) -> dict[str, bytes]:
        texts = self.objects.get(blobs.values(), NO_LIMIT)
        return {path: texts[blob] for path, blob in blobs.items()}

    def versions(self, commit: str, path: str, deleted_too: bool = False) -> list[Version]:
        """The texts that a file has had up to a commit, newest first, under its names in the content folder. One of the
        same name that was deleted before is another file, whose texts are there with `deleted_too`."""
        prefix = self.repository.prefix
        try:
            changes = list(self._follow(commit, prefix + path, deleted_too))
        except Error:
            if is_partial(self.repository):
                # Whether a file was renamed is seen in texts that were left on the server.
                return []
            raise
        return [
            Version(
                change.commit,
                change.path.removeprefix(prefix),
                change.blob,
                change.authored_at,
                _sources(change, older),
            )
            for change, older in zip_longest(changes, changes[1:])
            if change.blob and change.path.startswith(prefix)
        ]

    def _follow(self, commit: str, name: str, deleted_too: bool) -> Iterator[FileChange]:
        """What was done to a file through all its names, newest first. Git's own `--follow` takes copies for the file,
        and loses its way at merges."""
        seen: set[BlobAt] = set()
        shallow = self.shallow()
        while (commit, name) not in seen:
            seen.add((commit, name))
            changes = read_changes(self.repository, [commit, "--", name], shallow)
            of_another = set[str]()
            while changes:
                change = changes.pop()
                if change.commit in of_another:
                    continue
                yield change
                if change.sources:
                    continue
                if old := self._old_name(change, shallow):
                    commit, name = change.commit, old
                    break
                if changes and not deleted_too and not _is_put_back(change, changes[-1]):
                    # What is not behind its birth, such as on the other side of a merge, led to it as well.
                    others = read_changes(self.repository, [commit, f"^{change.commit}", "--", name], shallow)
                    of_another |= {older.commit for older in changes} - {other.commit for other in others}

    def _old_name(self, born: FileChange, shallow: frozenset[str]) -> str | None:
        """Of a file that looks new where one sees nothing but itself."""
        whole = read_changes(self.repository, ["--no-walk", born.commit], shallow)
        return next((change.sources[0][0] for change in whole if change.path == born.path and change.sources), None)

    def theme_versions(self, commit: str) -> Iterator[dict[str, str]]:
        """The files of themes as they were before, newest first."""
        if not self._theme:
            return
        changes = read_changes(self.repository, [commit, "--", self._theme], self.shallow())
        for name in dict.fromkeys(change.commit for change in reversed(changes)):
            entries = read_tree(self.repository, name, [self._theme])
            files = {path.removeprefix(self._theme): entry for path, entry in entries.items()}
            blobs = {path: entry.blob for path, entry in files.items() if entry.is_file}
            if blobs != self._dress:
                yield blobs

    def touched(self, old: str, new: str, paths: Iterable[str]) -> bool:
        """Whether one of some paths was changed on the way from a commit to a later one, or there is no such way."""
        names = [self.repository.prefix + path for path in paths]
        try:
            return bool(
                self.repository.run("rev-list", "-1", f"{new}..{old}", "--")
                or self.repository.run("rev-list", "-1", "--full-history", f"{old}..{new}", "--", *names)
            )
        except Error:
            # The old one is gone for good.
            return True

    def close(self) -> None:
        self.objects.close()

    def _turn_to(self, commit: str) -> None:
        limits = [folder for folder in (self.repository.prefix, self._theme) if folder]
        found = read_differences(self.repository, self._commit, commit, limits) if self._commit else None
        if found is None:
            entries = read_tree(self.repository, commit, limits)
            found = {**dict.fromkeys(self._paths - entries.keys()), **entries}
        for path, entry in found.items():
            self._take(path, entry)
        self._commit = commit

    def _take(self, path: str, entry: TreeEntry | None) -> None:
        if entry is None:
            self._paths.discard(path)
        else:
            self._paths.add(path)
        if self._theme and path.startswith(self._theme):
            self._dress.pop(path.removeprefix(self._theme), None)
            if entry and entry.is_file:
                self._dress[path.removeprefix(self._theme)] = entry.blob
        elif path.startswith(self.repository.prefix):
            self._take_content(path.removeprefix(self.repository.prefix), entry)

    def _take_content(self, path: str, entry: TreeEntry | None) -> None:
        self._files.pop(path, None)
        self._others.pop(path, None)
        self._problems.pop(path, None)
        if entry is None:
            return
        is_kept_out = any(is_hidden(part) for part in path.split("/"))
        if is_kept_out or entry.mode == LINK:
            self._others[path] = entry.blob
        if is_kept_out:
            return
        if problem := find_place_problem(path, entry.mode):
            self._problems[path] = problem
        else:
            self._files[path] = entry.blob

    def _read_texts(self, paths: Collection[str]) -> dict[str, bytes]:
        texts = self.objects.get(dict.fromkeys(self._files[path] for path in paths), READ_LIMIT)
        return {path: texts[self._files[path]] for path in paths}

    def _trace(self, commit: str, ends: Mapping[str, BlobAt]) -> FileHistory:
        if not ends:
            return FileHistory({}, {})
        try:
            return self._history.read(commit, ends)
        except Error:
            if is_partial(self.repository):
                return FileHistory({}, {}, NOT_FETCHED)
            raise


def _sources(change: FileChange, older: FileChange | None) -> tuple[str, ...]:
    """Of one that was moved or put back, what was there before."""
    if change.sources or older is None:
        return tuple(blob for _, blob in change.sources)
    return (older.blob,) if older.blob else _sources(older, None)


def _is_put_back(born: FileChange, before: FileChange) -> bool:
    """Whether a file came back just as it was when it was deleted."""
    left = before.sources[0] if before.blob is None else (before.path, before.blob)
    return left == (born.path, born.blob)
