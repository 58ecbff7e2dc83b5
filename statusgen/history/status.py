"""The one sentence on top of the page, by Statuspage's rule: from the components, first match."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from statusgen.model.states import State


@dataclass(frozen=True, slots=True)
class PageStatus:
    indicator: str
    description: str


def page_status(states: Sequence[State]) -> PageStatus:
    """`indicator` is none, minor, major, critical or maintenance."""
    if states and all(state is State.MAJOR_OUTAGE for state in states):
        return PageStatus("critical", "Major System Outage")
    if State.MAJOR_OUTAGE in states:
        return PageStatus("major", "Partial System Outage")
    if State.PARTIAL_OUTAGE in states:
        return PageStatus("minor", "Minor Service Outage")
    if states and all(state is State.DEGRADED_PERFORMANCE for state in states):
        return PageStatus("minor", "Degraded System Service")
    if State.DEGRADED_PERFORMANCE in states:
        return PageStatus("minor", "Partially Degraded Service")
    if State.UNDER_MAINTENANCE in states:
        return PageStatus("maintenance", "Service Under Maintenance")
    return PageStatus("none", "All Systems Operational")
