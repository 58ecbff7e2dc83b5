"""How the texts of files follow from each other, through edits, moves, merges and reverts; extended as commits come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from statusgen.errors import Error
from statusgen.model.revisions import Place, Revision
from statusgen.source.changes_log import BlobAt, FileChange, read_changes
from statusgen.source.git import Repository


@dataclass(frozen=True, slots=True)
class Deletion:
    """A commit that deleted a file with the text of `before`."""

    commit: str
    authored_at: datetime | None
    text: BlobAt
    before: Place | None


class Lineage:
    """The revisions of all files below some folders, `limits`, up to a commit; no limit is the whole repository."""

    def __init__(self, limits: Iterable[str]) -> None:
        self.limits = tuple(limits)
        self.revisions: dict[Place, Revision] = {}
        # For each text of a path the place that had it last.
        self.newest: dict[BlobAt, Place] = {}
        # The last deletion of each path, those that files of the same name came after, and what files were moved to.
        self.deleted: dict[str, Deletion] = {}
        self.revived: dict[Place, Deletion] = {}
        self.moved: dict[Place, str] = {}
        # Files that look new, until it is found out which ones were moved in from elsewhere.
        self.unsure: list[Place] = []
        self.elsewhere: set[Place] = set()
        # Paths of which the order of commits on several branches decides what follows from what.
        self.repeated: set[str] = set()

    def add(self, changes: Iterable[FileChange]) -> None:
        """Each change continues the newest one before it that left what it changes, so that a text which was taken
        back and brought in again is as old as its last coming. A deleted file that is put back as it was goes on."""
        made: list[Revision] = []
        for change in changes:
            if made and made[0].commit != change.commit:
                # Only now, as a commit may swap two files.
                self._take(made)
                made = []
            deletion = self.deleted.get(change.path)
            if change.blob is None:
                text = change.sources[0]
                gone = Deletion(change.commit, change.authored_at, text, self.newest.get(text))
                self.deleted[change.path] = gone
                continue
            back = (change.path, change.blob)
            sources = change.sources or ((back,) if deletion and deletion.text == back else ())
            parents = dict.fromkeys(self.newest[source] for source in sources if source in self.newest)
            revision = Revision(change.path, change.commit, change.blob, change.authored_at, tuple(parents))
            made.append(revision)
            self.revisions[revision.place] = revision
            if deletion and not change.sources:
                self.revived[revision.place] = deletion
            elif not parents:
                self.unsure.append(revision.place)
            self.moved |= {parent: change.path for parent in parents if parent[0] != change.path}
        self._take(made)

    def _take(self, made: list[Revision]) -> None:
        texts = {(revision.path, revision.blob): revision.place for revision in made}
        self.repeated.update(path for path, _ in texts.keys() & self.newest.keys())
        self.newest |= texts

    def is_plain(self, paths: Iterable[str]) -> bool:
        """Whether what is known of some paths is the same in whatever order commits of several branches come."""
        return all(path not in self.repeated and path not in self.deleted for path in paths)

    def chain(self, ends: Iterable[BlobAt]) -> list[Revision]:
        """The revisions that lead to some texts, parents first."""
        return self.walk(self.newest[end] for end in ends if end in self.newest)

    def walk(self, ends: Iterable[Place]) -> list[Revision]:
        """The same for places."""
        order: list[Revision] = []
        seen: set[Place] = set()
        stack = [(end, False) for end in ends]
        while stack:
            place, parents_done = stack.pop()
            revision = self.revisions[place]
            if parents_done:
                order.append(revision)
            elif place not in seen:
                seen.add(place)
                stack.append((place, True))
                stack += [(parent, False) for parent in revision.made_from]
        return order


def find_way(repository: Repository, old: str, new: str) -> tuple[bool, bool]:
    """(whether there is a way from a commit to a later one, whether it has no branches): then each commit behind `old`
    has one parent, the first of them `old` itself."""
    try:
        commits = repository.run("rev-list", "--parents", f"{old}..{new}", "--").decode("ascii").split("\n")[:-1]
    except Error:
        # The old one may be gone for good.
        return False, False
    is_line, leads, expected = True, False, new
    for line in commits:
        commit, *parents = line.split()
        is_line = is_line and commit == expected and len(parents) == 1
        leads = leads or old in parents
        expected = parents[0] if parents else ""
    return leads, is_line and leads


def read_way(
    repository: Repository, old: str, new: str, limits: Iterable[str], shallow: frozenset[str]
) -> list[FileChange]:
    """What the commits behind `old`, up to `new`, did; for two commits between which there is a way."""
    return read_changes(repository, [f"{old}..{new}", "--", *limits], shallow)
