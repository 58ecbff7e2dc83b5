"""Update headings to typed updates, oldest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from difflib import get_close_matches
from itertools import groupby
from operator import attrgetter

from statusgen.model.entries import States, Update
from statusgen.model.states import FINAL, ChangeStatus, IncidentStatus, State
from statusgen.parse.fields import Fields, member_of
from statusgen.parse.future import check_future
from statusgen.parse.headings import Heading
from statusgen.parse.markup import check_markup
from statusgen.parse.times import CLOCK_TIME, DATE, TIME_HINT, Clock, Complaint, parse_duration

# `api: partial_outage`, as in the front matter; not the time in `next=10:30`.
COLON_PAIR = re.compile(r"(?<![\w=.-])([A-Za-z][\w.-]*)\s*:\s*([A-Za-z0-9][\w-]*)(?![\w:=-])")
# Three times as fast as a format of dates.
ID = "update-%04d%02d%02dT%02d%02d%02dZ"
Mention = tuple[str, int]


@dataclass(frozen=True, slots=True)
class HeadingTimes:
    """Times from git for headings without one, by line. `why_none` explains an absent one to the author.

    The lines of `uncommitted` have the time of now, until a commit brings them in. With `is_new`, a heading without a
    time was only just written, as far as can be told."""

    by_line: Mapping[int, datetime]
    why_none: str = "this heading has no time, and the content is not in a git repository"
    uncommitted: frozenset[int] = frozenset()
    is_new: bool = True


def parse_updates(
    fields: Fields,
    headings: list[Heading],
    statuses: type[IncidentStatus] | type[ChangeStatus],
    clock: Clock,
    times: HeadingTimes,
    now: datetime | None,
) -> tuple[tuple[Update, ...], tuple[Mention, ...], bool]:
    """Updates oldest first with their ids, the components they name with lines, and whether the file has the newest
    first. Broken ones are left out.

    `now` is the clock's time, None where none is to be compared with."""
    updates: list[Update] = []
    lines: list[tuple[datetime, int]] = []
    mentions: list[Mention] = []
    for heading in headings:
        status = parse_status(fields, heading, statuses)
        at = _parse_at(fields, heading, clock, times, now) if status or heading.time else None
        # How work begins and ends may be written in advance.
        if status and at and now and (status is ChangeStatus.SCHEDULED or isinstance(status, IncidentStatus)):
            check_future(fields, heading, at, clock, now)
        fields.problems += check_markup(fields.path, heading.body, heading.line + 1)
        states, next_at = parse_attributes(fields, heading, at, clock)
        if states:
            mentions += [(name, heading.line) for name, _ in states]
        if status and at:
            kept = _check_final(fields, heading.line, states) if states and status in FINAL else states
            updates.append(Update(_id_of(at), status, at, heading.body.strip("\n"), kept, next_at))
            lines.append((at, heading.line))
    is_newest_first = bool(updates) and _is_newest_first(updates[0], updates[-1])
    ordered = _in_order(updates[::-1] if is_newest_first else updates)
    if mentions or fields.node("components"):
        _check_reopened(fields, ordered, lines)
    return ordered, tuple(mentions), is_newest_first


def _check_final(fields: Fields, line: int, states: States) -> States:
    """Without the states that would not hold, and warns of them: people would take them for shown."""
    kept = tuple((name, state) for name, state in states if state is State.OPERATIONAL)
    for name in [name for name, state in states if state is not State.OPERATIONAL]:
        message = f"`{name}` is operational from here on, so this state is not used"
        hint = "give it to an update before this one, or take this one out until all is well"
        fields.warn(line, "state-not-used", message, hint)
    return kept


def _check_reopened(fields: Fields, updates: tuple[Update, ...], lines: Sequence[tuple[datetime, int]]) -> None:
    """Warns of an incident that goes on after its end and affects nothing: the page would say that all is well."""
    if IncidentStatus.RESOLVED not in [update.status for update in updates[:-1]]:
        return
    runs = groupby(updates, key=lambda update: update.status is IncidentStatus.RESOLVED)
    for run in [list(run) for resolved, run in runs if not resolved][1:]:
        if all(state is State.OPERATIONAL for update in run for _, state in update.states):
            message = "this goes on after `resolved`, which made every component operational"
            hint = "name what is affected again, as in `{api=partial_outage}`"
            line = dict(lines)[run[0].at]
            fields.warn(line, "nothing-affected", message, hint)


def check_end(
    fields: Fields,
    headings: list[Heading],
    updates: tuple[Update, ...],
    end: IncidentStatus | ChangeStatus,
    clock: Clock,
) -> None:
    """What ends before anything else happens has a wrong time, and would be shown as going on for ever."""
    if not updates or updates[0].status is not end or all(update.status is end for update in updates):
        return
    line = next((heading.line for heading in headings if heading.status.casefold() == end.value), 0)
    begin = next(update for update in updates if update.status is not end)
    message = f"this is {end.value} at {clock.write_time(updates[0].at)}, before it begins"
    hint = f"one of the times is wrong; `{begin.status.value}` is at {clock.write_time(begin.at)}"
    fields.complain(line, "time-order", message, hint)


def parse_status(
    fields: Fields,
    heading: Heading,
    statuses: type[IncidentStatus] | type[ChangeStatus],
    otherwise: str = "use `###` for a heading inside an update",
) -> IncidentStatus | ChangeStatus | None:
    """`otherwise` is what else to do with one that is not known."""
    status: IncidentStatus | ChangeStatus | None = member_of(statuses, heading.status)
    if status:
        return status
    if not heading.status:
        fields.complain(heading.line, "unknown-status", "this heading has no status", _example(statuses))
    elif DATE.search(heading.status):
        message = "`@` is missing between the status and the time"
        fields.complain(heading.line, "unknown-status", message, _example(statuses))
    elif heading.status.casefold() == "update":
        fields.complain(heading.line, "unknown-status", "`update` is not a status",
                        "repeat the status that still holds, such as `investigating`")  # fmt: skip
    else:
        fields.choose(statuses, heading.status, heading.line, "unknown-status")
        if not fields.problems[-1].hint.startswith("did you mean"):
            hint = f"{fields.problems[-1].hint}; {otherwise}"
            fields.problems[-1] = replace(fields.problems[-1], hint=hint)
    return None


