"""/history/YEAR.json: what incidents and changes are called, for the search on the history page.

{"components": {ID: NAME, …}, "entries": [[ADDRESS, TITLE, DATE, [ID, …]], …]}, the newest first, with addresses below
the site's and dates of the site's zone. A year in a file, so that a commit changes one at most, and none where it adds
words alone."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from operator import is_

from statusgen.history.course import Course, began_at
from statusgen.history.snapshot import Snapshot
from statusgen.model.entries import component_ids
from statusgen.model.site import Site
from statusgen.model.zone import day_start
from statusgen.render.addresses import entry_path, search_path
from statusgen.render.history_pages import courses_by_month
from statusgen.render.json_text import to_json

Row = tuple[str, str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Month:
    """`rows` newest first, and the `courses` that they were made of."""

    first: date
    rows: tuple[Row, ...]
    courses: tuple[Course, ...] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """`months` oldest first."""

    path: str
    months: tuple[Month, ...]


def plan_search(snapshot: Snapshot, before: Iterable[SearchPlan] = ()) -> tuple[SearchPlan, ...]:
    """`before` are the files of any earlier snapshot, from which months are taken over in which nothing has moved."""
    known = {month.first: month for plan in before for month in plan.months}
    site = snapshot.content.site
    years: defaultdict[int, list[Month]] = defaultdict(list)
    for first, courses in courses_by_month(snapshot):
        old = known.get(first)
        same = old and len(old.courses) == len(courses) and all(map(is_, old.courses, courses))
        years[first.year].append(old if old and same else _read_month(first, courses, site))
    return tuple(SearchPlan(search_path(year), tuple(months)) for year, months in years.items())


def _read_month(first: date, courses: tuple[Course, ...], site: Site) -> Month:
    # Each day is worked out once: there are hundreds of entries in a month.
    days = [first + timedelta(days=number) for number in range(monthrange(first.year, first.month)[1])]
    starts, names = [day_start(day, site.zone) for day in days], [day.isoformat() for day in days]
    rows = [
        (entry_path(entry), entry.title, names[bisect_right(starts, began_at(entry)) - 1], component_ids(entry))
        for entry in (course.entry for course in courses)
    ]
    rows.sort(key=lambda row: (row[2], row[0]), reverse=True)
    return Month(first, tuple(rows), courses)


def render_search(plan: SearchPlan, site: Site) -> bytes:
    rows = list(chain.from_iterable(month.rows for month in reversed(plan.months)))
    named = {name for row in rows for name in row[3]}
    components = {component.id: component.name for component in site.components if component.id in named}
    return f"{to_json({'components': components, 'entries': rows})}\n".encode()
