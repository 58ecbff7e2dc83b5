"""The figures on the terminal, on the pages and as data are the same, and can be recomputed from the content."""

from __future__ import annotations

import csv
import io
import json
import re
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
from command import SAMPLE, run_statusgen
from test_commands import write

AT = ("--at", "2026-11-20T12:00Z")
SITE = """name: Example
url: https://status.example/
time_zone: Europe/Berlin
components: {api: API, db: "=Database"}
promises:
  all:
    target: 99.99
    credits: {99.99: 10, 99.5: 30}
    changes: {announced: 48h, allowance: 1h}
"""
INCIDENT = (
    "---\ntitle: Errors\ncomponents:\n  api: major_outage\n---\n\n## investigating @ 2026-10-31 23:50\n\nWe look.\n"
)
RESOLVED = "\n## resolved @ 2026-11-01 00:10\n\nOver.\n"
# Two hours in a window of one, announced three days before; an hour's allowance.
CHANGE = """---
title: New disks
components: [db]
starts: 2026-10-20 02:00
duration: 1h
---

## scheduled @ 2026-10-17 02:00

Soon.

## in_progress @ 2026-10-20 02:00

Begun.

## completed @ 2026-10-20 04:00

Done.
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    files = {"site.yaml": SITE, "incidents/errors.md": INCIDENT + RESOLVED, "changes/disks.md": CHANGE}
    write(tmp_path / "content", files)
    return tmp_path


def uptime(place: Path, *options: str) -> str:
    result = run_statusgen("uptime", *AT, *options, cwd=place)
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


def test_the_table(place: Path) -> None:
    lines = [line.split("  ") for line in uptime(place, "--period", "2026-10").splitlines()]
    words = [[word.strip() for word in line if word.strip()] for line in lines]
    assert words == [
        ["COMPONENT", "PERIOD", "UPTIME", "LOST", "TARGET", "BUDGET LEFT"],
        # Floored: 600 of 2,682,000 seconds, as October has an hour more.
        ["api", "2026-10", "99.97 %", "10 min", "99.99 %", "-5 min 32 s", "missed"],
        # The hour outside of its window counts in full.
        ["db", "2026-10", "99.86 %", "1 h", "99.99 %", "-55 min 32 s", "missed"],
    ]


def test_the_files_are_the_same_and_can_be_recomputed(place: Path) -> None:
    assert run_statusgen("build", *AT, cwd=place).returncode == 0
    text = (place / "output/uptime.csv").read_bytes().decode()
    assert text == uptime(place, "--format", "csv").replace("\n", "\r\n").replace("\r\r\n", "\r\n")
    data = (place / "output/api/uptime.json").read_text("utf-8")
    assert data == uptime(place, "--format", "json")
    rows = list(csv.DictReader(io.StringIO(text)))
    periods = {(c["id"], p["period"]): p for c in json.loads(data)["components"] for p in c["periods"]}
    assert len(rows) == len(periods) == 2 * (23 + 8 + 2)
    for row in rows:
        period = periods[row["component"], row["period"]]
        share = 100 * (1 - Fraction(row["down_seconds"]) / int(row["seconds"]))
        assert Fraction(row["percent"]) <= share < Fraction(row["percent"]) + Fraction(1, 100)
        assert float(row["percent"]) == period["percent"]
        assert row["kept"] == {True: "true", False: "false", None: ""}[period["kept"]]
    # A spreadsheet takes none of it for a formula.
    assert {row["name"] for row in rows} == {"API", "'=Database"}
    october, quarter = (periods["api", key] for key in ("2026-10", "2026-Q4"))
    assert (october["down_seconds"], quarter["down_seconds"], october["seconds"]) == (600, 1200, 31 * 86400 + 3600)
    assert (october["credit_percent"], quarter["promise"], quarter["kept"]) == (10, None, None)
    assert periods["db", "2026-10"]["excluded_seconds"] == 3600
    assert periods["db", "2026-10"]["budget"] == {"seconds": 268.2, "left_seconds": -3331.8}


def test_the_working_leads_from_a_figure_to_its_causes(place: Path) -> None:
    assert run_statusgen("build", *AT, cwd=place).returncode == 0
    table = (place / "output/uptime/index.html").read_text("utf-8")
    assert '<a href="../uptime/2026-10/#api">99.97 %</a>' in table
    page = (place / "output/uptime/2026-10/index.html").read_text("utf-8")
    assert "100 % × (1 − 600 s ÷ 2682000 s) = <strong>99.97 %</strong>" in page
    assert "A credit of 10 % is owed." in page
    assert '<a href="../../incidents/errors/">Errors</a>: its state' in page
    work = re.findall(r'3600 × 1</td><td>(.*?)</td><td class="why"><a .*?>New disks</a>: (.*?)</td>', page)
    assert work == [
        ("left out", "planned work, announced in time"),
        ("3600 s", "planned work outside its window"),
    ]


def test_an_open_incident_has_no_end(place: Path) -> None:
    write(place / "content", {"incidents/errors.md": INCIDENT})
    assert run_statusgen("build", *AT, cwd=place).returncode == 0
    page = (place / "output/uptime/2026-11/index.html").read_text("utf-8")
    assert re.search(r"<td>since <time[^>]*>1 November 2026, 00:00 CET</time></td>", page)
    assert "Missed." in page


def test_the_response_to_incidents_is_among_the_data(place: Path) -> None:
    later = INCIDENT.replace("api: major", "db: partial").replace("2026-10-31 23:50", "2026-11-10 10:00")
    promise = "    response: {critical: {resolve: 15m}, major: {resolve: 20m}}\n"
    write(place / "content", {"site.yaml": SITE + promise, "incidents/later.md": later})
    months = {month["period"]: month for month in json.loads(uptime(place, "--format", "json"))["response"]["months"]}
    assert list(months)[-2:] == ["2026-10", "2026-11"] and len(months) == 12
    assert months["2026-10"] == {
        "period": "2026-10",
        "incidents": 1,
        "first_update": {"count": 1, "total_seconds": 0, "mean_seconds": 0, "median_seconds": 0},
        "identify": None,
        "resolve": {"count": 1, "total_seconds": 1200, "mean_seconds": 1200, "median_seconds": 1200},
        "longest_silence_seconds": 1200,
        "next_updates": {"promised": 0, "kept": 0},
        "response_promises": {"promised": 1, "kept": 0},
        "mtbf_seconds": 31 * 86400 + 3600 - 600,
    }
    # What is open still may be in time, and only where it may not it counts.
    assert months["2026-11"]["response_promises"] == {"promised": 1, "kept": 0}
    assert (months["2026-11"]["resolve"], months["2026-09"]["mtbf_seconds"]) == (None, None)
    one = json.loads(uptime(place, "--format", "json", "--component", "db", "--period", "2026-11"))["response"][
        "months"
    ]
    assert [(month["period"], month["incidents"]) for month in one] == [("2026-11", 1)]
    none = json.loads(uptime(place, "--format", "json", "--component", "api", "--period", "2026-11"))["response"]
    assert [month["incidents"] for month in none["months"]] == [0]


@pytest.mark.parametrize("content", [SAMPLE])
def test_the_data_are_as_their_schema_says(content: Path, tmp_path: Path) -> None:
    assert run_statusgen("build", "--content", content, *AT, cwd=tmp_path).returncode == 0
    schema = json.loads((tmp_path / "output/api/uptime.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads((tmp_path / "output/api/uptime.json").read_text("utf-8"))
    jsonschema.validate(data, schema, jsonschema.Draft202012Validator)
    assert data["$schema"].endswith("api/uptime.schema.json")
    assert data["response"]["months"][-1]["incidents"] == 4


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--component", "apl"), ["no component `apl`", "did you mean `api`?"]),
        (("--period", "November"), ["`November` is no period", "2026-Q4"]),
        (("--format", "xml"), ["xml"]),
    ],
)
def test_what_it_cannot_use(place: Path, options: tuple[str, str], words: list[str]) -> None:
    result = run_statusgen("uptime", *options, cwd=place)
    assert result.returncode == 2
    assert all(word in result.stderr for word in words), result.stderr


def test_content_with_errors(place: Path) -> None:
    write(place / "content", {"incidents/errors.md": INCIDENT.replace("api:", "apl:")})
    result = run_statusgen("uptime", cwd=place)
    assert (result.returncode, result.stdout) == (1, "")
    assert "unknown-component" in result.stderr