def _example(statuses: type[IncidentStatus] | type[ChangeStatus]) -> str:
    return f"a level-2 heading is an update, as in `## {next(iter(statuses)).value} @ 2026-11-03 09:20`"


def _parse_at(
    fields: Fields, heading: Heading, clock: Clock, times: HeadingTimes, now: datetime | None
) -> datetime | None:
    if heading.time is None:
        at = times.by_line.get(heading.line)
        # Braces that do not match may have swallowed the time: the author reads about the braces only.
        if at is None and heading.status and not heading.unclosed:
            time = clock.write_time(now) if now and times.is_new else "YYYY-MM-DD HH:MM"
            attributes = f" {{{heading.attributes}}}" if heading.attributes else ""
            hint = f"or write when it was: `## {heading.status} @ {time}{attributes}`"
            fields.complain(heading.line, "no-time", times.why_none, hint)
        elif heading.line in times.uncommitted:
            message = "this update has no time yet: it gets that of the commit that brings it"
            fields.warn(heading.line, "not-committed", message)
        return at
    try:
        return clock.parse_time(heading.time)
    except Complaint as complaint:
        fields.complain(heading.line, complaint.code, complaint.message, complaint.hint or TIME_HINT)
        return None


def parse_attributes(
    fields: Fields, heading: Heading, at: datetime | None, clock: Clock
) -> tuple[States, datetime | None]:
    if not heading.attributes and not heading.unclosed:
        return (), None  # as below for a text of no parts, and most headings have none
    states: dict[str, State] = {}
    next_at: datetime | None = None
    seen: set[str] = set()
    if heading.unclosed:
        fields.complain(heading.line, "bad-attributes", "the braces of this heading do not match",
                        "write `{api=partial_outage next=30m}` at its end")  # fmt: skip
    text = re.sub(r"\s*=\s*", "=", heading.attributes.strip())
    for name, value in COLON_PAIR.findall(text):
        fields.complain(heading.line, "bad-attributes", f"`{name}: {value}` is not an attribute",
                        f"write `{name}={value}`")  # fmt: skip
    for part in re.split(r"[\s,;]+", COLON_PAIR.sub("", text)):
        name, equals, value = part.partition("=")
        if not part:
            continue
        if not equals or not name or not value:
            fields.complain(heading.line, "bad-attributes", f"`{part}` is not an attribute",
                            "write `component=state` or `next=30m`")  # fmt: skip
        elif name in seen:
            fields.complain(heading.line, "duplicate-key", f"`{name}` is here twice")
        elif name == "next":
            next_at = _parse_next(fields, heading.line, value, at, clock)
        elif value[0].isdigit() and get_close_matches(name.casefold(), ["next"]):
            fields.complain(heading.line, "bad-attributes", f"`{name}` is neither a component nor `next`",
                            f"did you mean `next={value}`?")  # fmt: skip
        elif value[0].isdigit():
            fields.complain(heading.line, "unknown-state", f"`{value}` is not a state of `{name}`",
                            f"write `next={value}` for when the next update comes")  # fmt: skip
        else:
            state = fields.choose(State, value, heading.line, "unknown-state")
            if state:
                states[name] = state
        seen.add(name)
    return tuple(states.items()), next_at


def _parse_next(fields: Fields, line: int, value: str, at: datetime | None, clock: Clock) -> datetime | None:
    """A duration, a time of day (its first occurrence after the update), or a full time."""
    try:
        if CLOCK_TIME.fullmatch(value):
            if at is None:
                return None
            # `at` is already moved on a demonstration site, so the clock must not move it again.
            here = replace(clock, shift_days=0)
            wall = at.astimezone(clock.zone)
            time = value.zfill(5)
            later = int(f"{wall:%H:%M}" >= time)
            return here.parse_time(f"{wall.date() + timedelta(days=later)} {time}")
        found = clock.parse_time(value) if "T" in value.upper() else at and at + parse_duration(value)
    except Complaint as complaint:
        fields.complain(line, complaint.code, f"next: {complaint.message}", "write `next=30m` or `next=10:30`")
        return None
    if at and found and found <= at:
        fields.complain(line, "time-order", "next: the next update is promised for before this one")
        return None
    return found


def _id_of(at: datetime) -> str:
    """Such as `update-20261103T092000Z`."""
    return ID % (at.year, at.month, at.day, at.hour, at.minute, at.second)


def _in_order(updates: list[Update]) -> tuple[Update, ...]:
    """Oldest first, with ids that differ. Updates of the same time stay as they are among each other."""
    ordered = sorted(updates, key=attrgetter("at"))
    if len({update.id for update in ordered}) == len(ordered):
        return tuple(ordered)
    seen: Counter[str] = Counter()
    numbered = []
    for update in ordered:
        seen[update.id] += 1
        number = seen[update.id]
        numbered.append(update if number == 1 else replace(update, id=f"{update.id}-{number}"))
    return tuple(numbered)


def _is_newest_first(top: Update, bottom: Update) -> bool:
    """By the times or, where one commit brought both, by which of them is an end."""
    if top.at == bottom.at:
        return top.status in FINAL and bottom.status not in FINAL
    return top.at > bottom.at
