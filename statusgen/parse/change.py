"""changes/*.md: planned work."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime

from statusgen.history.changes import ENDED, RUNNING, first_move
from statusgen.history.occurrences import find_windows
from statusgen.model.entries import Change, Deviation
from statusgen.model.states import ChangeStatus, ChangeType, State
from statusgen.parse.except_items import read_items
from statusgen.parse.exceptions import Series, read_deviations
from statusgen.parse.fields import Fields, value_of
from statusgen.parse.headings import Heading, split_updates
from statusgen.parse.markup import check_markup
from statusgen.parse.near_updates import check_near_updates
from statusgen.parse.occurrence import read_occurrence
from statusgen.parse.parsed import Parsed, Reading, open_entry, read_states
from statusgen.parse.repeat import check_overlaps, read_repeat
from statusgen.parse.times import Clock
from statusgen.parse.updates import Mention, check_end, parse_updates
from statusgen.problems import Problem, has_errors


def parse_change(path: str, data: bytes, reading: Reading) -> tuple[Parsed | None, list[Problem]]:
    head, problems = open_entry(path, data)
    if head is None:
        return None, problems
    fields = head.fields
    states, mentions = read_states(fields, State.UNDER_MAINTENANCE)
    window = _read_window(fields, reading.clock)
    change_type = fields.choice("change_type", ChangeType) or ChangeType.NORMAL
    automatic = fields.flag("auto") is not False
    counts = fields.flag("counts_as_downtime")
    repeat, deviations, named = _read_series(fields, window, reading)
    occurrence = read_occurrence(fields, reading.clock)
    feed_id = fields.text("feed_id")
    summary, headings = split_updates(head.document.body, head.document.body_line)
    head.problems.extend(check_markup(path, summary, head.document.body_line))
    check_near_updates(fields, head.document.body, head.document.body_line, ChangeStatus)
    times = reading.times_of(path)
    updates, more, newest_first = parse_updates(fields, headings, ChangeStatus, reading.clock, times, reading.now)
    check_end(fields, headings, updates, ChangeStatus.COMPLETED, reading.clock)
    if repeat:
        _check_series(fields, headings, {line for _, line in more})
    if window is None:
        return head.result(None)
    change = Change(
        id=head.id,
        path=path,
        title=head.title,
        summary=summary.strip("\n"),
        states=states,
        starts_at=window[0],
        ends_at=window[1],
        updates=updates,
        change_type=change_type,
        automatic=automatic,
        repeat=repeat,
        deviations=deviations,
        counts_as_downtime=counts,
        feed_id=feed_id,
        occurrence=occurrence,
    )
    if reading.now and not headings and not head.draft and not has_errors(head.problems):
        _check_announced(fields, change, reading.now, reading.clock)
    _check_late_end(fields, headings, change, reading.clock)
    mentions += (*named, *more)
    id_line, occurrence_line = fields.line_of_key("id"), fields.line_of_key("occurrence")
    parsed = Parsed(change, head.draft, mentions, (), id_line, occurrence_line, newest_first=newest_first)
    return head.result(parsed)


def _read_series(
    fields: Fields, window: tuple[datetime, datetime] | None, reading: Reading
) -> tuple[str, tuple[Deviation, ...], tuple[Mention, ...]]:
    """The rule, what deviates from it, and the components that this names."""
    first = window[0].astimezone(reading.clock.zone).replace(tzinfo=None) if window else None
    repeat = read_repeat(fields, first)
    items, mentions = read_items(fields, reading)
    if items and fields.node("repeat") is None:
        fields.complain(fields.line_of_key("except"), "bad-repeat", "`except` needs `repeat`")
    if not repeat or not first or not window:
        return repeat, (), mentions
    series = Series(repeat, first, window[1] - window[0])
    check_overlaps(fields, repeat, first, series.length)
    return repeat, read_deviations(fields, items, series, reading.clock), mentions


def _read_window(fields: Fields, clock: Clock) -> tuple[datetime, datetime] | None:
    ends_text, duration_text = fields.text("ends"), fields.text("duration")
    starts, ends, duration = fields.time("starts", clock), fields.time("ends", clock), fields.duration("duration")
    no_end = fields.node("ends") is None and fields.node("duration") is None
    if fields.node("starts") is None:
        missing = "`starts` and `ends` or `duration` are" if no_end else "`starts` is"
        fields.complain(1, "missing-key", f"{missing} missing", "`starts: 2026-12-03 22:00` and `duration: 2h`")
    elif no_end:
        fields.complain(1, "missing-key", "`ends` or `duration` is missing", "`duration: 2h`")
    if ends_text and duration_text:
        fields.complain(fields.line_of_key("duration"), "two-ends", "`ends` and `duration` are both given", "keep one")
    if starts is None:
        return None
    end = ends or (starts + duration if duration else None)
    if end is None:
        return None
    if end <= starts:
        message = f"the change ends before it starts: `ends` is {clock.write_time(end)}"
        hint = f"`starts` is {clock.write_time(starts)}"
        fields.complain(fields.line_of_key("ends"), "time-order", message, hint)
        return None
    return starts, end


def _check_announced(fields: Fields, change: Change, now: datetime, clock: Clock) -> None:
    """Warns where no words announce planned work, which without git feeds do not tell of before it begins."""
    if any(window.start > now for window in find_windows(change, clock.zone, now)):
        message = "no update says `scheduled`: feeds announce this work without a word, and without git not at all"
        hint = f"add `## scheduled @ {clock.write_time(now)}` and a sentence for customers"
        line = fields.line_of_key("starts")
        fields.warn(line, "not-announced", message, hint)


def _check_late_end(fields: Fields, headings: list[Heading], change: Change, clock: Clock) -> None:
    """Warns where work counts as downtime for long after its window, perhaps only because its end was told late."""
    first = first_move(change.updates)
    if change.repeat or not change.automatic or not first or first.status is not ChangeStatus.COMPLETED:
        return
    outage = any(state in (State.PARTIAL_OUTAGE, State.MAJOR_OUTAGE) for _, state in change.states)
    counts = outage if change.counts_as_downtime is None else change.counts_as_downtime
    if counts and first.at - change.ends_at > change.ends_at - change.starts_at:
        line = next((heading.line for heading in headings if value_of(heading.status) == first.status), 0)
        message = f"the window ended at {clock.write_time(change.ends_at)}, and downtime is counted until this update"
        hint = f"if the work was over in time, write `## completed @ {clock.write_time(change.ends_at)}`"
        fields.warn(line, "late-end", message, hint)


def _check_series(fields: Fields, headings: list[Heading], with_states: Container[int]) -> None:
    """Warns of updates that move nothing: the windows of a rule begin and end by the clock.

    `with_states` are the lines of the headings that give components a state."""
    for heading in headings:
        status = value_of(heading.status)
        if status in RUNNING or (heading.line in with_states and status not in ENDED):
            message = "a repeating change is moved by the clock: this update is shown and changes nothing else"
            hint = "without `repeat` it could be moved; `cancelled` and `completed` end the series"
            fields.warn(heading.line, "repeat-update", message, hint)
