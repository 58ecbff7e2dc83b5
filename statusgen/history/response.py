"""How an incident was responded to: how long everything took, and whether that is what was promised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from statusgen.history.hours import add_hours
from statusgen.model.entries import Incident, Update, component_ids
from statusgen.model.hours import Hours
from statusgen.model.kept import kept_with
from statusgen.model.service_level import Measure, ResponseLevel
from statusgen.model.spans import whole_seconds
from statusgen.model.states import IncidentStatus

# A length, and the hours in which it goes by.
_Term = tuple[timedelta, Hours | None]
Levels = tuple[tuple[str, ResponseLevel], ...]
RESOLVED = IncidentStatus.RESOLVED
# A fix that is watched tells that the cause was found, too.
FOUND = (IncidentStatus.IDENTIFIED, IncidentStatus.MONITORING)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a promise, whose time goes by in its `hours`, where it has some. `kept` is None while it can still
    be kept: then the next that is awaited is due at `due_at`."""

    measure: Measure
    allowed_for: timedelta
    kept: bool | None
    due_at: datetime | None
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """Whole seconds from the incident's begin, None for what did not happen yet: to the first update, to the first that
    says that the cause was found, and to the end.

    `silence` is the longest time from one update to the next until it was resolved, while it is open also up to now;
    None where there was no next. Of `next_due` promised next updates `next_kept` came in time; those that may still
    come are not among them. `answers` are to what was promised for all incidents of such an impact."""

    first_update: int
    identify: int | None
    resolve: int | None
    silence: int | None
    next_due: int
    next_kept: int
    answers: tuple[Answer, ...]

    @property
    def promised(self) -> int:
        """How many of the promises have been kept or missed."""
        return sum(1 for answer in self.answers if answer.kept is not None)

    @property
    def kept(self) -> int:
        return sum(1 for answer in self.answers if answer.kept)


def read_response(incident: Incident, levels: Levels, now: datetime) -> Response:
    """`incident` is as it is visible at `now`; `levels` are by component id."""
    return _measure(incident, levels, now) if incident.resolved_at is None else _final(incident, levels)


@kept_with
def _final(incident: Incident, levels: Levels) -> Response:
    return _measure(incident, levels, incident.updates[-1].at)


def due_at(start: datetime, allowed_for: timedelta, hours: Hours | None) -> datetime:
    """When a promise that runs from `start` is to be kept. All promises of a response count their time here."""
    return add_hours(start, allowed_for, hours) if hours else start + allowed_for


def _measure(incident: Incident, levels: Levels, now: datetime) -> Response:
    began, ended, updates = incident.started_at, incident.resolved_at, incident.updates
    waits = _find_waits(incident)
    gaps = [(answered_at or now) - update.at for update, answered_at in waits]
    promised = [
        answered_at is not None and answered_at <= update.next_at
        for update, answered_at in waits
        if update.next_at and (answered_at or update.next_at <= now)
    ]
    found = next((update.at for update in updates if update.status in FOUND), None)
    return Response(
        first_update=whole_seconds(updates[0].at - began),
        identify=whole_seconds(found - began) if found else None,
        resolve=whole_seconds(ended - began) if ended else None,
        silence=whole_seconds(max(gaps)) if gaps else None,
        next_due=len(promised),
        next_kept=sum(promised),
        answers=tuple(_answers(incident, levels, waits, now)) if levels else (),
    )


def _find_waits(incident: Incident) -> list[tuple[Update, datetime | None]]:
    """The updates after which people wait for another, and when it came. After `resolved` nobody waits, also where it
    turns out not to have been the end."""
    updates = incident.updates
    answered: list[datetime | None] = [update.at for update in updates[1:]]
    return [wait for wait in zip(updates, [*answered, None], strict=True) if wait[0].status is not RESOLVED]


def _answers(
    incident: Incident, levels: Levels, waits: Iterable[tuple[Update, datetime | None]], now: datetime
) -> Iterator[Answer]:
    spans: dict[Measure, list[tuple[datetime, datetime | None]]] = {
        Measure.FIRST_UPDATE: [(incident.started_at, incident.updates[0].at)],
        Measure.BETWEEN_UPDATES: [(update.at, answered_at) for update, answered_at in waits],
        Measure.RESOLVE: [(incident.started_at, incident.resolved_at)],
    }
    for measure, terms in _find_limits(incident, levels).items():
        # Where nobody had to wait for another update, there is nothing to keep.
        if spans[measure]:
            yield _strictest([_judge(measure, *term, spans[measure], now) for term in terms])


def _strictest(answers: list[Answer]) -> Answer:
    """One that is missed, else the one that is due first; which that is depends on the hours in which time goes by."""
    missed = next((answer for answer in answers if answer.kept is False), None)
    waiting = [(answer.due_at, number) for number, answer in enumerate(answers) if answer.due_at]
    return missed or answers[min(waiting)[1] if waiting else 0]


def _find_limits(incident: Incident, levels: Levels) -> dict[Measure, list[_Term]]:
    """Of the components that it names, for its impact, the shortest first."""
    named, impact = component_ids(incident), incident.impact
    found: dict[Measure, set[_Term]] = {}
    for component_id, level in levels:
        if component_id in named:
            for limit in level.limits:
                if limit.impact is impact:
                    found.setdefault(limit.measure, set()).add((limit.allowed_for, level.hours))
    return {measure: sorted(found[measure], key=_length_of) for measure in Measure if measure in found}


def _length_of(term: _Term) -> tuple[timedelta, str]:
    """Of the same length, always in the same order."""
    return term[0], repr(term[1])


def _judge(
    measure: Measure,
    allowed_for: timedelta,
    hours: Hours | None,
    waits: Iterable[tuple[datetime, datetime | None]],
    now: datetime,
) -> Answer:
    """`waits`: when each began, and when it ended; None where it has not."""
    kept: bool | None = True
    waiting = None
    for start, end in waits:
        due = due_at(start, allowed_for, hours)
        if (due <= now) if end is None else (due < end):
            return Answer(measure, allowed_for, False, None, hours)
        if end is None:
            kept, waiting = None, due
    return Answer(measure, allowed_for, kept, waiting, hours)
