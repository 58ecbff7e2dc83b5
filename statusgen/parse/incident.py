"""incidents/*.md: something broke."""

from __future__ import annotations

from statusgen.model.entries import Incident, all_states
from statusgen.model.states import Impact, IncidentStatus, State, worst
from statusgen.parse.headings import split_updates
from statusgen.parse.markup import check_markup
from statusgen.parse.near_updates import check_near_updates
from statusgen.parse.parsed import Parsed, Reading, open_entry, read_states
from statusgen.parse.updates import check_end, parse_updates
from statusgen.problems import Problem


def parse_incident(path: str, data: bytes, reading: Reading) -> tuple[Parsed | None, list[Problem]]:
    head, problems = open_entry(path, data)
    if head is None:
        return None, problems
    fields = head.fields
    states, mentions = read_states(fields, None)
    started_at = fields.time("started", reading.clock)
    impact = fields.choice("impact", Impact)
    feed_id = fields.text("feed_id")
    summary, headings = split_updates(head.document.body, head.document.body_line)
    head.problems.extend(check_markup(path, summary, head.document.body_line))
    check_near_updates(fields, head.document.body, head.document.body_line, IncidentStatus)
    times = reading.times_of(path)
    updates, more, newest_first = parse_updates(fields, headings, IncidentStatus, reading.clock, times, reading.now)
    check_end(fields, headings, updates, IncidentStatus.RESOLVED, reading.clock)
    if not headings:
        fields.complain(head.document.body_line - 1, "no-updates", "an incident needs an update",
                        "add a heading such as `## investigating @ 2026-11-03 09:20`")  # fmt: skip
    if not updates:
        return head.result(None)
    if started_at and started_at > updates[0].at:
        fields.complain(fields.line_of_key("started"), "time-order", "`started` is later than the first update",
                        f"that is at {reading.clock.write_time(updates[0].at)}")  # fmt: skip
    incident = Incident(
        id=head.id,
        path=path,
        title=head.title,
        summary=summary.strip("\n"),
        states=states,
        started_at=started_at or updates[0].at,
        updates=updates,
        impact_override=impact,
        feed_id=feed_id,
    )
    nothing_counts = incident.resolved_at == incident.started_at
    # What is not committed yet has the time of now for the time being.
    if nothing_counts and not times.uncommitted and worst(all_states(incident)) is not State.OPERATIONAL:
        hint = "add a heading for each update instead of changing one, or write `started:`"
        message = "this incident begins and ends at the same moment, so nothing is counted"
        fields.warn(headings[0].line, "no-duration", message, hint)
    id_line = fields.line_of_key("id")
    return head.result(Parsed(incident, head.draft, mentions + more, id_line=id_line, newest_first=newest_first))
