"""Plans to JSON. What makes up one incident is made in one place, whichever file it stands in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from statusgen.model.kept import kept
from statusgen.model.site import Site
from statusgen.render.api.components import format_instant, list_json
from statusgen.render.api.entries import entry_json
from statusgen.render.api.plan import SCHEMA
from statusgen.render.api.schema import make_schema
from statusgen.render.api.slots import page_id
from statusgen.render.api.values import FOLDER, DocumentPlan, IncidentPlan, Told
from statusgen.render.json_text import to_json

# The keys of each document after `page`, in their order.
KEYS = {
    "summary.json": ("status", "components", "incidents", "scheduled_maintenances"),
    "status.json": ("status",),
    "components.json": ("components",),
    "incidents.json": ("incidents",),
    "incidents/unresolved.json": ("incidents",),
    "scheduled-maintenances.json": ("scheduled_maintenances",),
    "scheduled-maintenances/upcoming.json": ("scheduled_maintenances",),
    "scheduled-maintenances/active.json": ("scheduled_maintenances",),
}


def render_document(plan: DocumentPlan, site: Site) -> bytes:
    if plan.path == SCHEMA:
        return f"{to_json(make_schema())}\n".encode()
    parts = "".join(f',"{key}":{_RENDERERS[key](plan, site)}' for key in KEYS[plan.path.removeprefix(FOLDER)])
    return _to_body(site, plan.updated_at, parts)


def render_incident(plan: IncidentPlan, site: Site) -> bytes:
    """The page is as new as what is told here: else every file would change whenever anything does."""
    told = plan.told
    newest = told.updated_at
    if told.components:
        newest = max(newest, *(component.updated_at for component in told.components))
    return _to_body(site, newest, f',"incident":{entry_json(told, site)}')


def _to_body(site: Site, updated_at: datetime, parts: str) -> bytes:
    return f'{{"page":{_begin_page(site)}"{format_instant(updated_at)}"}}{parts}}}\n'.encode()


@kept
def _begin_page(site: Site) -> str:
    """What is the same in all files, up to the time that is not."""
    page = {"id": page_id(site), "name": site.name, "url": site.url.rstrip("/"), "time_zone": site.zone.key}
    return f'{to_json(page)[:-1]},"updated_at":'


def _status_json(plan: DocumentPlan, site: Site) -> str:
    assert plan.status, plan.path  # noqa: S101
    return to_json({"indicator": plan.status.indicator, "description": plan.status.description})


def _list_json(told: tuple[Told, ...], site: Site) -> str:
    return f"[{','.join(_kept_json(one, site) for one in told)}]"


def _kept_json(told: Told, site: Site) -> str:
    """Kept with its entry: it stands in several lists, and in the next ones."""
    kept, made_from = told.entry.kept, (told, site)
    found = kept.get(_kept_json)
    if found is None or found[0] != made_from:
        found = kept[_kept_json] = (made_from, entry_json(told, site))
    return str(found[1])


_RENDERERS: dict[str, Callable[[DocumentPlan, Site], str]] = {
    "status": _status_json,
    "components": lambda plan, site: list_json(plan.components, site),
    "incidents": lambda plan, site: _list_json(plan.incidents, site),
    "scheduled_maintenances": lambda plan, site: _list_json(plan.maintenances, site),
}
