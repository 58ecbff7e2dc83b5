"""What is promised: how much of a period a component is up, what is owed where it was not, and how soon customers hear
of an incident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction

from statusgen.model.hours import Hours
from statusgen.model.states import Impact, State

# By the rule that Statuspage's pages follow.
WEIGHTS = {State.MAJOR_OUTAGE: Fraction(1), State.PARTIAL_OUTAGE: Fraction(3, 10)}


class Cycle(StrEnum):
    """The calendar periods for which a promise can hold."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """In each `cycle`, at least `target` (0 to 1) of the time is up. `name` is its key in site.yaml.

    `weights`: how much of a second each state takes, 0 to 1. `credits`: (below which share, share of the fee), the
    lowest share first. Planned work does not count in a window that was announced `notice_for` before it began, for
    `allowance_for` a month at most; None is no condition and no limit. With `hours`, only these are promised."""

    name: str
    target: Fraction
    cycle: Cycle = Cycle.MONTH
    weights: tuple[tuple[State, Fraction], ...] = tuple(WEIGHTS.items())
    credits: tuple[tuple[Fraction, Fraction], ...] = ()
    notice_for: timedelta | None = None
    allowance_for: timedelta | None = None
    hours: Hours | None = None

    def credit_of(self, share: Fraction) -> Fraction:
        """The share of the fee that is owed for a period that was up so much."""
        return next((owed for below, owed in self.credits if share < below), Fraction(0))


class Measure(StrEnum):
    """What can be promised of the response to an incident."""

    FIRST_UPDATE = "first_update"
    BETWEEN_UPDATES = "between_updates"
    RESOLVE = "resolve"


@dataclass(frozen=True, slots=True)
class Limit:
    """An incident of this impact takes `allowed_for` at most, by this measure."""

    impact: Impact
    measure: Measure
    allowed_for: timedelta


@dataclass(frozen=True, slots=True)
class ResponseLevel:
    """How incidents are responded to; a measure without a limit is not promised. `name` is its key in site.yaml. With
    `hours`, time goes by in these only."""

    name: str
    limits: tuple[Limit, ...]
    hours: Hours | None = None
