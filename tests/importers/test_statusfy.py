"""Statusfy sites: front matter of three kinds, updates in containers, and what is broken."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from command import run_statusgen

from statusgen.build.cache import Cache
from statusgen.build.pipeline import read_content
from statusgen.build.reader import Reader
from statusgen.errors import Error
from statusgen.importers.report import Report, lines_of
from statusgen.importers.statusfy import take_statusfy
from statusgen.importers.takeover import take_over
from statusgen.model.site import Content
from statusgen.source.folder import read_source

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CONFIG = """\
module.exports = {
  title: 'Acme Status',
  // title: 'Old',
  "description": "Our page",
  baseUrl: "https://status.acme.example",
  defaultLocale: 'en',
  content: { frontMatterFormat: 'yaml', systems: ['api', "cdn"] }
}
"""
LOCALE = '{"systems": {"api": "Public API", "cdn": "CDN"}}'
HEAD = """\
id: 1a2b3c4d
title: "Slow"
description: All was slow.
date: 2026-01-02T10:00:00.000Z
modified: 2026-01-02T13:00:00.000Z
severity: {severity}
affectedsystems: [api]
resolved: true
"""
UPDATES = """\
What it was.

::: update Resolved | 2026-01-02T12:00:00.000Z
Fine.
:::

::: update Monitoring | 2026-01-02T11:00:00.000Z
We watch.

## A heading
:::

::: update We are on it | 2026-01-02T10:00:00.000Z
Looking.
:::
"""


def incident(body: str = UPDATES, severity: str = "partial-outage", more: str = "") -> str:
    return f"---\n{HEAD.format(severity=severity)}{more}---\n{body}"


def take(tmp_path: Path, files: dict[str, str]) -> tuple[Content, str, Report]:
    for name, text in {"config.js": CONFIG, "locales/en.json": LOCALE, **files}.items():
        path = tmp_path / "old" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    report = take_over(take_statusfy(tmp_path / "old"), tmp_path / "new")
    content, problems = read_content(read_source(tmp_path / "new"), NOW, Reader(Cache(None)))
    assert content, problems
    return content, "\n".join(lines_of(report)), report


TOML = """---toml
id = "1a2b3c4d"
title = "Slow"
date = 2026-01-02T10:00:00.000Z
severity = "partial-outage"
affectedsystems = ["api"]
resolved = true
---
"""
JSON = """---json
{"id": "1a2b3c4d", "title": "Slow", "date": "2026-01-02T10:00:00.000Z", "severity": "partial-outage",
 "affectedsystems": ["api"], "resolved": true}
