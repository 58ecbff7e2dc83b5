"""What later versions of a file made of what customers had been told, whether it was over or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from statusgen.history.compare import see
from statusgen.history.versions import FileLine
from statusgen.model.audit import Removal
from statusgen.model.entries import Change, Incident
from statusgen.model.revisions import DeviationKey, Move

_Entry = Incident | Change


def find_rewordings(line: FileLine) -> tuple[tuple[str, datetime], ...]:
    """(update's id, since when it says what it says), of those updates that said something else before."""
    if not isinstance(line.last.entry, Incident | Change):
        return ()
    found: dict[str, datetime] = {}
    for entry, parents, at in _retold(line):
        before = [_words(parent) for parent in parents]
        for name, words in _words(entry).items():
            # What a merge has from one side as it was is no change of its own.
            if all(old.get(name, words) != words for old in before):
                found[name] = at
    still = {update.id for update in line.last.entry.updates}
    return tuple((name, at) for name, at in sorted(found.items()) if name in still)


def find_moves(line: FileLine) -> tuple[Move, ...]:
    """Where planned work that was announced and not over got another window, and no new update says so."""
    return tuple(_moves(line))


def find_deviations(line: FileLine) -> tuple[tuple[DeviationKey, datetime], ...]:
    """(key, when it was said first) of each deviation of a series that came after its first version."""
    last = line.last.entry
    if not isinstance(last, Change) or not last.deviations:
        return ()
    found = {}
    for entry, parents, at in _retold(line):
        before = [{one.key for one in parent.deviations} for parent in parents if isinstance(parent, Change)]
        for one in entry.deviations if isinstance(entry, Change) else ():
            if before and not any(one.key in keys for keys in before):
                found[one.key] = at
    return tuple((one.key, found[one.key]) for one in last.deviations if one.key in found)


def find_removals(line: FileLine) -> tuple[Removal, ...]:
    """Of each entry that this file has been: that it was taken away and not put back, and when."""
    found: dict[int, Removal] = {}
    for place in _main_line(line):
        state, at = line.states[place], line.times[place]
        follows = line.versions[place].step.follows
        before = line.states[follows[0]] if follows else None
        if before and at and (state.gone or state.number != before.number):
            taken = before.entry or before.last
            if taken and before.number not in found and see(taken, at):
                found[before.number] = Removal(at, taken)
        if not state.gone:
            found.pop(state.number, None)
    return tuple(found[number] for number in sorted(found))


def _main_line(line: FileLine) -> list[int]:
    """The places that led to the last version, each by what it was first made from."""
    places = []
    place: int | None = len(line.versions) - 1 if line.versions else None
    while place is not None:
        places.append(place)
        follows = line.versions[place].step.follows
        place = follows[0] if follows else None
    return places[::-1]


def _moves(line: FileLine) -> Iterator[Move]:
    for entry, parents, at in _retold(line):
        if not isinstance(entry, Change) or not all(_is_moved(parent, entry, at) for parent in parents):
            continue
        old = parents[0]
        if isinstance(old, Change):
            yield Move(at, entry.starts_at, entry.ends_at, old.starts_at, old.ends_at)


def _is_moved(old: _Entry, new: Change, at: datetime) -> bool:
    if not isinstance(old, Change) or (old.starts_at, old.ends_at) == (new.starts_at, new.ends_at):
        return False
    is_waited_for = (bool(old.repeat) or old.ends_at > at) and (bool(new.repeat) or new.ends_at > at)
    says_so = {update.id for update in new.updates} - {update.id for update in old.updates}
    return is_waited_for and not says_so and see(old, at) is not None and see(new, at) is not None


def _retold(line: FileLine) -> Iterator[tuple[_Entry, list[_Entry], datetime]]:
    """(what a version says, what those that it was made from said, its time), as long as it is the same entry."""
    number = line.last.number
    for place, version in enumerate(line.versions):
        at, entry = line.times[place], version.entry
        parents = [line.states[other] for other in version.step.follows]
        told = [parent.entry for parent in parents if parent.entry and parent.number == number]
        is_same = line.seen[place] and line.states[place].number == number
        if entry and at and is_same and told and len(told) == len(parents):
            yield entry, told, at


def _words(entry: _Entry) -> Mapping[str, tuple[object, ...]]:
    """The summary is read with the first update."""
    return {
        update.id: (entry.title, update.status, update.body, update.states, "" if number else entry.summary)
        for number, update in enumerate(entry.updates)
    }
