"""Files to clean text, addresses and front matter with its lines, and warnings about markup, by tables."""

from __future__ import annotations

from time import process_time

import pytest
import yaml

from statusgen.parse.fields import Fields
from statusgen.parse.front_matter import parse_document
from statusgen.parse.markup import check_markup
from statusgen.parse.slug import slug_of, stem_of
from statusgen.parse.text import drop_hidden, drop_invisible, parse_text
from statusgen.problems import Problem

SLUGS = [
    ("incidents/2026-11-03-api-errors.md", "2026-11-03-api-errors"),
    ("incidents/2026/11/a.md", "a"),
    ("a.b.md", "a.b"),
    ("UPPER_lower-1.md", "UPPER_lower-1"),
    ("11-03 API: errors.md", "11-03-API-errors"),
    ("Störung Übersicht.md", "Storung-Ubersicht"),
    ("résumé.md", "resume"),
    ("ﬁne.md", "fine"),
    ("a/../b.md", "b"),
    ("..md", ""),
    ("-a-.md", "a"),
    ("a&b<c>\"d'.md", "a-b-c-d"),
    ("a%2Fb.md", "a-2Fb"),
    ("a?b#c.md", "a-b-c"),
    ("問題.md", ""),
    ("🔥.md", ""),
    ("🔥 fire.md", "fire"),
    ("x" * 200 + ".md", "x" * 100),
]


@pytest.mark.parametrize(("path", "slug"), SLUGS)
def test_slugs(path: str, slug: str) -> None:
    assert slug_of(path) == slug
    # An address that was given once stays: the slug of a slug is itself.
    assert slug_of(f"{slug}.md") == slug
    assert stem_of(path) == path.rsplit("/", 1)[-1].removesuffix(".md")


TEXTS: list[tuple[bytes, str | None]] = [
    (b"a\nb", "a\nb"),
    (b"a\r\nb\rc", "a\nb\nc"),
    (b"\xef\xbb\xbfa", "a"),
    ("a\u2028b\u2029c\x85d".encode(), "a\nb\nc\nd"),
    (b"tab\tstays", "tab\tstays"),
    (b"", ""),
    (b"a\x00b", None),
    (b"a\x1bb", None),
    (b"a\x7fb", None),
    ("a\x9bb".encode(), None),
    ("a\uffffb".encode(), None),
    (b"\xff\xfea\x00", None),
    (b"a\xe9b", None),
    (b"\xed\xa0\x80", None),
    (b"\xc0\xaf", None),
]


@pytest.mark.parametrize(("data", "text"), TEXTS)
def test_bytes_to_text(data: bytes, text: str | None) -> None:
    found, problems = parse_text("x.md", data)
    assert found == text
    assert (not problems) is (text is not None)


@pytest.mark.parametrize(("data", "line"), [(b"a\r\nb\r\n\x00", 3), (b"a\rb\x00", 2), (b"a\nb\n\xff", 3)])
def test_the_line_of_what_cannot_be_read(data: bytes, line: int) -> None:
    assert [problem.line for problem in parse_text("x.md", data)[1]] == [line]


def test_characters_that_nobody_sees() -> None:
    assert drop_invisible("a\u200bb\ufeffc\u00add\u00a0e\u202ff") == "abcd e f"
    assert drop_invisible("न\u200dम") == "न\u200dम", "joiners belong to the spelling of some languages"
    assert drop_hidden("a\u200d\u202eb\u2066c") == "abc"


