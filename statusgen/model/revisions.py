"""What git knows about the files of a content folder, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

# A path from the top of the repository, and the id of the blob that it had.
Version = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Revision:
    """The first commit that gave a path this text. `made_from`: empty for a new file, two or more in a merge.

    `authored_at` is None where earlier commits are missing (a shallow clone), so that what this commit seems to
    bring in may be older.
    """

    version: Version
    commit: str
    authored_at: datetime | None
    made_from: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class FileHistory:
    """`chains`: per path in the content folder, the revisions that led to it, parents first, its text at HEAD last.

    A path without a chain is not committed. `texts` are the bytes by blob id. `why_none` says why nothing is known
    at all: no git, no repository.
    """

    chains: Mapping[str, tuple[Revision, ...]]
    texts: Mapping[str, bytes]
    why_none: str = ""
