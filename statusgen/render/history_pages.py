"""/history/ and one page a month: where every entry is listed once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeVar

from statusgen.history.course import month_of
from statusgen.history.snapshot import Snapshot
from statusgen.model.entries import Notice
from statusgen.model.zone import day_of
from statusgen.render.addresses import month_path
from statusgen.render.contexts import ChangeView, HistoryPage, IncidentView, MonthPage
from statusgen.render.words import format_month

V = TypeVar("V", IncidentView, ChangeView, Notice)


def plan_history(
    snapshot: Snapshot, incidents: Iterable[IncidentView], changes: Iterable[ChangeView]
) -> Iterator[tuple[str, str, str, HistoryPage | MonthPage]]:
    """(path, template, title, context) of every page. A repeating change is listed in the month of its first window."""
    zone = snapshot.content.site.zone
    by_month = (
        _by_month(incidents, lambda view: month_of(view.entry, zone)),
        _by_month(changes, lambda view: month_of(view.entry, zone)),
        _by_month(snapshot.content.notices, lambda notice: day_of(notice.publish_at, zone).replace(day=1)),
    )
    months = sorted({month for entries in by_month for month in entries}, reverse=True)
    for number, month in enumerate(months):
        context = MonthPage(
            month=month,
            incidents=tuple(by_month[0].get(month, [])[::-1]),
            changes=tuple(by_month[1].get(month, [])[::-1]),
            notices=tuple(by_month[2].get(month, [])[::-1]),
            newer=months[number - 1] if number else None,
            older=months[number + 1] if number + 1 < len(months) else None,
        )
        yield f"{month_path(month)}index.html", "month.html", format_month(month), context
    counts = tuple(
        (month, len(by_month[0].get(month, [])), len(by_month[1].get(month, [])), len(by_month[2].get(month, [])))
        for month in months
    )
    yield "history/index.html", "history.html", "History", HistoryPage(counts)


def _by_month(entries: Iterable[V], month: Callable[[V], date]) -> dict[date, list[V]]:
    months: defaultdict[date, list[V]] = defaultdict(list)
    for entry in entries:
        months[month(entry)].append(entry)
    return months
