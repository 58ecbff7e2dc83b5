"""A Statuspage page: what our own API and feeds tell comes back whole, and what is broken costs itself only."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from command import SAMPLE, read_tree, run_statusgen

from statusgen.build.cache import Cache
from statusgen.build.pipeline import read_content
from statusgen.build.reader import Reader
from statusgen.errors import Error
from statusgen.importers.report import Report, lines_of
from statusgen.importers.statuspage import take_statuspage
from statusgen.importers.takeover import take_over
from statusgen.model.site import Content
from statusgen.source.folder import read_source

AT = "2026-11-29T12:00:00Z"
NOW = datetime.fromisoformat(AT)
PAGE = {"id": "kctbh9vrtdwd", "name": "Acme", "url": "https://status.acme.example", "time_zone": "Europe/Berlin"}
API = {"id": "8l4ygp009s5s", "name": "API", "status": "operational", "position": 1}
OUTAGE = {
    "id": "abcdefghijkl",
    "name": "Down",
    "status": "resolved",
    "impact": "major",
    "started_at": "2026-11-03T09:00:00.000Z",
    "resolved_at": "2026-11-03T11:00:00.000Z",
    "components": [API],
    "incident_updates": [
        {"id": "2", "status": "resolved", "body": "a < b\n\n*c*", "display_at": "2026-11-03T11:00:00.000Z"},
        {"id": "1", "status": "investigating", "body": "Look", "display_at": "2026-11-03T09:30:00.000Z",
         "affected_components": [{"code": "8l4ygp009s5s", "name": "API", "new_status": "partial_outage"}]},
    ],
}  # fmt: skip


def take(tmp_path: Path, files: dict[str, Any]) -> tuple[Content, Report]:
    source = tmp_path / "old"
    for name, data in files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
    report = take_over(take_statuspage(source), tmp_path / "new")
    content, problems = read_content(read_source(tmp_path / "new"), NOW, Reader(Cache(None)))
    assert content, problems
    return content, report


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The output of the sample, and of what is imported from that."""
    folder = tmp_path_factory.mktemp("page")
    first, second = folder / "first", folder / "second"
    assert run_statusgen("build", "--content", SAMPLE, "--output", first, "--at", AT).returncode == 0
    source = folder / "source"
    (first / "api").rename(source)
    for feed in ("history.rss", "history.atom"):
        (source / feed).write_bytes((first / feed).read_bytes())
    result = run_statusgen("import", "statuspage", source, "--into", folder / "new")
    assert (result.returncode, result.stderr) == (0, "")
    assert run_statusgen("check", "--content", folder / "new").returncode == 0
    assert run_statusgen("build", "--content", folder / "new", "--output", second, "--at", AT).returncode == 0
    source.rename(first / "api")
    again = run_statusgen("import", "statuspage", first / "api", "--into", folder / "new", "--dry-run")
    assert "; 0 files would be written, " in again.stdout.splitlines()[0]
    return first, second


def test_ids_statuses_and_times_are_the_same(both: tuple[Path, Path]) -> None:
    first, second = (json.loads((site / "api/v2/incidents.json").read_bytes()) for site in both)
    assert first["page"] | {"updated_at": ""} == second["page"] | {"updated_at": ""}
    assert len(first["incidents"]) > 30

    def told(incident: dict[str, Any]) -> dict[str, Any]:
        keys = ("id", "name", "status", "impact", "started_at", "resolved_at", "monitoring_at")
        updates = [(one["status"], one["display_at"], one["body"].split()) for one in incident["incident_updates"]]
        components = sorted((one["id"], one["status"]) for one in incident["components"])
        return {**{key: incident[key] for key in keys}, "updates": updates, "components": components}

    assert [told(one) for one in second["incidents"]] == [told(one) for one in first["incidents"]]


def test_components_and_groups_keep_their_ids(both: tuple[Path, Path]) -> None:
    first, second = (json.loads((site / "api/v2/components.json").read_bytes())["components"] for site in both)
    for key in ("id", "status", "description", "group_id", "group", "start_date"):
        assert {one["id"]: one[key] for one in first} == {one["id"]: one[key] for one in second}
    assert [one["name"] for one in first] == [one["name"] for one in second]


