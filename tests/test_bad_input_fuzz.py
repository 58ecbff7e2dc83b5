"""Whatever is in a file: it is read or has a problem, no parser raises, and what is shown is safe."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from bad_content import INCIDENT, NOW, SITE, UPDATES, default_theme
from hypothesis import example, given, settings
from hypothesis import strategies as st
from safe_html import Page

from statusgen.build.rendering import plan_artifacts, render_artifacts
from statusgen.history.places import link_occurrences
from statusgen.history.snapshot import take_snapshot
from statusgen.parse.content import PARSERS, check_place, check_references, make_content, parse_file, parse_words
from statusgen.parse.markup import check_markup
from statusgen.parse.matching import match_translation
from statusgen.parse.outline import read_outline
from statusgen.parse.parsed import Reading
from statusgen.parse.site import parse_site
from statusgen.parse.site_words import parse_site_words
from statusgen.parse.times import Clock
from statusgen.problems import Problem, has_errors
from statusgen.render.markdown import render_markdown

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
READING = Reading(Clock(ZoneInfo("Europe/Berlin")))
CHANGE = """\
---
title: Work
starts: 2026-12-03 22:00
duration: 2h
repeat: FREQ=WEEKLY;BYDAY=TH
except: [2026-12-10]
components: [api]
---

Planned.

## scheduled @ 2026-11-20 09:00 {next=1d}

Soon.
"""
NOTICE = (
    "---\ntitle: Sunset\npublish: 2026-11-10\nexpires: 2026-12-01 12:00\ncomponents: [api]\npinned: yes\n---\n\nText\n"
)
REPORT = "---\ntitle: Cause\nincidents: [x]\nstatus: open\nactions:\n  - text: Test\n    done: no\n---\n\nText\n"
PAGE = "---\ntitle: About\n---\n\n## Us\n"
# What people, editors and attackers leave in a file, to be put between any two characters of a good one.
ODDITIES = (
    *"\n\r\t\0:#-'\"|>{}[]&*!%@`~\\<=, ",
    *("\r\n", "---\n", "...\n", "\n\n", "\u2028", "\u200b", "\u202e", "\ufeff", "\u00a0", "\x1b", "\x85", "\ud7ff"),
    *("## ", "## resolved @ ", "@ 2026-03-29 02:30", "2026-10-25 02:30", "9999-12-31 23:59", "0001-01-01 00:00 +14:00"),
    *("{api=down}", "next=99:99", "next=9999w", "- a\n", "a: b\n", "id: ..\n", "draft: true\n", "? [a]\n", "<<: {}\n"),
    *("<script>", "</script>", "<!--", "-->", "```\n", "[a](javascript:b)", "<a onclick=b>", "&#106;", "![a](b)"),
)
GOOD = {"incidents": INCIDENT, "changes": CHANGE, "notices": NOTICE, "problems": REPORT, "pages": PAGE}


@st.composite
def damaged(draw: st.DrawFn, text: str) -> bytes:
    """A text with up to four pieces cut out, and oddities in their places."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from((0, 0, 0, 1, 3, 30))))
        text = text[:start] + draw(st.sampled_from(ODDITIES) | st.text(max_size=3)) + text[end:]
    data = text.encode("utf-8", "replace")
    return data if draw(st.integers(0, 9)) else data.replace(b"e", b"\xff", 1)


def assert_told(kind: str, data: bytes) -> None:
    path = f"{kind}/x.md"
    parsed, problems = parse_file(path, data, READING)
    # Errors keep a file out, and what else does, which is a draft's to do, has its warnings.
    assert parsed is None if has_errors(problems) else parsed or problems
    lines = len(data.decode("utf-8", "replace").splitlines()) + 1
    assert all(problem.path == path and 0 <= problem.line <= lines for problem in problems), problems
    assert_readable(problems)
    assert read_outline(data).data == data


def assert_readable(problems: list[Problem]) -> None:
    """One line each, and nothing that a terminal would obey."""
    assert all(problem.message and not CONTROL.search(str(problem)) for problem in problems), problems


@given(kind=st.sampled_from(sorted(GOOD)), data=st.data())
@settings(max_examples=800, deadline=None)
def test_a_damaged_file_is_read_or_has_a_problem(kind: str, data: st.DataObject) -> None:
    assert_told(kind, data.draw(damaged(GOOD[kind])))


WORDS = "---\ntitle: Galat\nactions: [Tes]\nroot_cause: |\n  Sebab\n---\n\nAtas.\n\n" + UPDATES
SITE_WORDS = """\
name: Acme
description: Kami
groups: {edge: {name: Tepi, description: Jauh}}
components: {api: API, web: {name: Situs}}
links: {Docs: Dokumen}
"""


