"""Open incidents of which customers hear nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from statusgen.history.response import due_at, read_response
from statusgen.history.visible import visible_incident
from statusgen.model.entries import Incident
from statusgen.model.service_level import Measure
from statusgen.model.site import Site
from statusgen.parse.checks.subject import Subject
from statusgen.problems import Problem

# So long an incident may be open without a word: by then most are over, and were only not closed.
LONG = timedelta(days=3)


def check_silence(subject: Subject, site: Site, now: datetime) -> Iterator[Problem]:
    """At most one warning: what was promised goes first."""
    entry = subject.parsed.entry
    incident = visible_incident(entry, now) if isinstance(entry, Incident) else None
    if incident is None or incident.resolved_at:
        return
    last = incident.updates[-1]
    line = next((told.line for told in subject.updates if told.at == last.at), 1)
    silent_for = now - last.at
    write = "write what is known now, also that nothing is new, with a new `next=`; or `resolved`"
    awaited_at = last.next_at or _promised_at(incident, site, now)
    if awaited_at and awaited_at <= now:
        why = "said that the next one comes" if last.next_at else "is followed by another, as is promised in site.yaml,"
        message = f"this update {why} by {subject.clock.write_time(awaited_at)}, {_length(now - awaited_at)} ago"
        yield subject.warn(line, "update-overdue", message, write)
    elif not awaited_at and silent_for > LONG:
        message = f"this incident is open, and nothing was said for {silent_for.days} days"
        hint = "if it is over, add `## resolved @ …` with the time at which it was; else say what is new"
        yield subject.warn(line, "open-for-days", message, hint)


def _promised_at(incident: Incident, site: Site, now: datetime) -> datetime | None:
    """When the next update is due by `between_updates` of a promise in site.yaml."""
    answers = read_response(incident, site.responses, now).answers
    between = next((answer for answer in answers if answer.measure is Measure.BETWEEN_UPDATES), None)
    return due_at(incident.updates[-1].at, between.allowed_for, between.hours) if between else None


def _length(late: timedelta) -> str:
    minutes = int(late.total_seconds()) // 60
    if minutes < 100:
        return f"{minutes} min"
    return f"{round(minutes / 60)} h" if minutes < 2880 else f"{late.days} days"
