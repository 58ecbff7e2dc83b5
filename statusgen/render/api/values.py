"""What the API tells, as frozen values: two that are equal have the same JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from statusgen.history.snapshot import ComponentHistory
from statusgen.history.status import PageStatus
from statusgen.model.entries import Change, Incident, Update
from statusgen.model.states import FINAL, State, Status
from statusgen.model.zone import EPOCH
from statusgen.render.api.recent import Recent

FOLDER = "api/v2/"


@dataclass(frozen=True, slots=True)
class ComponentNow:
    """A component by its id, with its present state. `moved_at` is when that began, None where it was never another."""

    id: str
    state: State
    created_at: datetime
    moved_at: datetime | None
    history: ComponentHistory = field(compare=False, repr=False)

    @property
    def updated_at(self) -> datetime:
        return self.moved_at or self.created_at


@dataclass(frozen=True, slots=True)
class Told:
    """An incident or planned work, with what was told of it, oldest first. `window` is None for an incident.

    `ended_at` is None where it is not over, and where nobody knows. `components` are those that it names, as they are
    now; None where it is over: whatever becomes of them then is not told here."""

    entry: Incident | Change
    updates: tuple[Update, ...]
    status: Status
    created_at: datetime
    updated_at: datetime
    ended_at: datetime | None
    window: tuple[datetime, datetime] | None = None
    components: tuple[ComponentNow, ...] | None = None

    @property
    def is_over(self) -> bool:
        return self.status in FINAL


@dataclass(frozen=True, slots=True)
class IncidentPlan:
    """The file of one incident."""

    path: str
    told: Told


@dataclass(frozen=True, slots=True)
class DocumentPlan:
    """A file about the whole page, by its path, with what it tells; the rest is empty.

    `updated_at` is when anything that the page tells changed last. `recent` is what the lists were made of: no part of
    the file, but a help for the next ones."""

    path: str
    updated_at: datetime = EPOCH
    status: PageStatus | None = None
    components: tuple[ComponentNow, ...] = ()
    incidents: tuple[Told, ...] = ()
    maintenances: tuple[Told, ...] = ()
    recent: Recent = field(default=Recent(), compare=False, repr=False)
