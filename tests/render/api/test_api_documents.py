"""Which documents there are, and that they are what their schema says, to the letter and in order."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from api_documents import DOCUMENTS, FOLDER, find_wrong, read_documents
from jsonschema import Draft202012Validator
from sites import NOW, make_sample, make_site

from statusgen.model.names import KEPT, short_name

COMPONENT = (
    "id name status created_at updated_at position description showcase start_date group_id page_id group "
    "only_show_if_degraded"
).split()
INCIDENT = (
    "id name status created_at updated_at monitoring_at resolved_at impact shortlink started_at page_id "
    "incident_updates components"
).split()
UPDATE = (
    "id status body incident_id created_at updated_at display_at affected_components deliver_notifications "
    "custom_tweet tweet_id"
).split()


@pytest.fixture(scope="module")
def sample() -> dict[str, Any]:
    return read_documents(make_sample())


def test_every_document_is_as_its_schema_says(sample: dict[str, Any]) -> None:
    assert list(find_wrong(sample)) == []


def test_the_documents_are_these(sample: dict[str, Any]) -> None:
    single = [path for path in sample if path not in DOCUMENTS]
    assert sample.keys() - set(single) == DOCUMENTS.keys()
    assert sorted(path.removeprefix("incidents/").removesuffix(".json") for path in single) == sorted(
        document["incident"]["id"] for path, document in sample.items() if path in single
    )
    assert len(single) == len(sample["incidents.json"]["incidents"]) == 44
    site = make_sample()
    assert "history.json" not in site and f"{FOLDER}schema.json" in site


def test_the_schema_is_one_and_strict(sample: dict[str, Any]) -> None:
    schema = json.loads(make_site({})[f"{FOLDER}schema.json"])
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(sample["summary.json"])) == []
    broken = json.loads(json.dumps(sample["incidents.json"]))
    broken["incidents"][0]["impact"] = None
    broken["incidents"][1]["extra"] = 1
    broken["incidents"][2]["status"] = "completed"
    del broken["incidents"][3]["monitoring_at"]
    assert len(list(find_wrong({"incidents.json": broken}))) == 4


def test_keys_are_in_their_order(sample: dict[str, Any]) -> None:
    for component in sample["components.json"]["components"]:
        assert list(component) == COMPONENT + ["components"] * component["group"]
    for incident in sample["incidents.json"]["incidents"]:
        assert list(incident) == INCIDENT
        assert all(list(update) == UPDATE for update in incident["incident_updates"])
        assert all(list(component) == COMPONENT for component in incident["components"])
    for maintenance in sample["scheduled-maintenances.json"]["scheduled_maintenances"]:
        assert list(maintenance) == [*INCIDENT, "scheduled_for", "scheduled_until"]
    assert list(sample["status.json"]["page"]) == ["id", "name", "url", "time_zone", "updated_at"]


def test_the_lists_are_of_what_single_files_tell(sample: dict[str, Any]) -> None:
    lists = ["incidents.json", "incidents/unresolved.json", "summary.json"]
    told = [incident for path in lists for incident in sample[path]["incidents"]]
    assert len(told) > 44
    assert all(sample[f"incidents/{incident['id']}.json"]["incident"] == incident for incident in told)


def test_ids_are_short_and_nothing_has_that_of_another(sample: dict[str, Any]) -> None:
    entries = [
        *(document["incident"] for path, document in sample.items() if path not in DOCUMENTS),
        *sample["scheduled-maintenances.json"]["scheduled_maintenances"],
    ]
    ids = [entry["id"] for entry in entries]
    ids += [update["id"] for entry in entries for update in entry["incident_updates"]]
    ids += [component["id"] for component in sample["components.json"]["components"]]
    assert len(set(ids)) == len(ids) and all(KEPT.fullmatch(one) for one in ids)
    for entry in entries:
        assert {update["incident_id"] for update in entry["incident_updates"]} <= {entry["id"]}


def test_ids_of_an_import_are_kept() -> None:
    site = "id: kctbh9vrtdwd\nname: Acme\nurl: https://a.example/\ncomponents: {8l4ygp009s5s: Git, api: API}\n"
    incident = (
        "---\ntitle: E\nid: {}\ncomponents: {{api: major_outage}}\n---\n\n## investigating @ 2026-11-03 09:20 UTC\n"
    )
    files = {"incidents/one.md": incident.format("0a1b2c3d4e5f"), "incidents/two.md": incident.format("Not-Theirs12")}
    documents = read_documents(make_site({"site.yaml": site, **files}))
    assert [c["id"] for c in documents["components.json"]["components"]] == [
        "8l4ygp009s5s",
        short_name("component", "api"),
    ]
    assert {i["id"] for i in documents["incidents.json"]["incidents"]} == {
        "0a1b2c3d4e5f",
        short_name("incident", "Not-Theirs12"),
    }
    assert {document["page"]["id"] for document in documents.values()} == {"kctbh9vrtdwd"}
    assert documents["incidents/0a1b2c3d4e5f.json"]["incident"]["page_id"] == "kctbh9vrtdwd"


def test_the_newest_fifty_by_what_was_said_first() -> None:
    files = {}
    for number in range(70):
        at = NOW - timedelta(days=number)
        # The older half began long before it was told.
        began = f"started: {NOW - timedelta(days=200 + number):%Y-%m-%d %H:%M} UTC\n" if number < 20 else ""
        files[f"incidents/i{number:02}.md"] = (
            f"---\ntitle: Number {number}\n{began}components: {{api: major_outage}}\n---\n\n"
            f"## resolved @ {at:%Y-%m-%d %H:%M} UTC\n\nIt works.\n"
        )
    documents = read_documents(make_site(files))
    names = [incident["name"] for incident in documents["incidents.json"]["incidents"]]
    assert names == [f"Number {number}" for number in range(50)]
    assert len(documents) == len(DOCUMENTS) + 70
    assert list(find_wrong(documents)) == []


def test_a_site_without_content_has_documents() -> None:
    documents = read_documents(make_site({"site.yaml": "name: Acme\nurl: https://a.example/x/\n"}))
    assert documents.keys() == DOCUMENTS.keys() and list(find_wrong(documents)) == []
    summary = documents["summary.json"]
    assert summary["page"] == {
        "id": short_name("page", "https://a.example/x/"),
        "name": "Acme",
        "url": "https://a.example/x",
        "time_zone": "UTC",
        "updated_at": "1970-01-01T00:00:00.000Z",
    }
    assert summary["status"] == {"indicator": "none", "description": "All Systems Operational"}


def test_no_document_holds_the_time_of_the_build() -> None:
    quiet = datetime(2031, 1, 1, 12, tzinfo=UTC)
    files = {
        "incidents/e.md": "---\ntitle: E\ncomponents: {api: major_outage}\n---\n\n## monitoring @ 2026-11-03 09:20\n"
    }
    first, second = (read_documents(make_site(files, quiet + timedelta(days=days))) for days in (0, 400))
    assert first == second
