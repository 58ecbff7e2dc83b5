"""What states, statuses and impacts are called: alone, and within a sentence."""

from __future__ import annotations

from functools import lru_cache

from statusgen.history.status import PageStatus
from statusgen.model.language import ENGLISH, Language, mark
from statusgen.model.states import Impact, State, Status

NAMES = {
    "operational": mark("Operational"),
    "under_maintenance": mark("Under maintenance"),
    "degraded_performance": mark("Degraded performance"),
    "partial_outage": mark("Partial outage"),
    "major_outage": mark("Major outage"),
    "investigating": mark("Investigating"),
    "identified": mark("Identified"),
    "monitoring": mark("Monitoring"),
    "resolved": mark("Resolved"),
    "scheduled": mark("Scheduled"),
    "in_progress": mark("In progress"),
    "verifying": mark("Verifying"),
    "completed": mark("Completed"),
    "cancelled": mark("Cancelled"),
    "open": mark("Open"),
    "known_error": mark("Known error"),
    "none": mark("None"),
    "minor": mark("Minor"),
    "major": mark("Major"),
    "critical": mark("Critical"),
}
WITHIN = {
    State.OPERATIONAL: mark("operational"),
    State.UNDER_MAINTENANCE: mark("under maintenance"),
    State.DEGRADED_PERFORMANCE: mark("degraded performance"),
    State.PARTIAL_OUTAGE: mark("partial outage"),
    State.MAJOR_OUTAGE: mark("major outage"),
}
IMPACTS = {
    Impact.NONE: mark("Impact: none"),
    Impact.MINOR: mark("Impact: minor"),
    Impact.MAJOR: mark("Impact: major"),
    Impact.CRITICAL: mark("Impact: critical"),
}


def name_of(word: State | Status | str, language: Language = ENGLISH) -> str:
    """`in_progress` → `In progress`."""
    return _find_name(str(getattr(word, "value", word)), language)


@lru_cache(maxsize=1024)
def _find_name(name: str, language: Language) -> str:
    return language.find(NAMES[name]) if name in NAMES else name.replace("_", " ").capitalize()


def name_within(state: State, language: Language = ENGLISH) -> str:
    """`partial outage`, as it stands within a sentence."""
    return language.find(WITHIN[state])


def name_status(status: PageStatus, language: Language = ENGLISH) -> str:
    """The headline: what works, in one sentence."""
    if status.open_count:
        return language.count(status.open_count, "An incident is open", "{n} incidents are open")
    return language.find(status.description)


def name_impact(impact: Impact, language: Language = ENGLISH) -> str:
    """`Impact: minor`."""
    return language.find(IMPACTS[impact])
