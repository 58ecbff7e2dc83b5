"""A calendar's events as another program expands them, in a process of its own."""

from __future__ import annotations

import json
import subprocess
from datetime import datetime
from functools import cache

from other_clients import calendar_client

SCRIPT = """
import json, sys
from datetime import UTC, datetime
import icalendar, recurring_ical_events
for line in sys.stdin:
    text, *between = json.loads(line)
    calendar = icalendar.Calendar.from_ical(text)
    found = recurring_ical_events.of(calendar).between(*map(datetime.fromisoformat, between))
    told = []
    for one in found:
        start, end = one["DTSTART"].dt, one["DTEND"].dt
        # It adds the length of a series by the clock, where RFC 5545 (3.8.5.3) has it exact.
        length = end.replace(tzinfo=None) - start.replace(tzinfo=None)
        begin = start.astimezone(UTC)
        told.append([str(one["SUMMARY"]), str(one["STATUS"]), begin.isoformat(), (begin + length).isoformat()])
    print(json.dumps(told), flush=True)
"""
# Title, status, from when, until when.
Shown = tuple[str, str, datetime, datetime]


@cache
def _program() -> subprocess.Popen[str]:
    command = [str(calendar_client()), "-W", "ignore", "-c", SCRIPT]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def expand(calendar: bytes, start: datetime, end: datetime) -> list[Shown]:
    """What a calendar shows between two instants."""
    program = _program()
    assert program.stdin and program.stdout
    print(json.dumps([calendar.decode(), start.isoformat(), end.isoformat()]), file=program.stdin, flush=True)
    told = json.loads(program.stdout.readline())
    return [(title, status, *map(datetime.fromisoformat, times)) for title, status, *times in told]
