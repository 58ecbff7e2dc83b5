"""Comments are taken out wherever they stand, with the lines kept; code and what is never closed stays."""

from __future__ import annotations

import pytest

from statusgen.parse.comments import drop_comments
from statusgen.parse.front_matter import parse_document
from statusgen.parse.headings import split_updates
from statusgen.parse.outline import read_outline

# A text, and what is left of it.
DROPPED = [
    ("a <!-- b --> c", "a  c"),
    ("a<!-- b\nc -->d", "a\nd"),
    ("a <!-- b\n\nc --> d", "a \n\n d"),
    ("<!-- a -->", ""),
    ("<!-- a --><!-- b -->c", "c"),
    ("<!-- a\n\n```\n\n--> b\n```\n\n<!-- c -->", "\n\n\n\n b\n```\n\n"),
    ("a --> b", "a --> b"),
    ("`<!-- a -->` <!-- b -->", "`<!-- a -->` "),
    ("`` ` <!-- a --> `` b", "`` ` <!-- a --> `` b"),
    ("`a\n<!-- b --> c`", "`a\n<!-- b --> c`"),
    ("`a\n\n<!-- b --> c`", "`a\n\n c`"),
    ("`` a <!-- b --> `", "`` a  `"),
    ("```\n<!-- a -->\n```\n<!-- b -->", "```\n<!-- a -->\n```\n"),
    ("```\n<!-- a -->", "```\n"),
    ("~~~ x\n<!-- a\n~~~\n-->", "~~~ x\n<!-- a\n~~~\n-->"),
    ("<!-- a `b --> c` d", " c` d"),
    ("a <!-- `b` -- > c --> d", "a  d"),
    ("a ` b <!-- c -->\n### d\n`e`", "a ` b \n### d\n`e`"),
    ("### a `\nb <!-- c --> `", "### a `\nb  `"),
]


@pytest.mark.parametrize(("text", "left"), DROPPED)
def test_what_is_left(text: str, left: str) -> None:
    assert drop_comments(text) == (left, None)
    assert drop_comments(text)[0].count("\n") == text.count("\n")


UNCLOSED = [("a\n\nb <!-- c\n\n## d", 2), ("<!-- a --> b\n<!--", 1), ("a\n<!-- b\n`-- >`", 1), ("--> <!-- a", 0)]


@pytest.mark.parametrize(("text", "line"), UNCLOSED)
def test_what_is_never_closed_stays(text: str, line: int) -> None:
    left, found = drop_comments(text)
    assert found == line
    assert left.split("\n")[line:] == text.split("\n")[line:]


HEADINGS = [
    ("<!-- a\n## x\n-->\n## b", ["b"]),
    ("<!-- a -->\n## b", ["b"]),
    ("<!--\n## x", ["x"]),
    ("a <!-- b\n\n## x\n\n--> c\n\n## d <!-- e -->", ["d"]),
    ("a <!<!-- b -->--\n## x\n-->", ["x"]),
    ("a ` b <!--\n## x\n-->\n## d\n`c`", ["d"]),
    ("## a\n\n```\n<!--\n```\n\n## b\n\n-->", ["a", "b"]),
]


@pytest.mark.parametrize(("body", "statuses"), HEADINGS)
def test_updates_in_comments_are_none(body: str, statuses: list[str]) -> None:
    data = f"---\ntitle: A\n---\n{body}".encode()
    document, _ = parse_document("incidents/x.md", data)
    assert document
    assert [heading.status for heading in split_updates(document.body, 4)[1]] == statuses
    assert [heading.status for heading in read_outline(data).updates] == statuses
