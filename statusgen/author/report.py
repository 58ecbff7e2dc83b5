"""Problem reports: the cause behind incidents, looked into once they are over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from statusgen.author.asked import make_slug, place_of
from statusgen.author.front import quote, write_front
from statusgen.author.plan import Plan, read_back
from statusgen.model.entries import ProblemReport
from statusgen.model.states import ProblemStatus
from statusgen.parse.times import Clock

TEXT = "We are finding out why this could happen, and will write here what we learn."
# For the author; comments are not published.
REMINDER = """\
<!-- What readers look for: what happened and when; who was affected, and how; why it could happen; what is done so that
     it does not happen again. Write it below headings such as `## What happened`. `root_cause:`, `workaround:` and
     `actions:` can stand above, and `status:` is open, known_error or resolved. -->"""


@dataclass(frozen=True, slots=True)
class Reporting:
    """`incidents` are ids. `known` are the reports that name one of them already."""

    title: str
    text: str
    incidents: tuple[str, ...]
    known: tuple[str, ...] = ()


def plan_report(asked: Reporting, paths: Sequence[str], taken: Iterable[str], clock: Clock, now: datetime) -> Plan:
    """A new file. `paths` are those of all reports, and `taken` their ids."""
    fields = [f"title: {quote(asked.title)}", "status: open", "incidents:"]
    fields += [f"  - {quote(name)}" for name in asked.incidents]
    slug, same = make_slug(clock.write_time(now)[:10], asked.title, taken)
    path = place_of("problems", slug, paths)
    report = ProblemReport(slug, path, asked.title, read_back(asked.text), ProblemStatus.OPEN, asked.incidents)
    questions = [f"there is a report on this already: {name}." for name in asked.known or filter(None, [same])]
    data = write_front(fields, [*asked.text.split("\n"), "", *REMINDER.split("\n")])
    return Plan(path, None, data, report, f"Problem: {asked.title}", tuple(questions))