@given(kind=st.sampled_from(sorted(GOOD)), data=st.data())
@settings(max_examples=400, deadline=None)
def test_a_damaged_translation_is_read_or_has_a_problem(kind: str, data: st.DataObject) -> None:
    path = f"{kind}/x.id.md"
    found, problems = parse_words(path, data.draw(damaged(WORDS)), READING.clock)
    assert (found is None) == has_errors(problems)
    original, _ = parse_file(f"{kind}/x.md", GOOD[kind].encode(), READING)
    if found and original:
        words, more = match_translation(found, original, READING.clock)
        assert (words.path, words.of, words.language) == (path, original.entry.path, "id")
        problems += more
    assert all(problem.path == path for problem in problems)
    assert_readable(problems)


@given(damaged(SITE_WORDS))
@settings(max_examples=200, deadline=None)
def test_damaged_words_of_the_site_are_read_or_have_a_problem(data: bytes) -> None:
    site, _ = parse_site(SITE.encode(), NOW)
    assert site
    words, problems = parse_site_words("site.id.yaml", "id", data, site)
    assert (words is None) == has_errors(problems)
    assert_readable(problems)


@given(st.tuples(*(damaged(text) for text in GOOD.values())))
@settings(max_examples=60, deadline=None)
def test_what_is_read_can_be_shown(files: tuple[bytes, ...]) -> None:
    site, _ = parse_site(SITE.encode(), NOW)
    assert site
    results = [parse_file(f"{kind}/x.md", data, READING) for kind, data in zip(GOOD, files, strict=True)]
    read = [parsed for parsed, _ in results if parsed]
    broken = {problem.path for problem in check_references(site, read) if problem.severity == "error"}
    content = link_occurrences(make_content(site, [parsed for parsed in read if parsed.entry.path not in broken]))
    plan = plan_artifacts(take_snapshot(content, NOW), default_theme())
    artifacts = render_artifacts(plan, list(plan.files))
    pages = [Page(data.decode()) for name, data in artifacts.items() if name.endswith(".html")]
    assert pages
    assert [part for page in pages for part in page.unsafe] == []


@given(kind=st.sampled_from(sorted(PARSERS)), data=st.binary(max_size=300))
@settings(max_examples=400, deadline=None)
@example("incidents", b"---\n")
@example("changes", b"\xef\xbb\xbf---\n\xc2\xa0\n---\n## ")
def test_any_bytes_are_read_or_have_a_problem(kind: str, data: bytes) -> None:
    assert_told(kind, data)
    assert_told(kind, b"---\ntitle: x\n" + data + b"\n---\n## investigating\n" + data)


@given(damaged(SITE))
@settings(max_examples=200, deadline=None)
def test_a_damaged_site_is_read_or_has_a_problem(data: bytes) -> None:
    site, problems = parse_site(data, NOW)
    assert (site is None) == has_errors(problems)
    assert_readable(problems)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_path_has_a_place_or_a_problem(path: str) -> None:
    problem = check_place(path)
    assert problem is None or problem.path == path


MARKUP = (
    *(
        "<",
        ">",
        "/",
        "=",
        '"',
        "'",
        " ",
        "\n",
        "\n\n",
        "`",
        "[",
        "]",
        "(",
        ")",
        ":",
        "!",
        "&",
        ";",
        "*",
        "_",
        "\\",
        "#",
        "|",
        "-",
    ),
    *("script", "style", "img", "svg", "a", "b", "p", "iframe", "base", "href", "src", "onerror", "onclick", "srcdoc"),
    *("<script>", "</script>", "<a href=", "<img src=x onerror=", "<!--", "-->", "<![CDATA[", "<?", "<svg/onload="),
    *("javascript:", "data:text/html,", "vbscript:", "JaVa\tScRiPt:", "&#106;avascript:", "&colon;", "alert(1)", "x"),
    *("[a](", "[a]: ", "```\n", "    ", "> ", "- ", "1. ", "\x02", "\x03", "klzzwxh:0001", "\x02wzxhzdk:0\x03"),
)


@given(st.lists(st.sampled_from(MARKUP), max_size=25).map("".join))
@settings(max_examples=1000, deadline=None)
@example("<scr<script>ipt>alert(1)</scr</script>ipt>")
@example("[a](java&#x0A;script:alert(1))")
@example("<a href=`javascript:x`>`<img src=x onerror=alert(1)>")
def test_whatever_is_written_the_page_is_safe(text: str) -> None:
    assert Page(render_markdown(text)).unsafe == []
    check_markup("incidents/x.md", text, 1)
