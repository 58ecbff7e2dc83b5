"""site.yaml: what it gives, and what is told about wrong ones, by tables."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from statusgen.model.site import Component, Group
from statusgen.parse.site import parse_site

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LEAST = "name: Acme\nurl: https://status.acme.example\n"


def test_the_least_site() -> None:
    site, problems = parse_site(LEAST.encode(), NOW)
    assert not problems and site
    assert (site.name, site.url, site.zone.key) == ("Acme", "https://status.acme.example/", "UTC")
    assert (site.components, site.groups, site.links, site.shift_days) == ((), (), (), 0)


def test_a_whole_site() -> None:
    text = """\
name: "  Acme:   status "
url: https://acme.example/status/
description: >
  Two
  lines.
time_zone: America/Argentina/Buenos_Aires
groups:
  edge: Edge network
  core: {name: Core, description: The middle}
components:
  api: {name: API, group: core, description: For machines, since: 2021-04-01}
  web: Website
  db:
    name: Database
    group: edge
links: {Docs: "https://docs.acme.example", Mail: "mailto:a@acme.example"}
"""
    site, problems = parse_site(text.encode(), NOW)
    assert not problems and site
    assert (site.name, site.description) == ("Acme: status", "Two lines.")
    assert site.groups == (Group("edge", "Edge network"), Group("core", "Core", "The middle"))
    assert site.components == (
        Component("api", "API", "For machines", "core", date(2021, 4, 1)),
        Component("web", "Website"),
        Component("db", "Database", "", "edge"),
    )
    assert site.links == (("Docs", "https://docs.acme.example"), ("Mail", "mailto:a@acme.example"))
    assert site.members("edge") == (site.components[2],)


URLS = [
    ("https://status.acme.example", "https://status.acme.example/"),
    ("https://status.acme.example///", "https://status.acme.example/"),
    ("http://127.0.0.1:8000/a/b", "http://127.0.0.1:8000/a/b/"),
    ("https://[::1]:8080/", "https://[::1]:8080/"),
    ("https://bücher.example/", "https://bücher.example/"),
    ("status.acme.example", ""),
    ("//status.acme.example", ""),
    ("ftp://status.acme.example", ""),
    ("javascript:alert(1)", ""),
    ("https://", ""),
    ("https://a b.example", ""),
    ("https://user:pw@acme.example", ""),
    ("https://acme.example/?a=b", ""),
    ('"https://acme.example/#a"', ""),
    ("https://acme.example:99999", ""),
    ("https://[acme.example", ""),
    ("'https://acme.example/\"onload'", ""),
]


@pytest.mark.parametrize(("url", "read"), URLS)
def test_addresses(url: str, read: str) -> None:
    site, problems = parse_site(f"name: Acme\nurl: {url}\n".encode(), NOW)
    assert (site.url if site else "") == read
    assert [(problem.code, problem.line) for problem in problems] == ([] if read else [("bad-url", 2)])


# What stands below the name and the address, the code, the line, and words of the message or the hint.
WRONG = [
    ("time_zone: Europe/Berln", "unknown-zone", 3, "did you mean `Europe/Berlin`?"),
    ("time_zone: localtime", "unknown-zone", 3, "a name such as `Europe/Berlin`"),
    ("time_zone: ../../etc/passwd", "unknown-zone", 3, "is not a time zone"),
    ("colour: blue", "unknown-key", 3, "`colour` is not a key"),
    ("compnents: {a: A}", "unknown-key", 3, "did you mean `components`?"),
    ("components:\n  API: Api", "bad-id", 4, "`API` cannot be an id"),
    ("components:\n  next: Next", "bad-id", 4, "`next` is taken"),
    ("components:\n  a b: X", "bad-id", 4, "cannot be an id"),
    ("components:\n  a: {name: A, group: nope}", "unknown-group", 4, "no group `nope`"),
    ("groups: {edge: Edge}\ncomponents:\n  a: {name: A, group: egde}", "unknown-group", 5, "did you mean `edge`?"),
    ("groups: {a: A}\ncomponents: {a: A}", "duplicate-id", 4, "is a group too"),
    ("components: {a: A, a: B}", "duplicate-key", 3, "`a` is here twice"),
    ("components:\n  a: {group: }", "missing-key", 4, "`name` is missing"),
    ("components:\n  a: {name: A, sicne: 2021-01-01}", "unknown-key", 4, "did you mean `since`?"),
    ("components:\n  a: {name: A, since: 2021-13-01}", "bad-date", 4, "not in the calendar"),
    ("components:\n  a: [A]", "wrong-type", 4, "must be a name"),
    ("components: [a, b]", "wrong-type", 3, "`name: value` lines"),
    ("links:\n  Docs: javascript:alert(1)", "bad-url", 4, "has no address"),
    ("links:\n  Docs:\n    a: b", "bad-url", 4, "has no address"),
    ("demo_today: tomorrow", "bad-date", 3, "is not a date"),
    ("name: Again", "duplicate-key", 3, "first in line 1"),
]


@pytest.mark.parametrize(("text", "code", "line", "words"), WRONG)
def test_what_is_wrong_is_told_with_its_line(text: str, code: str, line: int, words: str) -> None:
    site, problems = parse_site(f"{LEAST}{text}\n".encode(), NOW)
    assert site is None
    assert [(problem.path, problem.code, problem.line) for problem in problems] == [("site.yaml", code, line)]
    assert words in f"{problems[0].message} {problems[0].hint}"


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_file_lacks_everything(text: str) -> None:
    site, problems = parse_site(text.encode(), NOW)
    assert site is None
    assert sorted(problem.code for problem in problems) == ["bad-url", "missing-key"]


@pytest.mark.parametrize(
    ("now", "zone", "days"),
    [
        (NOW, "UTC", 10),
        (datetime(2026, 11, 20, 23, 30, tzinfo=UTC), "UTC", 10),
        (datetime(2026, 11, 20, 23, 30, tzinfo=UTC), "Europe/Berlin", 11),
        (datetime(2026, 11, 20, 1, tzinfo=UTC), "America/New_York", 9),
        (datetime(2026, 11, 1, 12, tzinfo=UTC), "UTC", -9),
    ],
)
def test_a_demonstration_site_moves_with_the_day_of_its_zone(now: datetime, zone: str, days: int) -> None:
    site, problems = parse_site(f"{LEAST}time_zone: {zone}\ndemo_today: 2026-11-10\n".encode(), now)
    assert not problems and site and site.shift_days == days


def test_the_languages_of_a_site() -> None:
    site, problems = parse_site(f"{LEAST}language: de\nlanguages: [en, id, pt-BR]\n".encode(), NOW)
    assert not problems and site and (site.language, site.languages) == ("de", ("en", "id", "pt-BR"))
    site, _ = parse_site(LEAST.encode(), NOW)
    assert site and (site.language, site.languages) == ("en", ())


# A line of site.yaml, the code, and words of the message or its hint.
WRONG_LANGUAGES = [
    ("language: klingon", "unknown-language", "known: en, id, de"),
    ("language: english", "unknown-language", "did you mean `en`?"),
    ("language: EN", "unknown-language", "did you mean `en`?"),
    ("languages: [zh]", "unknown-language", "did you mean `zh-Hans`?"),
    ("languages: [zh-CN]", "unknown-language", "did you mean `zh-Hans`?"),
    ("languages: [pt]", "unknown-language", "did you mean `pt-BR`?"),
    ("languages: pt_br", "unknown-language", "did you mean `pt-BR`?"),
    ("languages: [in]", "unknown-language", "did you mean `id`?"),
    ("languages: [de-AT]", "unknown-language", "did you mean `de`?"),
    ("language: ID\nlanguages: [en, de]", "unknown-language", "did you mean `id`?"),
    ("language: pt\nlanguages: [en]", "unknown-language", "did you mean `pt-BR`?"),
    ("languages: [en]", "duplicate-language", "the site's own texts"),
    ("languages: [id, de, id]", "duplicate-language", "`id` is here twice"),
    ("languages: {id: de}", "wrong-type", "must be a list"),
]


@pytest.mark.parametrize(("line", "code", "words"), WRONG_LANGUAGES)
def test_a_wrong_language(line: str, code: str, words: str) -> None:
    site, problems = parse_site(f"{LEAST}{line}\n".encode(), NOW)
    assert site is None and [problem.code for problem in problems] == [code]
    assert words in str(problems[0]) and problems[0].line == 3
