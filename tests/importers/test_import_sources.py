"""Sources that tell more, less or otherwise than when they were imported before."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from statusgen.build.cache import Cache
from statusgen.build.pipeline import read_content
from statusgen.build.reader import Reader
from statusgen.importers.report import lines_of
from statusgen.importers.statuspage import take_statuspage
from statusgen.importers.takeover import take_over
from statusgen.importers.upptime import take_upptime
from statusgen.importers.upptime.spans import Outage, Overlaps, minutes_by_day
from statusgen.model.site import Content
from statusgen.source.folder import read_source

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
START = datetime(2026, 1, 1, tzinfo=UTC)
MARGIN = timedelta(minutes=10)
SUMMARY = [{"name": "API", "slug": "api", "dailyMinutesDown": {"2026-01-02": 30, "2026-01-05": 12}}]
ISSUE = {
    "number": 7,
    "title": "API is down",
    "state": "closed",
    "created_at": "2026-01-02T10:01:00Z",
    "closed_at": "2026-01-02T10:31:00Z",
    "labels": ["status", "api"],
}
LOG = "2026-01-02T10:30:20Z 🟩 API is up (200)\n2026-01-02T10:00:10Z 🟥 API is down (0)\n"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Acme Status</title><updated>2026-11-04T00:00:00Z</updated>
<link rel="alternate" href="https://status.acme.example"/><entry><id>tag:status.acme.example,2005:Incident/77</id>
<published>2026-11-03T09:30:00Z</published><title>Down, edited</title>
<link rel="alternate" href="https://status.acme.example/incidents/abcdefghijkl"/>
<content type="html">&lt;p&gt;&lt;small&gt;Nov  3, 09:30 UTC&lt;/small&gt;&lt;br&gt;
&lt;strong&gt;Resolved&lt;/strong&gt; - x&lt;/p&gt;</content></entry></feed>
"""
PAGE = {"name": "Acme", "url": "https://status.acme.example"}
INCIDENTS = {
    "page": PAGE,
    "incidents": [
        {"id": "abcdefghijkl", "name": "Down", "status": "resolved", "started_at": "2026-11-03T09:30:00Z",
         "incident_updates": [{"status": "resolved", "body": "x", "display_at": "2026-11-03T09:30:00Z"}]}
    ],
}  # fmt: skip


def put(folder: Path, files: dict[str, Any]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")


def read(into: Path) -> Content:
    content, problems = read_content(read_source(into), NOW, Reader(Cache(None)))
    assert content, problems
    return content


def upptime(tmp_path: Path, files: dict[str, Any], dry_run: bool = False) -> str:
    put(tmp_path / "old", {".upptimerc.yml": "sites: [{name: API}]\n", **files})
    return "\n".join(lines_of(take_over(take_upptime(tmp_path / "old"), tmp_path / "new", dry_run)))


def test_a_guessed_outage_goes_when_the_real_one_comes(tmp_path: Path) -> None:
    upptime(tmp_path, {"history/summary.json": SUMMARY})
    assert [one.started_at.hour for one in read(tmp_path / "new").incidents] == [0, 0]
    report = upptime(tmp_path, {"commits.log": LOG}, dry_run=True)
    assert "incidents/2026/2026-01-02-api-000000.md: would be removed" in report
    report = upptime(tmp_path, {"commits.log": LOG})
    assert "incidents/2026/2026-01-02-api-000000.md: removed, because others tell of it now" in report
    assert sorted(one.id for one in read(tmp_path / "new").incidents) == [
        "2026-01-02-api-100010",
        "2026-01-05-api-000000",
    ]
    assert "removed" not in upptime(tmp_path, {})
    commit = tmp_path / "new/incidents/2026/2026-01-02-api-100010.md"
    commit.write_text(commit.read_text() + "\nMine.\n")
    assert "2026-01-02-api-100010.md: others tell of it now, but you edited it" in upptime(
        tmp_path, {"i.json": [ISSUE]}
    )
    assert commit.exists()


def test_what_the_source_has_no_more_stays_and_is_told(tmp_path: Path) -> None:
    upptime(tmp_path, {"i.json": [ISSUE, ISSUE | {"number": 9, "created_at": "2026-01-02T10:02:00Z"}]})
    report = upptime(tmp_path, {"i.json": [ISSUE]})
    (gone,) = [line for line in report.splitlines() if "no more" in line]
    assert (tmp_path / "new" / gone.partition(":")[0]).is_file()
    (tmp_path / "new" / gone.partition(":")[0]).unlink()
    assert "no more" not in upptime(tmp_path, {})


def test_a_page_of_which_feeds_come_later(tmp_path: Path) -> None:
    for order in ((("incidents.json", INCIDENTS), ("h.atom", ATOM)), (("h.atom", ATOM), ("incidents.json", INCIDENTS))):
        folder = tmp_path / order[0][0]
        for name, data in order:
            put(folder / "old", {name: data})
            take_over(take_statuspage(folder / "old"), folder / "new")
        (incident,) = read(folder / "new").incidents
        assert (incident.id, incident.feed_id) == ("abcdefghijkl", "tag:status.acme.example,2005:Incident/77")


def test_a_page_that_was_imported_under_old_keys(tmp_path: Path) -> None:
    put(tmp_path / "old", {"incidents.json": INCIDENTS})
    take_over(take_statuspage(tmp_path / "old"), tmp_path / "new")
    record = tmp_path / "new/.import.json"
    old = "https://status.acme.example/incidents/abcdefghijkl"
    record.write_text(record.read_text().replace("statuspage:abcdefghijkl", old))
    put(tmp_path / "old", {"h.atom": ATOM})
    take_over(take_statuspage(tmp_path / "old"), tmp_path / "new")
    assert [one.id for one in read(tmp_path / "new").incidents] == ["abcdefghijkl"]
    assert f'"{old}": ' not in record.read_text()


OUTAGES = st.lists(
    st.builds(
        lambda site, start, length: Outage(
            site, "", START + timedelta(minutes=start), length and START + timedelta(minutes=start + length)
        ),
        st.sampled_from("ab"),
        st.integers(0, 6000),
        st.none() | st.integers(1, 3000),
    ),
    max_size=12,
)


@given(OUTAGES, OUTAGES)
def test_overlaps_and_minutes_as_by_counting(ones: list[Outage], told: list[Outage]) -> None:
    overlaps = Overlaps(told, MARGIN)
    for one in ones:
        near = any(
            other.site == one.site and one.start <= other.latest + MARGIN and other.start - MARGIN <= one.latest
            for other in told
        )
        assert overlaps.has(one) == near
    days = [(START + timedelta(days=number)).date() for number in (0, 1, 3)]
    counted = minutes_by_day(told, days)
    for day in days:
        begin = datetime.combine(day, datetime.min.time(), UTC)
        minutes = [begin + timedelta(minutes=number) for number in range(24 * 60)]
        assert counted[day] == sum(one.start <= minute < one.latest for one in told for minute in minutes)


def test_thousands_of_outages_take_no_time() -> None:
    """Each with each would take minutes."""
    outages = [Outage("a", "", at, at + MARGIN) for at in (START + timedelta(hours=hour) for hour in range(40_000))]
    begun = time.process_time()
    overlaps = Overlaps(outages, MARGIN)
    assert all(map(overlaps.has, outages))
    days = {one.start.date() for one in outages}
    assert set(minutes_by_day(outages, days).values()) >= {240.0}
    assert time.process_time() - begun < 5
