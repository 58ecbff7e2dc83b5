"""Which documents there are, and what each of them tells."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from statusgen.history.changes import RUNNING
from statusgen.history.course import Course
from statusgen.history.snapshot import Snapshot
from statusgen.model.entries import Change, Incident
from statusgen.model.names import short_id
from statusgen.model.states import ChangeStatus
from statusgen.model.zone import EPOCH
from statusgen.render.api.components import read_components
from statusgen.render.api.recent import NEWEST, Recent, find_recent, first_told
from statusgen.render.api.telling import tell, tell_incident
from statusgen.render.api.values import FOLDER, DocumentPlan, IncidentPlan, Told

SUMMARY, SCHEMA = f"{FOLDER}summary.json", f"{FOLDER}schema.json"
INCIDENTS, MAINTENANCES = f"{FOLDER}incidents.json", f"{FOLDER}scheduled-maintenances.json"
ApiPlan = DocumentPlan | IncidentPlan


def plan_incident(course: Course, incident: Incident) -> tuple[IncidentPlan, ...]:
    """The file of an incident that is over, before figures are known; none where it goes on."""
    if not course.settled:
        return ()
    return (IncidentPlan(_path_of(incident), tell_incident(course, incident)),)


def plan_api(snapshot: Snapshot, before: tuple[ApiPlan, ...] = ()) -> tuple[ApiPlan, ...]:
    """All files but those of incidents that are over. `before` are the same of any earlier snapshot."""
    known = {plan.path: plan for plan in before if isinstance(plan, DocumentPlan)}
    seen = snapshot.seen
    components = read_components(snapshot, known[SUMMARY].components if known else ())
    told_incidents = find_recent(seen.incidents, known[INCIDENTS].recent if known else Recent(), NEWEST)
    told_changes = find_recent(seen.changes, known[MAINTENANCES].recent if known else Recent(), NEWEST)
    tell_now = partial(tell, seen=seen, components={component.id: component for component in components})
    open_courses = [course for course in seen.all_incidents.moving_courses if not course.settled]
    unresolved = tuple(map(tell_now, sorted(open_courses, key=first_told, reverse=True)))
    # Planned work is asked for by what comes next.
    moving = sorted(map(tell_now, seen.all_changes.moving_courses), key=_by_window)
    active = tuple(told for told in moving if told.status in RUNNING)
    upcoming = tuple(told for told in moving if told.status is ChangeStatus.SCHEDULED)
    incidents, maintenances = (tuple(map(tell_now, found.newest)) for found in (told_incidents, told_changes))
    times = [told_incidents.told_at, told_changes.told_at, *(component.moved_at for component in components)]
    times += [notice.publish_at for notice in snapshot.content.notices]
    document = partial(DocumentPlan, updated_at=max((at for at in times if at), default=EPOCH))
    return (
        document(
            SUMMARY,
            status=snapshot.status,
            components=components,
            incidents=unresolved,
            maintenances=active + upcoming,
        ),
        document(f"{FOLDER}status.json", status=snapshot.status),
        document(f"{FOLDER}components.json", components=components),
        document(INCIDENTS, incidents=incidents, recent=told_incidents),
        document(f"{FOLDER}incidents/unresolved.json", incidents=unresolved),
        document(MAINTENANCES, maintenances=maintenances, recent=told_changes),
        document(f"{FOLDER}scheduled-maintenances/upcoming.json", maintenances=upcoming),
        document(f"{FOLDER}scheduled-maintenances/active.json", maintenances=active),
        DocumentPlan(SCHEMA),
        *(IncidentPlan(_path_of(told.entry), told) for told in unresolved),
    )


def _path_of(entry: Incident | Change) -> str:
    return f"{FOLDER}incidents/{short_id(entry)}.json"


def _by_window(told: Told) -> tuple[tuple[datetime, datetime], str]:
    return told.window or (EPOCH, EPOCH), told.entry.path
