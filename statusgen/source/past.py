"""All that became of each file of a content folder, up to a commit: for who asks what it was before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from statusgen.errors import Error
from statusgen.model.revisions import FileHistory, Line, Place, Revision, Step
from statusgen.source.changes_log import BlobAt
from statusgen.source.lineage import Deletion, Lineage


class MissingError(Error):
    """What was before was not fetched."""


@dataclass(frozen=True, slots=True)
class Past:
    """`files` has the text of each file of the content folder, also of what is no content, by its path there, as of a
    commit. `prefix` is that of the folder. `cut_at`: what was before this time is missing (a shallow clone).

    `read` gives texts by blob id, and `trace` the history of several (path, blob) by whatever names they are given;
    both raise MissingError where a partial clone has left something on the server."""

    prefix: str
    files: Mapping[str, str]
    lineage: Lineage
    cut_at: datetime | None
    read: Callable[[Iterable[str]], Mapping[str, bytes]]
    trace: Callable[[Mapping[str, BlobAt]], FileHistory]

    def line(self, path: str) -> Line:
        """What led to the file of a path; nothing where the commit does not have it."""
        place = self.lineage.newest.get((self.prefix + path, self.files.get(path, "")))
        return tuple(self._steps(self._find_parts(place)))

    def deleted(self) -> Iterator[str]:
        """The paths that had files before, which are nowhere now."""
        for path, deletion in self.lineage.deleted.items():
            name = path.removeprefix(self.prefix)
            if path.startswith(self.prefix) and name not in self.files and not self._goes_on(deletion.before):
                yield name

    def deleted_line(self, path: str) -> Line:
        """What led to a deletion, which is its last step."""
        deletion = self.lineage.deleted[self.prefix + path]
        return tuple(self._steps([*self._find_parts(deletion.before), deletion]))

    def _goes_on(self, place: Place | None) -> bool:
        """Whether a file that one branch deleted was moved by another one, which was kept."""
        path = self.lineage.moved.get(place) if place else None
        return path is not None and path.removeprefix(self.prefix) in self.files

    def _find_parts(self, end: Place | None) -> list[Revision | Deletion]:
        """Parents first. Where a file came after a deleted one of the same name, that one is told as well."""
        parts: list[Revision | Deletion] = []
        while end:
            walked = self.lineage.walk([end])
            told: list[Revision | Deletion] = []
            for revision in walked:
                deletion = self.lineage.revived.get(revision.place)
                told += [deletion, revision] if deletion else [revision]
            parts = told + parts
            first = self.lineage.revived.get(walked[0].place)
            end = first.before if first and not walked[0].made_from else None
        return parts

    def _steps(self, parts: list[Revision | Deletion]) -> Iterator[Step]:
        """Of what lies in the content folder."""
        at: dict[Place, int] = {}
        inside = [part for part in parts if _path_of(part).startswith(self.prefix)]
        for number, part in enumerate(inside):
            path, blob = _path_of(part).removeprefix(self.prefix), None
            is_next = number > 0 and (isinstance(part, Deletion) or isinstance(inside[number - 1], Deletion))
            follows: tuple[int, ...] = (number - 1,) if is_next else ()
            is_first = False
            if isinstance(part, Revision):
                at[part.place], blob = number, part.blob
                follows = follows or tuple(at[place] for place in part.made_from if place in at)
                is_known = part.authored_at is not None and part.place not in self.lineage.elsewhere
                is_first = not part.made_from and not follows and is_known
            yield Step(part.commit, part.authored_at, path, blob, follows, is_first)


def _path_of(part: Revision | Deletion) -> str:
    return part.text[0] if isinstance(part, Deletion) else part.path
