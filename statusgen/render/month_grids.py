"""The calendar of the history: a grid for each of the last twelve months."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from statusgen.history.course import began_at
from statusgen.history.day_marks import DayMark, Near, find_near, mark_days
from statusgen.history.snapshot import Snapshot
from statusgen.model.entries import Incident
from statusgen.model.zone import day_of, day_start
from statusgen.render.calendar_contexts import CalendarDay, CalendarMonth

MONTHS = 12
ONE = timedelta(days=1)


def find_shown(snapshot: Snapshot, before: tuple[Near, ...] = ()) -> tuple[Near, ...]:
    """What may stand in the calendar: incidents, then changes. `before` are those of an earlier snapshot."""
    begin = day_start(_month_before(snapshot.today, MONTHS - 1), snapshot.content.site.zone)
    old = before or (None, None)
    return tuple(
        find_near(some, begin, one) for some, one in zip((snapshot.incidents, snapshot.changes), old, strict=True)
    )


def plan_calendar(snapshot: Snapshot, listed: Collection[date], shown: tuple[Near, ...]) -> tuple[CalendarMonth, ...]:
    """Newest first, from the one of today back to where the record begins; `listed` are the months with a page, and
    `shown` what `find_shown` found."""
    today, zone = snapshot.today, snapshot.content.site.zone
    since = _record_since(snapshot)
    first = max(_month_before(today, MONTHS - 1), since.replace(day=1))
    marks = mark_days(chain.from_iterable(near.found for near in shown), _days(first, today), zone, snapshot.now)
    months = []
    for back in range(MONTHS):
        month = _month_before(today, back)
        if month < first:
            break
        days = _days(month, _month_before(month, -1) - ONE)
        seen = tuple(
            _view(day, marks[(day - first).days], zone, listed) if since <= day <= today else CalendarDay(day, False)
            for day in days
        )
        months.append(CalendarMonth(month, seen, month in listed))
    return tuple(months)


def _record_since(snapshot: Snapshot) -> date:
    """The first day of which anything is known."""
    zone = snapshot.content.site.zone
    begins = [component.since for component in snapshot.content.site.components if component.since]
    begins += [
        day_of(began_at(courses[0].entry), zone) for courses in (snapshot.incidents, snapshot.changes) if courses
    ]
    return min([*begins, snapshot.today])


def _view(day: date, mark: DayMark | None, zone: ZoneInfo, listed: Collection[date]) -> CalendarDay:
    if mark is None:
        return CalendarDay(day, True)
    month: date | None = None
    if mark.causes > 1:
        began = day_of(mark.newest.started_at, zone) if isinstance(mark.newest, Incident) else day
        month = began.replace(day=1)
    return CalendarDay(day, True, mark.state, mark.incidents, mark.newest, month if month in listed else None)


def _days(first: date, last: date) -> list[date]:
    return [first + number * ONE for number in range((last - first).days + 1)]


def _month_before(day: date, count: int) -> date:
    """The first day of the month that is so many months before that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(year, month + 1, 1)


def weeks_of(days: Sequence[CalendarDay], first_weekday: int) -> Iterator[tuple[CalendarDay | None, ...]]:
    """Rows of seven, with None for days of other months; a week begins on `first_weekday`, of which 0 is Monday."""
    before = (days[0].on.weekday() - first_weekday) % 7
    cells: list[CalendarDay | None] = [*[None] * before, *days]
    cells += [None] * (-len(cells) % 7)
    return (tuple(cells[place : place + 7]) for place in range(0, len(cells), 7))
