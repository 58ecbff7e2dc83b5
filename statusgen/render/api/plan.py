"""Which documents there are, and what each of them tells."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from heapq import nlargest

from statusgen.history.changes import RUNNING
from statusgen.history.course import Course, began_at
from statusgen.history.snapshot import Snapshot
from statusgen.model.entries import Change, Incident
from statusgen.model.names import short_id
from statusgen.model.states import ChangeStatus
from statusgen.render.api.components import read_components
from statusgen.render.api.telling import tell, tell_incident
from statusgen.render.api.values import FOLDER, NEVER, ComponentNow, DocumentPlan, IncidentPlan, Told

NEWEST = 50
SCHEMA = f"{FOLDER}schema.json"
ApiPlan = DocumentPlan | IncidentPlan


def plan_incident(course: Course, incident: Incident) -> tuple[IncidentPlan, ...]:
    """The file of an incident that is over, before figures are known; none where it goes on."""
    if not course.settled:
        return ()
    return (IncidentPlan(_path_of(incident), tell_incident(course, incident)),)


def plan_api(snapshot: Snapshot, before: tuple[ApiPlan, ...] = ()) -> tuple[ApiPlan, ...]:
    """All files but those of incidents that are over. `before` are the same of any earlier snapshot."""
    known = next((plan.components for plan in before if isinstance(plan, DocumentPlan) and plan.components), ())
    components, seen = read_components(snapshot, known), snapshot.seen
    tell_now = partial(tell, seen=seen, components={component.id: component for component in components})
    open_courses = [course for course in seen.all_incidents.moving_courses if not course.settled]
    unresolved = tuple(map(tell_now, sorted(open_courses, key=_first_told, reverse=True)))
    # Planned work is asked for by what comes next.
    moving = sorted(map(tell_now, seen.all_changes.moving_courses), key=_by_window)
    active = tuple(told for told in moving if told.status in RUNNING)
    upcoming = tuple(told for told in moving if told.status is ChangeStatus.SCHEDULED)
    document = partial(DocumentPlan, updated_at=_last_changed(snapshot, components))
    return (
        document(
            f"{FOLDER}summary.json",
            status=snapshot.status,
            components=components,
            incidents=unresolved,
            maintenances=active + upcoming,
        ),
        document(f"{FOLDER}status.json", status=snapshot.status),
        document(f"{FOLDER}components.json", components=components),
        document(f"{FOLDER}incidents.json", incidents=tuple(map(tell_now, _newest(seen.incidents)))),
        document(f"{FOLDER}incidents/unresolved.json", incidents=unresolved),
        document(f"{FOLDER}scheduled-maintenances.json", maintenances=tuple(map(tell_now, _newest(seen.changes)))),
        document(f"{FOLDER}scheduled-maintenances/upcoming.json", maintenances=upcoming),
        document(f"{FOLDER}scheduled-maintenances/active.json", maintenances=active),
        DocumentPlan(SCHEMA),
        *(IncidentPlan(_path_of(told.entry), told) for told in unresolved),
    )


def _path_of(incident: Incident | Change) -> str:
    return f"{FOLDER}incidents/{short_id(incident)}.json"


def _first_told(course: Course) -> tuple[datetime, str]:
    """Work of which nothing was told yet counts by its window."""
    return course.updates[0].at if course.updates else began_at(course.entry), course.entry.path


def _newest(courses: tuple[Course, ...]) -> list[Course]:
    if len(courses) > NEWEST:
        # They are in the order in which they began, so few of those before the last ones were told of later.
        oldest = min(_first_told(course) for course in courses[-NEWEST:])[0]
        courses = tuple([course for course in courses if not course.updates or course.updates[0].at >= oldest])
    return nlargest(NEWEST, courses, key=_first_told)


def _by_window(told: Told) -> tuple[tuple[datetime, datetime], str]:
    return told.window or (NEVER, NEVER), told.entry.path


def _last_changed(snapshot: Snapshot, components: tuple[ComponentNow, ...]) -> datetime:
    """When something new was told, or a component changed its state."""
    times = [course.updates[-1].at for course in snapshot.courses if course.updates]
    times += [component.moved_at for component in components if component.moved_at]
    times += [notice.publish_at for notice in snapshot.content.notices]
    return max(times, default=NEVER)
