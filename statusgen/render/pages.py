"""Which pages there are, and what each is given. No page lists everything: cost grows with the content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, takewhile

from statusgen.history.changes import RUNNING
from statusgen.history.day_marks import Near
from statusgen.history.snapshot import Snapshot
from statusgen.history.status import headline
from statusgen.history.visible import is_current
from statusgen.model.states import ChangeStatus, IncidentStatus, ProblemStatus
from statusgen.model.zone import day_of, day_start
from statusgen.render import contexts as given
from statusgen.render.addresses import component_path, entry_path
from statusgen.render.alternates import SITE_FEEDS, component_feeds
from statusgen.render.entry_pages import EntryPages, PagePlan, Rows, plan_entries
from statusgen.render.history_pages import plan_history
from statusgen.render.month_grids import find_shown
from statusgen.render.report_contexts import ReportPage, ReportsPage
from statusgen.render.subscribe_pages import plan_subscribe
from statusgen.render.uptime_pages import plan_uptime
from statusgen.render.views import view_groups, view_reports

RECENT_DAYS = 7
RECENT_ENTRIES = 20
UPCOMING = 10
EMBED = "embed/index.html"


@dataclass(frozen=True, slots=True)
class Plan:
    """Every page of a snapshot. `shown` is what may stand in the calendar of the history."""

    snapshot: Snapshot
    entries: EntryPages
    shown: tuple[Near, ...]
    others: tuple[PagePlan, ...] = ()


def plan_pages(snapshot: Snapshot, entries: EntryPages | None = None, before: Plan | None = None) -> Plan:
    """`entries` are the pages of what is seen in the snapshot, `before` those of an earlier one."""
    entries = entries or plan_entries(snapshot.seen)
    shown = find_shown(snapshot, before.shown if before else ())
    return Plan(snapshot, entries, shown, tuple(_plan_others(snapshot, entries.incidents, entries.changes, shown)))


def _plan_others(
    snapshot: Snapshot,
    incidents: Rows[given.IncidentView],
    changes: Rows[given.ChangeView],
    shown: tuple[Near, ...],
) -> Iterator[PagePlan]:
    home = _plan_home(snapshot, incidents, changes)
    yield PagePlan("index.html", "index.html", "", home, SITE_FEEDS)
    yield PagePlan(EMBED, "embed.html", "", _plan_embed(home))
    yield from _plan_documents(snapshot)
    for component_id in snapshot.components:
        yield _plan_component(component_id, snapshot)
    history = plan_history(snapshot, incidents.views, changes.views, shown)
    for page in chain(history, plan_uptime(snapshot)):
        yield PagePlan(*page)
    for path, template, title, context, feeds in plan_subscribe(snapshot.content.site):
        yield PagePlan(path, template, title, context, feeds)
    yield PagePlan("404.html", "404.html", "", given.NotFoundPage())


def _plan_home(
    snapshot: Snapshot, incidents: Rows[given.IncidentView], changes: Rows[given.ChangeView]
) -> given.HomePage:
    """What is open, runs or comes is among what is not settled."""
    content, now, zone = snapshot.content, snapshot.now, snapshot.content.site.zone
    still_open = tuple(view for view in reversed(incidents.moving) if view.status is not IncidentStatus.RESOLVED)
    upcoming = [view for view in changes.moving if _is_upcoming(view, now)]
    notices = [notice for notice in content.notices[::-1] if is_current(notice, now)]
    days = [snapshot.today - timedelta(days=back) for back in range(RECENT_DAYS)]
    first = day_start(days[-1], zone)
    by_day: dict[date, list[given.IncidentView]] = {}
    for view in takewhile(lambda view: view.entry.started_at >= first, reversed(incidents.views)):
        by_day.setdefault(day_of(view.entry.started_at, zone), []).append(view)
    return given.HomePage(
        status=headline(snapshot.status, [view.entry.impact for view in still_open]),
        incidents=still_open,
        running=tuple(view for view in changes.moving if view.status in RUNNING),
        upcoming=tuple(sorted(upcoming, key=lambda view: view.starts_at)[:UPCOMING]),
        notices=tuple(sorted(notices, key=lambda notice: not notice.pinned)),
        groups=view_groups(snapshot),
        days=tuple(given.DayView(day, tuple(by_day.get(day, ()))) for day in days),
    )


def _plan_embed(home: given.HomePage) -> given.EmbedPage:
    open_ones = tuple(view.entry for view in home.incidents)
    return given.EmbedPage(home.status, open_ones, tuple(view.entry for view in home.running))


def _is_upcoming(view: given.ChangeView, now: datetime) -> bool:
    """Also where all that was to come of a series is cancelled: customers may wait for it."""
    if view.status is ChangeStatus.SCHEDULED:
        return view.ends_at > now
    return view.status not in RUNNING and any(one.cancelled for one in view.ahead)


def _plan_documents(snapshot: Snapshot) -> Iterator[PagePlan]:
    content = snapshot.content
    components = {component.id: component for component in content.site.components}
    for notice in content.notices:
        named = tuple(components[name] for name in notice.components)
        context = given.NoticePage(notice, is_current(notice, snapshot.now), named)
        yield PagePlan(f"{entry_path(notice)}index.html", "notice.html", notice.title, context)
    reports = view_reports(snapshot) if content.reports else ()
    for view in reports:
        report = view.report
        yield PagePlan(f"{entry_path(report)}index.html", "problem.html", report.title, ReportPage(view))
    if reports:
        order = (ProblemStatus.KNOWN_ERROR, ProblemStatus.OPEN, ProblemStatus.RESOLVED)
        sections = (tuple(view for view in reports if view.report.status is status) for status in order)
        yield PagePlan("problems/index.html", "problems.html", "", ReportsPage(*sections))
    for page in content.pages:
        yield PagePlan(f"{entry_path(page)}index.html", "page.html", page.title, given.TextPage(page))


def _plan_component(component_id: str, snapshot: Snapshot) -> PagePlan:
    history = snapshot.components[component_id]
    group = next((group for group in snapshot.content.site.groups if group.id == history.component.group), None)
    recent = tuple(course.entry for course in history.courses[:RECENT_ENTRIES])
    context = given.ComponentPage(history, group, recent, len(history.courses) - len(recent))
    feeds = component_feeds(history.component)
    path = f"{component_path(component_id)}index.html"
    return PagePlan(path, "component.html", history.component.name, context, feeds)
