"""`repeat` and `except` of a change: a rule of RFC 5545, and the days on which it is not followed."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice, pairwise, takewhile

from statusgen.parse.fields import Fields
from statusgen.parse.times import Clock, Complaint

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
# How many windows, and for how long, are looked at for warnings.
WINDOWS = 30_000
SOON = timedelta(days=366 * 5)


def read_repeat(fields: Fields, first: datetime | None) -> str:
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
        fields.warn(line, "repeat-start", message, "change one of both")
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


def read_dates(fields: Fields, key: str, clock: Clock) -> frozenset[date]:
    days = set()
    for text, line in fields.texts(key):
        try:
            days.add(clock.parse_date(text))
        except Complaint as complaint:
            fields.complain(line, complaint.code, f"{key}: {complaint.message}", complaint.hint)
    return frozenset(days)


def check_windows(fields: Fields, rule: str, first: datetime, length: timedelta, except_on: frozenset[date]) -> None:
    """Warns of windows that overlap, and of exceptions on days without a window. Times are those of the wall clock."""
    soon = list(islice(_windows(rule, first, first + SOON), 400))
    overlap = next((pair for pair in pairwise(soon) if pair[1] - pair[0] < length), None)
    if overlap:
        key = "duration" if fields.node("duration") else "ends"
        message = f"the window of {overlap[0]:%Y-%m-%d} still runs when that of {overlap[1]:%Y-%m-%d} begins"
        fields.warn(fields.line_of_key(key), "repeat-overlap", message, "make it shorter, or repeat it less often")
    if not except_on:
        return
    last = datetime.combine(max(except_on), first.time()) + SOON
    days = [wall.date() for wall in islice(_windows(rule, first, last), WINDOWS)]
    for day in sorted(except_on.difference(days)):
        place = bisect(days, day)
        near = min(days[max(0, place - 1) : place + 1], key=lambda other: abs(other - day), default=None)
        hint = f"the nearest window is on {near:%A, %Y-%m-%d}" if near else ""
        fields.warn(fields.line_of_key("except"), "unused-except", f"there is no window on {day:%A, %Y-%m-%d}", hint)


def _windows(rule: str, first: datetime, until: datetime) -> Iterator[datetime]:
    from dateutil.rrule import rrulestr  # slow to import, and few sites repeat

    return takewhile(lambda wall: wall <= until, rrulestr(rule, dtstart=first))
