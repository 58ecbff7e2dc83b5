"""Which pages there are, and what each is given. No page lists everything: cost grows with the content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from statusgen.history.changes import RUNNING
from statusgen.history.snapshot import Snapshot
from statusgen.history.status import headline
from statusgen.history.visible import is_current
from statusgen.model.entries import Change, Incident
from statusgen.model.states import ChangeStatus, ProblemStatus
from statusgen.model.zone import day_of
from statusgen.render import contexts as given
from statusgen.render.addresses import component_path, entry_path
from statusgen.render.history_pages import plan_history
from statusgen.render.views import index_reports, view_change, view_groups, view_incident

RECENT_DAYS = 7
RECENT_ENTRIES = 20
UPCOMING = 10


@dataclass(frozen=True, slots=True)
class PagePlan:
    """`path` of the file from the root; `title` without the site's name; feeds that the page announces."""

    path: str
    template: str
    title: str
    context: given.PageContext
    feeds: tuple[given.Feed, ...] = ()


@dataclass(frozen=True, slots=True)
class Views:
    """Every incident and change as a view, made once for all pages that show it."""

    incidents: dict[str, given.IncidentView]
    changes: dict[str, given.ChangeView]


def plan_pages(snapshot: Snapshot) -> Iterator[PagePlan]:
    content = snapshot.content
    reports = index_reports(snapshot)
    views = Views(
        {incident.id: view_incident(incident, snapshot, reports) for incident in content.incidents},
        {change.id: view_change(change, snapshot) for change in content.changes},
    )
    yield PagePlan("index.html", "index.html", "", _plan_home(snapshot, views), SITE_FEEDS)
    for incident in views.incidents.values():
        yield _page(incident.entry, "incident.html", given.IncidentPage(incident))
    for change in views.changes.values():
        yield _page(change.entry, "change.html", given.ChangePage(change))
    yield from _plan_documents(snapshot)
    for component_id in snapshot.components:
        yield _plan_component(component_id, snapshot)
    for path, template, title, context in plan_history(snapshot, views.incidents, views.changes):
        yield PagePlan(path, template, title, context)
    yield PagePlan("404.html", "404.html", "Page not found", given.NotFoundPage())


SITE_FEEDS = (given.Feed("Every update", "feed.rss"), given.Feed("Incident history", "history.rss"))


def _page(entry: Incident | Change, template: str, context: given.PageContext) -> PagePlan:
    return PagePlan(f"{entry_path(entry)}index.html", template, entry.title, context)


def _plan_home(snapshot: Snapshot, views: Views) -> given.HomePage:
    content, now, zone = snapshot.content, snapshot.now, snapshot.content.site.zone
    newest = list(views.incidents.values())[::-1]
    still_open = tuple(view for view in newest if view.entry.resolved_at is None)
    changes = list(views.changes.values())
    upcoming = [view for view in changes if view.status is ChangeStatus.SCHEDULED and view.ends_at > now]
    notices = [notice for notice in content.notices[::-1] if is_current(notice, now)]
    today = day_of(now, zone)
    by_day: dict[object, list[given.IncidentView]] = {}
    for view in newest:
        by_day.setdefault(day_of(view.entry.started_at, zone), []).append(view)
    days = [today - timedelta(days=back) for back in range(RECENT_DAYS)]
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
    context = given.ComponentPage(
        history, group, history.entries[:RECENT_ENTRIES], max(0, len(history.entries) - RECENT_ENTRIES)
    )
    path, name = component_path(component_id), history.component.name
    feeds = (
        given.Feed(f"{name}: every update", f"{path}feed.rss"),
        given.Feed(f"{name}: incident history", f"{path}history.rss"),
    )
    return PagePlan(f"{path}index.html", "component.html", name, context, feeds)
