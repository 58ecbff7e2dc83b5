"""Entries as pages show them, with what the rest of the site knows about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from operator import itemgetter

from statusgen.history.changes import change_status, shown_window
from statusgen.history.course import Course
from statusgen.history.promises import find_promise
from statusgen.history.response import read_response
from statusgen.history.seen import Seen
from statusgen.history.series_months import month_of
from statusgen.history.snapshot import Snapshot
from statusgen.model.entries import Change, Incident, ProblemReport, component_ids
from statusgen.model.kept import kept
from statusgen.model.site import Component, Content, Site
from statusgen.model.states import ChangeStatus, State
from statusgen.model.zone import day_of
from statusgen.render.contexts import ChangeView, GroupView, IncidentView
from statusgen.render.report_contexts import ReportView
from statusgen.render.series_views import view_ahead, view_deviating, view_shown

# Python 3.11 looks for a member of an enum for as long as a call takes.
OPERATIONAL = State.OPERATIONAL


def index_reports(content: Content) -> Mapping[str, tuple[ProblemReport, ...]]:
    """Problem reports by the id of the incident they explain."""
    by_incident: defaultdict[str, list[ProblemReport]] = defaultdict(list)
    for report in content.reports:
        for incident_id in report.incidents:
            by_incident[incident_id].append(report)
    return {incident_id: tuple(reports) for incident_id, reports in by_incident.items()}


def view_reports(snapshot: Snapshot) -> tuple[ReportView, ...]:
    """In the order of their titles."""
    content = snapshot.content
    named = {name for report in content.reports for name in report.incidents}
    known = {incident.id: incident for incident in content.incidents if incident.id in named} if named else {}
    views = []
    for report in content.reports:
        about = [known[name] for name in report.incidents if name in known]
        about.sort(key=lambda incident: (incident.started_at, incident.id), reverse=True)
        affected = {name for incident in about for name in component_ids(incident)}
        components = tuple(component for component in content.site.components if component.id in affected)
        views.append(ReportView(report, tuple(about), components))
    return tuple(sorted(views, key=lambda view: (view.report.title, view.report.id)))


def view_incident(course: Course, incident: Incident, seen: Seen, reports: tuple[ProblemReport, ...]) -> IncidentView:
    affected = _affected(incident, seen)
    return IncidentView(
        entry=incident,
        status=incident.updates[-1].status,
        updates=incident.updates[::-1],
        promise=find_promise(incident.updates[-1].status, incident.updates, seen.now),
        affected=affected,
        affected_now=_affected_now(course, affected),
        lasted_for=(incident.resolved_at or seen.now) - incident.started_at,
        reports=reports,
        response=read_response(incident, seen.content.site.responses, seen.now),
        effects=course.effects,
    )


def view_change(course: Course, change: Change, seen: Seen) -> ChangeView:
    zone, now = seen.content.site.zone, seen.now
    status, updates = change_status(change, zone, now), course.updates
    window = shown_window(change, zone, now)
    view = ChangeView(
        entry=change,
        status=status,
        updates=updates[::-1],
        promise=find_promise(status, updates, now),
        affected=_affected(change, seen),
        starts_at=window.start,
        ends_at=window.end,
        called_off=status is ChangeStatus.CANCELLED and not course.effects,
        month=day_of(change.starts_at, zone).replace(day=1),
        effects=course.effects,
    )
    if not change.repeat:
        return view
    return replace(
        view,
        month=month_of(change, zone, now),
        shown=view_shown(change, seen),
        ahead=view_ahead(change, seen),
        deviating=view_deviating(change, seen),
    )


def _affected(entry: Incident | Change, seen: Seen) -> tuple[tuple[Component, State], ...]:
    """The components that were given a state, with the worst one, in the order of the page."""
    worst: dict[str, State] = {}
    for part in (entry, *entry.updates):
        for component_id, state in part.states:
            if component_id not in worst or state.rank > worst[component_id].rank:
                worst[component_id] = state
    places = _places_of(seen.content.site)
    found = sorted([places[component_id] for component_id in worst], key=itemgetter(0))
    return tuple([(component, worst[component.id]) for _, component in found])


@kept
def _places_of(site: Site) -> Mapping[str, tuple[int, Component]]:
    """Each component with its place on the page: few of them have a part in one entry."""
    return {component.id: (place, component) for place, component in enumerate(site.components)}


def _affected_now(course: Course, affected: tuple[tuple[Component, State], ...]) -> tuple[tuple[Component, State], ...]:
    states = {effect.component: effect.state for effect in course.effects if effect.ongoing}
    return tuple([(component, states.get(component.id, OPERATIONAL)) for component, _ in affected])


def view_groups(snapshot: Snapshot) -> tuple[GroupView, ...]:
    """In the order of site.yaml by each group's first component; those without a group stand alone where they are."""
    views = []
    for group, components in snapshot.content.site.sections():
        members = tuple(snapshot.components[component.id] for component in components)
        views.append(GroupView(group, members, snapshot.group_uptime(group.id) if group else members[0].uptime))
    return tuple(views)
