"""The sentence on top of the page: the first rule that matches, from the components."""

from __future__ import annotations

import pytest

from statusgen.history.status import PageStatus, page_status
from statusgen.model.states import State

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
