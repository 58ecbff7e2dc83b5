"""The whole history of a real status page: nothing is lost, and every time and word is right."""

import html
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import markdown
import pytest
import yaml

from statusgen.importers.feed import import_feeds
from statusgen.importers.report import Report

FEEDS = Path(__file__).parents[3] / "shared" / "real" / "statuspage-feeds" / "github"
ATOM = "{http://www.w3.org/2005/Atom}"
PART = re.compile(r"<p>\s*<small>(.*?)</small>\s*<br\s*/?>\s*<strong>(.*?)</strong> - ", re.DOTALL)
HEADING = re.compile(r"^## (\w+) @ (\S+ \S+) UTC$", re.MULTILINE)
pytestmark = pytest.mark.skipif(not FEEDS.is_dir(), reason="the real feeds are not here")


def words(markup: str) -> str:
    markup = re.sub(r"<(?:/?(?:p|li|ul|ol)\b|br)[^>]*>", " ", markup)
    return " ".join(html.unescape(re.sub(r"</?[a-z][^>]*>", "", markup)).split())


def newest_entries(sources: list[Path]) -> dict[str, ET.Element]:
    roots = [ET.parse(source).getroot() for source in sources]  # noqa: S314
    roots.sort(key=lambda root: root.findtext(f"{ATOM}updated", ""))
    return {entry.findtext(f"{ATOM}id", ""): entry for root in roots for entry in root.iter(f"{ATOM}entry")}


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, list[Path], Path]:
    into = tmp_path_factory.mktemp("feeds") / "content"
    sources = sorted(FEEDS.glob("*.atom"))
    return import_feeds([str(source) for source in sources], into), sources, into


def test_counts(imported: tuple[Report, list[Path], Path]) -> None:
    report, sources, into = imported
    assert len(sources) == 51
    notes = (
        "the feed names no components: uptime does not count these incidents until you add them",
        f"{into}: there was no site.yaml, so a new site was made here",
    )
    assert replace(report, paths=()) == Report(
        incidents=767, changes=14, updates=4342, written=782, unchanged=0, kept=0, removed=0, notes=notes
    )
    assert (len(list(into.glob("incidents/*/*.md"))), len(list(into.glob("changes/*/*.md")))) == (767, 14)
    assert yaml.safe_load((into / "site.yaml").read_text(encoding="utf-8")) == {
        "name": "GitHub Status", "url": "https://www.githubstatus.com", "time_zone": "UTC", "components": {}
    }  # fmt: skip


def test_every_time_status_and_word(imported: tuple[Report, list[Path], Path]) -> None:
    _, sources, into = imported
    renderer = markdown.Markdown(extensions=["tables", "fenced_code", "sane_lists"])
    expected = newest_entries(sources)
    seen = 0
    for path in into.glob("*/*/*.md"):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        head = yaml.load(front, yaml.BaseLoader)  # noqa: S506
        entry = expected.pop(head["feed_id"])
        assert head["title"] == " ".join(entry.findtext(f"{ATOM}title", "").split())
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert link.get("href", "").endswith(f"/{head['id']}")
        _, *wanted = PART.split(entry.findtext(f"{ATOM}content", ""))
        _, *found = HEADING.split(body)
        assert len(found) == len(wanted)
        previous = datetime.fromisoformat(entry.findtext(f"{ATOM}published", "")).replace(second=0)
        # What was written up afterwards, within one minute, ends with its resolution.
        parts = [wanted[index : index + 3] for index in range(0, len(wanted), 3)]
        minutes = [list(same) for _, same in groupby(parts, key=itemgetter(0))]
        wanted = [word for same in minutes for part in sorted(same, key=lambda p: p[1] != "Resolved") for word in part]
        # Newest first: the first is published at its own time, each other is less than a year before the one after it.
        for index in range(0, len(wanted), 3):
            time, label, text = wanted[index : index + 3]
            status, stamp, content = found[len(found) - index - 3 : len(found) - index or None]
            at = datetime.fromisoformat(stamp).replace(tzinfo=UTC)
            assert f"{at:%b} {at.day}, {at:%H:%M} UTC" == " ".join(words(time).split())
            assert timedelta(0) <= previous - at < timedelta(days=365 if index else 1 / 86400)
            assert label == "Update" or label.lower().replace(" ", "_") == status
            assert words(renderer.reset().convert(content)) == words(text)
            previous = at
            seen += 1
    assert (expected, seen) == ({}, 4342)


def test_changes_have_their_times(imported: tuple[Report, list[Path], Path]) -> None:
    for path in imported[2].glob("changes/*/*.md"):
        text = path.read_text(encoding="utf-8")
        head = yaml.load(text.split("---\n")[1], yaml.BaseLoader)  # noqa: S506
        times = {status: f"{time} UTC" for status, time in HEADING.findall(text) if status != "scheduled"}
        assert head["ends"] == times["completed"]
        first = next(time for status, time in HEADING.findall(text) if status == "in_progress")
        assert head["starts"] == f"{first} UTC" < head["ends"]


def test_again_changes_no_file(imported: tuple[Report, list[Path], Path]) -> None:
    _, sources, into = imported
    before = {path: path.stat().st_mtime_ns for path in into.rglob("*")}
    report = import_feeds([str(source) for source in reversed(sources)], into)
    assert (report.written, report.unchanged) == (0, 782)
    assert {path: path.stat().st_mtime_ns for path in into.rglob("*")} == before
