"""What a command is going to write, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from statusgen.model.entries import Change, Entry, Incident, Update
from statusgen.parse.comments import drop_comments
from statusgen.parse.updates import HeadingTimes

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Existing(Generic[E]):
    """A file as it was read, without errors. A draft is not published."""

    path: str
    data: bytes
    entry: E
    times: HeadingTimes
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """`data` is the whole new text and `before` the old one, None for a new file. The parser must read `expected`.

    `questions` are what a person has to confirm. `subject` is the first line of the commit's message."""

    path: str
    before: bytes | None
    data: bytes
    expected: Entry
    subject: str
    questions: tuple[str, ...] = ()


def is_expected(found: Entry, expected: Entry) -> bool:
    """Whether a text is read as it was meant: no word of it became an update, a comment or a part of another one."""
    return _bare(found) == _bare(expected)


def read_back(text: str) -> str:
    """A text as the parser gives it back: notes of the author are not published."""
    return drop_comments(text)[0].strip("\n")


def _bare(entry: Entry) -> Entry:
    """Without what follows from the rest: names of updates, and promises, which are written in many ways."""
    if not isinstance(entry, Incident | Change):
        return entry
    updates = [replace(update, id="", next_at=None) for update in entry.updates]
    return replace(entry, updates=tuple(sorted(updates, key=_sort_key)))


def _sort_key(update: Update) -> tuple[object, ...]:
    return update.at, update.status.value, update.body
