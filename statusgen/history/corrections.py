"""What was changed after it was over, found in the versions of one file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from statusgen.history.compare import find_changes, find_effects, is_over
from statusgen.history.versions import FileLine, Shown, Version, is_other
from statusgen.model.audit import Changed, Correction, Side, What
from statusgen.model.entries import Change
from statusgen.model.revisions import Commit


def find_corrections(line: FileLine, zone: ZoneInfo) -> tuple[Correction, ...]:
    """In the order of the versions."""
    last, versions = line.last, line.versions
    is_there = bool(versions) and versions[-1].step.blob is not None
    return tuple(
        replace(correction, is_last=is_there and number == last.number)
        for place, version in enumerate(versions)
        if line.seen[place] and version.step.follows
        for number, correction in _correct(line, place, zone)
    )


def _correct(line: FileLine, place: int, zone: ZoneInfo) -> Iterator[tuple[int, Correction]]:
    """With the number of the entry that a version corrected."""
    step, at = line.versions[place].step, line.times[place]
    parents = [line.states[number] for number in step.follows]
    told = _common([_compare(parent, line.versions[place], zone, at) for parent in parents])
    if told and at and step.authored_at:
        sides = _sides(line, place, at, zone)
        if parents[0].number != line.states[place].number:
            sides = sides[0], None
        commit = Commit(step.commit, step.authored_at)
        yield parents[0].number, Correction(commit, line.versions[-1].step.path, *sides, told)


def _compare(state: Shown, version: Version, zone: ZoneInfo, at: datetime | None) -> tuple[Changed, ...]:
    """What a version changed of what was over at `at`; of what was open only that it was taken away."""
    if at is None or version.is_open:
        return ()
    if version.entry is None or is_other(state, version):
        lost = state.entry and find_effects(Side(state.entry, at), zone, at)
        return (Changed(version.gone or What.DELETED),) if lost else ()
    if state.entry is None:
        was_there = state.gone and state.last
        return (Changed(What.PUT_BACK),) if was_there and find_effects(Side(version.entry, at), zone, at) else ()
    return find_changes(state.entry, version.entry, zone, at) if is_over(state.entry, zone, at) else ()


def _common(changes: list[tuple[Changed, ...]]) -> tuple[Changed, ...]:
    """What a merge has from one side as it was is no change of its own."""
    if not changes:
        return ()
    others = [{(changed.what, changed.component) for changed in some} for some in changes[1:]]
    return tuple(c for c in changes[0] if all((c.what, c.component) in other for other in others))


def _sides(line: FileLine, place: int, at: datetime, zone: ZoneInfo) -> tuple[Side | None, Side | None]:
    """What was opened again counts with how it came to an end again."""
    versions, before = line.versions, line.versions[place].step.follows[0]
    version, old = versions[place], line.dated(line.states[before].entry, before)
    entry = version.entry
    if isinstance(old, Change) and isinstance(entry, Change) and (old.repeat or entry.repeat):
        rest = [other.entry for other in versions[place:] if isinstance(other.entry, Change)][-1]
        return Side(old, at, rest), Side(entry, at, rest)
    first = Side(old, None if entry and is_over(old, zone, at) else at) if old else None
    own, until = place, None
    for number in range(place + 1, len(versions)):
        then = line.times[number]
        if not entry or not line.seen[number] or not then:
            continue
        if is_over(entry, zone, then):
            break
        if versions[number].gone:
            until = then
            break
        entry, own = (found, number) if (found := versions[number].entry) else (entry, own)
    dated = line.dated(entry, own)
    return first, Side(dated, until) if dated else None
