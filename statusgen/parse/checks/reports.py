"""Severe incidents of which customers never learn why they happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from statusgen.model.entries import Incident, ProblemReport
from statusgen.model.site import Site
from statusgen.model.states import Impact
from statusgen.parse.checks.subject import Subject
from statusgen.problems import Problem

# A report takes some days to write, and what is long over needs none any more.
WRITTEN_IN, RECENT = timedelta(days=14), timedelta(days=90)


def check_reports(subjects: Iterable[Subject], site: Site, now: datetime) -> Iterator[Problem]:
    """Only where site.yaml does not say itself when reports are due."""
    if site.report_rule:
        return
    subjects = list(subjects)
    reports = [one.parsed.entry for one in subjects if isinstance(one.parsed.entry, ProblemReport)]
    reported = {name for report in reports for name in report.incidents}
    for subject in subjects:
        entry = subject.parsed.entry
        if not isinstance(entry, Incident) or entry.id in reported or entry.impact is not Impact.CRITICAL:
            continue
        if entry.resolved_at and WRITTEN_IN <= now - entry.resolved_at <= RECENT:
            over_at = subject.clock.write_time(entry.resolved_at)
            message = f"this was critical, is over since {over_at}, and has no report"
            hint = f"write a file in problems/ with `incidents: [{entry.id}]`, or say in site.yaml when reports are due"
            yield subject.warn(1, "no-report", message, hint)
