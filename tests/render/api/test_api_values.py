"""What documents say, by tables: every status, impact and state, times, groups, moves, and agreement with the pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from api_documents import find_wrong, read_documents
from hypothesis import given
from hypothesis import strategies as st
from sites import NOW, make_sample, make_site

from statusgen.render.api.components import format_instant

SITE = """\
name: Acme
url: https://status.acme.example/
time_zone: Europe/Berlin
groups: {edge: {name: Edge network, description: Near you}, core: Core}
components:
  api: {name: API, description: For machines, since: 2021-04-01}
  web: {name: Website, group: edge}
  dns: {name: Names, group: edge, since: 2026-11-01}
  db: Database
"""


# The status of each update on a page.
SHOWN = re.compile(r'<li id="[^"]+">\n<h3><span class="status (\w+)">')


def at(text: str) -> str:
    return f"2026-11-{text}:00.000Z"


def documents_of(**files: str) -> dict[str, Any]:
    paths = {f"{kind}s/{kind}.md": text for kind, text in files.items()}
    found = read_documents(make_site({"site.yaml": SITE, **paths}))
    assert list(find_wrong(found)) == []
    return found


def incident(states: str, *updates: str, head: str = "") -> str:
    told = "\n\n".join(f"## {update}\n\nWords." for update in updates)
    return f"---\ntitle: Errors\ncomponents: {states}\n{head}---\n\n{told}\n"


def change(states: str, *updates: str, head: str = "starts: 2026-11-20 12:00\nduration: 2h\n") -> str:
    return incident(states, *updates, head=head).replace("title: Errors", "title: Work")


@given(st.datetimes(timezones=st.just(UTC)))
def test_times_are_as_the_standard_has_them(instant: datetime) -> None:
    instant = instant.replace(microsecond=0)
    assert format_instant(instant) == instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def states_of(document: dict[str, Any]) -> dict[str, str]:
    return {component["name"]: component["status"] for component in document["components"]}


STATES = ["operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"]


@pytest.mark.parametrize("state", STATES)
def test_states_of_components_and_of_their_group(state: str) -> None:
    documents = documents_of(incident=incident(f"{{dns: {state}}}", "investigating @ 2026-11-03 09:20"))
    assert states_of(documents["components.json"]) == {
        "API": "operational",
        "Edge network": state,
        "Website": "operational",
        "Names": state,
        "Database": "operational",
    }
    assert states_of(documents["incidents/unresolved.json"]["incidents"][0]) == {"Names": state}


PAGES = [
    ("{}", "none", "All Systems Operational"),
    ("{api: under_maintenance}", "maintenance", "Service Under Maintenance"),
    ("{api: degraded_performance}", "minor", "Partially Degraded Service"),
    ("{api: major_outage}", "major", "Partial System Outage"),
    ("{api: major_outage, web: major_outage, dns: major_outage, db: major_outage}", "critical", "Major System Outage"),
]


@pytest.mark.parametrize(("states", "indicator", "description"), PAGES)
def test_the_page(states: str, indicator: str, description: str) -> None:
    documents = documents_of(incident=incident(states, "investigating @ 2026-11-03 09:20"))
    expected = {"indicator": indicator, "description": description}
    assert documents["status.json"]["status"] == documents["summary.json"]["status"] == expected


STATUSES = [("investigating", True), ("identified", True), ("monitoring", True), ("resolved", False)]


@pytest.mark.parametrize(("status", "unresolved"), STATUSES)
def test_statuses_of_incidents(status: str, unresolved: bool) -> None:
    told = incident("{api: partial_outage}", "investigating @ 2026-11-03 09:20", f"{status} @ 2026-11-03 10:00")
    documents = documents_of(incident=told)
    (found,) = documents["incidents.json"]["incidents"]
    assert found["status"] == status
    assert documents["incidents/unresolved.json"]["incidents"] == [found] * unresolved
    assert documents["summary.json"]["incidents"] == [found] * unresolved
    assert documents[f"incidents/{found['id']}.json"]["incident"] == found
    assert found["monitoring_at"] == (at("03T09:00") if status == "monitoring" else None)
    assert found["resolved_at"] == (None if unresolved else at("03T09:00"))
    assert states_of(found) == {"API": "partial_outage" if unresolved else "operational"}


@pytest.mark.parametrize("impact", ["none", "minor", "major", "critical"])
def test_impacts(impact: str) -> None:
    told = incident("{api: partial_outage}", "investigating @ 2026-11-03 09:20", head=f"impact: {impact}\n")
    assert documents_of(incident=told)["summary.json"]["incidents"][0]["impact"] == impact


# Updates, the status, in which of summary, upcoming and active it stands.
WORK = [
    (["scheduled @ 2026-11-10 10:00"], "scheduled", "summary upcoming"),
    (["in_progress @ 2026-11-20 12:05"], "in_progress", "summary active"),
    (["verifying @ 2026-11-20 12:05"], "verifying", "summary active"),
    (["completed @ 2026-11-20 12:05"], "completed", ""),
    (["cancelled @ 2026-11-20 12:05"], "completed", ""),
    (["scheduled @ 2026-11-10 10:00", "cancelled @ 2026-11-11 10:00"], "completed", ""),
]


@pytest.mark.parametrize(("updates", "status", "lists"), WORK)
def test_statuses_of_maintenances(updates: list[str], status: str, lists: str) -> None:
    documents = documents_of(change=change("[api]", *updates, head="starts: 2026-11-20 14:00\nduration: 2h\n"))
    (found,) = documents["scheduled-maintenances.json"]["scheduled_maintenances"]
    assert (found["status"], found["impact"], found["name"]) == (status, "maintenance", "Work")
    assert (found["scheduled_for"], found["scheduled_until"]) == (at("20T13:00"), at("20T15:00"))
    paths = {
        "summary": "summary.json",
        "upcoming": "scheduled-maintenances/upcoming.json",
        "active": "scheduled-maintenances/active.json",
    }
    for name, path in paths.items():
        assert documents[path]["scheduled_maintenances"] == [found] * (name in lists.split()), path
    assert documents["incidents.json"]["incidents"] == []
    assert (found["resolved_at"] is None) == (status != "completed")


def test_work_that_the_clock_moves() -> None:
    documents = documents_of(change=change("{api: under_maintenance, web: degraded_performance}"))
    (found,) = documents["scheduled-maintenances/active.json"]["scheduled_maintenances"]
    (update,) = found["incident_updates"]
    assert (found["created_at"], found["updated_at"]) == (at("20T11:00"), at("20T11:00"))
    assert (update["status"], update["body"]) == ("in_progress", "The work has begun as planned.")
    assert [(moved["name"], moved["old_status"], moved["new_status"]) for moved in update["affected_components"]] == [
        ("API", "operational", "under_maintenance"),
        ("Website", "operational", "degraded_performance"),
    ]
    same = documents_of(change=change("{api: under_maintenance}", "scheduled @ 2026-11-10 10:00"))
    updates = same["scheduled-maintenances/active.json"]["scheduled_maintenances"][0]["incident_updates"]
    assert updates[0]["id"] == update["id"] and updates[1]["affected_components"] is None


def test_a_series_tells_its_next_window() -> None:
    head = "starts: 2026-11-01 22:00\nduration: 1h\nrepeat: FREQ=WEEKLY\n"
    documents = documents_of(change=change("[db]", "scheduled @ 2026-10-01 10:00", head=head))
    (found,) = documents["scheduled-maintenances/upcoming.json"]["scheduled_maintenances"]
    assert (found["scheduled_for"], found["scheduled_until"]) == (at("22T21:00"), at("22T22:00"))
    assert (found["created_at"], found["updated_at"]) == ("2026-10-01T08:00:00.000Z", at("15T22:00"))
    over = documents_of(change=change("[db]", head=head.replace("WEEKLY", "WEEKLY;COUNT=2")))
    (found,) = over["scheduled-maintenances.json"]["scheduled_maintenances"]
    assert (found["status"], found["resolved_at"], found["scheduled_for"]) == (
        "completed",
        at("08T22:00"),
        at("08T21:00"),
    )


def test_moves_are_those_of_the_incident_itself() -> None:
    told = incident(
        "{api: major_outage, db: operational}",
        "investigating @ 2026-11-03 09:20",
        "identified @ 2026-11-03 09:41 {api=partial_outage db=degraded_performance}",
        "identified @ 2026-11-03 09:50",
        "monitoring @ 2026-11-03 09:55 {api=partial_outage}",
        "resolved @ 2026-11-03 10:00",
    )
    (found,) = documents_of(incident=told)["incidents.json"]["incidents"]
    moves = [
        update["affected_components"]
        and [(moved["name"], moved["old_status"], moved["new_status"]) for moved in update["affected_components"]]
        for update in found["incident_updates"]
    ]
    assert moves == [
        [("API", "partial_outage", "operational"), ("Database", "degraded_performance", "operational")],
        None,
        None,
        [("API", "major_outage", "partial_outage"), ("Database", "operational", "degraded_performance")],
        [("API", "operational", "major_outage")],
    ]
    assert [update["status"] for update in found["incident_updates"]] == [
        *("resolved", "monitoring", "identified", "identified", "investigating")
    ]
    assert (found["created_at"], found["started_at"], found["updated_at"]) == (
        *(at("03T08:20"), at("03T08:20"), at("03T09:00")),
    )


def test_groups_positions_and_times() -> None:
    told = incident("{web: major_outage}", "investigating @ 2026-11-03 09:20", head="started: 2026-11-03 09:00\n")
    told += "\n## resolved @ 2026-11-03 10:00\n"
    documents = documents_of(incident=told)
    components = documents["components.json"]["components"]
    group = components[1]
    assert [(part["name"], part["position"], part["group"]) for part in components] == [
        ("API", 1, False),
        ("Edge network", 2, True),
        ("Website", 1, False),
        ("Names", 2, False),
        ("Database", 3, False),
    ]
    assert group["components"] == [part["id"] for part in components[2:4]]
    assert [part["group_id"] for part in components] == [None, None, group["id"], group["id"], None]
    assert [(part["start_date"], part["created_at"], part["updated_at"]) for part in components] == [
        ("2021-04-01", "2021-03-31T22:00:00.000Z", "2021-03-31T22:00:00.000Z"),
        (None, "2026-10-31T23:00:00.000Z", at("03T09:00")),
        (None, at("03T08:00"), at("03T09:00")),
        ("2026-11-01", "2026-10-31T23:00:00.000Z", "2026-10-31T23:00:00.000Z"),
        (None, "1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00.000Z"),
    ]
    assert [part["description"] for part in components] == ["For machines", "Near you", None, None, None]
    assert documents["status.json"]["page"]["updated_at"] == at("03T09:00")


def test_a_notice_is_something_new_on_the_page() -> None:
    documents = documents_of(notice="---\ntitle: Moving\npublish: 2026-11-05 12:00\n---\n\nSoon.\n")
    assert {document["page"]["updated_at"] for document in documents.values()} == {at("05T11:00")}


def test_the_sample_says_what_its_pages_say() -> None:
    site = make_sample(now=NOW + timedelta(hours=4))
    documents = read_documents(site)
    root = documents["summary.json"]["page"]["url"] + "/"
    for entry in (
        *documents["incidents.json"]["incidents"],
        *documents["scheduled-maintenances.json"]["scheduled_maintenances"],
    ):
        page = site[entry["shortlink"].removeprefix(root) + "index.html"].decode()
        statuses = [word.replace("cancelled", "completed") for word in SHOWN.findall(page)]
        assert statuses == [update["status"] for update in entry["incident_updates"]] != [], entry["name"]
    home = site["index.html"].decode()
    assert documents["status.json"]["status"]["description"] in home
    for component in documents["components.json"]["components"]:
        assert component["name"] in home
