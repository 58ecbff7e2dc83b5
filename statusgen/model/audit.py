"""What was changed after it was over: which commit said what, and what had been said before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from statusgen.model.entries import Change, Incident
from statusgen.model.revisions import Commit
from statusgen.model.states import State


class What(StrEnum):
    """What a correction changed."""

    BEGAN = "began"
    ENDED = "ended"
    WINDOW_BEGAN = "window-began"
    WINDOW_ENDED = "window-ended"
    ANNOUNCED = "announced"
    UPDATE = "update"
    STATES = "states"
    COUNTS = "counts"
    KIND = "kind"
    DELETED = "deleted"
    DRAFTED = "drafted"
    HIDDEN = "hidden"
    PUT_BACK = "put-back"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A component's state in [start, end), what is made of it (`counted`), and no end while it goes on."""

    start: datetime
    end: datetime | None
    state: State
    counted: State


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that is another one than before: an instant (None: there is none), or a component's stretches, or a
    word."""

    what: What
    before: datetime | tuple[Stretch, ...] | str | None = None
    after: datetime | tuple[Stretch, ...] | str | None = None
    component: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """What was said: by `entry` as of `until`, or as of now without one; of a series, by `then` from there on."""

    entry: Incident | Change
    until: datetime | None = None
    then: Incident | Change | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A commit that changed an entry after it was over. A side is None where the entry was not there.

    `path` is that of its file, or the last one that it had; `is_last`: the file still is there, and is this entry."""

    commit: Commit
    path: str
    before: Side | None
    after: Side | None
    changes: tuple[Changed, ...]
    is_last: bool = False
    kept: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def key(self) -> tuple[str, str]:
        """A commit corrects a file once."""
        return self.commit.id, self.path

    @property
    def title(self) -> str:
        side = self.after or self.before
        return side.entry.title if side else ""


@dataclass(frozen=True, slots=True)
class Removal:
    """A commit of `at` took away an entry that customers had seen, and nothing has put it back.

    Of planned work, `sequence` is how often its event had changed."""

    at: datetime
    entry: Incident | Change
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Audit:
    """`corrections` in the order of their author's time; `shown` has what is published of their entries, by path.
    `removed` is in the order of time. What was before `cut_at` is missing; `why_none` says why nothing is known at
    all."""

    corrections: tuple[Correction, ...] = ()
    removed: tuple[Removal, ...] = ()
    shown: Mapping[str, Incident | Change] = field(default_factory=dict)
    cut_at: datetime | None = None
    why_none: str = ""
