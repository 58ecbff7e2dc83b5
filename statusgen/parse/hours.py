"""`hours: Mon-Fri 08:00-18:00` of a promise."""

from __future__ import annotations

import re
from datetime import date
from zoneinfo import ZoneInfo

import yaml

from statusgen.model.hours import DAY_MINUTES, Hours, Span
from statusgen.parse.fields import Fields
from statusgen.parse.times import Clock, Complaint
from statusgen.parse.yaml_nodes import line_of

NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DASH = r"\s*[-–—]\s*"
TIME = r"(\d{1,2}):(\d{2})"
SPAN = re.compile(rf"(?:([a-z]+)(?:{DASH}([a-z]+))?\s+)?{TIME}{DASH}{TIME}", re.IGNORECASE | re.ASCII)
EXAMPLE = "as in `Mon-Fri 08:00-18:00`, and more of them behind a comma"


def read_hours(fields: Fields, zone: ZoneInfo) -> Hours | None:
    """None where all hours are promised. What follows a comma without a day is of the days before it."""
    week: list[list[Span]] = [[] for _ in NAMES]
    days: list[int] = []
    if isinstance(node := fields.node("hours"), yaml.MappingNode):
        fields.complain(line_of(node), "wrong-type", "`hours` must be a text", EXAMPLE)
        return None
    for text, line in fields.texts("hours"):
        for part in text.split(","):
            match = SPAN.fullmatch(part.strip())
            named = _find_days(match[1], match[2]) if match and match[1] else days
            span = _find_span(*map(int, match.groups()[2:])) if match else None
            if not named or not match:
                fields.complain(line, "bad-hours", f"`{part.strip()}` is not read as hours", EXAMPLE)
            elif span is None:
                hint = "hours over midnight are two: `Mon 22:00-24:00, Tue 00:00-06:00`"
                fields.complain(line, "bad-hours", f"`{part.strip()}` has no end behind its begin", hint)
            else:
                days = named
                for day in days:
                    week[day].append(span)
    holidays = _read_holidays(fields, Clock(zone))
    if any(week):
        return Hours(zone, tuple(_join(spans) for spans in week), holidays)
    if holidays:
        fields.complain(fields.line_of_key("holidays"), "bad-hours", "`holidays` need `hours`", EXAMPLE)
    return None


def _read_holidays(fields: Fields, clock: Clock) -> frozenset[date]:
    days = set()
    for text, line in fields.texts("holidays"):
        try:
            days.add(clock.parse_date(text))
        except Complaint as complaint:
            fields.complain(line, complaint.code, f"holidays: {complaint.message}", complaint.hint)
    return frozenset(days)


def _find_days(first: str, last: str | None) -> list[int]:
    """From Monday on; [] where a name is none."""
    begin, end = (_find_day(name) for name in (first, last or first))
    if begin is None or end is None:
        return []
    return [number % 7 for number in range(begin, end + 1 + (7 if end < begin else 0))]


def _find_day(name: str) -> int | None:
    """By the first two letters or more."""
    short = name.casefold()
    fits = len(short) >= 2 and (number for number, full in enumerate(NAMES) if full.startswith(short))
    return next(fits, None) if fits else None


def _find_span(hour: int, minute: int, last_hour: int, last_minute: int) -> Span | None:
    begin, end = hour * 60 + minute, last_hour * 60 + last_minute
    return (begin, end) if minute < 60 and last_minute < 60 and begin < end <= DAY_MINUTES else None


def _join(spans: list[Span]) -> tuple[Span, ...]:
    """In order, and what overlaps or touches as one."""
    joined: list[Span] = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((begin, end))
    return tuple(joined)
