"""`repeat` of a change: a rule of RFC 5545."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice, pairwise, takewhile

from statusgen.history.occurrences import read_rule
from statusgen.parse.fields import Fields

_DAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_NUMBERS = r"[+-]?[0-9]{1,3}(?:,[+-]?[0-9]{1,3})*"
_HOUR, _MINUTE = "(?:2[0-3]|[01]?[0-9])", "[0-5]?[0-9]"
RULE_PARTS = {
    "FREQ": re.compile("DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile("[1-9][0-9]{0,2}"),
    "COUNT": re.compile("[1-9][0-9]{0,3}"),
    "UNTIL": re.compile("[0-9]{8}(?:T[0-9]{6})?"),
    "WKST": re.compile(_DAY),
    "BYDAY": re.compile(f"(?:[+-]?[0-9]{{1,2}})?{_DAY}(?:,(?:[+-]?[0-9]{{1,2}})?{_DAY})*"),
    "BYHOUR": re.compile(f"{_HOUR}(?:,{_HOUR})*"),
    "BYMINUTE": re.compile(f"{_MINUTE}(?:,{_MINUTE})*"),
    **dict.fromkeys(("BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYYEARDAY", "BYWEEKNO"), re.compile(_NUMBERS)),
}
HINT = "a rule of RFC 5545, such as `FREQ=WEEKLY`, daily at most, `UNTIL` without `Z`"
# What is wrong with a part, where that can be said in a word.
PART_HINTS = {
    "FREQ": "daily at most; `FREQ=DAILY;BYHOUR=2,14` is twice a day",
    "COUNT": "1 to 9999; without `COUNT` and `UNTIL` the rule has no end",
    "INTERVAL": "1 to 999",
    "UNTIL": "the last day, as in `UNTIL=20261231`; or a local time, `UNTIL` without `Z`",
    "BYHOUR": "hours of 0 to 23, as in `BYHOUR=2,14`",
    "BYMINUTE": "minutes of 0 to 59, as in `BYMINUTE=0,30`",
}
LAST_DAY = re.compile(r"(?<=UNTIL=)[0-9]{8}(?!T)")
RULE_HORIZON = timedelta(days=366 * 30)
# dateutil looks for what never comes up to the year 9999, which takes seconds. Days, weekdays and leap years repeat
# every 400 years, so a rule is tried this much later, where the search soon ends.
LATER_YEARS = 7600
# Eight a day: every window of the past is worked out, and figures are made of each.
MOST_A_YEAR = 3000
YEAR = timedelta(days=366)
# For how long windows are looked at for warnings.
SOON = 5 * YEAR


def read_repeat(fields: Fields, first: datetime | None) -> str:
    """`first` is the wall time of the first window, where it is known."""
    rule = fields.text("repeat").upper().removeprefix("RRULE:")
    if not rule:
        return ""
    parts = [part.partition("=")[::2] for part in rule.split(";")]
    names = [name for name, _ in parts]
    wrong = [name for name, value in parts if name not in RULE_PARTS or not RULE_PARTS[name].fullmatch(value)]
    # People mean the whole of the last day; dateutil would read its midnight.
    whole = LAST_DAY.sub(r"\g<0>T235959", rule)
    start = first or datetime(2026, 1, 1)  # noqa: DTZ001
    begin = None
    if not wrong and "FREQ" in names and len(names) == len(set(names)):
        begin = _find_begin(whole, start)
    line = fields.line_of_key("repeat")
    if begin is None:
        hint = next((PART_HINTS[name] for name in wrong if name in PART_HINTS), HINT)
        fields.complain(line, "bad-repeat", f"`{rule}` is not a rule that can be followed", hint)
        return ""
    if _count(whole, start, begin + YEAR) > MOST_A_YEAR:
        message = f"`{rule}` has more than {MOST_A_YEAR} windows a year"
        fields.complain(line, "too-many-windows", message, "eight a day at most; one long window may do for many")
        return ""
    if first and begin != first:
        message = f"the rule has no window at `starts`: the first one is on {begin:%A, %Y-%m-%d}"
        message += f" at {begin:%H:%M}" if begin.date() == first.date() else ""
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


def _count(rule: str, first: datetime, until: datetime) -> int:
    """Up to one more than are allowed in a year."""
    from dateutil.rrule import rrulestr  # slow to import, and few sites repeat

    return sum(1 for _ in islice(takewhile(lambda wall: wall < until, rrulestr(rule, dtstart=first)), MOST_A_YEAR + 1))


def check_overlaps(fields: Fields, rule: str, first: datetime, length: timedelta) -> None:
    """Warns of windows of a rule that overlap. Times are those of the wall clock."""
    soon = list(islice(walls_until(rule, first, first + SOON), 400))
    overlap = next((pair for pair in pairwise(soon) if pair[1] - pair[0] < length), None)
    if overlap:
        key = "duration" if fields.node("duration") else "ends"
        form = "%Y-%m-%d" if overlap[0].date() != overlap[1].date() else "%Y-%m-%d %H:%M"
        message = f"the window of {overlap[0]:{form}} still runs when that of {overlap[1]:{form}} begins"
        fields.warn(fields.line_of_key(key), "repeat-overlap", message, "make it shorter, or repeat it less often")


def walls_until(rule: str, first: datetime, until: datetime) -> Iterator[datetime]:
    return takewhile(lambda wall: wall <= until, read_rule(rule, first))
