"""/history/ and one page a month: where every entry is listed once, and a series once a month."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from statusgen.history.course import Course, began_at
from statusgen.history.day_marks import Near
from statusgen.history.snapshot import Snapshot
from statusgen.model.zone import day_of, day_start
from statusgen.render.addresses import month_path
from statusgen.render.contexts import ChangeView, HistoryPage, IncidentView, MonthPage
from statusgen.render.month_grids import plan_calendar
from statusgen.render.series_contexts import SeriesRow
from statusgen.render.series_views import view_months

V = TypeVar("V")


def plan_history(
    snapshot: Snapshot, incidents: Sequence[IncidentView], changes: Sequence[ChangeView], shown: tuple[Near, ...]
) -> Iterator[tuple[str, str, str, HistoryPage | MonthPage]]:
    """(path, template, title, context) of every page. Entries come in the order of their time, and a repeating change
    in each month in which it had windows. `shown` is what may stand in the calendar."""
    zone = snapshot.content.site.zone
    single = [view for view in changes if not view.entry.repeat]
    series: defaultdict[date, list[SeriesRow]] = defaultdict(list)
    for view in changes if len(single) < len(changes) else ():
        if view.entry.repeat:
            for month, row in view_months(view.entry, snapshot.seen):
                series[month].append(row)
    found = (
        by_month(incidents, lambda view: view.entry.started_at, zone),
        by_month(single, lambda view: view.entry.starts_at, zone),
        by_month(snapshot.content.notices, lambda notice: notice.publish_at, zone),
    )
    months = sorted({month for entries in (*found, series) for month in entries}, reverse=True)
    for number, month in enumerate(months):
        context = MonthPage(
            month=month,
            incidents=tuple(found[0].get(month, ())[::-1]),
            changes=tuple(found[1].get(month, ())[::-1]),
            series=tuple(series.get(month, ())),
            notices=tuple(found[2].get(month, ())[::-1]),
            newer=months[number - 1] if number else None,
            older=months[number + 1] if number + 1 < len(months) else None,
        )
        yield f"{month_path(month)}index.html", "month.html", "", context
    counts = tuple(
        (
            month,
            len(found[0].get(month, ())),
            len(found[1].get(month, ())) + len(series.get(month, ())),
            len(found[2].get(month, ())),
        )
        for month in months
    )
    years = tuple(sorted({month.year for month, _ in courses_by_month(snapshot)}, reverse=True))
    yield (
        "history/index.html",
        "history.html",
        "",
        HistoryPage(counts, years, plan_calendar(snapshot, set(months), shown)),
    )


def courses_by_month(snapshot: Snapshot) -> Iterator[tuple[date, tuple[Course, ...]]]:
    """Incidents and changes by the month in which they began or begin, as it is in the site's zone."""
    zone = snapshot.content.site.zone
    incidents, changes = (
        by_month(courses, lambda course: began_at(course.entry), zone)
        for courses in (snapshot.incidents, snapshot.changes)
    )
    for month in sorted({*incidents, *changes}):
        yield month, (*incidents.get(month, ()), *changes.get(month, ()))


def by_month(entries: Sequence[V], at: Callable[[V], datetime], zone: ZoneInfo) -> dict[date, Sequence[V]]:
    """By the month of `at`, in whose order the entries are. Looks for where months end, and not at every entry."""
    months: dict[date, Sequence[V]] = {}
    begin = 0
    while begin < len(entries):
        month = day_of(at(entries[begin]), zone).replace(day=1)
        following = day_start((month + timedelta(days=31)).replace(day=1), zone)
        end = bisect_left(entries, following, lo=begin, key=at)
        months[month] = entries[begin:end]
        begin = end
    return months
