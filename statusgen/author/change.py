"""Planned work: announced, moved, begun, completed or cancelled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from statusgen.author.asked import make_slug, place_of
from statusgen.author.front import has_key, put_value, quote, states_lines, write_front
from statusgen.author.lines import split_lines
from statusgen.author.moments import LONG_WORK, question_future, question_past, say_length, write_moment
from statusgen.author.plan import Existing, Plan
from statusgen.author.updates import NewUpdate, check_text, insert_update, question_twice, update_lines
from statusgen.errors import Error
from statusgen.history.changes import ENDED, RUNNING, change_status, first_move
from statusgen.model.entries import Change, States
from statusgen.model.site import Site
from statusgen.model.states import ChangeStatus, ChangeType, State
from statusgen.parse.front_matter import Document
from statusgen.parse.times import Clock

# Work that begins so much early was perhaps meant to be moved.
EARLY = timedelta(hours=1)
TEXTS = {
    ChangeStatus.SCHEDULED: "We will carry out this work from {{ starts }} to {{ ends }}.",
    ChangeStatus.IN_PROGRESS: "The work has begun.",
    ChangeStatus.COMPLETED: "The work is completed.",
    ChangeStatus.CANCELLED: "This work will not take place as planned.",
}
MOVED = "This work has been moved: it now takes place from {{ starts }} to {{ ends }}."


@dataclass(frozen=True, slots=True)
class Window:
    """[starts_at, ends_at), with the duration as it was typed, or "" where the end was given."""

    starts_at: datetime
    ends_at: datetime
    duration_text: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    title: str
    states: States
    window: Window
    text: str
    at: datetime
    change_type: ChangeType = ChangeType.NORMAL


def plan_schedule(asked: Schedule, paths: Sequence[str], taken: Iterable[str], clock: Clock, now: datetime) -> Plan:
    """A new file. `paths` are those of all changes, and `taken` their ids. Raises Error."""
    window = asked.window
    update = NewUpdate(ChangeStatus.SCHEDULED, asked.at, check_text(asked.text))
    usual = all(state is State.UNDER_MAINTENANCE for _, state in asked.states)
    names = ", ".join(name for name, _ in asked.states)
    fields = [f"title: {quote(asked.title)}"]
    fields += [f"components: [{names}]"] if usual and names else states_lines(asked.states)
    fields += [f"change_type: {asked.change_type.value}"] if asked.change_type is not ChangeType.NORMAL else []
    fields.append(f"starts: {write_moment(window.starts_at, clock)}")
    fields.append(f"duration: {window.duration_text}" if window.duration_text else _ends(window, clock))
    slug, same = make_slug(clock.write_time(window.starts_at)[:10], asked.title, taken)
    path = place_of("changes", slug, paths)
    change = Change(slug, path, asked.title, "", asked.states, window.starts_at, window.ends_at, (update.as_read(),),
                    change_type=asked.change_type)  # fmt: skip
    questions = _question_window(window, clock, now)
    if same:
        questions.append(f"there is a change {same} already; `statusgen change move {same}` moves it.")
    data = write_front(fields, update_lines(update, clock))
    return Plan(path, None, data, change, f"Change: {asked.title}", tuple(questions))


def check_movable(change: Change, site: Site, now: datetime) -> None:
    """Raises Error for what a new window cannot be given."""
    if change.repeat:
        raise Error(f"{change.id} repeats; one of its dates is moved by an item below `except:` in its file")
    status = change_status(change, site.zone, now)
    if status in ENDED:
        raise Error(f"{change.id} is {status.value} already; `statusgen change schedule` plans it anew")


def plan_move(
    existing: Existing[Change], document: Document, window: Window, update: NewUpdate, site: Site, now: datetime
) -> Plan:
    """The values of `starts` and of `ends` or `duration`, and an update that says so. What is not given keeps the way
    in which it is written. Raises Error."""
    change, clock = existing.entry, Clock(site.zone, site.shift_days)
    questions = _question_window(window, clock, now)
    status = change_status(change, site.zone, now)
    if status in RUNNING:
        questions.append(f"{change.id} is {status.value.replace('_', ' ')}: this moves what has begun.")
    lines = split_lines(existing.data)
    # Before the values, because an update moves no line above it, but a value may change where it stands in its own.
    lines = insert_update(lines, document, existing, update, clock)
    lines = put_value(lines, document, "starts", write_moment(window.starts_at, clock))
    if window.duration_text and has_key(document, "ends"):
        lines = put_value(lines, document, "ends", window.duration_text, "duration")
    elif window.duration_text:
        lines = put_value(lines, document, "duration", window.duration_text)
    elif has_key(document, "ends"):
        lines = put_value(lines, document, "ends", write_moment(window.ends_at, clock))
    elif window.ends_at - window.starts_at != change.ends_at - change.starts_at:
        lines = put_value(lines, document, "duration", write_moment(window.ends_at, clock), "ends")
    expected = replace(
        change, starts_at=window.starts_at, ends_at=window.ends_at, updates=(*change.updates, update.as_read())
    )
    subject = f"{change.id}: moved to {clock.write_time(window.starts_at)}"
    return Plan(existing.path, existing.data, lines.encode(), expected, subject, tuple(questions))


def check_step(change: Change, status: ChangeStatus, site: Site) -> None:
    """Raises Error for a step that was taken already, or that work which is over cannot take."""
    if change.repeat and status in RUNNING:
        raise Error(f"{change.id} repeats: its windows begin and end by the clock")
    moves = [update for update in change.updates if update.status in (*RUNNING, *ENDED)]
    clock = Clock(site.zone, site.shift_days)
    if moves and moves[-1].status in ENDED:
        raise Error(f"{change.id} was {moves[-1].status.value} at {clock.write_time(moves[-1].at)} already")
    if moves and moves[-1].status is status is ChangeStatus.IN_PROGRESS:
        raise Error(f"{change.id} began at {clock.write_time(moves[-1].at)} already; `change update` tells more of it")


def plan_progress(existing: Existing[Change], document: Document, update: NewUpdate, site: Site, now: datetime) -> Plan:
    """One more update of planned work."""
    change, clock = existing.entry, Clock(site.zone, site.shift_days)
    latest = change.updates[-1] if change.updates else None
    questions = question_past(update.at, now, "this update", clock)
    if latest and update.at < latest.at:
        questions.append(f"this update is from {clock.write_time(update.at)}, before the latest one "
                         f"({latest.status.value} at {clock.write_time(latest.at)}).")  # fmt: skip
    questions += question_twice(update, latest) if latest else []
    questions += _question_step(change, ChangeStatus(update.status), update.at, clock)
    lines = insert_update(split_lines(existing.data), document, existing, update, clock)
    expected = replace(change, updates=(*change.updates, update.as_read()))
    subject = f"{change.id}: {update.status.value.replace('_', ' ')}"
    return Plan(existing.path, existing.data, lines.encode(), expected, subject, tuple(questions))


def _question_step(change: Change, status: ChangeStatus, at: datetime, clock: Clock) -> list[str]:
    if change.repeat:
        return [f"{change.id} repeats: this ends the whole series."] if status in ENDED else []
    begun = first_move(change.updates)
    early = change.starts_at - at
    if status in (*RUNNING, ChangeStatus.COMPLETED) and not begun and early > EARLY:
        starts = clock.write_time(change.starts_at)
        return [f"{change.id} is planned for {starts}, which is {say_length(early)} ahead."]
    if status in (*RUNNING, *ENDED) and not begun and change.automatic and at > change.ends_at:
        ends = clock.write_time(change.ends_at)
        return [f"the window of {change.id} ended at {ends}, and the page says that it is completed since then."]
    return []


def _question_window(window: Window, clock: Clock, now: datetime) -> list[str]:
    questions = question_future(window.starts_at, now, "the start", clock)
    if window.ends_at - window.starts_at > LONG_WORK:
        questions.append(f"the work takes {say_length(window.ends_at - window.starts_at)}.")
    return questions


def _ends(window: Window, clock: Clock) -> str:
    return f"ends: {write_moment(window.ends_at, clock)}"
