"""The index of the search: every incident and change once, and few files that change."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from html_reader import read_html
from sites import NOW, default_theme, make_sample, make_site, parse_files

from statusgen.history.snapshot import take_snapshot
from statusgen.render.files import render_file
from statusgen.render.site import plan_site

INCIDENT = """---
title: Down & <b>out</b> {0}
components: {{api: major_outage}}
---

## investigating @ {1:%Y-%m-%dT%H:%MZ}

We look.

## resolved @ {2:%Y-%m-%dT%H:%MZ} {{web=operational}}

Over.
"""


def incidents(count: int) -> dict[str, str]:
    times = [NOW - timedelta(days=number * 20) for number in range(1, count + 1)]
    return {
        f"incidents/n{number}.md": INCIDENT.format(number, at, at + timedelta(hours=1))
        for number, at in enumerate(times, start=1)
    }


def indexes(files: dict[str, bytes]) -> dict[str, list[list[object]]]:
    names = [path for path in files if path.startswith("history/") and path.endswith(".json")]
    return {path: json.loads(files[path])["entries"] for path in names}


def test_every_incident_and_change_of_the_sample_is_in_it_once() -> None:
    files = make_sample()
    found = [str(row[0]) for rows in indexes(files).values() for row in rows]
    pages = {path.removesuffix("index.html") for path in files if path.startswith(("incidents/", "changes/"))}
    assert sorted(found) == sorted(path for path in pages if path.endswith("/"))
    (years,) = [
        given["data-years"] for _, given in read_html(files["history/index.html"]).elements if "data-years" in given
    ]
    assert [f"history/{year}.json" for year in years.split()] == sorted(indexes(files), reverse=True)


def test_what_a_row_tells() -> None:
    files = make_site(
        {
            "incidents/a.md": INCIDENT.format("ü", NOW.replace(year=2025, month=12, day=31, hour=23), NOW),
            "changes/b.md": "---\ntitle: B\nstarts: 2026-11-30 10:00\nduration: 1h\n---\n",
            "changes/c.md": "---\ntitle: C\nstarts: 2026-12-01 10:00\nduration: 1h\n---\n",
        }
    )
    # Of the zone of the site, in which it was next year already.
    assert indexes(files) == {
        "history/2026.json": [
            ["changes/c/", "C", "2026-12-01", []],
            ["changes/b/", "B", "2026-11-30", []],
            ["incidents/a/", "Down & <b>out</b> ü", "2026-01-01", ["api", "web"]],
        ]
    }
    assert json.loads(files["history/2026.json"])["components"] == {"api": "API", "web": "Website"}
    assert b'["incidents/a/","Down & <b>out</b> \xc3\xbc"' in files["history/2026.json"]


def test_an_update_changes_no_index_and_a_new_title_one() -> None:
    content = parse_files(incidents(40))
    before = plan_site(take_snapshot(content, NOW), default_theme())
    newest = content.incidents[-1]
    more = replace(newest.updates[-1], id="more", at=newest.updates[-1].at + timedelta(hours=1))
    for told, expected in (
        (replace(newest, updates=(*newest.updates, more)), []),
        (replace(newest, title="Another"), ["history/2026.json"]),
    ):
        changed = replace(content, incidents=(*content.incidents[:-1], told))
        plan = plan_site(take_snapshot(changed, NOW, before.pages.snapshot), default_theme(), before)
        assert [path for path in plan.changed if path.startswith("history/") and path.endswith(".json")] == expected
        fresh = plan_site(take_snapshot(changed, NOW), default_theme())
        for path in ("history/2024.json", "history/2025.json", "history/2026.json"):
            assert render_file(plan.files[path], plan.dress) == render_file(fresh.files[path], fresh.dress)


def test_the_time_goes_by_and_no_index_changes() -> None:
    content = parse_files(incidents(5))
    before = plan_site(take_snapshot(content, NOW), default_theme())
    plan = plan_site(take_snapshot(content, NOW + timedelta(days=2), before.pages.snapshot), default_theme(), before)
    assert not [path for path in plan.changed if path.endswith(".json") and path.startswith("history/")]


def test_without_entries_there_is_nothing_to_search() -> None:
    files = make_site({})
    assert indexes(files) == {} and b"data-find" not in files["history/index.html"]
