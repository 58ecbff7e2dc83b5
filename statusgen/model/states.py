"""The vocabularies of design and of Statuspage's API: states, impacts, statuses."""

from __future__ import annotations

from enum import Enum, StrEnum
from functools import cached_property


class Word(Enum):
    """A word of a vocabulary."""

    @cached_property
    def value(self) -> str:
        # The one of Enum takes two calls each time, and pages ask for it again and again.
        return str(self._value_)


class State(Word):
    """A component's state; compare by `rank`, the worst is the highest."""

    OPERATIONAL = "operational"
    UNDER_MAINTENANCE = "under_maintenance"
    DEGRADED_PERFORMANCE = "degraded_performance"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"

    rank: int

    def __init__(self, _value: str) -> None:
        self.rank = len(self.__class__.__members__)


def worst(states: list[State] | tuple[State, ...]) -> State:
    return max(states, key=lambda state: state.rank, default=State.OPERATIONAL)


class Impact(Word, StrEnum):
    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


IMPACT_OF_STATE = {
    State.OPERATIONAL: Impact.NONE,
    State.UNDER_MAINTENANCE: Impact.NONE,
    State.DEGRADED_PERFORMANCE: Impact.MINOR,
    State.PARTIAL_OUTAGE: Impact.MAJOR,
    State.MAJOR_OUTAGE: Impact.CRITICAL,
}


class IncidentStatus(Word, StrEnum):
    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"


class ChangeStatus(Word, StrEnum):
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class ChangeType(Word, StrEnum):
    STANDARD = "standard"
    NORMAL = "normal"
    EMERGENCY = "emergency"


class ProblemStatus(Word, StrEnum):
    OPEN = "open"
    KNOWN_ERROR = "known_error"
    RESOLVED = "resolved"


Status = IncidentStatus | ChangeStatus

# From these on no component is affected, and nobody waits for news.
FINAL: tuple[Status, ...] = (IncidentStatus.RESOLVED, ChangeStatus.COMPLETED, ChangeStatus.CANCELLED)
