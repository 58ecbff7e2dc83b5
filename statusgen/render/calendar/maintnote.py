"""The maintenance notification inside an event (draft-gunter-calext-maintenance-notifications), as programs of network
operators read it. They refuse the whole file where one event lacks a part of it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from statusgen.model.entries import Change, States
from statusgen.model.names import short_name
from statusgen.model.site import Site
from statusgen.model.states import ChangeStatus, State
from statusgen.render.calendar.lines import line, quoted, text

ACCOUNT = "all-customers"
NO_IMPACT, DEGRADED, OUTAGE = "NO-IMPACT", "DEGRADED", "OUTAGE"
IMPACTS = {
    State.OPERATIONAL: NO_IMPACT,
    State.UNDER_MAINTENANCE: OUTAGE,
    State.DEGRADED_PERFORMANCE: DEGRADED,
    State.PARTIAL_OUTAGE: DEGRADED,
    State.MAJOR_OUTAGE: OUTAGE,
}
WORST_FIRST = (OUTAGE, DEGRADED, NO_IMPACT)
STATUSES = {
    ChangeStatus.SCHEDULED: "CONFIRMED",
    ChangeStatus.IN_PROGRESS: "IN-PROCESS",
    ChangeStatus.VERIFYING: "IN-PROCESS",
    ChangeStatus.COMPLETED: "COMPLETED",
    ChangeStatus.CANCELLED: "CANCELLED",
}


def host_of(site: Site) -> str:
    return urlsplit(site.url).hostname or ""


def maintenance_id(change: Change) -> str:
    return short_name("change", change.id)


def uid_of(change: Change, site: Site) -> str:
    return f"{maintenance_id(change)}@{host_of(site)}"


def impacts_of(change: Change, own: States | None = None) -> dict[str, str]:
    """The worst impact on each component, by id; of an occurrence that has states of its `own`, those."""
    found: dict[str, str] = {}
    # Updates of a series move nothing.
    told = () if change.repeat else (update.states for update in change.updates)
    for states in (change.states, *told) if own is None else (own,):
        for component, state in states:
            found[component] = _worst(found.get(component, NO_IMPACT), IMPACTS[state])
    return found


def maintnote_lines(change: Change, site: Site, status: ChangeStatus, impacts: dict[str, str]) -> Iterator[str]:
    """One identifier only: with two, readers take both for the name of the maintenance. With one object, they take the
    impact as a whole for its own."""
    host = host_of(site)
    organizer = f"mailto:{site.contact}" if site.contact else site.url
    yield line(f"ORGANIZER;CN={quoted(site.name)}", organizer)
    yield line("X-MAINTNOTE-PROVIDER", text(host))
    yield line("X-MAINTNOTE-ACCOUNT", ACCOUNT)
    yield line("X-MAINTNOTE-MAINTENANCE-ID;X-MAINTNOTE-PRECEDENCE=PRIMARY", maintenance_id(change))
    for name, impact in (impacts or {host: NO_IMPACT}).items():
        yield line(f"X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT={impact}", text(name))
    yield line("X-MAINTNOTE-IMPACT", _worst(*impacts.values()))
    yield line("X-MAINTNOTE-STATUS", STATUSES[status])


def _worst(*impacts: str) -> str:
    return min(impacts, key=WORST_FIRST.index, default=NO_IMPACT)
