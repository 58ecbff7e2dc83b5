"""What git knows about the files of a content folder, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

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
class FileHistory:
    """`chains`: per path in the content folder, the revisions that led to it, parents first, its text at HEAD last.

    A path without a chain is not committed, and never will be where it is `ignored`. `texts` are the bytes by blob
    id. `why_none` says why nothing is known at all, such as no git or no repository.
    """

    chains: Mapping[str, tuple[Revision, ...]]
    texts: Mapping[str, bytes]
    why_none: str = ""
    ignored: frozenset[str] = frozenset()
