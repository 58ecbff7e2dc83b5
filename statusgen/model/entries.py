"""What people write: incidents, changes, notices, problem reports and pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from statusgen.model.kept import kept
from statusgen.model.revisions import Record
from statusgen.model.states import (
    IMPACT_OF_STATE,
    ChangeType,
    Impact,
    IncidentStatus,
    ProblemStatus,
    State,
    Status,
    worst,
)

States = tuple[tuple[str, State], ...]


# Values that are kept on disk by the thousand have no slots: with them, reading them back takes twice as long.
@dataclass(frozen=True)
class Update:
    """`body` is markdown; `states` hold from `at` on; `next_at` is the promise of the next update."""

    id: str
    status: Status
    at: datetime
    body: str = ""
    states: States = ()
    next_at: datetime | None = None
    automatic: bool = False


@dataclass(frozen=True)
class Incident:
    """`updates` has at least one member, oldest first. `states` hold from `started_at` on. `record` is what git tells,
    if anything."""

    id: str
    path: str
    title: str
    summary: str
    states: States
    started_at: datetime
    updates: tuple[Update, ...]
    impact_override: Impact | None = None
    feed_id: str = ""
    record: Record | None = None
    kept: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def resolved_at(self) -> datetime | None:
        """When it ended, which more words afterwards do not put off; None while it is open."""
        ended_at = None
        for update in reversed(self.updates):
            if update.status is not IncidentStatus.RESOLVED:
                break
            ended_at = update.at
        return ended_at

    @property
    def impact(self) -> Impact:
        return self.impact_override or _worst_impact(self)


@dataclass(frozen=True)
class Change:
    """Planned work in [starts_at, ends_at). `automatic`: the clock moves it. `repeat` is an RFC 5545 RRULE."""

    id: str
    path: str
    title: str
    summary: str
    states: States
    starts_at: datetime
    ends_at: datetime
    updates: tuple[Update, ...]
    change_type: ChangeType = ChangeType.NORMAL
    automatic: bool = True
    repeat: str = ""
    except_on: frozenset[date] = frozenset()
    counts_as_downtime: bool | None = None
    feed_id: str = ""
    record: Record | None = None
    kept: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Notice:
    id: str
    path: str
    title: str
    body: str
    publish_at: datetime
    expires_at: datetime | None = None
    pinned: bool = False
    components: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    text: str
    done: bool


@dataclass(frozen=True, slots=True)
class ProblemReport:
    """The cause behind one or several incidents; called a problem in IT service management."""

    id: str
    path: str
    title: str
    body: str
    status: ProblemStatus
    incidents: tuple[str, ...] = ()
    root_cause: str = ""
    workaround: str = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    id: str
    path: str
    title: str
    body: str


Entry = Incident | Change | Notice | ProblemReport | Page


def all_states(entry: Incident | Change) -> list[State]:
    """Every state that the entry ever gave a component."""
    return [state for _, state in entry.states] + [state for update in entry.updates for _, state in update.states]


def component_ids(entry: Incident | Change | Notice) -> tuple[str, ...]:
    """The components that the entry names, each once, in the order of their first mention."""
    return entry.components if isinstance(entry, Notice) else _affected_ids(entry)


@kept
def _worst_impact(incident: Incident) -> Impact:
    return IMPACT_OF_STATE[worst(all_states(incident))]


@kept
def _affected_ids(entry: Incident | Change) -> tuple[str, ...]:
    named = [name for name, _ in entry.states] + [name for update in entry.updates for name, _ in update.states]
    return tuple(dict.fromkeys(named))
