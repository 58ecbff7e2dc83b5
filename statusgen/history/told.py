"""What customers are told of an entry, piece by piece: what feeds announce, each piece once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from statusgen.history.course import Course
from statusgen.history.visible import visible_from
from statusgen.model.audit import Removal
from statusgen.model.entries import Change, Deviation, Incident, Notice, Update
from statusgen.model.revisions import Move, Record
from statusgen.model.states import ChangeStatus

STAMP = "%Y%m%dT%H%M%S"
# So long after the last news of it, that something was taken away is news.
REMEMBERED = timedelta(days=90)


_Part = tuple[datetime, Update | Move | Deviation | None, str]


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that customers were told at `at`: an update, or else what `what` is; without it, that there is this
    entry. `name` is like no other of the entry, and stays; that of an update is its id. `number` is its place among
    all of the entry.

    `revised_at` is later than `at` where it says other words since then."""

    at: datetime
    number: int
    entry: Incident | Change | Notice
    what: Update | Move | Deviation | Removal | None
    name: str
    revised_at: datetime


def read_told(course: Course, now: datetime, begins: bool = True) -> tuple[Told, ...]:
    """Oldest first. Without `begins`, nothing is told when work only begins as planned."""
    entry = course.entry
    known = entry.kept.get(read_told)
    if known and known[0] is course and known[1] == begins:
        told: tuple[Told, ...] = known[2]
        return told
    updates = [update for update in course.updates if begins or not _is_begin(update)]
    moved = bool(entry.record and entry.record.moves)
    parts: list[_Part] = [(update.at, update, _name_of(update, moved)) for update in updates]
    more = list(_more_of(entry, course.updates, entry.record)) if isinstance(entry, Change) else []
    if more:
        parts = sorted([*parts, *(part for part in more if part[0] <= now)], key=lambda part: part[0])
    reworded = dict(entry.record.reworded) if entry.record else {}
    told = tuple(
        Told(at, number, entry, what, name, max(at, reworded.get(name, at)))
        for number, (at, what, name) in enumerate(parts)
    )
    # What is over tells nothing more, and is asked for at every look.
    if course.settled and all(at <= now for at, _, _ in more):
        entry.kept[read_told] = course, begins, told
    return told


def last_told_at(course: Course, now: datetime, begins: bool = True) -> datetime | None:
    """When the last of it was told; None where nothing was."""
    entry = course.entry
    if isinstance(entry, Incident):
        return course.updates[-1].at
    told = read_told(course, now, begins)
    return told[-1].at if told else None


def waits(courses: Iterable[Course], now: datetime) -> bool:
    """Whether git tells of anything at a time that is still to come, as where somebody's clock is fast."""
    return any(at > now for course in courses for at in git_times(course.entry))


def git_times(entry: Incident | Change) -> Iterator[datetime]:
    """When git brings news of planned work."""
    record = entry.record if isinstance(entry, Change) else None
    if record:
        yield from ([record.shown_at] if record.shown_at else [])
        yield from (move.at for move in record.moves)
        yield from (at for _, at in record.deviated)


def is_news(removal: Removal) -> bool:
    entry = removal.entry
    last = max(update.at for update in entry.updates) if entry.updates else removal.at
    return removal.at <= max(last, entry.ends_at if isinstance(entry, Change) else last) + REMEMBERED


def tell_notice(notice: Notice) -> Told:
    return Told(notice.publish_at, 0, notice, None, "", notice.publish_at)


def tell_removal(removal: Removal) -> Told:
    return Told(removal.at, 0, removal.entry, removal, f"removed-{_stamp(removal.at)}", removal.at)


def _more_of(change: Change, updates: Sequence[Update], record: Record | None) -> Iterator[_Part]:
    """What no update tells of planned work."""
    shown_at = record.shown_at if record else None
    if shown_at and visible_from(change) is None and not any(update.at <= shown_at for update in updates[:1]):
        yield shown_at, None, "announced"
    for move in record.moves if record else ():
        yield move.at, move, f"moved-{_stamp(move.at)}-{_stamp(move.starts_at)}-{_stamp(move.ends_at)}"
    brought = dict(record.deviated) if record else {}
    for one in change.deviations:
        at = one.announced_at or brought.get(one.key)
        if at and one.change is None:
            how = "cancelled" if one.cancelled else f"{_stamp(one.starts_at)}-{_stamp(one.ends_at)}"
            yield at, one, f"occurrence-{one.on.strftime(STAMP)}-{how}-{_stamp(at)}"


def _name_of(update: Update, moved: bool) -> str:
    """The clock may begin again what was moved after it had begun."""
    return f"{update.id}-{_stamp(update.at)}" if update.automatic and moved else update.id


def _is_begin(update: Update) -> bool:
    return update.automatic and update.status is ChangeStatus.IN_PROGRESS


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC).strftime(STAMP)}Z"
