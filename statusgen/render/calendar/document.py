"""A whole calendar (RFC 5545, 3.4) with its events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from statusgen.model.site import Site
from statusgen.model.states import ChangeStatus
from statusgen.render.calendar.event import Event, event_text
from statusgen.render.calendar.lines import line, text
from statusgen.render.calendar.series import read_series
from statusgen.render.calendar.zones import Years, render_zone

NAME = "calendar.ics"
PRODUCT = "-//statusgen//status page//EN"
# How often programs are to look for something new.
LOOK_EVERY = "PT1H"


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


def render_calendar(plan: CalendarPlan, site: Site) -> bytes:
    return "".join(_lines(plan, site)).encode()


def _lines(plan: CalendarPlan, site: Site) -> Iterator[str]:
    yield line("BEGIN", "VCALENDAR")
    yield line("VERSION", "2.0")
    yield line("PRODID", PRODUCT)
    yield line("CALSCALE", "GREGORIAN")
    yield line("NAME", text(plan.title))
    yield line("X-WR-CALNAME", text(plan.title))
    yield line("REFRESH-INTERVAL;VALUE=DURATION", LOOK_EVERY)
    yield line("X-PUBLISHED-TTL", LOOK_EVERY)
    years = _find_years(plan, site.zone)
    if years:
        yield render_zone(site.zone, years)
    for event in plan.events:
        yield event_text(event, site)
    yield line("END", "VCALENDAR")


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
