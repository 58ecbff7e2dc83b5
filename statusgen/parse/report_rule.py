"""`problems:` in site.yaml: when reports are due; and which are overdue."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import yaml

from statusgen.model.entries import Incident
from statusgen.model.site import ReportRule, Site
from statusgen.model.states import Impact
from statusgen.model.zone import day_of
from statusgen.parse.fields import Fields
from statusgen.parse.parsed import Parsed
from statusgen.parse.times import Clock, Complaint, parse_duration
from statusgen.parse.yaml_nodes import line_of
from statusgen.problems import Problem

EXAMPLE = "`problems: {due: {critical: 5d, major: 10d}}`"
CODE = "report-overdue"
# So long each overdue report is told by itself; older ones are counted.
RECENT = timedelta(days=90)
LEADING_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-")


@dataclass(frozen=True, slots=True)
class Due:
    """That a report on an incident is due at `at`."""

    at: datetime
    incident: Incident


def read_report_rule(fields: Fields, clock: Clock) -> ReportRule | None:
    node = fields.node("problems")
    if node is None:
        return None
    if not isinstance(node, yaml.MappingNode):
        fields.complain(line_of(node), "wrong-type", "`problems` says by when reports are due", EXAMPLE)
        return None
    part = fields.section(node)
    due: dict[Impact, timedelta] = {}
    for name, line, value in part.pairs("due"):
        impact = part.choose(Impact, name, line, "unknown-impact")
        text = part.plain(name, value)
        if impact is Impact.NONE:
            part.complain(
                line, "unknown-impact", "what has no impact needs no report", "`minor`, `major` or `critical`"
            )
        try:
            length = parse_duration(text)
        except Complaint as complaint:
            part.complain(line, complaint.code, f"due: {complaint.message}", "`5d` for five days after it was resolved")
            continue
        if impact and impact is not Impact.NONE:
            due[impact] = length
    if part.node("due") is None:
        part.complain(part.line, "missing-key", "`due` is missing", EXAMPLE)
    since = part.date("since", clock)
    part.finish()
    return ReportRule(tuple(due.items()), since) if due else None


def due_of(parsed: Parsed, site: Site) -> Due | None:
    """None where no report is asked for."""
    incident, rule = parsed.entry, site.report_rule
    if not rule or parsed.draft or not isinstance(incident, Incident) or not incident.resolved_at:
        return None
    length = dict(rule.due).get(incident.impact)
    if length is None or (rule.since and day_of(incident.resolved_at, site.zone) < rule.since):
        return None
    return Due(incident.resolved_at + length, incident)


def find_overdue(dues: Iterable[Due], reported: Container[str], site: Site, now: datetime) -> list[Problem]:
    """`reported` are the ids of incidents that a report names."""
    overdue = [due for due in dues if due.at <= now and due.incident.id not in reported]
    problems = [_tell(due.incident, due.at, site) for due in overdue if due.at + RECENT > now]
    older = [due for due in overdue if due.at + RECENT <= now]
    if older:
        day = day_of(now - RECENT, site.zone) - timedelta(days=site.shift_days)
        are = "incidents have" if len(older) > 1 else "incident has"
        message = f"{len(older)} {are} no report that was due more than {RECENT.days} days ago"
        newest = max(older, key=lambda due: (due.at, due.incident.id)).incident.id
        hint = (
            f"the newest is `{newest}`; `since: {day}` below `problems:` leaves out what was resolved before that day"
        )
        problems.append(Problem("site.yaml", 0, CODE, message, hint, "warning"))
    return problems


def _tell(incident: Incident, due_at: datetime, site: Site) -> Problem:
    clock = Clock(site.zone, site.shift_days)
    resolved = clock.write_time(incident.resolved_at or due_at)
    message = f"this was resolved at {resolved}, and the report that was due at {clock.write_time(due_at)} is missing"
    name = f"problems/{resolved[:10]}-{LEADING_DATE.sub('', incident.id)}.md"
    return Problem(incident.path, 1, CODE, message, f"write {name} with `incidents: [{incident.id}]`", "warning")
