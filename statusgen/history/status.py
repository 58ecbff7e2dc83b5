"""The one sentence on top of the page: from the components by Statuspage's rule, and from what is open beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from statusgen.model.language import mark
from statusgen.model.states import Impact, State


@dataclass(frozen=True, slots=True)
class PageStatus:
    """`open_count` is of the incidents that the description tells of, if it tells of their number."""

    indicator: str
    description: str
    open_count: int = 0


def page_status(states: Sequence[State]) -> PageStatus:
    """`indicator` is none, minor, major, critical or maintenance."""
    if states and all(state is State.MAJOR_OUTAGE for state in states):
        return PageStatus("critical", mark("Major System Outage"))
    if State.MAJOR_OUTAGE in states:
        return PageStatus("major", mark("Partial System Outage"))
    if State.PARTIAL_OUTAGE in states:
        return PageStatus("minor", mark("Minor Service Outage"))
    if states and all(state is State.DEGRADED_PERFORMANCE for state in states):
        return PageStatus("minor", mark("Degraded System Service"))
    if State.DEGRADED_PERFORMANCE in states:
        return PageStatus("minor", mark("Partially Degraded Service"))
    if State.UNDER_MAINTENANCE in states:
        return PageStatus("maintenance", mark("Service Under Maintenance"))
    return PageStatus("none", mark("All Systems Operational"))


def headline(components: PageStatus, open_impacts: Sequence[Impact]) -> PageStatus:
    """What people read: no all-clear, and no mere maintenance, above an incident that has an impact.

    `components` is the page_status; `open_impacts` has one member per open incident. Trouble that the components
    tell is told in their words: an incident's impact is its worst ever, and part of it may be over."""
    impact = max(open_impacts, key=list(Impact).index, default=Impact.NONE)
    if components.indicator not in ("none", "maintenance") or impact is Impact.NONE:
        return components
    count = len(open_impacts)
    return PageStatus(impact.value, "An incident is open" if count == 1 else f"{count} incidents are open", count)
