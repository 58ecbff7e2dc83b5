"""Which pages there are, and what each is given. No page lists everything: cost grows with the content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import Generic, TypeVar

from statusgen.history.changes import RUNNING
from statusgen.history.course import Course
from statusgen.history.snapshot import Snapshot
from statusgen.history.status import headline
from statusgen.history.visible import is_current
from statusgen.model.entries import Change, Incident
from statusgen.model.states import ChangeStatus, IncidentStatus, ProblemStatus
from statusgen.model.zone import day_of, day_start
from statusgen.render import contexts as given
from statusgen.render.addresses import component_path, entry_path
from statusgen.render.history_pages import plan_history
from statusgen.render.views import index_reports, view_change, view_groups, view_incident

RECENT_DAYS = 7
RECENT_ENTRIES = 20
UPCOMING = 10

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class PagePlan:
    """`path` of the file from the root; `title` without the site's name; feeds that the page announces."""

    path: str
    template: str
    title: str
    context: given.PageContext
    feeds: tuple[given.Feed, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryPlan(Generic[V]):
    """An incident or a change with its page. Its `view` is made once for all pages that show it."""

    course: Course
    view: V
    page: PagePlan


@dataclass(frozen=True, slots=True)
class Plan:
    """Every page of a snapshot; those of incidents and changes by id."""

    snapshot: Snapshot
    incidents: Mapping[str, EntryPlan[given.IncidentView]]
    changes: Mapping[str, EntryPlan[given.ChangeView]]
    others: tuple[PagePlan, ...]

    @property
    def pages(self) -> Iterator[PagePlan]:
        yield from self.others
        yield from (entry.page for entry in self.incidents.values())
        yield from (entry.page for entry in self.changes.values())


def plan_pages(snapshot: Snapshot, before: Plan | None = None) -> Plan:
    """`before` is any earlier plan: pages of which nothing has changed are taken over from it, as the same values.

    Those of what is not settled are planned anew: they show more than its course, such as what is due."""
    same_site = before and before.snapshot.content.site == snapshot.content.site
    old_incidents, old_changes = (before.incidents, before.changes) if before and same_site else ({}, {})
    reports = index_reports(snapshot)
    incidents: dict[str, EntryPlan[given.IncidentView]] = {}
    for course, incident in zip(snapshot.incidents, snapshot.content.incidents, strict=True):
        about, kept = reports.get(incident.id, ()), old_incidents.get(incident.id)
        if not kept or kept.course is not course or not course.settled or kept.view.reports != about:
            view = view_incident(course, incident, snapshot, about)
            kept = EntryPlan(course, view, _page(incident, "incident.html", given.IncidentPage(view)))
        incidents[incident.id] = kept
    changes: dict[str, EntryPlan[given.ChangeView]] = {}
    for course, change in zip(snapshot.changes, snapshot.content.changes, strict=True):
        same = old_changes.get(change.id)
        if not same or same.course is not course or not course.settled:
            seen = view_change(course, change, snapshot)
            same = EntryPlan(course, seen, _page(change, "change.html", given.ChangePage(seen)))
        changes[change.id] = same
    views = [entry.view for entry in incidents.values()], [entry.view for entry in changes.values()]
    return Plan(snapshot, incidents, changes, tuple(_plan_others(snapshot, *views)))


def _plan_others(
    snapshot: Snapshot, incidents: list[given.IncidentView], changes: list[given.ChangeView]
) -> Iterator[PagePlan]:
    yield PagePlan("index.html", "index.html", "", _plan_home(snapshot, incidents, changes), SITE_FEEDS)
    yield from _plan_documents(snapshot)
    for component_id in snapshot.components:
        yield _plan_component(component_id, snapshot)
    for path, template, title, context in plan_history(snapshot, incidents, changes):
        yield PagePlan(path, template, title, context)
    yield PagePlan("404.html", "404.html", "Page not found", given.NotFoundPage())


SITE_FEEDS = (given.Feed("Every update", "feed.rss"), given.Feed("Incident history", "history.rss"))


def _page(entry: Incident | Change, template: str, context: given.PageContext) -> PagePlan:
    return PagePlan(f"{entry_path(entry)}index.html", template, entry.title, context)


def _plan_home(
    snapshot: Snapshot, incidents: list[given.IncidentView], changes: list[given.ChangeView]
) -> given.HomePage:
    content, now, zone = snapshot.content, snapshot.now, snapshot.content.site.zone
    still_open = tuple(view for view in reversed(incidents) if view.status is not IncidentStatus.RESOLVED)
    upcoming = [view for view in changes if view.status is ChangeStatus.SCHEDULED and view.ends_at > now]
    notices = [notice for notice in content.notices[::-1] if is_current(notice, now)]
    days = [snapshot.today - timedelta(days=back) for back in range(RECENT_DAYS)]
    first = day_start(days[-1], zone)
    by_day: dict[date, list[given.IncidentView]] = {}
    for view in takewhile(lambda view: view.entry.started_at >= first, reversed(incidents)):
        by_day.setdefault(day_of(view.entry.started_at, zone), []).append(view)
    return given.HomePage(
        status=headline(snapshot.status, [view.entry.impact for view in still_open]),
        incidents=still_open,
        running=tuple(view for view in changes if view.status in RUNNING),
        upcoming=tuple(sorted(upcoming, key=lambda view: view.starts_at)[:UPCOMING]),
        notices=tuple(sorted(notices, key=lambda notice: not notice.pinned)),
        groups=view_groups(snapshot),
        days=tuple(given.DayView(day, tuple(by_day.get(day, ()))) for day in days),
    )


def _plan_documents(snapshot: Snapshot) -> Iterator[PagePlan]:
    content = snapshot.content
    components = {component.id: component for component in content.site.components}
    incidents = {incident.id: incident for incident in content.incidents}
    for notice in content.notices:
        named = tuple(components[name] for name in notice.components)
        context = given.NoticePage(notice, is_current(notice, snapshot.now), named)
        yield PagePlan(f"{entry_path(notice)}index.html", "notice.html", notice.title, context)
    for report in content.reports:
        about = tuple(incidents[name] for name in report.incidents if name in incidents)
        yield PagePlan(f"{entry_path(report)}index.html", "problem.html", report.title, given.ReportPage(report, about))
    if content.reports:
        order = [ProblemStatus.OPEN, ProblemStatus.KNOWN_ERROR, ProblemStatus.RESOLVED]
        reports = tuple(sorted(content.reports, key=lambda report: (order.index(report.status), report.title)))
        yield PagePlan("problems/index.html", "problems.html", "Problems", given.ReportsPage(reports))
    for page in content.pages:
        yield PagePlan(f"{entry_path(page)}index.html", "page.html", page.title, given.TextPage(page))


def _plan_component(component_id: str, snapshot: Snapshot) -> PagePlan:
    history = snapshot.components[component_id]
    group = next((group for group in snapshot.content.site.groups if group.id == history.component.group), None)
    recent = tuple(course.entry for course in history.courses[:RECENT_ENTRIES])
    context = given.ComponentPage(history, group, recent, len(history.courses) - len(recent))
    path, name = component_path(component_id), history.component.name
    feeds = (
        given.Feed(f"{name}: every update", f"{path}feed.rss"),
        given.Feed(f"{name}: incident history", f"{path}history.rss"),
    )
    return PagePlan(f"{path}index.html", "component.html", name, context, feeds)
