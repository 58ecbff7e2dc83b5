"""Texts of updates: plain words with their line breaks, and the addresses of links."""

from __future__ import annotations

import json

import pytest
from api_documents import find_wrong, read_documents
from hypothesis import given
from hypothesis import strategies as st
from sites import NOW, render
from test_hostile import VECTORS, hostile_content

from statusgen.render.api.words import words_json
from statusgen.render.json_text import to_json
from statusgen.render.markdown import PLAIN

BASE = "https://a.example/incidents/x/"
WORDS = [
    ("", ""),
    ("Requests fail.", "Requests fail."),
    ("One line\nof text.\n\nAnother.", "One line of text.\n\nAnother."),
    ("*Some* **strong** `code`.", "Some strong code."),
    ('He said: "Wait."\n"Why?"', 'He said: "Wait." "Why?"'),
    ('Ask for "help".\n\nPlease.', 'Ask for "help".\n\nPlease.'),
    ("Soft\nbreak & *more*", "Soft break & more"),
    ("Hard  \nbreak", "Hard\nbreak"),
    ("- one\n- two", "one\ntwo"),
    ("Before:\n\n1. one\n2. two\n\nAfter.", "Before:\n\none\ntwo\n\nAfter."),
    ("### Head\n\nText.", "Head\n\nText."),
    ("> quoted\n\nText.", "quoted\n\nText."),
    ("See [the docs](https://d.example/a).", "See the docs (https://d.example/a)."),
    ("See <https://d.example/a>.", "See https://d.example/a."),
    ("See https://d.example/a?b=1&c=2 now", "See https://d.example/a?b=1&c=2 now"),
    ("Write to <mailto:a@d.example>", "Write to a@d.example"),
    ("See [about](../../pages/about/).", "See about (https://a.example/pages/about/)."),
    ("[x](javascript:alert(1))", "x"),
    ("[**x** y](https://d.example)", "x y (https://d.example)"),
    ("```\nline 1\n  line 2\n```\n\nText.", "line 1\n  line 2\n\nText."),
    ("| a | b |\n|---|---|\n| 1 | 2 |", "a\tb\n1\t2"),
    ("1 < 2 &amp; 3 > 2", "1 < 2 & 3 > 2"),
    ("<b>bold</b> and <i>not closed", "bold and not closed"),
]


@pytest.mark.parametrize(("markdown", "words"), WORDS)
def test_words(markdown: str, words: str) -> None:
    assert json.loads(words_json(markdown, BASE)) == words


@given(st.from_regex(PLAIN, fullmatch=True))
def test_plain_text_is_escaped_as_by_an_encoder(text: str) -> None:
    words = "\n\n".join(part.replace("\n", " ") for part in text.split("\n\n"))
    assert words_json(text, BASE) == to_json(words)


@pytest.mark.parametrize("text", VECTORS)
def test_hostile_text_is_only_text(text: str) -> None:
    documents = read_documents(render(hostile_content(text)))
    assert list(find_wrong(documents)) == []
    summary = documents["summary.json"]
    entries = [*summary["incidents"], *summary["scheduled_maintenances"]]
    assert {entry["name"] for entry in entries} == {" ".join(text.split())}
    assert {entry["shortlink"] for entry in entries} <= {
        f"https://status.acme.example/{path}/" for path in ("incidents/open", "changes/run", "changes/plan")
    }
    assert len(documents["incidents.json"]["incidents"]) == 2


def test_the_hostile_are_of_their_time() -> None:
    assert hostile_content("x").incidents[0].updates[0].at < NOW
