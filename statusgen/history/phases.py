"""How long an incident, or work that is over, was in each status, and each component in each state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from statusgen.history.changes import first_move
from statusgen.history.effects import Effect
from statusgen.model.entries import Change, Incident, Update
from statusgen.model.states import FINAL, State, Status


# There are some for each incident, and a frozen dataclass takes ten times as long to make.
class Spell(NamedTuple):
    """[start, end) in one status or state; in none before the first update. `ongoing`: it ends at now only because
    nothing is known beyond."""

    what: Status | State | None
    start: datetime
    end: datetime
    ongoing: bool = False


class Phases(NamedTuple):
    """`statuses` follow each other without gaps. `states` by component, with gaps where it is operational."""

    statuses: tuple[Spell, ...]
    states: dict[str, tuple[Spell, ...]]


def read_phases(
    entry: Incident | Change, updates: Sequence[Update], effects: Iterable[Effect], now: datetime
) -> Phases | None:
    """`updates` are those that are told, oldest first, and `effects` those that they had. None where no time has
    passed, for a series, and for work that is not over or never began."""
    over_at = _over_at(updates)
    if isinstance(entry, Incident):
        begin: datetime | None = entry.started_at
    else:
        move = first_move(updates)
        begin = move.at if move and over_at and not entry.repeat else None
    end = over_at or now
    if begin is None or begin >= end:
        return None
    return Phases(tuple(_statuses(updates, begin, end, over_at is None)), _states(effects))


def _over_at(updates: Sequence[Update]) -> datetime | None:
    """When it ended, which more words afterwards do not put off; None where it goes on."""
    over_at = None
    for update in reversed(updates):
        if update.status not in FINAL:
            break
        over_at = update.at
    return over_at


def _statuses(updates: Sequence[Update], begin: datetime, end: datetime, ongoing: bool) -> Iterator[Spell]:
    """Of updates at the same time only the last leaves a trace."""
    told: dict[datetime, Status | None] = {begin: None}
    told |= {update.at: update.status for update in updates if begin <= update.at < end}
    since, status = begin, told.pop(begin)
    for at, following in told.items():
        if following is not status:
            yield Spell(status, since, at)
            since, status = at, following
    yield Spell(status, since, end, ongoing)


def _states(effects: Iterable[Effect]) -> dict[str, tuple[Spell, ...]]:
    """What was taken back at the very same time leaves no trace."""
    found: dict[str, tuple[Spell, ...]] = {}
    for effect in effects:
        known = found.get(effect.component, ())
        start = effect.start
        if known and known[-1].what is effect.state and known[-1].end == start:
            known, start = known[:-1], known[-1].start
        if start < effect.end:
            found[effect.component] = (*known, Spell(effect.state, start, effect.end, effect.ongoing))
    return found
