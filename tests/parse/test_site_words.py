"""site.LANG.yaml: what it gives, and what is told about wrong ones."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from statusgen.model.translations import SiteWords
from statusgen.parse.site import parse_site
from statusgen.parse.site_words import parse_site_words

SITE, _ = parse_site(
    b"""\
name: Acme
url: https://status.acme.example/
groups: {edge: Edge network}
components: {api: API, web: {name: Website, group: edge, description: For people}}
links: {Docs: "https://docs.acme.example", Mail: "mailto:a@acme.example"}
""",
    datetime(2026, 11, 20, tzinfo=UTC),
)
PATH = "site.id.yaml"


def test_a_whole_one() -> None:
    text = """\
name: " Acme  ID "
description: >
  Dua
  baris.
groups: {edge: {name: Jaringan, description: Tepi}}
components:
  api: API
  web: {description: Untuk orang}
links: {Docs: Dokumen, Mail: }
"""
    assert SITE
    assert parse_site_words(PATH, "id", text.encode(), SITE) == (
        SiteWords(
            "id", PATH, "Acme ID", "Dua baris.", (("edge", "Jaringan"), ("api", "API")),
            (("edge", "Tepi"), ("web", "Untuk orang")), (("Docs", "Dokumen"),),
        ),
        [],
    )  # fmt: skip
    assert parse_site_words(PATH, "id", b"name: A", SITE) == (SiteWords("id", PATH, "A"), [])


# A text, the line and the code, and words of the message or its hint.
WRONG = [
    ("components: {ap: API}", 1, "unknown-component", "did you mean `api`?"),
    ("groups:\n  api: API", 2, "unknown-group", "known: edge"),
    ("links: {Doks: Dokumen}", 1, "unknown-key", "did you mean `Docs`?"),
    ("links: {Docs: 'https://x.example'}", 1, "translation-fact", "where it leads is in site.yaml"),
    ("url: https://x.example", 1, "translation-fact", "`url` is a fact"),
    ("name: A\nlanguages: [id]", 2, "translation-fact", "holds in all languages"),
    ("components:\n  api: {name: A, group: edge}", 2, "translation-fact", "`group` is a fact"),
    ("components: {api: [a]}", 1, "wrong-type", "`api` must be a name"),
    ("nam: A", 1, "unknown-key", "did you mean `name`?"),
    ("name: [", 1, "yaml", ""),
]


@pytest.mark.parametrize(("text", "line", "code", "words"), WRONG)
def test_a_wrong_one(text: str, line: int, code: str, words: str) -> None:
    assert SITE
    found, problems = parse_site_words(PATH, "id", text.encode(), SITE)
    assert found is None
    assert [(one.path, one.line, one.code) for one in problems] == [(PATH, line, code)]
    assert words in str(problems[0])
