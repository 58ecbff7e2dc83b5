"""The files of incidents and changes. They tell of their entry alone, so they are planned before figures are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from statusgen.history.course import Course
from statusgen.history.seen import Seen
from statusgen.model.ends import find_difference
from statusgen.model.entries import Change, Incident, ProblemReport
from statusgen.render import contexts as given
from statusgen.render.addresses import entry_path
from statusgen.render.alternates import CHANGE_FEEDS
from statusgen.render.api.plan import plan_incident as plan_data
from statusgen.render.api.values import IncidentPlan
from statusgen.render.layout import Feed
from statusgen.render.record import Index, index_corrections, view_record
from statusgen.render.redirects import RedirectPlan, redirects_of
from statusgen.render.views import index_reports, view_change, view_incident

E = TypeVar("E", Incident, Change)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class PagePlan:
    """`path` of the file from the root; `title` without the site's name; `feeds` that the page announces, if they are
    others than the site's with every update."""

    path: str
    template: str
    title: str
    context: given.PageContext
    feeds: tuple[Feed, ...] = ()


# Its page, and the same as data, of an incident that is over; and those at its old addresses.
EntryFiles = tuple[PagePlan | IncidentPlan | RedirectPlan, ...]


@dataclass(frozen=True, slots=True)
class Rows(Generic[V]):
    """What is known of each incident or change, in their order: its course, its view, which is made once for all pages
    that show it, and its files. `moving` are the views of those that are not settled."""

    courses: tuple[Course, ...] = ()
    views: tuple[V, ...] = ()
    files: tuple[EntryFiles, ...] = ()
    moving: tuple[V, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryPages:
    seen: Seen
    incidents: Rows[given.IncidentView]
    changes: Rows[given.ChangeView]

    @property
    def files(self) -> tuple[EntryFiles, ...]:
        return self.incidents.files + self.changes.files


def plan_entries(seen: Seen, before: EntryPages | None = None) -> EntryPages:
    """`before` is any earlier plan: pages of which nothing has changed are taken over from it, as the same values.

    Those of what is not settled are planned anew: they show more than its course, such as what is due."""
    content, reports, corrections = seen.content, index_reports(seen.content), index_corrections(seen)
    same_site = before is not None and before.seen.content.site == content.site
    same_reports = before is not None and index_reports(before.seen.content) == reports
    old_incidents = before.incidents if before and same_site and same_reports else Rows()
    old_changes = before.changes if before and same_site else Rows()
    told_anew = corrections.differing(index_corrections(before.seen)) if before and same_site else set()
    plan_incident = partial(_plan_incident, seen, reports, corrections)
    incidents = _plan_rows(content.incidents, seen.incidents, old_incidents, told_anew, plan_incident)
    plan_change = partial(_plan_change, seen, corrections)
    changes = _plan_rows(content.changes, seen.changes, old_changes, told_anew, plan_change)
    return EntryPages(seen, incidents, changes)


def _plan_incident(
    seen: Seen, reports: Mapping[str, tuple[ProblemReport, ...]], corrections: Index, course: Course, incident: Incident
) -> tuple[given.IncidentView, EntryFiles]:
    view = view_incident(course, incident, seen, reports.get(incident.id, ()))
    record = view_record(incident, corrections)
    page = _page(incident, "incident.html", given.IncidentPage(view, record))
    return view, (page, *plan_data(course, incident), *redirects_of(incident))


def _plan_change(seen: Seen, corrections: Index, course: Course, change: Change) -> tuple[given.ChangeView, EntryFiles]:
    view = view_change(course, change, seen)
    record = view_record(change, corrections)
    page = _page(change, "change.html", given.ChangePage(view, record), CHANGE_FEEDS)
    return view, (page, *redirects_of(change))


def _page(
    entry: Incident | Change, template: str, context: given.PageContext, feeds: tuple[Feed, ...] = ()
) -> PagePlan:
    return PagePlan(f"{entry_path(entry)}index.html", template, entry.title, context, feeds)


def _plan_rows(
    entries: tuple[E, ...],
    courses: tuple[Course, ...],
    old: Rows[V],
    told_anew: set[str],
    plan: Callable[[Course, E], tuple[V, EntryFiles]],
) -> Rows[V]:
    """The very same course is a settled one, so what stands at both ends stays. `told_anew` are the paths of those of
    which git tells other things."""
    start, old_stop, stop = find_difference(old.courses, courses)
    if not told_anew <= {entry.path for entry in entries[start:stop]}:
        start, old_stop, stop = 0, len(old.courses), len(courses)
    known = {id(old.courses[place]): place for place in range(start, old_stop)}
    views: list[V] = []
    files: list[EntryFiles] = []
    moving: list[V] = []
    for place in range(start, stop):
        course = courses[place]
        stays = course.settled and entries[place].path not in told_anew
        same = known.get(id(course)) if stays else None
        view, made = plan(course, entries[place]) if same is None else (old.views[same], old.files[same])
        views.append(view)
        files.append(made)
        if not course.settled:
            moving.append(view)
    return Rows(
        courses,
        old.views[:start] + tuple(views) + old.views[old_stop:],
        old.files[:start] + tuple(files) + old.files[old_stop:],
        tuple(moving),
    )
