"""What git knows about the files of a content folder, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

# Which occurrence of a series deviates, by the wall time of its rule, and what it is then: its window, and whether it
# is cancelled.
DeviationKey = tuple[datetime, datetime, datetime, bool]
# A path from the top of the repository, and the commit that gave it a new text.
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit that gave a path the text `blob`. `made_from`: empty for a new file, two or more in a merge.

    `authored_at` is None where earlier commits are missing (a shallow clone), so that what this commit seems to
    bring in may be older.
    """

    path: str
    commit: str
    blob: str
    authored_at: datetime | None
    made_from: tuple[Place, ...]

    @property
    def place(self) -> Place:
        return self.path, self.commit


@dataclass(frozen=True, slots=True)
class Commit:
    """By its id, and when its author made it."""

    id: str
    authored_at: datetime


@dataclass(frozen=True, slots=True)
class Move:
    """A commit of `at` gave planned work the window [starts_at, ends_at) instead of the one that it had, without an
    update that says so."""

    at: datetime
    starts_at: datetime
    ends_at: datetime
    old_starts_at: datetime
    old_ends_at: datetime


@dataclass(frozen=True, slots=True)
class EventMark:
    """What a calendar that was read before `since` knows of planned work, with what the newest version made of it then.

    `sequence` counts how often its event was another one than before, last `at`; None is that it was not there yet."""

    since: datetime
    sequence: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Record:
    """The commits that wrote an entry, oldest first, and the one that published it; None where that is not known.

    `shown_at`: from when on customers saw it, which is later than that commit for what was dated ahead.
    `window_since`: since when planned work has had its window, which an earlier version did not have; else None.
    `reworded`: the ids of updates that said other words before, and since when they say these. `moves`,
    `deviated` (deviations of a series by their key, and since when each is known) and `event` are of planned work."""

    commits: tuple[Commit, ...]
    published: Commit | None
    shown_at: datetime | None = None
    window_since: datetime | None = None
    reworded: tuple[tuple[str, datetime], ...] = ()
    moves: tuple[Move, ...] = ()
    deviated: tuple[tuple[DeviationKey, datetime], ...] = ()
    event: EventMark | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What a commit made of a file, by its path in the content folder; no `blob`: it was deleted.

    `follows` are the places in the line of those that it was made from; none where nothing is known before it.
    `is_first`: it was made then, and there is nothing before. `authored_at` is None as in a Revision."""

    commit: str
    authored_at: datetime | None
    path: str
    blob: str | None
    follows: tuple[int, ...]
    is_first: bool


# All that became of a file, oldest first.
Line = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class FileHistory:
    """`chains`: per path in the content folder, the revisions that led to it, parents first, its text at HEAD last.

    A path without a chain is not committed, and never will be where it is `ignored`. `texts` are the bytes by blob
    id. `why_none` says why nothing is known at all, such as no git or no repository.
    """

    chains: Mapping[str, tuple[Revision, ...]]
    texts: Mapping[str, bytes]
    why_none: str = ""
    ignored: frozenset[str] = frozenset()
