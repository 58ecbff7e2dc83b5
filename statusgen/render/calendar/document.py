"""A whole calendar (RFC 5545, 3.4) with its events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Parameters, vDuration

from statusgen.model.language import ENGLISH, Language
from statusgen.model.site import Site
from statusgen.model.states import ChangeStatus
from statusgen.render.calendar.event import Event, event_text
from statusgen.render.calendar.lines import text, to_text
from statusgen.render.calendar.series import read_series
from statusgen.render.calendar.zones import Years, make_zone

NAME = "calendar.ics"
PRODUCT = "-//statusgen//status page//EN"
# How often programs are to look for something new.
LOOK_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class CalendarPlan:
    """A calendar in the folder `folder`. `year` is 0 but where there is no event."""

    folder: str
    title: str
    events: tuple[Event, ...]
    year: int = 0

    @property
    def path(self) -> str:
        return self.folder + NAME


def render_calendar(plan: CalendarPlan, site: Site, language: Language = ENGLISH) -> bytes:
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("CALSCALE", "GREGORIAN")
    calendar["NAME"] = calendar["X-WR-CALNAME"] = text(plan.title)
    calendar["REFRESH-INTERVAL"] = vDuration(LOOK_EVERY, params=Parameters({"VALUE": "DURATION"}))
    calendar["X-PUBLISHED-TTL"] = vDuration(LOOK_EVERY)
    years = _find_years(plan, site.zone)
    if years:
        calendar.add_component(make_zone(site.zone, years))
    # Events are kept as texts: most stand in several calendars, and in the next ones.
    head, end, _ = to_text(calendar).rpartition("END:VCALENDAR")
    return "".join([head, *(event_text(event, site, language) for event in plan.events), end, "\r\n"]).encode()


def _find_years(plan: CalendarPlan, zone: ZoneInfo) -> Years | None:
    """Those of all series together; None where no time needs a zone.

    A calendar has one component at least (3.6), so one without any event tells its zone."""
    if not plan.events:
        return Years(plan.year, plan.year)
    series = [event for event in plan.events if event.change.repeat]
    if not series:
        return None
    found = [read_series(one.change, (zone, one.status is ChangeStatus.CANCELLED)).years for one in series]
    ends = [years.last for years in found]
    last = None if None in ends else max(end for end in ends if end)
    return Years(min(years.first for years in found), last)
