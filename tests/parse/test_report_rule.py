"""Which incidents lack a report that is due, and what is said of old ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from statusgen.model.entries import Incident, Update
from statusgen.model.site import ReportRule, Site
from statusgen.model.states import Impact, IncidentStatus, State
from statusgen.parse.parsed import Parsed
from statusgen.parse.report_rule import due_of, find_overdue
from statusgen.problems import Problem

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
RULE = ReportRule(((Impact.CRITICAL, 5 * DAY), (Impact.MAJOR, 10 * DAY)))
SITE = Site("Acme", "https://a.example/", ZoneInfo("Europe/Berlin"), report_rule=RULE)
CRITICAL, MAJOR, MINOR = State.MAJOR_OUTAGE, State.PARTIAL_OUTAGE, State.DEGRADED_PERFORMANCE


def incident(ago: timedelta | None, state: State = CRITICAL, name: str = "2026-11-01-errors") -> Incident:
    """Resolved so long ago; None is open."""
    begun = Update("u1", IncidentStatus.INVESTIGATING, NOW - 500 * DAY)
    over = (Update("u2", IncidentStatus.RESOLVED, NOW - ago),) if ago is not None else ()
    return Incident(name, f"incidents/{name}.md", "I", "", (("api", state),), begun.at, (begun, *over))


def told(
    *incidents: Incident, site: Site = SITE, reported: frozenset[str] = frozenset(), draft: bool = False
) -> list[Problem]:
    dues = [due for one in incidents if (due := due_of(Parsed(one, draft), site))]
    return find_overdue(dues, reported, site, NOW)


@pytest.mark.parametrize(
    ("ago", "state", "expected"),
    [
        (5 * DAY, CRITICAL, 1),
        (5 * DAY - timedelta(seconds=1), CRITICAL, 0),
        (9 * DAY, MAJOR, 0),
        (10 * DAY, MAJOR, 1),
        (50 * DAY, MINOR, 0),
        (None, CRITICAL, 0),
    ],
)
def test_a_report_is_due_so_long_after_the_end(ago: timedelta | None, state: State, expected: int) -> None:
    assert len(told(incident(ago, state))) == expected


def test_what_is_said() -> None:
    (problem,) = told(incident(6 * DAY))
    assert str(problem) == (
        "incidents/2026-11-01-errors.md:1: warning[report-overdue]: this was resolved at 2026-11-14 13:00, and the "
        "report that was due at 2026-11-19 13:00 is missing (write problems/2026-11-14-errors.md with "
        "`incidents: [2026-11-01-errors]`)"
    )


def test_a_report_that_names_it_is_enough_and_a_draft_needs_none() -> None:
    assert told(incident(6 * DAY), reported=frozenset({"2026-11-01-errors"})) == []
    assert told(incident(6 * DAY), draft=True) == []


def test_years_of_history_are_one_warning() -> None:
    old = [incident(number * DAY, name=f"i{number}") for number in range(100, 400)]
    (problem,) = told(*old)
    assert (problem.path, problem.code) == ("site.yaml", "report-overdue")
    assert problem.message.startswith("300 incidents have no report")
    assert problem.hint.startswith("the newest is `i100`; `since: 2026-08-22` below")
    since = Site("A", "https://a.example/", SITE.zone, report_rule=ReportRule(RULE.due, date(2026, 8, 22)))
    assert told(*old, site=since) == []


def test_since_is_a_day_of_the_site() -> None:
    # 00:30 in Berlin.
    late = NOW - datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
    for day, count in ((1, 1), (2, 0)):
        rule = ReportRule(RULE.due, date(2026, 11, day))
        site = Site("A", "https://a.example/", SITE.zone, report_rule=rule)
        assert len(told(incident(late), site=site)) == count


def test_without_a_rule_none_is_due() -> None:
    assert told(incident(50 * DAY), site=Site("A", "https://a.example/", SITE.zone)) == []
