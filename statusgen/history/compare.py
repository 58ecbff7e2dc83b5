"""What of an entry that was over is another one in its next version: times, states and components, but no words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from statusgen.history.course import course_at, is_settled
from statusgen.history.effects import Effect
from statusgen.history.visible import visible_change, visible_incident
from statusgen.model.audit import Changed, Side, Stretch, What
from statusgen.model.entries import Change, Incident
from statusgen.model.language import mark
from statusgen.model.states import ChangeStatus

_Stretches = dict[str, tuple[Stretch, ...]]


def is_over(entry: Incident | Change, zone: ZoneInfo, at: datetime) -> bool:
    """Of a series, what is over is each of its windows."""
    if isinstance(entry, Incident):
        return entry.resolved_at is not None and entry.resolved_at <= at
    return bool(entry.repeat) or is_settled(entry, zone, at)


def see(entry: Incident | Change, at: datetime) -> Incident | Change | None:
    """What customers could see of it; None where that was nothing."""
    return visible_incident(entry, at) if isinstance(entry, Incident) else visible_change(entry, at)


def find_effects(side: Side, zone: ZoneInfo, now: datetime) -> tuple[Effect, ...]:
    """What one side of a correction made of components."""
    at = min(side.until or now, now)
    found = _effects_at(side.entry, zone, at)
    if side.then is None:
        return found
    rest = _effects_at(side.then, zone, now)
    return tuple(e for e in found if e.end <= at and not e.ongoing) + tuple(e for e in rest if e.end > at or e.ongoing)


def find_changes(
    before: Incident | Change, after: Incident | Change, zone: ZoneInfo, at: datetime
) -> tuple[Changed, ...]:
    """What a commit made at `at` changed of what was over then; nothing where it changed only words, or added some."""
    old, new = _stretches(before, zone, at), _stretches(after, zone, at)
    if isinstance(before, Incident) and isinstance(after, Incident):
        times = list(_compare_incidents(before, after))
    elif isinstance(before, Change) and isinstance(after, Change):
        if not old and not new:
            return ()
        times = list(_compare_changes(before, after))
    else:
        times = [Changed(What.KIND, _kind_of(before), _kind_of(after))]
    # What only begins or ends when the whole does is told by that.
    moved: dict[object, object] = {c.before: c.after for c in times if c.what in (What.BEGAN, What.ENDED)}
    states = [
        Changed(What.STATES, old.get(name, ()), new.get(name, ()), name)
        for name in dict.fromkeys((*old, *new))
        if _move(old.get(name, ()), moved) != new.get(name, ())
    ]
    return (*times, *states)


def _compare_incidents(before: Incident, after: Incident) -> Iterator[Changed]:
    told = [
        Changed(What.BEGAN, before.started_at, after.started_at),
        Changed(What.ENDED, before.resolved_at, after.resolved_at),
    ]
    told = [changed for changed in told if changed.before != changed.after]
    yield from told
    yield from _compare_updates(before, after, told)


def _compare_changes(before: Change, after: Change) -> Iterator[Changed]:
    told = []
    if not before.repeat and not after.repeat:
        # What became of the windows of a series is seen in its stretches.
        told = [
            Changed(What.WINDOW_BEGAN, before.starts_at, after.starts_at),
            Changed(What.WINDOW_ENDED, before.ends_at, after.ends_at),
        ]
    told.append(Changed(What.ANNOUNCED, _announced_at(before), _announced_at(after)))
    told.append(Changed(What.COUNTS, _counting_of(before), _counting_of(after)))
    told = [changed for changed in told if changed.before != changed.after]
    yield from told
    yield from _compare_updates(before, after, told)


def _compare_updates(before: Incident | Change, after: Incident | Change, told: list[Changed]) -> Iterator[Changed]:
    """Updates of other times, and those that were taken out. What was added is words, unless it moved something."""
    old, new = Counter(update.at for update in before.updates), Counter(update.at for update in after.updates)
    lost, come = old - new, new - old
    for changed in told:
        if isinstance(changed.before, datetime):
            lost.pop(changed.before, None)
        if isinstance(changed.after, datetime):
            come.pop(changed.after, None)
    gone, fresh = sorted(lost.elements()), sorted(come.elements())
    targets: list[datetime | None] = [*fresh] if len(fresh) == len(gone) else [None] * len(gone)
    for at, target in zip(gone, targets, strict=True):
        yield Changed(What.UPDATE, at, target)


def _announced_at(change: Change) -> datetime | None:
    return min((update.at for update in change.updates if update.status is ChangeStatus.SCHEDULED), default=None)


def _counting_of(change: Change) -> str:
    return {True: mark("yes"), False: mark("no"), None: mark("by its states")}[change.counts_as_downtime]


def _kind_of(entry: Incident | Change) -> str:
    return mark("incident") if isinstance(entry, Incident) else mark("planned work")


def _stretches(entry: Incident | Change, zone: ZoneInfo, at: datetime) -> _Stretches:
    """By component; of a series, what was over at `at`."""
    is_series = isinstance(entry, Change) and bool(entry.repeat)
    last = max((update.at for update in entry.updates), default=at)
    end = entry.ends_at if isinstance(entry, Change) else at
    found = _effects_at(entry, zone, at if is_series else max(at, last, end))
    by_component: _Stretches = {}
    for effect in found:
        if not (is_series and effect.ongoing):
            stretch = Stretch(effect.start, None if effect.ongoing else effect.end, effect.state, effect.counted)
            by_component[effect.component] = _join(by_component.get(effect.component, ()), stretch)
    return by_component


def _join(told: tuple[Stretch, ...], stretch: Stretch) -> tuple[Stretch, ...]:
    """Windows of a series that touch are one stretch."""
    last = told[-1] if told else None
    if last and (last.end, last.state, last.counted) == (stretch.start, stretch.state, stretch.counted):
        return (*told[:-1], replace(last, end=stretch.end))
    return (*told, stretch)


def _effects_at(entry: Incident | Change, zone: ZoneInfo, at: datetime) -> tuple[Effect, ...]:
    seen = see(entry, at)
    return course_at(seen, zone, at).effects if seen else ()


def _move(stretches: tuple[Stretch, ...], moved: dict[object, object]) -> tuple[Stretch, ...]:
    """With other instants for those that moved."""
    if not moved:
        return stretches

    def place(at: datetime | None) -> datetime | None:
        found = moved.get(at, at)
        return found if isinstance(found, datetime) else None

    return tuple(replace(s, start=place(s.start) or s.start, end=place(s.end)) for s in stretches)
