"""Updates that tell nothing, that stand in an order nobody meant, and incidents that are planned work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from statusgen.model.entries import Incident, all_states
from statusgen.model.states import ChangeStatus, State, worst
from statusgen.parse.checks.subject import Subject, Told
from statusgen.problems import Problem

PLANNED = re.compile(
    r"\b(?:planned|scheduled|upcoming|routine|preventive)\b[\w\s]{0,40}"
    r"\b(?:maintenance|downtime|upgrades?|migrations?|work|outage)\b"
    r"|\b(?:maintenance|upgrades?|migrations?|downtime) (?:is |are )?(?:planned|scheduled)\b"
    r"|\bmaintenance (?:window|announcement|notice|outage)\b|^\W*(?:planned|scheduled|upcoming)\b"
    r"|^upgrade of\b|^\W*(?:\w+\W+){0,3}(?:maintenance|upgrade)\W*$",
    re.IGNORECASE,
)
RECENT = timedelta(days=90)
# `Errors after the planned upgrade` is about something that broke.
BROKEN = re.compile(
    r"\b(?:after|following|during|since|due to|caused by|because of|from|unplanned|unscheduled|emergency"
    r"|errors?|fail\w*|issues?|problems?|unavailable)\b",
    re.IGNORECASE,
)


def check_words(subject: Subject, now: datetime) -> Iterator[Problem]:
    """Recent updates without a text, and those to come. How work begins and ends needs none: the page says that by
    itself. What is older was read by nobody who could still be told."""
    entry = subject.parsed.entry
    for told in subject.updates:
        announces = told.status is ChangeStatus.SCHEDULED and not any(line.strip() for _, line in subject.summary)
        if not told.body.strip() and told.at + RECENT > now and (isinstance(entry, Incident) or announces):
            message = f"this update says `{told.status.value}` and nothing else"
            hint = "write below it, in a sentence, what customers notice and what happens next"
            yield subject.warn(told.line, "empty-update", message, hint)


def check_order(subject: Subject) -> Iterator[Problem]:
    """New updates are added above or below the others: the times fall to the oldest one and rise again. What rises and
    falls has a wrong time in it."""
    updates = subject.updates
    if _is_valley(updates):
        return
    wrong = _find_wrong(updates)
    told = updates[wrong]
    other = updates[wrong - 1] if wrong else updates[1]
    clock = subject.clock
    message = f"by its time, {clock.write_time(told.at)}, this update does not belong here"
    where = "above" if wrong else "below"
    hint = f"the one {where} it is of {clock.write_time(other.at)}; correct the time, or move the update"
    yield subject.warn(told.line, "update-order", message, hint)


def _is_valley(updates: tuple[Told, ...]) -> bool:
    times = [told.at for told in updates]
    low = times.index(min(times)) if times else 0
    return times[: low + 1] == sorted(times[: low + 1], reverse=True) and times[low:] == sorted(times[low:])


def _find_wrong(updates: tuple[Told, ...]) -> int:
    """The last one without which the others are in order; else the first one that is out of it."""
    for number in reversed(range(len(updates))):
        if _is_valley(updates[:number] + updates[number + 1 :]):
            return number
    return next(number for number in range(len(updates)) if not _is_valley(updates[: number + 1]))


def check_planned(subject: Subject) -> Iterator[Problem]:
    """Incidents that are planned work: customers would see an outage, also before it begins."""
    entry = subject.parsed.entry
    if not isinstance(entry, Incident):
        return
    title = PLANNED.search(entry.title) if not BROKEN.search(entry.title) else None
    by_state = worst(all_states(entry)) is State.UNDER_MAINTENANCE
    if title or by_state:
        why = f"`{title[0].strip()}` in the title says so" if title else "its components are under maintenance"
        line = next((number for number, text in subject.header if text.startswith("title:")), 1)
        message = f"this looks like planned work ({why}), and is shown as something that broke"
        hint = "move it to changes/ with `starts:` and `duration:`; then it shows as planned until it begins"
        yield subject.warn(line, "planned-incident", message, hint)
