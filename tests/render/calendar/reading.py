"""Calendars as the icalendar library reads them: what is wrong anywhere is an error."""

from __future__ import annotations

from typing import Any

from icalendar import Calendar
from sites import NOW, parse_files

from statusgen.history.snapshot import take_snapshot
from statusgen.render.calendar.document import render_calendar
from statusgen.render.calendar.plan import plan_calendars

# What each event must have once, and what one may have once at most.
ONCE = ("UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "STATUS", "ORGANIZER", "URL", "DESCRIPTION")
NOTED = ("PROVIDER", "ACCOUNT", "MAINTENANCE-ID", "IMPACT", "STATUS")


def make_calendars(files: dict[str, str], now: Any = NOW) -> dict[str, bytes]:
    content = parse_files(files, now)
    plans = plan_calendars(take_snapshot(content, now))
    return {plan.path: render_calendar(plan, content.site) for plan in plans}


def read_calendar(data: bytes) -> Calendar:
    """Checked byte by byte first (RFC 5545, 3.1)."""
    assert data.endswith(b"\r\n") and b"\r" not in data.replace(b"\r\n", b"")
    lines = data.split(b"\r\n")[:-1]
    assert all(0 < len(line) <= 75 for line in lines)
    for line in lines:
        line.decode()
        assert not any((octet < 32 and octet != 9) or octet == 127 for octet in line)
    (calendar,) = Calendar.from_ical(data, multiple=True)
    assert isinstance(calendar, Calendar)
    assert [error for part in calendar.walk() for error in part.errors] == []
    assert calendar.subcomponents, "RFC 5545 (3.6) wants one at least"
    assert "METHOD" not in calendar
    for event in calendar.walk("VEVENT"):
        names = (*ONCE, *(f"X-MAINTNOTE-{name}" for name in NOTED))
        assert [name for name in names if name not in event or isinstance(event[name], list)] == []
        assert "X-MAINTNOTE-OBJECT-ID" in event
    return calendar


def events_of(data: bytes) -> list[Any]:
    return list(read_calendar(data).walk("VEVENT"))
