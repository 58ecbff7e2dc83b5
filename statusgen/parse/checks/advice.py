"""All rules about entries that can be published, in one list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from statusgen.model.site import Site
from statusgen.parse.checks.leftovers import check_leftovers
from statusgen.parse.checks.names import check_copies, check_name_date
from statusgen.parse.checks.reports import check_reports
from statusgen.parse.checks.said_times import check_said_times
from statusgen.parse.checks.silence import check_silence
from statusgen.parse.checks.subject import Subject
from statusgen.parse.checks.updates import check_order, check_planned, check_words
from statusgen.problems import Problem

CHECKS: tuple[Callable[[Subject], Iterator[Problem]], ...] = (
    check_order,
    check_planned,
    check_leftovers,
    check_name_date,
    check_said_times,
)


def check_entries(subjects: Iterable[Subject], blobs: Mapping[str, str], site: Site, now: datetime) -> list[Problem]:
    """As of `now`. `blobs` has the id of each file's text by its path."""
    by_path = {subject.path: subject for subject in subjects}
    found = [*check_copies(by_path, blobs), *check_reports(by_path.values(), site, now)]
    for subject in by_path.values():
        found += (*check_entry(subject, now), *check_silence(subject, site, now))
    return found


def check_entry(subject: Subject, now: datetime) -> Iterator[Problem]:
    """What can be said of one entry by itself."""
    for check in CHECKS:
        yield from check(subject)
    yield from check_words(subject, now)
