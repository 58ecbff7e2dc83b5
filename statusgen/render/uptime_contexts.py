"""What the pages about uptime are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from statusgen.history.figures import Figure
from statusgen.history.response import Response
from statusgen.history.response_months import ResponseMonth
from statusgen.model.audit import Audit
from statusgen.model.entries import Incident
from statusgen.model.service_level import ServiceLevel
from statusgen.model.site import Component, Group
from statusgen.render.record import ShiftView


@dataclass(frozen=True, slots=True)
class UptimeRow:
    """A component's figures: `months` are the last twelve, newest first, `quarters` and `years` likewise.

    `current` is the running period of which something is promised, if any. `share` is of the last 90 days."""

    component: Component
    level: ServiceLevel | None
    share: Fraction | None
    current: Figure | None
    months: tuple[Figure, ...]
    quarters: tuple[Figure, ...]
    years: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class UptimeGroup:
    """Rows under one heading, and the mean of their months by key; `group` is None for those without one."""

    group: Group | None
    rows: tuple[UptimeRow, ...]
    months: tuple[tuple[str, Fraction | None], ...]


@dataclass(frozen=True, slots=True)
class UptimePage:
    """`month_keys` are the columns, newest first, and `responses` those to the incidents of the same months. `audit` is
    without its corrections."""

    month_keys: tuple[str, ...]
    groups: tuple[UptimeGroup, ...]
    responses: tuple[ResponseMonth, ...]
    audit: Audit | None = None


@dataclass(frozen=True, slots=True)
class WorkingPage:
    """One month: each component with its figure, and with the longer period that ends with it, if that is promised.

    `incidents` began in it, oldest first; `response` is what the responses to them come to."""

    month: date
    figures: tuple[tuple[Component, Figure, Figure | None], ...]
    response: ResponseMonth | None
    incidents: tuple[tuple[Incident, Response], ...]
    newer: date | None
    older: date | None
    corrections: tuple[ShiftView, ...] = ()
