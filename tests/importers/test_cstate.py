"""cState sites as people write them: what becomes of each kind of issue, and of what is broken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command import read_tree, run_statusgen

from statusgen.build.cache import Cache
from statusgen.build.pipeline import read_content
from statusgen.build.reader import Reader
from statusgen.errors import Error
from statusgen.importers.cstate import take_cstate
from statusgen.importers.report import Report, lines_of
from statusgen.importers.takeover import take_over
from statusgen.model.entries import Change, Entry, Incident, Notice, Page
from statusgen.model.site import Content
from statusgen.source.folder import read_source

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CONFIG = """\
title: Acme Status
baseURL: https://status.acme.example/
params:
  categories: [{name: Core, description: Ours}, {name: Rest, untitled: true}]
  systems: [{name: API, category: Core}, {name: Web site, category: Rest, description: Pages},
    {name: Core, category: X}]
"""
HEAD = """\
title: "{title}"
date: 2026-01-02 10:00:00
resolved: true
resolvedWhen: 2026-01-02 12:00:00
severity: {severity}
affected: [{affected}]
section: issue
"""


def issue(
    body: str = "Text.", title: str = "Broken", severity: str = "down", affected: str = "API", more: str = ""
) -> str:
    return f"---\n{HEAD.format(title=title, severity=severity, affected=affected)}{more}---\n\n{body}\n"


@pytest.fixture
def take(tmp_path: Path) -> Callable[..., tuple[Content, Report]]:
    """Files of content/issues by name (or by path, with a slash) to what is read from the folder that is written."""

    def run(files: dict[str, str | bytes], config: str = CONFIG) -> tuple[Content, Report]:
        source = tmp_path / "old"
        (source / "content" / "issues").mkdir(parents=True)
        for name, data in {"/config.yml": config, **files}.items():
            path = source / (name.lstrip("/") if "/" in name else f"content/issues/{name}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        report = take_over(take_cstate(source, NOW), tmp_path / "new")
        content, problems = read_content(read_source(tmp_path / "new"), NOW, Reader(Cache(None)))
        assert content, problems
        return content, report

    return run


def notes_of(report: Report) -> str:
    return "\n".join(lines_of(report))


FIRST = ("investigating", "10:00", "A")
LAST = ("resolved", "12:00", "")
BODIES = [
    (
        "\n\n".join(
            [
                '*Resolved* - C {{< track "2026-01-02 12:00:00" >}}',
                '*Monitoring* - B {{< track "2026-01-02 11:00" >}}',
                '*Investigating* - A {{< track "2026-01-02 10:00:00" >}}',
            ]
        ),
        [FIRST, ("monitoring", "11:00", "B"), ("resolved", "12:00", "C")],
    ),
    ("**Issue identified:** B\n\n[Investigating] A", [FIRST, ("resolved", "12:00", "*Issue identified* – B")]),
    ("Update 2: C\n\nUpdate: B\n\nA", [FIRST, ("investigating", "11:00", "B"), ("resolved", "12:00", "C")]),
    ("A\n\nUpdate: packit.dev is back", [FIRST, ("resolved", "12:00", "packit.dev is back")]),
    ("A\n\nUpdate: the outage, it is over", [FIRST, ("resolved", "12:00", "The outage, it is over")]),
    ("A\n\nedit: B\nmore", [FIRST, ("resolved", "12:00", "B\nmore")]),
    ("All is back.\n\n---\n\nA", [FIRST, ("resolved", "12:00", "All is back.")]),
    ("A\n\n# Update: fine\n\nB", [FIRST, ("resolved", "12:00", "Fine\n\nB")]),
    (
        "A\n\nUpdates:\n\n- Fri Jan 2 10:20:30 UTC: B\n  more\n- `2026-01-02T11:40:00+01:00`: C",
        [FIRST, ("investigating", "10:20:30", "B\nmore"), ("investigating", "10:40", "C"), LAST],
    ),
    ("**Note** - A\n\n__Impact__ all", [("investigating", "10:00", "**Note** - A\n\n__Impact__ all"), LAST]),
    (
        "Title\n---\n\n## Known #1\n\n#tag <!-- x\ny -->",
        [("investigating", "10:00", "### Title\n\n\n### Known #1\n\n\\#tag"), LAST],
    ),
    (
        "```\n*Resolved* - no\n---\n## no\n```",
        [("investigating", "10:00", "```\n*Resolved* - no\n---\n## no\n```"), LAST],
    ),
    (
        '*Resolved* - B {{< track "2026-01-02 11:00" >}}\n\nA {{< track "2026-01-02 10:00" >}}',
        [FIRST, ("monitoring", "11:00", "*Resolved* – B"), LAST],
    ),
    ("*Postmortem*\n\nLong.\n\nWords.\n\n---\n\nA", [FIRST, ("resolved", "12:00", "*Postmortem* – Long.\n\nWords.")]),
    ('A\n\n*Update* - late {{< track "2026-01-03 09:00" >}}', [FIRST, LAST, ("resolved", "33:00", "Late")]),
]


@pytest.mark.parametrize(("body", "expected"), BODIES)
def test_updates(take: Callable[..., tuple[Content, Report]], body: str, expected: list[tuple[str, str, str]]) -> None:
    content, _ = take({"a.md": issue(body)})
    (incident,) = content.incidents
    day = datetime(2026, 1, 2, tzinfo=UTC)

    def clock(at: datetime) -> str:
        hours, rest = divmod(int((at - day).total_seconds()), 3600)
        return f"{hours}:{rest // 60:02}" + (f":{rest % 60:02}" if rest % 60 else "")

    assert [(str(update.status), clock(update.at), update.body.strip()) for update in incident.updates] == expected
    assert (incident.started_at.hour, incident.resolved_at and incident.resolved_at.hour) == (10, 12)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (issue(), Incident),
        (issue(title="Scheduled DB cleanup"), Change),
        (issue(title="Upgrade failed"), Incident),
        (issue("We are in a maintenance window.", "Network", "notice"), Change),
        (issue(severity="notice", affected="", title="Summer is here"), Notice),
        (issue(severity="notice", affected="", title="Slow builds"), Incident),
        (issue(more="informational: true\n"), Notice),
        (issue().replace("2026-01-02", "2027-01-02").replace("resolved: true", "resolved: false"), Change),
        (issue(severity="notice").replace("resolved: true", "resolved: false"), Change),
        (
            "+++\ntitle = 'A'\ndate = 2026-01-02T10:00:00+02:00\nseverity = 'down'\nsection = 'issue'\n+++\nText.",
            Incident,
        ),
        ('{"title": "A", "date": "2026-01-02", "severity": "down", "section": "issue"}\n\nText.', Incident),
    ],
)
def test_kinds(take: Callable[..., tuple[Content, Report]], text: str, kind: type) -> None:
    content, report = take({"a.md": text})
    entries: list[Entry] = [*content.incidents, *content.changes, *content.notices]
    (entry,) = entries
    assert isinstance(entry, kind)
    assert entry.aliases == ("issues/a/index.html",)
    assert report.incidents + report.changes + report.notices == 1


def test_the_site(take: Callable[..., tuple[Content, Report]]) -> None:
    config = CONFIG + "timeZone: Europe/Berlin\nlogo: x.png\n"
    files = {"a.md": issue(affected="api, Old thing"), "/content/pages/about.md": "---\ntitle: About\n---\n\n## Us\n"}
    content, report = take(files, config)
    site = content.site
    assert (site.name, site.url, site.zone.key) == ("Acme Status", "https://status.acme.example/", "Europe/Berlin")
    assert [(c.id, c.name, c.group, c.aliases) for c in site.components] == [
        ("api", "API", "core-2", ("affected/api/index.html",)),
        ("web-site", "Web site", "", ("affected/web-site/index.html",)),
        ("core", "Core", "", ("affected/core/index.html",)),
        ("old-thing", "Old thing", "", ("affected/old-thing/index.html",)),
    ]
    (incident,) = content.incidents
    assert incident.started_at == datetime(2026, 1, 2, 9, tzinfo=UTC)
    assert dict(site.feeds_also)["affected/web-site/index.xml"] == "components/web-site/history.rss"
    (page,) = content.pages
    assert isinstance(page, Page) and page.title == "About"
    text = notes_of(report)
    for part in ("logo", "the system `api` is taken as `API`", "are declared: Old thing", "category `X`"):
        assert part in text


BROKEN: dict[str, tuple[str | bytes, str]] = {
    "yaml": (issue().replace('"Broken"', "API: it is down"), "its front matter is not YAML"),
    "no fence": (issue().removeprefix("---\n"), "does not begin with a line of `---`"),
    "no end": (issue().replace("\n---\n", "\n"), "has no end"),
    "time": (
        issue().replace("2026-01-02 10:00:00", "2026-1-02T9:0:1"),
        "is no proper time: taken as 2026-01-02 09:00:01",
    ),
    "swapped": (
        issue().replace("2026-01-02 10", "2026-13-01 10").replace("2026-01-02 12", "2026-01-14 12"),
        "2026-01-13",
    ),
    "end first": (
        issue().replace("2026-01-02 12", "2025-01-02 12"),
        "it ends at 2025-01-02 12:00 UTC, before it begins",
    ),
    "severity": (issue(severity="distrupted"), "the severity `distrupted` is taken as `disrupted`"),
    "no severity": (issue().replace("severity: down\n", ""), "no severity is told"),
    "section": (issue().replace("section: issue\n", ""), "so it is a draft"),
    "latin": (issue("caf\xe9").encode("cp1252"), "read as Windows-1252"),
    "control": (issue("a\x00b\x07").encode(), ""),
    "crlf": (issue("A\n\nB").replace("\n", "\r\n"), ""),
    "comment": (issue("A <!-- never closed"), "a comment without an end"),
    "conflict": (issue("<<<<<<< a\nA\n=======\nB\n>>>>>>> b"), ""),
    "shortcode": (issue("A {{< youtube x >}}"), "left out: the shortcode {{< youtube x >}}"),
    "title": (issue(title=""), "it has no title"),
    "unresolved": (issue().replace("resolved: true", "resolved: false"), "left out: the end 2026-01-02 12:00 UTC"),
    "no end time": (issue().replace("resolvedWhen: 2026-01-02 12:00:00\n", ""), "not since when"),
    "track": (issue('A {{< track "soon" >}}'), "`soon` is no time"),
    "early": (issue('A {{< track "2025-01-02 10:00" >}}'), "before the begin"),
    "heading": (issue("##\n\n## resolved @ 2026-01-01\n\nA"), ""),
    "hostile title": (issue(title='a\\" # {x}: \\\\ <b>'), ""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_costs_its_detail_only(take: Callable[..., tuple[Content, Report]], name: str) -> None:
    data, note = BROKEN[name]
    content, report = take({"2026-01-02-x.md": data, "ok.md": issue(title="Well")})
    assert "Well" in [incident.title for incident in content.incidents]
    assert report.incidents == 2
    assert note in notes_of(report)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        (
            "template.md",
            issue().replace("2026-01-02 10:00:00", "$ISSUE_DATETIME"),
            "no date can be read: `$ISSUE_DATETIME`",
        ),
        ("empty.md", "\n", "empty"),
        ("_index.md", "---\ntitle: x\n---\n", "the page of a list"),
        ("ok.fr.md", issue(), "a translation"),
        ("/themes/cstate/exampleSite/content/issues/x.md", issue(), "the theme of cState"),
        ("/README.md", "# Hello", "not content"),
        ("picture.png", b"\x89PNG", "not text of this kind"),
        ("notes.md", "just words", "no date can be read"),
    ],
)
def test_what_is_left_out_is_told(
    take: Callable[..., tuple[Content, Report]], name: str, data: str | bytes, why: str
) -> None:
    content, report = take({name: data, "ok.md": issue()})
    assert len(content.incidents) == 1
    assert f"left out: {why}" in notes_of(report)


def test_names_and_addresses(take: Callable[..., tuple[Content, Report]]) -> None:
    files = {
        "2026-01-02 API down?.md": issue(title="One"),
        "sub/GitHub-x.md": issue(title="Two", more="aliases: [/old/two/, older]\n"),
        "/content/issues/GitHub-x.md": issue(title="Three"),
        "/content/issues/bundle/index.md": issue(title="Four", more="slug: vier\n"),
        "/content/issues/2026-03-04-lost": issue(title="Five"),
    }
    files["/content/issues/sub/GitHub-x.md"] = files.pop("sub/GitHub-x.md")
    content, _ = take(files)
    found = {incident.title: (incident.id, *incident.aliases) for incident in content.incidents}
    assert found == {
        "One": ("2026-01-02-API-down", "issues/2026-01-02-api-down/index.html"),
        "Three": ("GitHub-x", "issues/github-x/index.html"),
        "Two": (
            "GitHub-x-2",
            *("issues/sub/github-x/index.html", "old/two/index.html", "issues/sub/older/index.html"),
        ),
        "Four": ("bundle", "issues/vier/index.html"),
    }
    assert {incident.feed_id.removeprefix("https://status.acme.example") for incident in content.incidents} == {
        *("/issues/2026-01-02-api-down/", "/issues/github-x/", "/issues/sub/github-x/", "/issues/vier/")
    }


def test_the_command(tmp_path: Path) -> None:
    source, into = tmp_path / "old", tmp_path / "new"
    (source / "content" / "issues").mkdir(parents=True)
    (source / "config.yml").write_text(CONFIG)
    (source / "content" / "issues" / "a.md").write_text(issue())
    (source / "content" / "issues" / "link.md").symlink_to("/etc/passwd")
    dry = run_statusgen("import", "cstate", source, "--into", into, "--dry-run")
    assert "1 incident and 0 changes with 2 updates; 2 files would be written" in dry.stdout
    assert "content/issues/a.md -> incidents/a.md" in dry.stdout
    assert "content/issues/link.md: left out: a symbolic link" in dry.stdout
    assert not into.exists()
    assert run_statusgen("import", "cstate", source, "--into", into).returncode == 0
    site = (into / "site.yaml").read_text().replace("Web site", "Website")
    (into / "site.yaml").write_text(site)
    (into / "incidents" / "a.md").write_text("mine")
    before = read_tree(into)
    again = run_statusgen("import", "cstate", source, "--into", into)
    assert "0 files written, 0 unchanged, 2 kept as edited" in again.stdout
    assert "incidents/a.md: edited by hand, kept as it is" in again.stdout
    assert "add the component" not in again.stdout
    assert read_tree(into) == before
    wrong = run_statusgen("import", "cstate", tmp_path / "new", "--into", into)
    assert (wrong.returncode, len(wrong.stderr.splitlines())) == (2, 1)
    inside = run_statusgen("import", "cstate", source, "--into", source / "content")
    assert (inside.returncode, "lies inside" in inside.stderr) == (2, True)
    with pytest.raises(Error, match="no such folder"):
        take_cstate(tmp_path / "none", NOW)