# A file, and its front matter by key with the line of each value; then the body and its line.
DOCUMENTS = [
    ("---\na: 1\nb: 2\n---\nbody\n", {"a": 2, "b": 3}, "body\n", 5),
    ("\n\n---\na: 1\n---\n\nbody", {"a": 4}, "\nbody", 6),
    ("---\n\n# comment\na:\n  - x\n---\n", {"a": 5}, "", 7),
    ("---\na: >\n  x\n  y\nb: 2\n---\n", {"a": 2, "b": 5}, "", 7),
    ("---\n---\nbody", {}, "body", 3),
    ("\ufeff---  \na: 1\n---\t\nbody", {"a": 2}, "body", 4),
    ("---\r\na: 1\r\nb: 2\r\n---\r\nbody", {"a": 2, "b": 3}, "body", 5),
    ("---\na: 1\n---\n---\nb: 2\n---", {"a": 2}, "---\nb: 2\n---", 4),
    ("---\na\u200b: 1\n---\n", {"a": 2}, "", 4),
    ("---\na: '---'\n---\n", {"a": 2}, "", 4),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines", "body", "body_line"), DOCUMENTS)
def test_front_matter_has_the_lines_of_the_file(text: str, lines: dict[str, int], body: str, body_line: int) -> None:
    document, problems = parse_document("x.md", text.encode())
    assert not problems and document
    assert {key.value: value.start_mark.line + 1 for key, value in document.header.value} == lines
    assert (document.body, document.body_line) == (body, body_line)


# A front matter with a fault, the code, and the line of the file.
FAULTS = [
    ("title: a: b", "yaml", 2),
    ("a: 1\n b: 2", "yaml", 3),
    ("a: [1, 2\nb: 3", "yaml", 2),
    ("a: 'x\nb: 3", "yaml", 2),
    ("a: 1\n\tb: 2", "yaml", 3),
    ("- a\n- b", "yaml", 2),
    ("just words", "yaml", 2),
    ("a: 1\nb: 2\na: 3", "duplicate-key", 4),
    ("a: &x 1", "yaml-alias", 2),
    ("b: 1\na: *x", "yaml-alias", 3),
    ("a: !!python/object:os.system x", "yaml-tag", 2),
    ("a: !x y", "yaml-tag", 2),
    ('a: "\\x00"', "control-character", 2),
    ("? [a, b]\n: c", "yaml", 2),
]


@pytest.mark.parametrize(("header", "code", "line"), FAULTS)
def test_faults_of_front_matter_have_their_lines(header: str, code: str, line: int) -> None:
    document, problems = parse_document("x.md", f"---\n{header}\n---\nbody".encode())
    assert document is None
    assert [(problem.code, problem.line) for problem in problems] == [(code, line)]


# Values that YAML libraries turn into something else.
PLAIN = [
    "no",
    "yes",
    "on",
    "true",
    "null",
    "12:30:45",
    "1.10",
    "0x1F",
    "1e3",
    "010",
    "2026-11-03",
    "NaN",
    "~x",
    "=",
    "<<",
]


@pytest.mark.parametrize("text", PLAIN)
def test_values_stay_the_texts_that_they_are(text: str) -> None:
    document, _ = parse_document("x.md", f"---\na: {text}\n---\n".encode())
    assert document
    ((_, value),) = document.header.value
    assert isinstance(value, yaml.ScalarNode) and value.value == text
    problems: list[Problem] = []
    assert Fields("x.md", document.header, document.header_lines, problems).text("a") == text
    assert not problems


# A text, and the codes of its warnings with their lines, where the text begins in line 10.
MARKUP = [
    ("plain *text* with <b>bold</b> and `<script>`", []),
    ("a\n\n<script>x</script>", [("unsafe-html", 12)]),
    ("<SCRIPT SRC=x>", [("unsafe-html", 10)]),
    ("<p onclick=x>", [("unsafe-html", 10)]),
    ("<p style='x'>", [("unsafe-html", 10)]),
    ("<iframe src=https://a.example>", [("unsafe-html", 10)]),
    ("<svg/onload=x>", [("unsafe-html", 10)]),
    ("```\n<script>\n```", []),
    ("``<script>``", []),
    ("`<script>", [("unsafe-html", 10)]),
    ("[x](javascript:alert(1))", [("unsafe-link", 10)]),
    ("[x]( JAVASCRIPT:alert(1))", [("unsafe-link", 10)]),
    ("[x](<vbscript:x>)", [("unsafe-link", 10)]),
    ("[x]: data:text/html,x", [("unsafe-link", 10)]),
    ("<a href='javascript:x'>", [("unsafe-link", 10)]),
    ("[x](https://a.example) <mailto:a@b.example> [y](tel:+49) [z](/a:b)", []),
    ("1 < 2 and a<b> or c: d", []),
    ("<https://a.example>", []),
    ("note: javascript: is a word", []),
]


@pytest.mark.parametrize(("text", "expected"), MARKUP)
def test_warnings_about_markup(text: str, expected: list[tuple[str, int]]) -> None:
    problems = check_markup("x.md", text, 10)
    assert [(problem.code, problem.line) for problem in problems] == expected
    assert all(problem.severity == "warning" for problem in problems)


@pytest.mark.parametrize("text", ["<" + "a" * 90_000, "<a " + "x" * 90_000, "<a-" * 30_000, "<a on" + "x=" * 40_000])
def test_markup_that_no_person_writes_is_read_in_time(text: str) -> None:
    begin = process_time()
    check_markup("x.md", text, 1)
    assert process_time() - begin < 30
