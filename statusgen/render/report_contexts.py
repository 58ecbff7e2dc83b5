"""What templates are given of problem reports."""

from __future__ import annotations

from dataclasses import dataclass

from statusgen.model.entries import Incident, ProblemReport
from statusgen.model.site import Component


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report with the incidents that it explains, newest first, and the components that they name."""

    report: ProblemReport
    incidents: tuple[Incident, ...]
    components: tuple[Component, ...]

    @property
    def done(self) -> int:
        """How many of the actions."""
        return sum(action.done for action in self.report.actions)


@dataclass(frozen=True, slots=True)
class ReportPage:
    view: ReportView


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """In the order of their titles: errors that are known, with their workarounds, what is open, and what is over."""

    known: tuple[ReportView, ...]
    open: tuple[ReportView, ...]
    resolved: tuple[ReportView, ...]
