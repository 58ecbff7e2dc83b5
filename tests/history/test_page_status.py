"""The sentence on top of the page: the first rule that matches, from the components; then from what is open."""

from __future__ import annotations

import pytest

from statusgen.history.status import PageStatus, headline, page_status
from statusgen.model.states import Impact, State

O, M, D, P, X = State  # noqa: E741

CASES = [
    ((), "none", "All Systems Operational"),
    ((O,), "none", "All Systems Operational"),
    ((O, O), "none", "All Systems Operational"),
    ((X,), "critical", "Major System Outage"),
    ((X, X), "critical", "Major System Outage"),
    ((X, O), "major", "Partial System Outage"),
    ((X, P, D, M), "major", "Partial System Outage"),
    ((P,), "minor", "Minor Service Outage"),
    ((P, P), "minor", "Minor Service Outage"),
    ((D, P, M, O), "minor", "Minor Service Outage"),
    ((D,), "minor", "Degraded System Service"),
    ((D, D), "minor", "Degraded System Service"),
    ((D, O), "minor", "Partially Degraded Service"),
    ((D, M), "minor", "Partially Degraded Service"),
    ((M,), "maintenance", "Service Under Maintenance"),
    ((M, M), "maintenance", "Service Under Maintenance"),
    ((M, O), "maintenance", "Service Under Maintenance"),
]


@pytest.mark.parametrize(("states", "indicator", "description"), CASES)
def test_page_status(states: tuple[State, ...], indicator: str, description: str) -> None:
    assert page_status(states) == PageStatus(indicator, description)
    assert page_status(states[::-1]) == PageStatus(indicator, description)


NONE, MINOR, MAJOR, CRITICAL = Impact
HEADLINES = [
    ((O,), (), "none", "All Systems Operational"),
    ((O,), (NONE,), "none", "All Systems Operational"),
    ((O,), (MINOR,), "minor", "An incident is open"),
    ((), (CRITICAL,), "critical", "An incident is open"),
    ((O,), (MINOR, MAJOR, NONE), "major", "3 incidents are open"),
    ((O,), (CRITICAL, MINOR), "critical", "2 incidents are open"),
    ((M, O), (), "maintenance", "Service Under Maintenance"),
    ((M, O), (NONE,), "maintenance", "Service Under Maintenance"),
    ((M, O), (MINOR,), "minor", "An incident is open"),
    ((D, O), (MINOR,), "minor", "Partially Degraded Service"),
    ((D, O), (CRITICAL,), "minor", "Partially Degraded Service"),
    ((X,), (MINOR, MINOR), "critical", "Major System Outage"),
]


@pytest.mark.parametrize(("states", "impacts", "indicator", "description"), HEADLINES)
def test_no_all_clear_above_an_open_incident(
    states: tuple[State, ...], impacts: tuple[Impact, ...], indicator: str, description: str
) -> None:
    for order in (impacts, impacts[::-1]):
        told = headline(page_status(states), order)
        assert (told.indicator, told.description) == (indicator, description)
        assert told.open_count == (len(impacts) if "open" in description else 0)
