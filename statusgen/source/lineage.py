"""How the texts of files follow from each other, through edits, moves, merges and reverts; extended as commits come."""

from __future__ import annotations

from collections.abc import Iterable

from statusgen.errors import Error
from statusgen.model.revisions import Place, Revision
from statusgen.source.changes_log import BlobAt, FileChange, read_changes
from statusgen.source.git import Repository


class Lineage:
    """The revisions of all files below some folders, `limits`, up to a commit; no limit is the whole repository."""

    def __init__(self, limits: Iterable[str]) -> None:
        self.limits = tuple(limits)
        self.revisions: dict[Place, Revision] = {}
        # For each text of a path the place that had it last.
        self.newest: dict[BlobAt, Place] = {}
        self._deleted: dict[str, BlobAt] = {}

    def add(self, changes: Iterable[FileChange]) -> None:
        """Each change continues the newest one before it that left what it changes, so that a text which was taken
        back and brought in again is as old as its last coming. A deleted file that is put back as it was goes on."""
        made: list[Revision] = []
        for change in changes:
            if made and made[0].commit != change.commit:
                # Only now, as a commit may swap two files.
                self._take(made)
                made = []
            if change.blob is None:
                self._deleted[change.path] = change.sources[0]
                continue
            back = (change.path, change.blob)
            sources = change.sources or ((back,) if self._deleted.get(change.path) == back else ())
            parents = dict.fromkeys(self.newest[source] for source in sources if source in self.newest)
            made.append(Revision(change.path, change.commit, change.blob, change.authored_at, tuple(parents)))
            self.revisions[made[-1].place] = made[-1]
        self._take(made)

    def _take(self, made: list[Revision]) -> None:
        self.newest |= {(revision.path, revision.blob): revision.place for revision in made}

    def chain(self, ends: Iterable[BlobAt]) -> list[Revision]:
        """The revisions that lead to some texts, parents first."""
        order: list[Revision] = []
        seen: set[Place] = set()
        stack = [(self.newest[end], False) for end in ends if end in self.newest]
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


def find_line(repository: Repository, old: str, new: str) -> bool:
    """Whether each commit behind `old`, up to `new`, has one parent, the first of them `old` itself."""
    try:
        commits = repository.run("rev-list", "--parents", f"{old}..{new}", "--").decode("ascii").split("\n")[:-1]
    except Error:
        # The old one may be gone for good.
        return False
    expected = new
    for line in commits:
        commit, *parents = line.split()
        if commit != expected or len(parents) != 1:
            return False
        expected = parents[0]
    return expected == old


def read_line(
    repository: Repository, old: str, new: str, limits: Iterable[str], shallow: frozenset[str]
) -> list[FileChange]:
    """What the commits behind `old`, up to `new`, did; for two commits of which `find_line` is true."""
    return read_changes(repository, [f"{old}..{new}", "--", *limits], shallow)
