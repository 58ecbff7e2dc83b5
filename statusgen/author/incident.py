"""Incidents: opened, told on, resolved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from statusgen.author.asked import make_slug, place_of
from statusgen.author.front import has_key, quote, states_lines, write_front
from statusgen.author.lines import split_lines
from statusgen.author.moments import question_past, write_moment
from statusgen.author.plan import Existing, Plan
from statusgen.author.updates import NewUpdate, check_text, insert_update, question_twice, update_lines
from statusgen.errors import Error
from statusgen.model.entries import Incident, States
from statusgen.model.states import Impact, IncidentStatus, State
from statusgen.parse.front_matter import Document
from statusgen.parse.times import Clock

LAST_TEXT = "This incident is over. Everything works as usual again."


@dataclass(frozen=True, slots=True)
class Opening:
    """`at` is when the first update was made, and `started_at` when it really began, if another time is known."""

    title: str
    states: States
    text: str
    at: datetime
    status: IncidentStatus = IncidentStatus.INVESTIGATING
    started_at: datetime | None = None
    next_text: str = ""
    impact: Impact | None = None


def check_open(incident: Incident, clock: Clock) -> None:
    """Raises Error for one that is over."""
    if incident.resolved_at:
        raise Error(f"{incident.id} was resolved at {clock.write_time(incident.resolved_at)} already; "
                    "`statusgen incident update` adds to it")  # fmt: skip


def check_states(incident: Incident, status: IncidentStatus, states: States) -> None:
    """Raises Error for a state that would not be shown, because all is said to be well."""
    broken = [name for name, state in states if state is not State.OPERATIONAL]
    if status is IncidentStatus.RESOLVED and broken:
        again = f"{incident.id} is resolved; " if incident.resolved_at else ""
        raise Error(f"{again}with the status resolved, `{broken[0]}` is operational; "
                    "write --status investigating if it is not")  # fmt: skip


def plan_open(asked: Opening, paths: Sequence[str], taken: Iterable[str], clock: Clock, now: datetime) -> Plan:
    """A new file. `paths` are those of all incidents, and `taken` their ids. Raises Error."""
    at, started_at = asked.at, asked.started_at or asked.at
    if started_at > at:
        raise Error(f"the incident starts at {clock.write_time(started_at)}, later than its first update; "
                    "leave the start out, or write --at")  # fmt: skip
    update = NewUpdate(asked.status, at, check_text(asked.text), (), asked.next_text)
    fields = [f"title: {quote(asked.title)}", *states_lines(asked.states)]
    fields += [f"impact: {asked.impact.value}"] if asked.impact else []
    fields += [f"started: {write_moment(started_at, clock)}"] if asked.started_at else []
    slug, same = make_slug(clock.write_time(started_at)[:10], asked.title, taken)
    path = place_of("incidents", slug, paths)
    incident = Incident(
        slug, path, asked.title, "", asked.states, started_at, (update.as_read(),), impact_override=asked.impact
    )
    questions = question_past(at, now, "the first update", clock)
    questions += question_past(started_at, now, "the start", clock) if asked.started_at else []
    if same:
        questions.append(f"there is an incident {same} already; `statusgen incident update {same}` adds to it.")
    data = write_front(fields, update_lines(update, clock))
    return Plan(path, None, data, incident, f"Incident: {asked.title}", tuple(questions))


def plan_update(
    existing: Existing[Incident], document: Document, update: NewUpdate, clock: Clock, now: datetime
) -> Plan:
    """One more update. What it says of components stands in its heading, so that two people who write at the same time
    meet in one place."""
    incident, latest = existing.entry, existing.entry.updates[-1]
    questions = question_past(update.at, now, "this update", clock)
    if update.at < latest.at:
        questions.append(f"this update is from {clock.write_time(update.at)}, before the latest one "
                         f"({latest.status.value} at {clock.write_time(latest.at)}).")  # fmt: skip
    elif incident.resolved_at and update.status is not IncidentStatus.RESOLVED:
        questions.append(f"{incident.id} was resolved at {clock.write_time(incident.resolved_at)}: "
                         "this opens it again.")  # fmt: skip
    elif incident.resolved_at:
        questions.append(f"{incident.id} was resolved at {clock.write_time(incident.resolved_at)}: "
                         "this is told of what is over; --status investigating would open it again.")  # fmt: skip
    questions += question_twice(update, latest)
    lines = insert_update(split_lines(existing.data), document, existing, update, clock)
    started_at = incident.started_at
    if started_at == incident.updates[0].at and not has_key(document, "started"):
        started_at = min(started_at, update.at)
    expected = replace(incident, updates=(*incident.updates, update.as_read()), started_at=started_at)
    subject = f"{incident.id}: {update.status.value}"
    return Plan(existing.path, existing.data, lines.encode(), expected, subject, tuple(questions))


def first_text(states: States, next_text: str) -> str:
    """What customers read where nobody wrote a word yet."""
    promise = "We will write again by {{ next }}" if next_text else "We will write again as soon as we know more"
    what = "We see problems with {{ component }} and are looking into them." if states else "We are looking into this."
    return f"{what} {promise}."
