"""The states that incidents and changes gave components, as spans up to `now`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from statusgen.history.changes import RUNNING, change_updates, series_end
from statusgen.history.occurrences import past_windows
from statusgen.model.entries import Change, Incident, Update
from statusgen.model.states import IncidentStatus, State

# Python 3.11 looks for a member of an enum for as long as a call takes.
OPERATIONAL, RESOLVED = State.OPERATIONAL, IncidentStatus.RESOLVED

_Part = tuple[str, datetime, datetime, State, bool]
# (from when on, the states that components have; those that are not named are operational), oldest first.
Steps = list[tuple[datetime, dict[str, State]]]


# Each entry has some, and a frozen dataclass takes several times as long to make.
class Effect(NamedTuple):
    """`component` was in `state` during [start, end) because of `cause`.

    `counted` is what uptime makes of the state. `announced_at`, where it is known, is when customers were told of just
    this window of a series. `ongoing` effects end at `now` only because nothing is known beyond;
    one that begins at `now` has no length yet."""

    component: str
    start: datetime
    end: datetime
    state: State
    counted: State
    cause: Incident | Change
    ongoing: bool
    announced_at: datetime | None = None


def incident_effects(incident: Incident, now: datetime) -> list[Effect]:
    """`resolved` returns every component to operational; an open incident lasts until `now`."""
    updates = [update for update in incident.updates if update.at <= now]
    if not updates:
        return []
    return [
        Effect(component, start, end, state, state, incident, ongoing)
        for component, start, end, state, ongoing in _spans(incident_steps(incident, updates), now)
    ]


def incident_steps(incident: Incident, updates: Sequence[Update]) -> Steps:
    """The first is its begin; then each of the `updates` has one, with the very same states where it gives none."""
    states = dict(incident.states)
    steps: Steps = [(incident.started_at, states)]
    for update in updates:
        if update.status is RESOLVED:
            states = {}
        elif update.states:
            states = {**states, **dict(update.states)}
        steps.append((update.at, states))
    return steps


def change_effects(change: Change, zone: ZoneInfo, now: datetime) -> Iterator[Effect]:
    """A change has an effect while it is in progress or verifying, never because it is planned."""
    if change.repeat:
        yield from _series_effects(change, zone, now)
        return
    for component, start, end, state, ongoing in _spans(change_steps(change, change_updates(change, now)), now):
        yield Effect(component, start, end, state, _counted(change, state), change, ongoing)


def _counted(change: Change, state: State) -> State:
    if change.counts_as_downtime is None:
        return state
    if not change.counts_as_downtime:
        return State.OPERATIONAL
    # Who gives a state other than under_maintenance has said how bad it is.
    return State.MAJOR_OUTAGE if state is State.UNDER_MAINTENANCE else state


def _series_effects(series: Change, zone: ZoneInfo, now: datetime) -> Iterator[Effect]:
    over = series_end(series, now)
    for window in past_windows(series, zone, now):
        end = min(window.end, over.at if over else now)
        ongoing = window.end > now and over is None
        if window.start < end or ongoing:
            announced_at = window.deviation.announced_at if window.deviation else None
            for component, state in window.states_of(series):
                if state is not State.OPERATIONAL:
                    counted = _counted(series, state)
                    yield Effect(component, window.start, end, state, counted, series, ongoing, announced_at)


def change_steps(change: Change, updates: Sequence[Update]) -> Steps:
    """One for each of the `updates`; no series."""
    states, steps = dict(change.states), []
    for update in updates:
        states.update(dict(update.states))
        steps.append((update.at, dict(states) if update.status in RUNNING else {}))
    return steps


def _spans(steps: Steps, now: datetime) -> list[_Part]:
    """One part for as long as a component stays in a state, by their begin; operational is no effect."""
    parts: list[_Part] = []
    since: dict[str, tuple[datetime, State]] = {}
    before = None
    for at, states in steps:
        # Where the very same states go on, nothing begins or ends.
        if states is before:
            continue
        before = states
        for component, (start, state) in list(since.items()):
            if states.get(component) is not state:
                del since[component]
                if start < at:
                    parts.append((component, start, at, state, False))
        for component, state in states.items():
            if state is not OPERATIONAL and component not in since:
                since[component] = at, state
    parts += [(component, start, now, state, True) for component, (start, state) in since.items()]
    parts.sort(key=itemgetter(1))
    return parts
