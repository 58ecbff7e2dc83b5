"""changes/*.md: planned work."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from statusgen.model.entries import Change
from statusgen.model.states import ChangeStatus, ChangeType, State
from statusgen.parse.fields import Fields
from statusgen.parse.headings import split_updates
from statusgen.parse.markup import check_markup
from statusgen.parse.near_updates import check_near_updates
from statusgen.parse.parsed import Parsed, Reading, open_entry, read_states
from statusgen.parse.times import Clock, Complaint
from statusgen.parse.updates import check_end, parse_updates
from statusgen.problems import Problem

_DAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_NUMBERS = r"[+-]?[0-9]{1,3}(?:,[+-]?[0-9]{1,3})*"
RULE_PARTS = {
    "FREQ": re.compile("DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile("[1-9][0-9]{0,2}"),
    "COUNT": re.compile("[1-9][0-9]{0,3}"),
    "UNTIL": re.compile("[0-9]{8}(?:T[0-9]{6})?"),
    "WKST": re.compile(_DAY),
    "BYDAY": re.compile(f"(?:[+-]?[0-9]{{1,2}})?{_DAY}(?:,(?:[+-]?[0-9]{{1,2}})?{_DAY})*"),
    **dict.fromkeys(("BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYYEARDAY", "BYWEEKNO"), re.compile(_NUMBERS)),
}
LAST_DAY = re.compile(r"(?<=UNTIL=)[0-9]{8}(?!T)")
RULE_HORIZON = timedelta(days=366 * 30)
# dateutil looks for what never comes up to the year 9999, which takes seconds. Days, weekdays and leap years repeat
# every 400 years, so a rule is tried this much later, where the search soon ends.
LATER_YEARS = 7600


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
    repeat = _read_repeat(fields, window[0].astimezone(reading.clock.zone).replace(tzinfo=None) if window else None)
    except_on = _read_dates(fields, "except", reading.clock)
    feed_id = fields.text("feed_id")
    if except_on and fields.node("repeat") is None:
        fields.complain(fields.line_of_key("except"), "bad-repeat", "`except` needs `repeat`")
    summary, headings = split_updates(head.document.body, head.document.body_line)
    head.problems.extend(check_markup(path, summary, head.document.body_line))
    check_near_updates(fields, head.document.body, head.document.body_line, ChangeStatus)
    times = reading.times_of(path)
    updates, more = parse_updates(fields, headings, ChangeStatus, reading.clock, times, reading.now)
    check_end(fields, headings, updates, ChangeStatus.COMPLETED)
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
        except_on=except_on,
        counts_as_downtime=counts,
        feed_id=feed_id,
    )
    return head.result(Parsed(change, head.draft, mentions + more, id_line=fields.line_of_key("id")))


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
        fields.complain(fields.line_of_key("ends"), "time-order", "the change ends before it starts")
        return None
    return starts, end


def _read_repeat(fields: Fields, first: datetime | None) -> str:
    """`first` is the wall time of the first window, where it is known."""
    rule = fields.text("repeat").upper().removeprefix("RRULE:")
    if not rule:
        return ""
    parts = [part.partition("=")[::2] for part in rule.split(";")]
    names = [name for name, _ in parts]
    good = all(name in RULE_PARTS and RULE_PARTS[name].fullmatch(value) for name, value in parts)
    # People mean the whole of the last day; dateutil would read its midnight.
    whole = LAST_DAY.sub(r"\g<0>T235959", rule)
    begin = None
    if good and "FREQ" in names and len(names) == len(set(names)):
        begin = _find_begin(whole, first or datetime(2026, 1, 1))  # noqa: DTZ001
    line = fields.line_of_key("repeat")
    if begin is None:
        fields.complain(line, "bad-repeat", f"`{rule}` is not a rule that can be followed",
                        "a rule of RFC 5545, such as `FREQ=WEEKLY`, daily at most, `UNTIL` without `Z`")  # fmt: skip
        return ""
    if first and begin != first:
        message = f"the rule has no window at `starts`: the first one is on {begin:%A, %Y-%m-%d}"
        fields.problems.append(Problem(fields.path, line, "repeat-start", message, "change one of both", "warning"))
    return whole


def _find_begin(rule: str, first: datetime) -> datetime | None:
    """The first window's start by the rule; None where it has none within RULE_HORIZON, or cannot be followed."""
    from dateutil.rrule import rrulestr  # slow to import, and few sites repeat

    later = first.replace(year=first.year + LATER_YEARS)
    open_end = [part for part in rule.split(";") if not part.startswith(("UNTIL=", "COUNT="))]
    try:
        found = next(iter(rrulestr(";".join(open_end), dtstart=later)), None)
        if found is None or found > later + RULE_HORIZON:
            return None
        return next(iter(rrulestr(rule, dtstart=first)), None)
    except (ValueError, TypeError, KeyError, OverflowError):
        return None


def _read_dates(fields: Fields, key: str, clock: Clock) -> frozenset[date]:
    days = set()
    for text, line in fields.texts(key):
        try:
            days.add(clock.parse_date(text))
        except Complaint as complaint:
            fields.complain(line, complaint.code, f"{key}: {complaint.message}", complaint.hint)
    return frozenset(days)
