"""What `check` says is not translated: what is current, thing by thing, and how much else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from bad_content import write

from statusgen.build.cache import Cache
from statusgen.build.pipeline import read_content
from statusgen.build.reader import Reader
from statusgen.problems import Problem
from statusgen.source.folder import read_source

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SITE = "name: Acme\nurl: https://status.acme.example/\nlanguages: [{languages}]\n"
INCIDENT = """\
---
title: Errors
---

Above.

## investigating @ 2026-11-20 09:20

We look.

## identified @ 2026-11-20 09:41

We know.

"""
WORDS = INCIDENT.replace("Errors", "Galat").replace("We look", "Kami lihat").replace("We know", "Kami tahu")
DONE = "## resolved @ 2026-11-20 10:40\n\nIt works.\n"
CHANGE = "---\ntitle: Work\nstarts: {starts}\nduration: 2h\n---\n\n## scheduled @ 2026-11-01 09:00\n\nSoon.\n"
NOTICE = "---\ntitle: News\npublish: {publish}\nexpires: {expires}\n---\n\nNew.\n"
REPORT = "---\ntitle: A disk\nstatus: {status}\nroot_cause: Old\n---\n\nAll of it.\n"
X, Y = "incidents/x.md", "incidents/x.id.md"


def advise(folder: Path, files: dict[str, str], languages: str = "id") -> list[Problem]:
    for path, text in {"site.yaml": SITE.format(languages=languages), **files}.items():
        write(folder, path, text)
    problems = read_content(read_source(folder), NOW, Reader(Cache(None)), present=True, thorough=True)[1]
    return [problem for problem in problems if problem.code == "untranslated" or problem.severity == "error"]


# Files, and lines `path:line words` of what is said of them.
FOUND: list[tuple[dict[str, str], list[str]]] = [
    ({X: INCIDENT}, ["incidents/x.md:1 this is not translated to Indonesian (write incidents/x.id.md"]),
    ({X: INCIDENT, Y: WORDS}, []),
    ({X: INCIDENT, Y: WORDS.split("## id")[0]}, [
        "incidents/x.md:11 this update is not translated to Indonesian (add it to incidents/x.id.md, below `## ident"
    ]),
    ({X: INCIDENT, Y: WORDS.replace("Kami lihat.\n", "")}, ["incidents/x.md:7 this update"]),
    ({X: INCIDENT, Y: WORDS.replace("Above.\n", "")}, ["incidents/x.md:1 the text above the first update is not"]),
    ({X: INCIDENT.replace("---\n", "---\ndraft: true\n", 1)}, []),
    ({X: INCIDENT, Y: WORDS.replace("---\n", "---\ndraft: true\n", 1)}, ["incidents/x.md:1 this is not translated"]),
    # What is over is counted.
    ({X: INCIDENT + DONE}, ["site.yaml 1 of 1 entries that are over are not translated to Indonesian"]),
    ({X: INCIDENT + DONE, "incidents/z.md": INCIDENT + DONE, Y: WORDS}, ["site.yaml 1 of 2 entries"]),
    ({X: INCIDENT + DONE, Y: WORDS}, []),
    ({"changes/c.md": CHANGE.format(starts="2026-11-20 11:00")}, ["changes/c.md:1 this is not translated"]),
    ({"changes/c.md": CHANGE.format(starts="2026-11-20 09:00")}, ["site.yaml 1 of 1"]),
    ({"notices/n.md": NOTICE.format(publish="2026-11-01", expires="2026-12-01")}, ["notices/n.md:1 this is not"]),
    ({"notices/n.md": NOTICE.format(publish="2026-11-01", expires="2026-11-02")}, ["site.yaml 1 of 1"]),
    ({"notices/n.md": NOTICE.format(publish="2026-11-21", expires="2026-11-22")}, []),
    ({"problems/p.md": REPORT.format(status="open")}, ["problems/p.md:1 this is not translated"]),
    ({"problems/p.md": REPORT.format(status="resolved")}, ["site.yaml 1 of 1"]),
    ({"problems/p.md": REPORT.format(status="open"), "problems/p.id.md": "---\ntitle: Disk\n---\n\nSemua.\n"}, [
        "problems/p.md:1 `root_cause` is not translated to Indonesian, so the title is not either"
    ]),
    ({"pages/a.md": "---\ntitle: Us\n---\n\nWe.\n"}, ["pages/a.md:1 this is not translated"]),
    # An error is enough.
    ({X: INCIDENT, Y: "---\ntitle: Galat\n---\n\n## resolved\n"}, ["incidents/x.id.md:5 the original has no update"]),
    ({X: INCIDENT, Y: "---\ntitel: Galat\n---\n"}, [
        "incidents/x.id.md:1 `title` is missing", "incidents/x.id.md:2 `titel` is not a key"
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), FOUND)
def test_what_is_not_translated(files: dict[str, str], expected: list[str], tmp_path: Path) -> None:
    problems = advise(tmp_path, files)
    shown = [f"{one.path}{f':{one.line}' * bool(one.line)} {one.message} ({one.hint})" for one in problems]
    assert len(shown) == len(expected), shown
    assert all(line.startswith(words) for line, words in zip(shown, expected, strict=True)), shown


def test_once_for_all_languages(tmp_path: Path) -> None:
    (one,) = advise(tmp_path, {X: INCIDENT, Y: WORDS}, "id, de, pt-BR")
    assert one.message == "this is not translated to German and Brazilian Portuguese"
    assert one.hint == "write incidents/x.de.md and incidents/x.pt-BR.md, with its title and texts only"
    (one,) = advise(tmp_path / "five", {X: INCIDENT, Y: WORDS}, "id, de, nl, ar, ja")
    assert one.message == "this is not translated to German, Dutch, Arabic and Japanese"
    assert one.hint.startswith("write incidents/x.de.md, incidents/x.nl.md, incidents/x.ar.md, …, with")
    assert advise(tmp_path / "none", {X: INCIDENT}, "") == []


def test_parts_once_for_all_languages(tmp_path: Path) -> None:
    half = WORDS.split("## id")[0]
    files = {X: INCIDENT, Y: half, "incidents/x.de.md": half.replace("Above.\n", ""), "incidents/x.nl.md": WORDS}
    problems = advise(tmp_path, files, "id, de, nl")
    assert [(one.line, one.message) for one in problems] == [
        (1, "the text above the first update is not translated to German, so the title is not either"),
        (11, "this update is not translated to Indonesian and German"),
    ]
    assert problems[1].hint == (
        "add it to incidents/x.id.md and incidents/x.de.md, below `## identified @ 2026-11-20 09:41`"
    )


def test_what_is_over_once_for_all_languages(tmp_path: Path) -> None:
    files = {X: INCIDENT + DONE, "incidents/z.md": INCIDENT + DONE, Y: WORDS}
    (one,) = advise(tmp_path, files, "id, de, nl")
    assert one.message == (
        "1 of 2 entries that are over are not translated to Indonesian, 2 of 2 not to German and Dutch"
    )


PARTS = "description: Us\ngroups: {edge: Edge}\ncomponents: {api: API, web: {name: Web, description: For people}}\n"
LINKS = "links: {Docs: 'https://d.example', Mail: 'mailto:a@a.example'}\n"
ALL = "description: Kami\ngroups: {edge: Tepi}\ncomponents: {api: API, web: {name: Situs, description: Untuk orang}}\n"
# site.id.yaml, and what it lacks.
LACKING = [
    ("groups: {edge: Tepi}\ncomponents: {web: Situs}\n",
     "`api`, description of `web`, `description`, link `Docs`, link `Mail`"),
    (ALL, "link `Docs`, link `Mail`"),
    (ALL + "links: {Docs: Dokumen}\n", "link `Mail`"),
    (ALL.replace("name: Situs, ", "") + "links: {Docs: Dokumen, Mail: Surat}\n", "`web`"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "missing"), LACKING)
def test_the_site(words: str, missing: str, tmp_path: Path) -> None:
    site = {"site.yaml": SITE.format(languages="id") + PARTS + LINKS, "site.id.yaml": words}
    (problem,) = advise(tmp_path, site)
    assert (problem.path, problem.message) == ("site.id.yaml", f"not translated to Indonesian: {missing}")


def test_the_whole_site(tmp_path: Path) -> None:
    site = {"site.yaml": SITE.format(languages="id") + PARTS + LINKS}
    assert advise(tmp_path, site | {"site.id.yaml": ALL + "links: {Docs: Dokumen, Mail: Surat}\n"}) == []


def test_a_site_without_words(tmp_path: Path) -> None:
    site = {"site.yaml": SITE.format(languages="id, de, nl") + PARTS, "site.id.yaml": ALL}
    (problem,) = advise(tmp_path, site)
    missing = "`edge`, `api`, `web`, description of `web`, `description`"
    assert (problem.path, problem.message) == ("site.yaml", f"not translated to German and Dutch: {missing}")
    assert problem.hint.startswith("write site.de.yaml and site.nl.yaml beside it, with")


def test_it_can_be_silenced(tmp_path: Path) -> None:
    site = {"site.yaml": SITE.format(languages="id") + "checks: {untranslated: off}\n"}
    assert advise(tmp_path, site | {X: INCIDENT}) == []
