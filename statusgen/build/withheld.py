"""A slip of the year or the zone takes back nothing that customers saw: until it is mended, they see what they saw."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from statusgen.build.last_good import LastGood, StandIn
from statusgen.build.read import Read
from statusgen.history.visible import visible_incident
from statusgen.model.entries import Incident
from statusgen.parse.parsed import Parsed
from statusgen.problems import Problem

AHEAD = "future-time"
HINT = "customers have seen this incident, so its version from before is shown until then; to take it back, delete it"


def find_withheld(last_good: LastGood, commit: str, read: Read, now: datetime) -> list[StandIn]:
    """For incidents of which all updates are dated later than `now`: the newest version that was visible before."""
    found = []
    for path in sorted({problem.path for problem in read.problems if problem.code == AHEAD}):
        incident = _published_incident(read.files[path].parsed)
        if incident and not visible_incident(incident, now) and (seen := _find_seen(last_good, commit, path, now)):
            found.append(replace(seen, until=incident.updates[0].at))
    return found


def _find_seen(last_good: LastGood, commit: str, path: str, now: datetime) -> StandIn | None:
    for (newer, _), (version, parsed) in pairwise(last_good.read_versions(commit, path)):
        # An announcement that was put off before its time came was not seen. That does not change with the clock, or
        # it would have to be looked at again, and nobody knows when.
        incident = _published_incident(parsed)
        if incident and visible_incident(incident, newer.authored_at or now):
            return StandIn(path, version, parsed)
    return None


def _published_incident(parsed: Parsed | None) -> Incident | None:
    return parsed.entry if parsed and not parsed.draft and isinstance(parsed.entry, Incident) else None


def as_errors(problems: Iterable[Problem], paths: Collection[str]) -> tuple[Problem, ...]:
    """A time ahead of now is a mere warning where nothing had to stand in for it."""
    return tuple(
        replace(problem, severity="error", hint=HINT) if problem.code == AHEAD and problem.path in paths else problem
        for problem in problems
    )
