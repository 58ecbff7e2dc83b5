"""What each template is given, as frozen values: a page is a template name and one of these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from statusgen.history.effects import Effect
from statusgen.history.promises import Promise
from statusgen.history.response import Response
from statusgen.history.snapshot import ComponentHistory
from statusgen.history.status import PageStatus
from statusgen.model.entries import Change, Incident, Notice, Page, ProblemReport, Update
from statusgen.model.site import Component, Group
from statusgen.model.states import FINAL, ProblemStatus, State, Status
from statusgen.render.calendar_contexts import CalendarMonth
from statusgen.render.record import RecordView
from statusgen.render.report_contexts import ReportPage, ReportsPage
from statusgen.render.series_contexts import OccurrenceView, SeriesRow
from statusgen.render.subscribe_contexts import FormatsPage, SubscribePage
from statusgen.render.uptime_contexts import UptimePage, WorkingPage


@dataclass(frozen=True, slots=True)
class IncidentView:
    """`updates` newest first; `affected` with the worst state each component had, `affected_now` with its present one.
    `effects` are the states that it gave, oldest first.

    `lasted_for` is until now if it is open."""

    entry: Incident
    status: Status
    updates: tuple[Update, ...]
    promise: Promise | None
    affected: tuple[tuple[Component, State], ...]
    affected_now: tuple[tuple[Component, State], ...]
    lasted_for: timedelta
    reports: tuple[ProblemReport, ...]
    response: Response
    effects: tuple[Effect, ...]

    @property
    def components(self) -> dict[str, Component]:
        """Those that are affected by their ids, for the states that updates give."""
        return {component.id: component for component, _ in self.affected}

    @property
    def known_errors(self) -> tuple[ProblemReport, ...]:
        """With a workaround that is of use, because the incident is open."""
        known = (report for report in self.reports if report.status is ProblemStatus.KNOWN_ERROR and report.workaround)
        return () if self.entry.resolved_at else tuple(known)


@dataclass(frozen=True, slots=True)
class ChangeView:
    """`starts_at` and `ends_at` of the window that runs or comes next, else of the last one, which is `shown`; `ahead`
    are others of a series, and `deviating` those before them that were not as its rule has it, newest first.

    `month` is where the history lists it. `called_off`: cancelled before any work began: `affected` never were.
    `effects` are the states that it gave, oldest first."""

    entry: Change
    status: Status
    updates: tuple[Update, ...]
    promise: Promise | None
    affected: tuple[tuple[Component, State], ...]
    starts_at: datetime
    ends_at: datetime
    called_off: bool
    month: date
    effects: tuple[Effect, ...]
    shown: OccurrenceView | None = None
    ahead: tuple[OccurrenceView, ...] = ()
    deviating: tuple[OccurrenceView, ...] = ()

    @property
    def cancelled_before(self) -> tuple[OccurrenceView, ...]:
        """What would have come before the window that is given, or last, where nothing comes any more."""
        over = self.status in FINAL
        return tuple(one for one in self.ahead if one.cancelled and (over or one.starts_at < self.starts_at))

    @property
    def components(self) -> dict[str, Component]:
        """Those that are affected by their ids, for the states that updates give."""
        return {component.id: component for component, _ in self.affected}


@dataclass(frozen=True, slots=True)
class GroupView:
    """Components under one heading; `group` is None for those without one."""

    group: Group | None
    members: tuple[ComponentHistory, ...]
    uptime: Fraction | None


@dataclass(frozen=True, slots=True)
class DayView:
    on: date
    incidents: tuple[IncidentView, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    """`status` is the headline; `incidents` are the open ones."""

    status: PageStatus
    incidents: tuple[IncidentView, ...]
    running: tuple[ChangeView, ...]
    upcoming: tuple[ChangeView, ...]
    notices: tuple[Notice, ...]
    groups: tuple[GroupView, ...]
    days: tuple[DayView, ...]


@dataclass(frozen=True, slots=True)
class EmbedPage:
    """The home page in a few lines, to be shown within another page."""

    status: PageStatus
    incidents: tuple[Incident, ...]
    running: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class IncidentPage:
    view: IncidentView
    record: RecordView | None = None


@dataclass(frozen=True, slots=True)
class ChangePage:
    view: ChangeView
    record: RecordView | None = None


@dataclass(frozen=True, slots=True)
class NoticePage:
    notice: Notice
    current: bool
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class TextPage:
    page: Page


@dataclass(frozen=True, slots=True)
class ComponentPage:
    """`recent` are the newest entries only; older ones are in the history."""

    history: ComponentHistory
    group: Group | None
    recent: tuple[Incident | Change, ...]
    more: int


@dataclass(frozen=True, slots=True)
class MonthPage:
    """One month's entries, newest first, and the series that had windows in it; the neighbours are None at the ends."""

    month: date
    incidents: tuple[IncidentView, ...]
    changes: tuple[ChangeView, ...]
    series: tuple[SeriesRow, ...]
    notices: tuple[Notice, ...]
    newer: date | None
    older: date | None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """(month, incidents, changes, notices) newest first; `years` are those that can be searched. `calendar` has the
    last twelve months, newest first."""

    months: tuple[tuple[date, int, int, int], ...]
    years: tuple[int, ...] = ()
    calendar: tuple[CalendarMonth, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    pass


PageContext = (
    HomePage
    | EmbedPage
    | IncidentPage
    | ChangePage
    | NoticePage
    | ReportPage
    | ReportsPage
    | TextPage
    | ComponentPage
    | MonthPage
    | HistoryPage
    | UptimePage
    | WorkingPage
    | SubscribePage
    | FormatsPage
    | NotFoundPage
)
