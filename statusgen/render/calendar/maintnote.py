"""The maintenance notification inside an event (draft-gunter-calext-maintenance-notifications), as programs of network
operators read it. They refuse the whole file where one event lacks a part of it."""

from __future__ import annotations

from urllib.parse import urlsplit

from icalendar import Event, Parameters, vCalAddress

from statusgen.model.entries import Change, States
from statusgen.model.names import short_name
from statusgen.model.site import Site
from statusgen.model.states import ChangeStatus, State
from statusgen.render.calendar.lines import clean, text

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


class _Named(Parameters):
    """A backslash in a name without quotes escapes something, to many readers."""

    quote_also = {"CN": " '\\"}  # noqa: RUF012


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


def add_maintnote(event: Event, change: Change, site: Site, status: ChangeStatus, impacts: dict[str, str]) -> None:
    """One identifier only: with two, readers take both for the name of the maintenance. With one object, they take the
    impact as a whole for its own."""
    host = host_of(site)
    organizer = vCalAddress(f"mailto:{site.contact}" if site.contact else site.url)
    organizer.params = _Named({"CN": clean(site.name).replace("\n", " ")})
    event["ORGANIZER"] = organizer
    event["X-MAINTNOTE-PROVIDER"] = text(host)
    event["X-MAINTNOTE-ACCOUNT"] = text(ACCOUNT)
    event["X-MAINTNOTE-MAINTENANCE-ID"] = text(maintenance_id(change), {"X-MAINTNOTE-PRECEDENCE": "PRIMARY"})
    event["X-MAINTNOTE-OBJECT-ID"] = [
        text(name, {"X-MAINTNOTE-OBJECT-IMPACT": impact}) for name, impact in (impacts or {host: NO_IMPACT}).items()
    ]
    event["X-MAINTNOTE-IMPACT"] = text(_worst(*impacts.values()))
    event["X-MAINTNOTE-STATUS"] = text(STATUSES[status])


def _worst(*impacts: str) -> str:
    return min(impacts, key=WORST_FIRST.index, default=NO_IMPACT)
