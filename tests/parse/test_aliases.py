"""Aliases: which addresses they may be, and that each leads to one page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from statusgen.build.last_good import settle_references
from statusgen.parse.alias_check import check_aliases
from statusgen.parse.content import parse_file
from statusgen.parse.parsed import Parsed, Reading
from statusgen.parse.site import parse_site
from statusgen.parse.times import Clock
from statusgen.problems import Problem

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SITE = "name: Acme\nurl: https://status.acme.example/\n"


def read(path: str, aliases: str, more: str = "") -> tuple[Parsed | None, list[Problem]]:
    text = f"---\ntitle: A\n{more}aliases: {aliases}\n---\n\nText.\n"
    return parse_file(path, text.encode(), Reading(Clock(ZoneInfo("UTC"))))


@pytest.mark.parametrize(
    ("written", "file"),
    [
        ("/issues/a/", "issues/a/index.html"),
        ("/issues/a", "issues/a/index.html"),
        ("/issues/2023-10-31-release.org-outage/", "issues/2023-10-31-release.org-outage/index.html"),
        ("/a.html", "a.html"),
        ("/Über uns/ä/", "Über uns/ä/index.html"),
        ("/pages/old/", "pages/old/index.html"),
    ],
)
def test_addresses(written: str, file: str) -> None:
    parsed, problems = read("pages/a.md", f"['{written}']")
    assert (problems, parsed and parsed.entry.aliases) == ([], (file,))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *(
            (bad, "bad-alias")
            for bad in ("a/b/", "/", "//x.example/", "/../a/", "/a/../b/", "/a//b/", "/.git/", "/_a/")
        ),
        *((bad, "bad-alias") for bad in ("https://x.example/a/", "/a?b", "/a#b", "/a%2e/", "/a\\b/", "/a.html/b/")),
        *((bad, "bad-alias") for bad in ("/a:b/", "/a*/", "/feed.xml", "/a./", "/a /", "/" + "x" * 121)),
        *((bad, "alias-taken") for bad in ("/API/x/", "/history/", "/index.html", "/components/a/", "/incidents/")),
        ("/incidents/a.html", "alias-taken"),
    ],
)
def test_what_cannot_be_one(written: str, code: str) -> None:
    parsed, problems = read("pages/a.md", f'[/fine/, "{written}"]'.replace("\\", "\\\\"))
    assert parsed is None
    assert [(problem.code, problem.line, problem.severity) for problem in problems] == [(code, 3, "error")]
    _, problems = read("pages/a.md", f'["{written}"]'.replace("\\", "\\\\"), "draft: true\n")
    assert [problem.severity for problem in problems] == ["warning"]


def test_each_leads_to_one_page() -> None:
    text = (
        SITE + "components: {api: {name: API, aliases: [/affected/api/]}}\nfeeds: {also: {/index.xml: history.rss}}\n"
    )
    site, problems = parse_site(text.encode(), NOW)
    assert site and not problems
    files = [
        ("pages/a.md", "[/x/, /X/, /y/]", ""),
        ("pages/b.md", "[/y/, /affected/API/, /pages/A/, /pages/c/]", ""),
        ("pages/c.md", "[/x/, /z/]", "draft: true\n"),
    ]
    parsed = [found for one in files if (found := read(*one)[0])]
    told = [(p.path, p.code, p.severity, p.hint.split(";")[0]) for p in check_aliases(site, parsed)]
    assert told == [
        ("pages/a.md", "duplicate-alias", "error", "by pages/a.md:3"),
        ("pages/b.md", "duplicate-alias", "error", "by pages/a.md:3"),
        ("pages/b.md", "duplicate-alias", "error", "by site.yaml:1"),
        ("pages/b.md", "alias-taken", "error", "an address leads to one page only: take one of them out"),
        ("pages/c.md", "duplicate-alias", "warning", "by pages/a.md:3"),
    ]
    settled = {one.entry.path: one.entry.aliases for one in settle_references(site, parsed, lambda _: None)}
    assert settled["pages/b.md"] == ("pages/c/index.html",)
    assert check_aliases(site, settle_references(site, parsed, lambda _: None)) == []


def test_the_folder_of_a_language_is_kept_for_its_pages() -> None:
    site, _ = parse_site(f"{SITE}languages: [de]\n".encode(), NOW)
    parsed = read("pages/a.md", "[/DE/incidents/x/, /deutsch/]")[0]
    assert site and parsed
    (problem,) = check_aliases(site, [parsed])
    assert (problem.code, "the pages in German" in problem.message) == ("alias-taken", True)


def test_who_had_it_first_keeps_it() -> None:
    site, _ = parse_site(SITE.encode(), NOW)
    parsed = [found for one in (("pages/a.md", "[/x/]"), ("pages/z.md", "[/x/]")) if (found := read(*one)[0])]
    assert site
    since = {"pages/z.md": NOW - timedelta(days=1), "pages/a.md": NOW}
    settled = {one.entry.path: one.entry.aliases for one in settle_references(site, parsed, since.get)}
    assert settled == {"pages/a.md": (), "pages/z.md": ("x/index.html",)}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("components: {a: {name: A, aliases: [/x/]}, b: {name: B, aliases: [/x/]}}", "duplicate-alias", 3),
        ("components: {a: {name: A, aliases: [/incidents/a/]}}", "alias-taken", 3),
        ("feeds:\n  also:\n    /a.xml: feed.rs", "unknown-feed", 5),
        ("feeds:\n  also:\n    /a: feed.rss", "bad-alias", 5),
        ("feeds:\n  also:\n    /feed.rss: history.rss", "alias-taken", 5),
        ("feeds:\n  also:\n    /a.xml: feed.rss\n    /A.xml: feed.rss", "duplicate-alias", 6),
        ("feeds:\n  also: /a.xml", "wrong-type", 4),
    ],
)
def test_site(text: str, code: str, line: int) -> None:
    site, problems = parse_site((SITE + text + "\n").encode(), NOW)
    assert site is None
    assert [(problem.code, problem.line) for problem in problems] == [(code, line)]
