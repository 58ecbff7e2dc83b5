"""The table of advice: entries that can be published, with what `check` says of them, and others that are well."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bad_content import SITE, write

from statusgen.build.cache import Cache
from statusgen.build.pipeline import read_content
from statusgen.build.reader import Reader
from statusgen.parse.checks.codes import ADVICE
from statusgen.problems import Problem
from statusgen.source.folder import read_source

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
INCIDENT = "---\ntitle: {title}\ncomponents: {{api: partial_outage}}\n---\n\n"
CHANGE = "---\ntitle: {title}\nstarts: 2026-12-03 22:00\nduration: 2h\ncomponents: [api]\n---\n\n"
NOTICE = "---\ntitle: {title}\npublish: 2026-11-03\n---\n\n"
BEGIN = "## investigating @ 2026-11-03 09:20\n\nWe look.\n\n"
END = "## resolved @ 2026-11-03 10:40\n\nIt works.\n"


def advise(folder: Path, files: dict[str, str], now: datetime = NOW, site: str = SITE) -> list[Problem]:
    for path, text in {"site.yaml": site, **files}.items():
        write(folder, path, text)
    reader = Reader(Cache(None))
    problems = read_content(read_source(folder), now, reader, present=True, thorough=True)[1]
    return [problem for problem in problems if problem.code in ADVICE or problem.severity == "error"]


def incident(*updates: str, title: str = "Errors") -> str:
    return INCIDENT.format(title=title) + "\n".join(updates)


def told(status: str, at: str, body: str = "We look.") -> str:
    return f"## {status} @ 2026-11-03 {at}\n\n{body}\n"


def change(body: str, title: str = "Move") -> str:
    return CHANGE.format(title=title) + body


X = "incidents/2026-11-03-x.md"
LOOK = told("investigating", "09:20")
C = "changes/2026-12-03-x.md"
FOUND = [
    # An update without a text.
    (X, incident("## investigating @ 2026-11-03 09:20\n", END), "6 empty-update"),
    (X, incident("## investigating @ 2026-11-03 09:20\n\n<!-- later -->\n", END), "6 empty-update"),
    (X, incident(BEGIN, "## resolved @ 2026-11-03 10:40\n"), "11 empty-update"),
    (C, change("## scheduled @ 2026-11-03 09:20\n"), "8 empty-update"),
    (C, change("Words above.\n\n## scheduled @ 2026-11-03 09:20\n"), ""),
    (C, change("## scheduled @ 2026-11-03 09:20\n\nWords.\n\n## in_progress @ 2026-12-03 22:05\n"), ""),
    # Updates out of order.
    (X, incident(LOOK, told("identified", "09:41"), told("resolved", "09:30")), "10 open-for-days, 14 update-order"),
    (X, incident(LOOK, told("identified", "19:41"), told("resolved", "10:40")), "10 open-for-days, 14 update-order"),
    (X, incident(told("resolved", "10:40"), told("identified", "09:41"), told("investigating", "09:20")), ""),
    (X, incident(told("identified", "09:41"), told("investigating", "09:20"), told("resolved", "10:40")), ""),
    (X, incident(told("investigating", "09:20"), told("identified", "09:20"), told("resolved", "10:40")), ""),
    # Planned work as an incident.
    (X, incident(BEGIN, END, title="Scheduled maintenance of the database"), "2 planned-incident"),
    (X, incident(BEGIN, END, title="Planned network upgrade"), "2 planned-incident"),
    (X, incident(BEGIN, END, title="Database maintenance"), "2 planned-incident"),
    (X, incident(BEGIN, END, title="System upgrade scheduled"), "2 planned-incident"),
    (X, incident(BEGIN, END, title="Failed upgrade"), ""),
    (X, incident(BEGIN, END).replace("partial_outage", "under_maintenance"), "2 planned-incident"),
    (X, incident(BEGIN, END, title="Errors after the scheduled maintenance"), ""),
    (X, incident(BEGIN, END, title="Unplanned outage"), ""),
    (X, incident(BEGIN, END, title="Slow answers from the maintenance tool of our customers"), ""),
    (C, change("Words.\n", title="Scheduled maintenance"), ""),
    # What a template left.
    (X, incident("## investigating @ 2026-11-03 09:20\n\nSince $ISSUE_DATETIME.\n", END), "8 leftover"),
    (X, incident("## investigating @ 2026-11-03 09:20\n\nOf {{ component }}.\n", END), "8 leftover"),
    (X, incident("TODO: more\n", BEGIN, END), "6 leftover"),
    (X, incident(BEGIN, END, title="'[INSERT TITLE]'"), "2 leftover"),
    (X, incident(BEGIN, END, title="'${TITLE}'"), "2 leftover"),
    (X, incident("See `{{ x }}` and `$A_B`.\n\n```\n{{ y }}\n```\n", BEGIN, END), ""),
    (X, incident("It costs $US 5, or US$ 5.\n\n<!-- TODO -->\n", BEGIN, END, title="Errors # TODO"), ""),
    ("notices/x.md", NOTICE.format(title="News") + "## What\n\nLorem ipsum dolor.\n", "8 leftover"),
    # The name's date.
    ("incidents/2026-03-11-x.md", incident(BEGIN, END), "1 file-date"),
    ("incidents/2025-11-03-x.md", incident(BEGIN, END), "1 file-date"),
    ("incidents/2026-11-31-x.md", incident(BEGIN, END), "1 file-date"),
    ("incidents/2026-11-02-x.md", incident(BEGIN, END), ""),
    ("incidents/2026-x.md", incident(BEGIN, END), ""),
    ("changes/2025-12-03-x.md", change("Words.\n\n## scheduled @ 2026-11-03 09:20\n"), "1 file-date"),
    ("changes/2026-12-20-x.md", change("Words.\n\n## scheduled @ 2026-11-03 09:20\n"), ""),
    # Copies.
    ("incidents/x copy.md", incident(BEGIN, END), "1 copied-file"),
    ("incidents/x (1).md", incident(BEGIN, END), "1 copied-file"),
    ("incidents/slow-database-copy.md", incident(BEGIN, END), ""),
    # Times in texts.
    (X, incident(BEGIN, told("resolved", "10:40", "All was well at 11:40 UTC.")), "13 text-time"),
    (X, incident(BEGIN, told("resolved", "10:40", "All was well at 2026-11-03 11:40.")), "13 text-time"),
    (X, incident(BEGIN, told("resolved", "10:40", "All was well at 09:40 UTC.")), ""),
    (X, incident(BEGIN, told("resolved", "10:40", "It began on 2 November at 11:00 UTC.")), ""),
    (X, incident(BEGIN, told("resolved", "10:40", "The night job of 16:00 UTC is well again.")), ""),
    (X, incident(BEGIN, told("resolved", "10:40", "A report will follow by 15:00 UTC.")), ""),
    (X, incident(told("investigating", "09:20", "On Monday, 3 November 2026."), END), "8 text-time"),
    (X, incident(told("investigating", "09:20", "On Tuesday, November 3rd, 2026."), END), ""),
    (C, change("## scheduled @ 2026-11-03 09:20\n\nFrom 2026-12-03 20:00 UTC.\n"), "10 text-time"),
    (C, change("## scheduled @ 2026-11-03 09:20\n\nFrom 2026-12-03 21:00 UTC.\n"), ""),
    (C, change("## scheduled @ 2026-11-03 09:20\n\nThe old one goes on 2027-01-31 20:00 UTC.\n"), ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "site", "report", "expected"),
    [
        (16, SITE, "", []),
        (18, SITE, "", ["no-report"]),
        (18, SITE, "x", []),
        (18, SITE + "problems: {due: {critical: 60d}}\n", "", []),
    ],
)
def test_reports(day: int, site: str, report: str, expected: list[str], tmp_path: Path) -> None:
    files = {"incidents/x.md": incident(BEGIN, END).replace("partial", "major")}
    if report:
        files["problems/y.md"] = f"---\ntitle: Why\nincidents: [{report}]\n---\n\nA disk.\n"
    assert [problem.code for problem in advise(tmp_path, files, at(day), site)] == expected


@pytest.mark.parametrize(("days", "expected"), [(89, 1), (91, 0)])
def test_old_updates_may_be_without_words(days: int, expected: int, tmp_path: Path) -> None:
    found = advise(tmp_path, {X: incident("## resolved @ 2026-11-03 10:40\n")}, at(3) + timedelta(days=days))
    assert [problem.code for problem in found] == ["empty-update"] * expected


@pytest.mark.parametrize(("path", "text", "expected"), FOUND)
def test_advice(path: str, text: str, expected: str, tmp_path: Path) -> None:
    found = advise(tmp_path, {path: text})
    assert sorted(f"{problem.line} {problem.code}" for problem in found) == sorted(filter(None, expected.split(", ")))
    assert all((problem.severity, problem.path) == ("warning", path) and problem.hint for problem in found)


def at(day: int, hour: float = 12) -> datetime:
    return datetime(2026, 11, day, tzinfo=UTC) + timedelta(hours=hour)


PROMISED = SITE + "promises: {all: {target: 99, response: {major: {between_updates: 2h}}}}\n"


@pytest.mark.parametrize(
    ("updates", "now", "site", "expected"),
    [
        (BEGIN, at(3), SITE, ""),
        (BEGIN, at(6, 6), SITE, ""),
        (BEGIN, at(7), SITE, "open-for-days"),
        (BEGIN + END, at(20), SITE, ""),
        (BEGIN.replace("09:20", "09:20 {next=30m}"), at(3, 8.5), SITE, ""),
        (BEGIN.replace("09:20", "09:20 {next=30m}"), at(3, 9), SITE, "update-overdue"),
        (BEGIN.replace("09:20", "09:20 {next=30m}") + END, at(3, 11), SITE, ""),
        (BEGIN.replace("09:20", "09:20 {next=2026-11-12T09:00Z}"), at(11), SITE, ""),
        (BEGIN, at(3, 10), PROMISED, ""),
        (BEGIN, at(3, 11), PROMISED, "update-overdue"),
        (BEGIN, at(9), PROMISED, "update-overdue"),
    ],
)
def test_silence(updates: str, now: datetime, site: str, expected: str, tmp_path: Path) -> None:
    found = advise(tmp_path, {X: incident(updates)}, now, site)
    assert [problem.code for problem in found] == [expected] * bool(expected)
    assert all(problem.line == 6 for problem in found)


def test_copies_of_one_another(tmp_path: Path) -> None:
    one, other = incident(BEGIN, END), incident(BEGIN, END, title="Others")
    found = advise(tmp_path, {f"incidents/{name}.md": one for name in ("a-copy", "a", "b")} | {"incidents/c.md": other})
    assert [(problem.path, problem.message.split(":")[0]) for problem in found] == [
        ("incidents/a-copy.md", "this is the same text as incidents/a.md"),
        ("incidents/b.md", "this is the same text as incidents/a.md"),
    ]


@pytest.mark.parametrize(
    "part",
    ["a", "a ", "1", "Monday ", "planned ", "{{", "$A_", "%%A", "[INSERT ", "2026-11-03 ", "12:30 ", "3 mar ", "- "],
)
def test_long_texts_take_no_longer(part: str, tmp_path: Path) -> None:
    """Patterns that try again and again would take hours for some of them."""
    long = part * (100_000 // len(part))
    begin = time.process_time()
    found = advise(tmp_path, {X: incident(BEGIN, told("resolved", "10:40", long), title=f"'{long}'")})
    assert all(problem.severity == "warning" for problem in found)
    assert time.process_time() - begin < 20


def test_drafts_and_broken_files_are_left_alone(tmp_path: Path) -> None:
    draft = incident("TODO\n\n## investigating @ 2026-11-03 09:20\n").replace("---\n", "---\ndraft: true\n", 1)
    found = advise(tmp_path, {X: draft, "incidents/y.md": incident("## investigatin @ 2026-11-03 09:20\n")})
    assert [problem.code for problem in found] == ["unknown-status"]
