"""What people write: incidents, changes, notices, problem reports and pages.

`aliases` are files, by their paths in the published site, that send readers on to the entry's page. `lang` is the
tag of the language of an entry's words, or of an update's, "" where it is that of the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from statusgen.model.kept import kept
from statusgen.model.revisions import DeviationKey, Record
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
    lang: str = ""


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
    aliases: tuple[str, ...] = ()
    lang: str = ""
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
class Deviation:
    """One occurrence of a series that is not as its rule has it.

    `on` is the wall time of the site's zone at which the rule begins it: what iCalendar calls RECURRENCE-ID. It takes
    place in [starts_at, ends_at), or would have if it were not `cancelled`. `states` are None where they are those of
    the series. `announced_at` is when customers were told of it; None is with the series. A `change` stands for it."""

    on: datetime
    starts_at: datetime
    ends_at: datetime
    cancelled: bool = False
    states: States | None = None
    title: str = ""
    reason: str = ""
    announced_at: datetime | None = None
    change: Change | None = None

    @property
    def key(self) -> DeviationKey:
        """Which occurrence it is about, and what becomes of that."""
        return self.on, self.starts_at, self.ends_at, self.cancelled


@dataclass(frozen=True)
class OccurrenceName:
    """An occurrence as a file of its own names it: `series` is an id, `on` the wall time at which the rule begins it.

    With `by_day` only its day is given."""

    series: str
    on: datetime
    by_day: bool


@dataclass(frozen=True)
class Place:
    """The place in a series that a change takes: [starts_at, ends_at) is the window by the rule.

    `announced` are the times at which the series was announced, where its announcement holds for the change."""

    series: str
    title: str
    starts_at: datetime
    ends_at: datetime
    announced: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class Change:
    """Planned work in [starts_at, ends_at). `automatic`: the clock moves it.

    `repeat` is an RFC 5545 RRULE, and `deviations` from it are in the order of `on`. `occurrence` is what its file says
    that it stands for, and `place` the place that it takes in that series, if there is one."""

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
    deviations: tuple[Deviation, ...] = ()
    counts_as_downtime: bool | None = None
    feed_id: str = ""
    record: Record | None = None
    occurrence: OccurrenceName | None = None
    place: Place | None = None
    aliases: tuple[str, ...] = ()
    lang: str = ""
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
    aliases: tuple[str, ...] = ()
    lang: str = ""


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
    aliases: tuple[str, ...] = ()
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    id: str
    path: str
    title: str
    body: str
    aliases: tuple[str, ...] = ()
    lang: str = ""


Entry = Incident | Change | Notice | ProblemReport | Page


def all_states(entry: Incident | Change) -> list[State]:
    """Every state that the entry ever gave a component."""
    return [state for states in _all_states(entry) for _, state in states]


def component_ids(entry: Incident | Change | Notice) -> tuple[str, ...]:
    """The components that the entry names, each once, in the order of their first mention."""
    return entry.components if isinstance(entry, Notice) else _affected_ids(entry)


@kept
def _worst_impact(incident: Incident) -> Impact:
    return IMPACT_OF_STATE[worst(all_states(incident))]


@kept
def _affected_ids(entry: Incident | Change) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for states in _all_states(entry) for name, _ in states))


def _all_states(entry: Incident | Change) -> list[States]:
    found = [entry.states, *(update.states for update in entry.updates)]
    if isinstance(entry, Change):
        found += [deviation.states for deviation in entry.deviations if deviation.states]
    return found
