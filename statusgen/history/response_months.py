"""The response to incidents by calendar month: each incident counts in the month in which it began."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from statusgen.history.course import Course, began_at
from statusgen.history.figures import SHOWN_MONTHS
from statusgen.history.periods import Period, months_back, months_to, seconds_between
from statusgen.history.response import Response, read_response
from statusgen.model.entries import Incident
from statusgen.model.site import Site
from statusgen.model.spans import whole_seconds
from statusgen.model.zone import day_of, day_start


@dataclass(frozen=True, slots=True)
class Spread:
    """Of `count` waits, one at least, in seconds."""

    count: int
    total: int
    median: Fraction

    @property
    def mean(self) -> Fraction:
        return Fraction(self.total, self.count)


@dataclass(frozen=True, slots=True)
class ResponseMonth:
    """None where there is nothing to measure. The mean of `resolve` is known as MTTR.

    `between` is the mean time between failures, MTBF: the seconds in which no incident was open, of the month up to the
    end of today, for each incident that began in it."""

    period: Period
    incidents: int
    first_update: Spread | None
    identify: Spread | None
    resolve: Spread | None
    silence: int | None
    next_due: int
    next_kept: int
    promised: int
    promises_kept: int
    between: Fraction | None
    kept: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Responses:
    """A month's incidents, oldest first, each with its response, and what they come to.

    Until `open_until` one of an earlier month was open, None where none was; `ends_at`: when the last of these ended.
    Where all `courses` are settled, nothing of it depends on the time within a day."""

    month: ResponseMonth
    rows: tuple[tuple[Incident, Response], ...]
    courses: tuple[Course, ...]
    open_until: datetime | None
    ends_at: datetime | None
    settled: bool


def read_response_months(
    courses: Sequence[Course], site: Site, now: datetime, before: Iterable[Responses] = ()
) -> tuple[Responses, ...]:
    """Every month, oldest first, of the last twelve and back to the first incident's, but none before all components.

    `courses` are those of incidents, in the order in which they began. `before` is of the same day and site: what has
    not changed is taken over from it."""
    known = {responses.month.period.key: responses for responses in before}
    today = day_of(now, site.zone)
    found: list[Responses] = []
    latest: datetime | None = None
    begin = 0
    for period, start, following in _months(_first_month(courses, site, today), today, site.zone):
        end = bisect_left(courses, following, lo=begin, key=lambda course: began_at(course.entry))
        own = tuple(courses[begin:end])
        open_until = min(latest, following) if latest and latest > start else None
        old = known.get(period.key)
        if old and old.settled and (old.courses, old.open_until) == (own, open_until):
            found.append(old)
        else:
            found.append(_read_month(period, own, open_until, site, now))
        latest = max(filter(None, (latest, found[-1].ends_at)), default=None)
        begin = end
    return tuple(found)


# The same ones from commit to commit.
@lru_cache(maxsize=8)
def _months(first: date, today: date, zone: ZoneInfo) -> tuple[tuple[Period, datetime, datetime], ...]:
    """With the instants at which each begins and at which the next one does."""
    return tuple(
        (month, day_start(month.first, zone), day_start(month.following, zone)) for month in months_to(first, today)
    )


def _first_month(courses: Sequence[Course], site: Site, today: date) -> date:
    sinces = [component.since for component in site.components]
    first = months_back(today, SHOWN_MONTHS - 1)
    if all(sinces):
        first = max(first, min((since for since in sinces if since), default=first))
    return min(first, day_of(began_at(courses[0].entry), site.zone)) if courses else first


def _read_month(
    period: Period, courses: tuple[Course, ...], open_until: datetime | None, site: Site, now: datetime
) -> Responses:
    incidents = [course.entry for course in courses if isinstance(course.entry, Incident)]
    rows = tuple((incident, read_response(incident, site.responses, now)) for incident in incidents)
    told = [response for _, response in rows]
    promised = [response for response in told if response.answers]
    silences = [response.silence for response in told if response.silence is not None]
    end = min(period.following, day_of(now, site.zone) + timedelta(days=1))
    start, total = day_start(period.first, site.zone), seconds_between(period.first, end, site.zone)
    spans = [(incident.started_at, incident.resolved_at or now) for incident in incidents]
    calm = total - _open_seconds(spans, start, day_start(end, site.zone), open_until)
    month = ResponseMonth(
        period=period,
        incidents=len(rows),
        first_update=_spread(response.first_update for response in told),
        identify=_spread(response.identify for response in told),
        resolve=_spread(response.resolve for response in told),
        silence=max(silences, default=None),
        next_due=sum(response.next_due for response in told),
        next_kept=sum(response.next_kept for response in told),
        promised=sum(response.promised for response in promised),
        promises_kept=sum(response.kept for response in promised),
        between=Fraction(calm, len(rows)) if rows else None,
    )
    ends_at = max((end for _, end in spans), default=None)
    return Responses(month, rows, courses, open_until, ends_at, all(course.settled for course in courses))


def _spread(values: Iterable[int | None]) -> Spread | None:
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    # Of an even number of them the mean of the two in the middle.
    middle = known[(len(known) - 1) // 2] + known[len(known) // 2]
    return Spread(len(known), sum(known), Fraction(middle, 2))


def _open_seconds(
    spans: Iterable[tuple[datetime, datetime]], start: datetime, end: datetime, open_until: datetime | None
) -> int:
    """Of [start, end), those within a span or before `open_until`; spans in the order of their begin."""
    reached = min(max(start, open_until or start), end)
    length = reached - start
    for begins, ends in spans:
        begins, ends = max(begins, reached), min(ends, end)
        if begins < ends:
            length, reached = length + (ends - begins), ends
    return whole_seconds(length)
