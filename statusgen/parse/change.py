"""changes/*.md: planned work."""

from __future__ import annotations

from datetime import date, datetime

from statusgen.model.entries import Change
from statusgen.model.states import ChangeStatus, ChangeType, State
from statusgen.parse.fields import Fields
from statusgen.parse.headings import split_updates
from statusgen.parse.markup import check_markup
from statusgen.parse.parsed import Parsed, Reading, open_entry, read_states
from statusgen.parse.times import Clock, Complaint
from statusgen.parse.updates import parse_updates
from statusgen.problems import Problem

RULE_PARTS = {
    *("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"),
    *("BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYYEARDAY", "BYWEEKNO"),
}
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


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
    repeat = _read_repeat(fields)
    except_on = _read_dates(fields, "except", reading.clock)
    feed_id = fields.text("feed_id")
    if except_on and not repeat:
        fields.complain(fields.line_of_key("except"), "bad-repeat", "`except` needs `repeat`")
    summary, headings = split_updates(head.document.body, head.document.body_line)
    head.problems.extend(check_markup(path, summary, head.document.body_line))
    updates, more = parse_updates(fields, headings, ChangeStatus, reading.clock, reading.times_of(path))
    if window is None:
        return head.result(None)
    change = Change(
        id=head.id,
        path=path,
        title=head.title,
        summary=summary,
        states=states,
        starts_at=window[0],
        ends_at=window[1],
        updates=updates,
        change_type=change_type,
        automatic=automatic,
        repeat=repeat,
        except_on=except_on,
        counts_as_downtime=counts,
        feed_id=feed_id,
    )
    return head.result(Parsed(change, head.draft, mentions + more, id_line=fields.line_of_key("id")))


def _read_window(fields: Fields, clock: Clock) -> tuple[datetime, datetime] | None:
    starts_text, ends_text, duration_text = (fields.text(key) for key in ("starts", "ends", "duration"))
    starts, ends, duration = fields.time("starts", clock), fields.time("ends", clock), fields.duration("duration")
    if not starts_text:
        fields.complain(1, "missing-key", "`starts` is missing", "`starts: 2026-12-03 22:00`")
    if ends_text and duration_text:
        fields.complain(fields.line_of_key("duration"), "two-ends", "`ends` and `duration` are both given", "keep one")
    elif not ends_text and not duration_text:
        fields.complain(1, "missing-key", "`ends` or `duration` is missing", "`duration: 2h`")
    if starts is None:
        return None
    end = ends or (starts + duration if duration else None)
    if end is None:
        return None
    if end <= starts:
        fields.complain(fields.line_of_key("ends"), "time-order", "the change ends before it starts")
        return None
    return starts, end


def _read_repeat(fields: Fields) -> str:
    rule = fields.text("repeat").upper().removeprefix("RRULE:")
    if not rule:
        return ""
    from dateutil.rrule import rrulestr  # slow to import, and few sites repeat

    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    try:
        # A rule that yields nothing for years would be searched to the end of the calendar: ask for one.
        rrulestr(rule, dtstart=datetime(2026, 1, 1))  # noqa: DTZ001
        usable = parts.get("FREQ") in FREQUENCIES and int(parts.get("INTERVAL", "1")) > 0 and "\n" not in rule
    except (ValueError, TypeError, KeyError, OverflowError):
        usable = False
    if not usable or not parts.keys() <= RULE_PARTS:
        fields.complain(fields.line_of_key("repeat"), "bad-repeat", f"`{rule}` is not a rule that can be followed",
                        "an RFC 5545 rule, as in `FREQ=WEEKLY;BYDAY=SU`, daily at most")  # fmt: skip
        return ""
    return rule


def _read_dates(fields: Fields, key: str, clock: Clock) -> frozenset[date]:
    days = set()
    for text, line in fields.texts(key):
        try:
            days.add(clock.parse_date(text))
        except Complaint as complaint:
            fields.complain(line, complaint.code, f"{key}: {complaint.message}", complaint.hint)
    return frozenset(days)
