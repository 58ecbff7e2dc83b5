"""What customers may see at `now`: nothing shows before its time."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from datetime import datetime

from statusgen.model.entries import Change, Deviation, Incident, Notice, ProblemReport
from statusgen.model.site import Content
from statusgen.model.states import ChangeStatus


def visible_content(content: Content, now: datetime) -> Content:
    """Content without what lies ahead: updates to come, incidents not yet posted, changes not yet announced, notices.

    A change whose first update says `scheduled` is announced by that one, any other by its file. A report shows with
    the first of its incidents."""
    incidents = tuple(seen for incident in content.incidents if (seen := visible_incident(incident, now)))
    changes = tuple(known for change in content.changes if (known := visible_change(change, now)))
    hidden = {incident.id for incident in content.incidents} - {incident.id for incident in incidents}
    return with_visible(content, now, incidents, changes, hidden)


def with_visible(
    content: Content,
    now: datetime,
    incidents: tuple[Incident, ...],
    changes: tuple[Change, ...],
    hidden: Container[str],
) -> Content:
    """The same, where the visible incidents and changes are known; `hidden` are the ids of the other incidents."""
    return replace(
        content,
        incidents=incidents,
        reports=tuple(shown for report in content.reports if (shown := _visible_report(report, hidden))),
        changes=changes,
        notices=tuple(notice for notice in content.notices if notice.publish_at <= now),
    )


def visible_incident(incident: Incident, now: datetime) -> Incident | None:
    if incident.updates[-1].at <= now:
        return incident
    updates = tuple(update for update in incident.updates if update.at <= now)
    return replace(incident, updates=updates) if updates else None


def visible_change(change: Change, now: datetime) -> Change | None:
    if change.deviations and not all(is_known(one, now) for one in change.deviations):
        change = replace(change, deviations=tuple(one for one in change.deviations if is_known(one, now)))
    if not change.updates or change.updates[-1].at <= now:
        return change
    # Who writes in advance when the work will begin or end does not want to hide it until then.
    if change.updates[0].status is ChangeStatus.SCHEDULED and change.updates[0].at > now:
        return None
    return replace(change, updates=tuple(update for update in change.updates if update.at <= now))


def visible_from(entry: Incident | Change) -> datetime | None:
    """When it begins to show; None is always."""
    first = entry.updates[:1]
    if isinstance(entry, Incident) or (first and first[0].status is ChangeStatus.SCHEDULED):
        return first[0].at
    return None


def is_known(deviation: Deviation, now: datetime) -> bool:
    """Until customers are told of it, an occurrence is as its rule has it."""
    return not (known_at := known_from(deviation)) or known_at <= now


def known_from(deviation: Deviation) -> datetime | None:
    """When customers are told of it; None is always."""
    if deviation.change is None:
        return deviation.announced_at
    return visible_from(deviation.change)


def _visible_report(report: ProblemReport, hidden: Container[str]) -> ProblemReport | None:
    incidents = tuple(name for name in report.incidents if name not in hidden)
    if incidents == report.incidents:
        return report
    return replace(report, incidents=incidents) if incidents else None


def is_current(notice: Notice, now: datetime) -> bool:
    return notice.publish_at <= now and (notice.expires_at is None or notice.expires_at > now)
