"""VTIMEZONE says of every time what the zone's own rules say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar
from random_moments import ZONES

from statusgen.render.calendar.lines import to_text
from statusgen.render.calendar.zones import AHEAD, Years, make_zone

MORE = ("UTC", "Europe/Dublin", "Africa/Casablanca", "America/New_York", "Asia/Tehran", "Asia/Gaza", "Etc/GMT+5")


def onsets(component: Any, until: datetime) -> list[tuple[datetime, timedelta, str]]:
    """(instant, offset from then on, name) of one of its parts."""
    before, after = component["TZOFFSETFROM"].td, component["TZOFFSETTO"].td
    first = component["DTSTART"].dt
    walls = [first, *(one.dt for one in getattr(component.get("RDATE"), "dts", []))]
    if "RRULE" in component:
        rule = rrulestr(component["RRULE"].to_ical().decode(), dtstart=first)
        walls = list(rule.between(first, until.replace(tzinfo=None), inc=True))
        assert walls[0] == first
    return [(wall.replace(tzinfo=UTC) - before, after, str(component["TZNAME"])) for wall in walls]


@pytest.mark.parametrize("name", [*ZONES, *MORE])
@pytest.mark.parametrize("years", [Years(2026, 2027), Years(2011, 2014), Years(2005, 2008), Years(2026, None)])
def test_every_hour(name: str, years: Years) -> None:
    zone, last = ZoneInfo(name), years.last or years.first + AHEAD
    end = datetime(last + 1, 1, 1, tzinfo=UTC)
    text = to_text(make_zone(zone, years))
    calendar = Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n")
    assert isinstance(calendar, Calendar)
    (found,) = calendar.subcomponents
    told = sorted(one for part in found.subcomponents for one in onsets(part, end))
    at, place = datetime(years.first, 1, 1, tzinfo=UTC), 0
    while at < end:
        while place + 1 < len(told) and told[place + 1][0] <= at:
            place += 1
        there = at.astimezone(zone)
        assert told[place][0] <= at and told[place][1:] == (there.utcoffset(), there.tzname()), at
        at += timedelta(hours=1)


def test_what_goes_on_by_a_rule_has_no_end() -> None:
    text = to_text(make_zone(ZoneInfo("Europe/Berlin"), Years(2026, None)))
    assert text.count("RRULE:FREQ=YEARLY") == 2 and "RDATE" not in text
    assert "DTSTART:20250330T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nTZOFFSETFROM:+0100\r\n" in text