def test_feeds_keep_the_ids_and_links_of_incidents(both: tuple[Path, Path]) -> None:
    known = {one["id"] for one in json.loads((both[0] / "api/v2/incidents.json").read_bytes())["incidents"]}
    pattern = re.compile(r"<id>tag:status.parcelwright.example,2005:Incident/([^<]*)</id>")
    first, second = (pattern.findall((site / "history.atom").read_text("utf-8")) for site in both)
    # Work that is announced by the clock, without a word, is not the same there.
    assert len(known.intersection(first)) > 30
    assert [one for one in second if one in known and one in first] == [one for one in first if one in known]


def test_what_the_api_tells(tmp_path: Path) -> None:
    content, report = take(
        tmp_path,
        {"incidents.json": {"page": PAGE, "incidents": [OUTAGE]}, "c.json": {"page": PAGE, "components": [API]}},
    )
    assert (content.site.name, content.site.id, content.site.zone.key) == ("Acme", "kctbh9vrtdwd", "Europe/Berlin")
    (incident,) = content.incidents
    assert (incident.id, incident.feed_id) == ("abcdefghijkl", "https://status.acme.example/incidents/abcdefghijkl")
    assert incident.started_at == datetime(2026, 11, 3, 9, tzinfo=UTC)
    assert [(name, state.value) for name, state in incident.states] == [("8l4ygp009s5s", "partial_outage")]
    assert [update.body.strip() for update in incident.updates] == ["Look", "a < b\n\n\\*c\\*"]
    text = (tmp_path / "new" / dict(report.paths)["statuspage:abcdefghijkl"]).read_text()
    assert "  8l4ygp009s5s: partial_outage  # API" in text
    assert "impact:" not in text


SAID = {"status": "resolved", "body": "x", "created_at": "2026-11-03"}
WORK = OUTAGE | {"id": "w" * 12, "status": "scheduled", "scheduled_for": "2026-12-01T09:00:00Z", "incident_updates": []}


@pytest.mark.parametrize(
    ("entry", "counts", "note"),
    [
        (OUTAGE | {"incident_updates": []}, (1, 0), "has no update"),
        (OUTAGE | {"incident_updates": [SAID | {"status": "monitoring"}]}, (1, 0), ""),
        (OUTAGE | {"incident_updates": [SAID | {"status": "odd"}]}, (1, 0), "`odd`"),
        (OUTAGE | {"incident_updates": [SAID | {"created_at": ""}]}, (1, 0), "without a time: x"),
        (OUTAGE | {"id": "../x"}, (0, 0), "its id `../x` is none"),
        (OUTAGE | {"started_at": None, "incident_updates": None}, (0, 0), "it has no time"),
        (OUTAGE | {"impact": "critical"}, (1, 0), ""),
        (WORK, (0, 1), "has no end after its begin"),
        (WORK | {"scheduled_until": "2026-12-01T10:00:00Z"}, (0, 1), ""),
    ],
)  # fmt: skip
def test_what_is_broken_costs_its_detail_only(
    tmp_path: Path, entry: dict[str, Any], counts: tuple[int, int], note: str
) -> None:
    well = OUTAGE | {"id": "well00000000"}
    files = {"a.json": {"page": PAGE, "incidents": [entry, well]}, "b.json": b"{", "history.rss": b"<html>"}
    content, report = take(tmp_path, files)
    assert (len(content.incidents) - 1, len(content.changes)) == counts
    text = "\n".join(lines_of(report))
    assert note in text
    assert "b.json: left out: no JSON" in text
    assert "history.rss: left out: not an RSS or Atom feed" in text


def test_a_file_and_a_folder_without_any(tmp_path: Path) -> None:
    take(tmp_path, {"incidents.json": {"page": PAGE, "incidents": [OUTAGE]}})
    result = run_statusgen("import", "statuspage", tmp_path / "old/incidents.json", "--into", tmp_path / "one")
    assert "1 incident and 0 changes with 2 updates" in result.stdout
    assert read_tree(tmp_path / "one") == read_tree(tmp_path / "new")
    with pytest.raises(Error, match="nothing of a Statuspage page"):
        take_statuspage(tmp_path / "new")
