"""Which incidents, changes and other entries are others than before: what opens, moves, ends, or is gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from statusgen.diff.side import Side
from statusgen.history.changes import change_status
from statusgen.model.entries import Change, Deviation, Entry, Incident, Notice, Page, ProblemReport
from statusgen.model.states import ChangeStatus
from statusgen.render.words import format_utc

KINDS: dict[type, str] = {
    Incident: "incident",
    Change: "change",
    Notice: "notice",
    ProblemReport: "problem",
    Page: "page",
}
TYPES = {name: kind for kind, name in KINDS.items()}


class Event(StrEnum):
    """What becomes of an entry. What APPEARS is an incident only if it is over already."""

    OPENS = "opens"
    CLOSES = "closes"
    REOPENS = "reopens"
    APPEARS = "appears"
    DISAPPEARS = "disappears"
    MOVES = "moves"
    CANCELLED = "cancelled"
    RENAMED = "renamed"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Edit:
    """A field of an entry that says another thing: a word, a time, or nothing, as where the entry is not there."""

    field: str
    before: str | datetime | None
    after: str | datetime | None


@dataclass(frozen=True, slots=True)
class EntryDiff:
    """`id` and `path` of its file are those after, or the last ones; `old_id` is another one that it had."""

    kind: str
    events: tuple[Event, ...]
    id: str
    old_id: str
    path: str
    title: str
    edits: tuple[Edit, ...]


Facts = Mapping[str, str | datetime | None]


def compare_entries(old: Side | None, new: Side | None) -> tuple[EntryDiff, ...]:
    found = []
    for kind, name in KINDS.items():
        for before, after in _pairs(_entries(old, kind), _entries(new, kind)):
            diff = _compare(name, old, new, before, after)
            if diff.events:
                found.append(diff)
    return tuple(found)


def _entries(side: Side | None, kind: type) -> tuple[Any, ...]:
    """Those that customers see."""
    if not side:
        return ()
    content = side.snapshot.content
    lists = {Incident: content.incidents, Change: content.changes, Notice: content.notices,
             ProblemReport: content.reports, Page: content.pages}  # fmt: skip
    found: tuple[Any, ...] = lists[kind]
    return found


def _pairs(before: Iterable[Any], after: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """The same entry on both sides, None where it is not there, in the order of those after. It is the same by its id,
    else by its file, else by what it says."""
    old = {entry.id: entry for entry in before}
    partners: dict[str, Any] = {}
    rest = []
    for entry in after:
        partner = old.pop(entry.id, None)
        if partner is None:
            rest.append(entry)
        elif partner is not entry:
            partners[entry.id] = partner
            yield partner, entry
    for same in (_has_path, _says_alike):
        for entry in tuple(rest):
            found = next((one for one in old.values() if same(one, entry)), None)
            if found:
                rest.remove(entry)
                yield old.pop(found.id), entry
    yield from ((None, entry) for entry in rest)
    yield from ((entry, None) for entry in old.values())


def _has_path(one: Any, other: Any) -> bool:
    return bool(one.path == other.path)


def _says_alike(one: Any, other: Any) -> bool:
    """As a file that was moved: with the same title, or an update of the same time and text."""
    told = {(update.at, update.body) for update in getattr(one, "updates", ()) if update.body}
    return one.title == other.title or any((update.at, update.body) in told for update in getattr(other, "updates", ()))


def _compare(name: str, old: Side | None, new: Side | None, before: Entry | None, after: Entry | None) -> EntryDiff:
    last = after or before
    assert last, "one of them is there"  # noqa: S101
    was, now = _facts(before, old), _facts(after, new)
    keys = [key for key in dict.fromkeys((*now, *was)) if key != "title" or (before and after)]
    edits = tuple(Edit(key, was.get(key), now.get(key)) for key in keys if was.get(key) != now.get(key))
    old_id = before.id if before and before.id != last.id else ""
    events = tuple(_events(before, after, was, now, {edit.field for edit in edits}))
    return EntryDiff(name, events, last.id, old_id, last.path, last.title, edits)


def _events(before: Entry | None, after: Entry | None, was: Facts, now: Facts, fields: set[str]) -> Iterator[Event]:
    is_incident = isinstance(after or before, Incident)
    if after is None:
        yield Event.DISAPPEARS
        return
    if before is None:
        yield Event.OPENS if is_incident and now["resolved"] is None else Event.APPEARS
        return
    found = list(_events_of_both(before, after, was, now, fields))
    yield from found or ([Event.EDITED] if fields else [])


def _events_of_both(before: Entry, after: Entry, was: Facts, now: Facts, fields: set[str]) -> Iterator[Event]:
    if before.id != after.id:
        yield Event.RENAMED
    if isinstance(after, Incident) and (was["resolved"] is None) != (now["resolved"] is None):
        yield Event.REOPENS if now["resolved"] is None else Event.CLOSES
    if "status" in fields and now["status"] == ChangeStatus.CANCELLED.value:
        yield Event.CANCELLED
    if fields & {"starts", "ends", "repeat"} or any(field.startswith("occurrence ") for field in fields):
        yield Event.MOVES


def _facts(entry: Entry | None, side: Side | None) -> Facts:
    """What customers plan by, by the names of the fields."""
    if entry is None or side is None:
        return {}
    facts: dict[str, str | datetime | None] = {"title": entry.title}
    snapshot = side.snapshot
    if isinstance(entry, Incident):
        facts |= {"status": entry.updates[-1].status.value, "impact": entry.impact.value}
        facts |= {"started": entry.started_at, "resolved": entry.resolved_at}
    elif isinstance(entry, Change):
        facts |= {"status": change_status(entry, snapshot.content.site.zone, snapshot.now).value}
        facts |= {"starts": entry.starts_at, "ends": entry.ends_at}
        facts |= {"repeat": entry.repeat} if entry.repeat else {}
        facts |= {f"occurrence {one.on:%Y-%m-%d %H:%M}": _word(one) for one in entry.deviations if one.change is None}
    elif isinstance(entry, Notice):
        facts |= {"publish": entry.publish_at, "expires": entry.expires_at}
    elif isinstance(entry, ProblemReport):
        facts |= {"status": entry.status.value}
    return facts


def _word(one: Deviation) -> str:
    """An interval as in ISO 8601."""
    return "cancelled" if one.cancelled else f"{format_utc(one.starts_at)}/{format_utc(one.ends_at)}"