---
"""


@pytest.mark.parametrize("text", [incident(), TOML + UPDATES, JSON + UPDATES])
def test_an_incident(tmp_path: Path, text: str) -> None:
    content, report, _ = take(tmp_path, {"content/2026-01-02_slow.md": text})
    (found,) = content.incidents
    assert (found.id, found.path, found.title) == ("1a2b3c4d", "incidents/2026-01-02_slow.md", "Slow")
    assert found.feed_id == "https://status.acme.example/incidents/1a2b3c4d"
    assert [(update.status.value, update.at.hour, update.body.strip()) for update in found.updates] == [
        ("investigating", 10, "*We are on it* – Looking."),
        ("monitoring", 11, "We watch.\n\n### A heading"),
        ("resolved", 12, "Fine."),
    ]
    assert (found.started_at.hour, found.resolved_at and found.resolved_at.hour) == (10, 12)
    assert found.summary.endswith("What it was.")
    assert [(name, state.value) for name, state in found.states] == [("api", "partial_outage")]
    site = content.site
    assert (site.name, site.url, site.description) == ("Acme Status", "https://status.acme.example/", "Our page")
    assert [(component.id, component.name) for component in site.components] == [("api", "Public API"), ("cdn", "CDN")]
    assert "`We are on it` is no status" in report


def test_maintenance(tmp_path: Path) -> None:
    window = 'scheduled: "2026-01-03T22:00:00.000Z"\nduration: "90"\n'
    files = {
        "content/a.md": incident("Work.", "under-maintenance", window),
        "content/b.md": incident("Old.", "under-maintenance", 'scheduled: ""\n').replace("1a2b3c4d", "2b"),
    }
    content, report, _ = take(tmp_path, files)
    old, planned = content.changes
    assert (planned.starts_at, planned.ends_at) == (
        datetime(2026, 1, 3, 22, tzinfo=UTC),
        datetime(2026, 1, 3, 23, 30, tzinfo=UTC),
    )
    assert [(update.status.value, update.at.day, update.body.strip()) for update in planned.updates] == [
        ("scheduled", 2, "All was slow.\n\nWork.")
    ]
    assert planned.aliases == ("incidents/1a2b3c4d/index.html",)
    assert (old.summary, old.updates) == ("All was slow.\n\nOld.", ())
    assert "how long it takes is not told: taken as one hour" in report


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (incident().replace("::: update Resolved |", "::: update Resolved"), "no status"),
        (incident().replace("2026-01-02T12:00:00.000Z\n", "soon\n"), "`soon` is no time"),
        (incident().replace("Fine.\n:::\n", "Fine.\n"), ""),
        (incident(severity="partial outage"), "the severity `partial outage` is taken as `partial-outage`"),
        (incident("Text."), "no update says that it is over: taken as 2026-01-02 13:00 UTC"),
        (incident().replace("id: 1a2b3c4d\n", ""), "left out: its address"),
        (incident().replace('"Slow"', '"Slow'), "not YAML"),
        (incident(more="draft: true\nauthor: me\n"), "left out: author"),
        (incident().replace("[api]", "[api, web]"), "are declared: web"),
    ],
)
def test_what_is_broken_costs_its_detail_only(tmp_path: Path, text: str, note: str) -> None:
    files = {"content/2026-01-02_a.md": text, "content/b.md": incident().replace("1a2b3c4d", "99")}
    content, report, counts = take(tmp_path, files)
    assert "99" in [found.id for found in content.incidents]
    assert counts.incidents == 2
    assert note in report


def test_an_incident_keeps_its_address_before_planned_work(tmp_path: Path) -> None:
    work = incident("Work.", "under-maintenance", "scheduled: 2026-01-03T22:00:00Z\nduration: 90\n")
    content, report, _ = take(tmp_path, {"content/a.md": work, "content/b.md": incident()})
    assert [change.aliases for change in content.changes] == [()]
    assert [found.id for found in content.incidents] == ["1a2b3c4d"]
    assert "left out: the address /incidents/1a2b3c4d/ of Slow, which something else has" in report


def test_files_that_are_no_incidents(tmp_path: Path) -> None:
    files = {
        "content/a.md": incident(),
        "content/es/a.md": incident(),
        "content/README.md": "# Hello",
        "content/none.md": "words",
        "package.json": "{}",
        "public/x.png": "x",
    }
    content, report, _ = take(tmp_path, files)
    assert len(content.incidents) == 1
    for line in (
        "content/es/a.md: left out: a translation",
        "content/README.md: left out: not content",
        "content/none.md: left out: no date can be read",
        "package.json: left out: not content",
        "public/: left out: pictures",
    ):
        assert line in report


def test_the_command(tmp_path: Path) -> None:
    take(tmp_path, {"content/a.md": incident()})
    result = run_statusgen("import", "statusfy", tmp_path / "old", "--into", tmp_path / "new", "--dry-run")
    assert "1 incident and 0 changes with 3 updates; 0 files would be written, 2 unchanged" in result.stdout
    (tmp_path / "cstate" / "content" / "issues").mkdir(parents=True)
    (tmp_path / "cstate" / "content" / "issues" / "a.md").write_text("---\ndate: 2026-01-02\n---\n")
    with pytest.raises(Error, match="statusgen import cstate"):
        take_statusfy(tmp_path / "cstate")
    with pytest.raises(Error, match="not a Statusfy site"):
        take_statusfy(tmp_path / "new")
