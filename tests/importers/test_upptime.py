"""Upptime repositories: issues of both shapes, commits, minutes per day, and a real one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from command import run_statusgen

from statusgen.build.cache import Cache
from statusgen.build.pipeline import read_content
from statusgen.build.reader import Reader
from statusgen.errors import Error
from statusgen.importers.report import Report, lines_of
from statusgen.importers.takeover import take_over
from statusgen.importers.upptime import take_upptime
from statusgen.model.entries import Incident
from statusgen.model.site import Content
from statusgen.source.folder import read_source

REAL = Path(__file__).parents[3] / "shared" / "real" / "upptime" / "zebec"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CONFIG = """\
owner: acme
repo: status
sites:
  - name: "API "
    url: https://api.acme.example
  - {name: Web site, url: https://acme.example, slug: www}
status-website:
  name: Acme
  introTitle: Hello
  navbar: [{title: Home, href: /}, {title: Acme, href: "https://acme.example"}]
"""
SUMMARY = [{"name": "API", "slug": "api", "dailyMinutesDown": {"2026-01-02": 30, "2026-01-05": 12, "bad": 3}}]
LOG = """\
2026-01-02T10:30:20+00:00 🟩 API is up (200 in 20 ms) [skip ci] [upptime]
2026-01-02T10:20:00+00:00 🟥 API is down (0 in 0 ms) [skip ci] [upptime]
2026-01-02T10:00:10+00:00 🟥 API is down (0 in *0* ms) [skip ci] [upptime]
2026-01-03T10:00:00+01:00 🟨 Web site has degraded performance (200 in 9000 ms) [skip ci]
2026-01-01T00:00:00+00:00 Update README
"""
ISSUE: dict[str, Any] = {
    "number": 7,
    "title": "🛑 API is down",
    "body": "In `abc`, API was **down**",
    "state": "closed",
    "created_at": "2026-01-02T10:01:00Z",
    "closed_at": "2026-01-02T10:31:00Z",
    "labels": [{"name": "status"}, {"name": "api"}],
    "comments": 1,
}
WORK = ISSUE | {
    "number": 8,
    "title": "Move",
    "labels": ["maintenance", "api"],
    "body": "<!--\nstart: 2026-01-09T10:00:00Z\nend: 2026-01-09T11:00:00Z\nexpectedDown: api, www\n-->\nWe move.",
}
COMMENT = {
    "issue_url": "https://api.example/repos/a/b/issues/7",
    "created_at": "2026-01-02T10:11:00Z",
    "body": "We look.",
}


def take(tmp_path: Path, files: dict[str, Any]) -> tuple[Content, str, Report]:
    for name, data in {".upptimerc.yml": CONFIG, **files}.items():
        path = tmp_path / "old" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    report = take_over(take_upptime(tmp_path / "old"), tmp_path / "new")
    content, problems = read_content(read_source(tmp_path / "new"), NOW, Reader(Cache(None)))
    assert content, problems
    return content, "\n".join(lines_of(report)), report


def told(incident: Incident) -> list[tuple[str, str, str]]:
    return [(update.status.value, f"{update.at:%d %H:%M:%S}", update.body.strip()) for update in incident.updates]


def test_the_site(tmp_path: Path) -> None:
    content, _, _ = take(tmp_path, {"history/api.yml": "startTime: Mon Feb 27 2023 07:44:42 GMT+0000 (UTC)\n"})
    site = content.site
    assert (site.name, site.url, site.description) == ("Acme", "https://acme.github.io/status/", "Hello")
    found = [(component.id, component.name, str(component.since)) for component in site.components]
    assert found == [("api", "API", "2023-02-27"), ("www", "Web site", "None")]
    assert site.links == (("Acme", "https://acme.example"),)


@pytest.mark.parametrize(
    "files",
    [
        {"issues.json": [ISSUE], "comments.json": [COMMENT]},
        {"issues.json": {"issues": [ISSUE | {"comments": [COMMENT]}]}},
        {"issue-7.json": ISSUE | {"comments": [{"createdAt": COMMENT["created_at"], "body": COMMENT["body"]}]}},
        {"a.json": [ISSUE | {"title": "old"}], "b.json": [ISSUE | {"updated_at": "2"}], "c.json": [COMMENT]},
    ],
)  # fmt: skip
def test_an_issue(tmp_path: Path, files: dict[str, Any]) -> None:
    content, report, _ = take(tmp_path, {**files, "commits.log": LOG, "history/summary.json": SUMMARY})
    incident, degraded, guessed = content.incidents
    assert (incident.id, incident.title, incident.aliases) == ("7", "API is down", ("incident/7/index.html",))
    assert told(incident) == [
        ("investigating", "02 10:01:00", "In `abc`, API was **down**"),
        ("investigating", "02 10:11:00", "We look."),
        ("resolved", "02 10:31:00", ""),
    ]
    assert [(name, state.value) for name, state in incident.states] == [("api", "major_outage")]
    assert (degraded.title, degraded.resolved_at) == ("Web site has degraded performance", None)
    assert told(guessed)[0][1:] == ("05 00:00:00", "API was down on 2026-01-05 for 12 minutes; when is not known.")
    assert "guessed: API was down on 2026-01-05 for 12 minutes" in report
    assert "left out: API was down on `bad`" in report


def test_commits(tmp_path: Path) -> None:
    content, report, _ = take(tmp_path, {"commits.log": LOG, "history/summary.json": SUMMARY})
    first = content.incidents[0]
    assert told(first) == [
        ("investigating", "02 10:00:10", "API is down (0 in \\*0\\* ms)"),
        ("resolved", "02 10:30:20", "API is up (200 in 20 ms)"),
    ]
    assert first.path == "incidents/2026/2026-01-02-api-100010.md"
    assert "2026-01-02 for 30 minutes" not in report


def test_maintenance(tmp_path: Path) -> None:
    content, _, _ = take(tmp_path, {"issues.json": [WORK]})
    (change,) = content.changes
    assert (change.starts_at.hour, change.ends_at.hour, change.starts_at.day) == (10, 11, 9)
    assert [name for name, _ in change.states] == ["api", "www"]
    assert [(update.status.value, update.body.strip()) for update in change.updates] == [("scheduled", "We move.")]


@pytest.mark.parametrize(
    ("issue", "counts", "note"),
    [
        (ISSUE | {"closed_at": None}, (1, 0), "is closed, but not since when"),
        (ISSUE | {"labels": [{"name": "bug"}]}, (0, 0), "neither the label `status` nor `maintenance`"),
        (ISSUE | {"created_at": "x"}, (0, 0), "it has no number or no time"),
        (ISSUE | {"closed_at": "2025-01-01T00:00:00Z"}, (1, 0), ""),
        (ISSUE | {"body": None, "title": None}, (1, 0), ""),
        (WORK | {"body": "No times"}, (0, 1), "begins is not told"),
    ],
)
def test_what_is_broken_costs_its_detail_only(
    tmp_path: Path, issue: dict[str, Any], counts: tuple[int, int], note: str
) -> None:
    files = {"issues.json": [issue, ISSUE | {"number": 9}], "x.json": "{", "y.json": "[]", "history/summary.json": "["}
    content, report, _ = take(tmp_path, files)
    assert (len(content.incidents) - 1, len(content.changes)) == counts
    for part in (note, "x.json: left out: no JSON", "y.json: left out: no issues", "summary.json: left out: no JSON"):
        assert part in report


@pytest.mark.skipif(not REAL.is_dir(), reason="the real repository is not here")
def test_a_real_one(tmp_path: Path) -> None:
    """Its commits tell of the same minutes per day as its summary."""
    result = run_statusgen("import", "upptime", REAL, "--into", tmp_path / "new")
    assert "4 incidents and 0 changes with 8 updates" in result.stdout
    assert "by the summary" not in result.stdout
    assert "guessed" not in result.stdout
    check = run_statusgen("check", "--content", tmp_path / "new", "--format", "json")
    assert [problem for problem in json.loads(check.stdout) if problem["severity"] == "error"] == []
    names = {path.relative_to(REAL).parts[0] for path in REAL.rglob("*") if path.is_file()} - {"history"}
    assert all(any(line.strip().startswith(name) for line in result.stdout.splitlines()) for name in names)
    assert "0 files written, 5 unchanged" in run_statusgen("import", "upptime", REAL, "--into", tmp_path / "new").stdout
    with pytest.raises(Error, match="not an Upptime repository"):
        take_upptime(tmp_path / "new")
