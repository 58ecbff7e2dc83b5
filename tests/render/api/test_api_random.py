"""Random sites: every document is as its schema says, its lists are those of a plain count, and nothing lies ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from api_documents import find_wrong, read_documents
from hypothesis import given
from hypothesis import strategies as st
from random_content import contents, moments, some

from statusgen.history.changes import change_status
from statusgen.history.snapshot import Snapshot, take_snapshot
from statusgen.model.names import short_id
from statusgen.model.site import Component, Content, Group
from statusgen.model.states import ChangeStatus, IncidentStatus
from statusgen.model.theme import Theme
from statusgen.render.site import plan_site, render_site
from statusgen.source.theme import read_theme

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z")


@cache
def default_theme() -> Theme:
    return read_theme("default", Path(__file__).parent)


def times_in(value: Any, key: str = "") -> Iterator[datetime]:
    """But those of planned windows, which may lie ahead."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from times_in(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from times_in(part)
    elif isinstance(value, str) and TIME.fullmatch(value) and not key.startswith("scheduled_"):
        yield datetime.fromisoformat(value)


def ids_of(entries: list[dict[str, Any]]) -> list[str]:
    return sorted(entry["id"] for entry in entries)


def grouped(data: st.DataObject, content: Content) -> Content:
    if data.draw(st.booleans()):
        return content
    members = tuple(Component(one.id, one.name, group="g") for one in content.site.components)
    return replace(content, site=replace(content.site, components=members, groups=(Group("g", "G"),)))


@some(120)
@given(st.data())
def test_documents_of_random_sites(data: st.DataObject) -> None:
    moment = data.draw(moments(MINUTE, 3 * DAY, DAY))
    content = grouped(data, data.draw(contents(moment)))
    snapshot = take_snapshot(content, moment.now)
    documents = read_documents(dict(render_site(plan_site(snapshot, default_theme()))))
    assert list(find_wrong(documents)) == []
    assert max(times_in(documents)) <= moment.now
    check_lists(snapshot, documents)
    check_states(snapshot, documents)


def check_lists(snapshot: Snapshot, documents: dict[str, Any]) -> None:
    content, now, zone = snapshot.content, snapshot.now, snapshot.content.site.zone
    every = [short_id(incident) for incident in content.incidents]
    still = [short_id(one) for one in content.incidents if one.updates[-1].status is not IncidentStatus.RESOLVED]
    status = {short_id(change): change_status(change, zone, now) for change in content.changes}
    upcoming = [name for name, found in status.items() if found is ChangeStatus.SCHEDULED]
    active = [name for name, found in status.items() if found.value in ("in_progress", "verifying")]
    summary = documents["summary.json"]
    for found, expected in (
        (documents["incidents.json"]["incidents"], every),
        (documents["incidents/unresolved.json"]["incidents"], still),
        (summary["incidents"], still),
        (documents["scheduled-maintenances.json"]["scheduled_maintenances"], list(status)),
        (documents["scheduled-maintenances/upcoming.json"]["scheduled_maintenances"], upcoming),
        (documents["scheduled-maintenances/active.json"]["scheduled_maintenances"], active),
        (summary["scheduled_maintenances"], upcoming + active),
    ):
        assert ids_of(found) == sorted(expected)
    assert sum(path.count("/") and "incident" in document for path, document in documents.items()) == len(every)


def check_states(snapshot: Snapshot, documents: dict[str, Any]) -> None:
    status = documents["status.json"]["status"]
    assert status == {"indicator": snapshot.status.indicator, "description": snapshot.status.description}
    by_name = {history.component.name: history.state.value for history in snapshot.components.values()}
    for component in documents["components.json"]["components"]:
        if not component["group"]:
            assert component["status"] == by_name[component["name"]]
            assert component["updated_at"] >= component["created_at"] or component["status"] == "operational"
    for incident in documents["incidents/unresolved.json"]["incidents"]:
        assert {one["name"]: one["status"] for one in incident["components"]}.items() <= by_name.items()
    for path, document in documents.items():
        if "incident" in document and document["incident"]["status"] == "resolved":
            assert {one["status"] for one in document["incident"]["components"]} <= {"operational"}, path
