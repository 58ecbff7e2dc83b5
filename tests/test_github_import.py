"""Four years of a real status page, through the real commands: every entry, time and word comes out on the site."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

import feedparser
import pytest
from command import SAMPLE, read_times, read_tree, run_statusgen

FEEDS = Path(__file__).parents[2] / "shared" / "real" / "statuspage-feeds" / "github"
PART = re.compile(r"<p>\s*<small>(.*?)</small>\s*<br\s*/?>\s*<strong>(.*?)</strong> - ", re.DOTALL)
UPDATE = re.compile(
    r'<li id="update-[^"]*">\n<h3><span class="status (\w+)[^>]*>[^<]*</span> <time datetime="([^"]*)">.*?</h3>\n'
    r'<div class="text" dir="auto">(.*?)</div>\n</li>\n'
    r"(?=<li id=\"update-|</ol>\n\n+(?:<h2>Response</h2>|<section|</article>))",
    re.DOTALL,
)
LINK = re.compile(r"""<a\b[^>]*?\bhref=["']([^"']*)[^>]*>(.*?)</a>""", re.DOTALL)
real = pytest.mark.skipif(not FEEDS.is_dir(), reason="the real feeds are not here")


@dataclass(frozen=True)
class Said:
    """An update as customers read it. `label` is "update" where the status stayed the same."""

    label: str
    at: datetime
    text: str
    links: list[str]


def words(markup: str) -> str:
    markup = re.sub(r"<(?:/?(?:p|li|ul|ol)\b|br)[^>]*>", " ", markup)
    return " ".join(html.unescape(re.sub(r"</?[a-z][^>]*>", "", markup)).split())


def said(label: str, at: datetime, markup: str) -> Said:
    """An address that stands there itself is always a link on pages, and sometimes in feeds; it is among the words."""
    links = [address for address, label in LINK.findall(markup) if words(label) != html.unescape(address)]
    return Said(label.lower(), at, words(markup), [html.unescape(link) for link in links])


def told_by_feed(entry: feedparser.FeedParserDict) -> list[Said]:
    """Newest first. The newest was published at the entry's time; each other in the year before the one after it."""
    found = []
    latest = datetime.fromisoformat(entry.published).replace(second=0)
    _, *parts = PART.split(entry.content[0].value)
    for time, label, markup in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        for year in (latest.year, latest.year - 1):
            at = datetime.strptime(f"{year} {words(time)}", "%Y %b %d, %H:%M %Z").replace(tzinfo=UTC)
            if at <= latest:
                break
        assert timedelta(0) <= latest - at < timedelta(days=365)
        found.append(said(label, at, markup))
        latest = at
    # What was written up afterwards, within one minute, ends with its resolution.
    return sorted(found, key=lambda part: (part.at, part.label == "resolved"), reverse=True)


def told_by_page(page: str) -> list[Said]:
    updates = UPDATE.findall(page)
    assert len(updates) == page.count('<li id="update-')
    before = [status for status, _, _ in updates[1:]] + [""]
    return [
        said("update" if status == earlier else status.replace("_", " "), datetime.fromisoformat(time), markup)
        for (status, time, markup), earlier in zip(updates, before, strict=True)
    ]


def same_status_is_an_update(parts: list[Said]) -> Iterator[Said]:
    """The source calls some repeated statuses by their name."""
    status = ""
    for part in reversed(parts):
        yield Said("update" if part.label == status else part.label, part.at, part.text, part.links)
        status = part.label if part.label != "update" else status


def parse_feed(data: bytes) -> feedparser.FeedParserDict:
    """Only what is wrong in the feed itself counts; sanitising would change its texts."""
    parsed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    assert parsed.bozo is False, parsed.get("bozo_exception")
    return parsed


@dataclass(frozen=True)
class Imported:
    content: Path
    output: Path
    sources: list[Path]
    results: list[subprocess.CompletedProcess[str]]
    entries: dict[str, feedparser.FeedParserDict]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """`entries` by the last part of their links, each from the newest snapshot that has it."""
    folder = tmp_path_factory.mktemp("github")
    sources = sorted(FEEDS.glob("*.atom"))
    results = [
        run_statusgen("import", "feed", *sources, "--into", folder / "content"),
        run_statusgen("check", "--content", folder / "content", "--format", "json"),
        run_statusgen("build", "--content", folder / "content", "--output", folder / "output"),
    ]
    feeds = sorted((parse_feed(source.read_bytes()) for source in sources), key=lambda feed: feed.feed.updated)
    entries = {entry.link.rpartition("/")[2]: entry for feed in feeds for entry in feed.entries}
    return Imported(folder / "content", folder / "output", sources, results, entries)


@real
def test_counts(imported: Imported) -> None:
    feed, check, build = imported.results
    assert len(imported.sources) == 51
    assert (feed.returncode, feed.stderr) == (0, "")
    assert "767 incidents and 14 changes with 4342 updates; 782 files written, 0 unchanged, 0 kept" in feed.stdout
    assert (check.returncode, check.stderr) == (0, "")
    # Nine texts whose times are later than their own or on another day of the week, and planned work as an incident.
    advice = Counter(problem["code"] for problem in json.loads(check.stdout))
    assert advice == {"text-time": 9, "planned-incident": 1}
    assert (build.returncode, build.stderr) == (0, "")
    assert len(list(imported.output.glob("incidents/*/index.html"))) == 767
    assert len(list(imported.output.glob("changes/*/index.html"))) == 14


@real
def test_every_entry_has_its_page_with_every_word(imported: Imported) -> None:
    """And a line in its month."""
    pages = {
        path.parent.name: path.read_text("utf-8")
        for path in chain(imported.output.glob("incidents/*/*"), imported.output.glob("changes/*/*"))
    }
    listed = [path.read_text("utf-8") for path in imported.output.glob("history/*/index.html")]
    linked = {match for page in listed for match in re.findall(r'<h3><a href="[./]*(\w+/\w+)/">', page)}
    assert {link.partition("/")[2] for link in linked} == pages.keys() == imported.entries.keys()
    count = 0
    for name, page in pages.items():
        entry = imported.entries[name]
        title = re.search("<h1>(.*?)</h1>", page)
        assert title and words(title[1]) == words(entry.title)
        expected = list(same_status_is_an_update(told_by_feed(entry)))
        assert told_by_page(page)[::-1] == expected
        count += len(expected)
    assert (len(pages), count) == (781, 4342)


@real
def test_the_history_feed_is_the_source(imported: Imported) -> None:
    ours = parse_feed((imported.output / "history.rss").read_bytes()).entries
    newest = sorted(imported.entries.values(), key=lambda entry: str(entry.published), reverse=True)[:50]
    assert [entry.title for entry in ours] == [entry.title for entry in newest]
    assert [words(entry.summary) for entry in ours] == [words(entry.content[0].value) for entry in newest]
    assert [entry.published_parsed[:5] for entry in ours] == [entry.published_parsed[:5] for entry in newest]
    assert [entry.link for entry in ours] == [entry.id for entry in ours] == [entry.link for entry in newest]
    snapshot = parse_feed(imported.sources[-1].read_bytes()).entries
    assert [entry.title for entry in ours[: len(snapshot)]] == [entry.title for entry in snapshot]


@real
def test_the_update_feed_is_the_source(imported: Imported) -> None:
    """Entry by entry: an update of the newest 50, under the entry's title, with its time and words."""
    ours = parse_feed((imported.output / "feed.rss").read_bytes()).entries
    parts = [(part.at, entry.title, part) for entry in imported.entries.values() for part in told_by_feed(entry)]
    newest = sorted(parts, key=lambda part: part[0], reverse=True)[:50]
    assert len({entry.id for entry in ours}) == len(ours) == 50
    found = sorted((entry.published_parsed[:5], entry.title.partition("] ")[2], words(entry.summary)) for entry in ours)
    assert found == sorted((at.timetuple()[:5], title, part.text) for at, title, part in newest)


@real
def test_importing_again_changes_nothing(imported: Imported) -> None:
    before, times = read_tree(imported.content), read_times(imported.content)
    again = run_statusgen("import", "feed", *reversed(imported.sources), "--into", imported.content)
    assert "0 files written, 782 unchanged, 0 kept" in again.stdout
    assert (read_tree(imported.content), read_times(imported.content)) == (before, times)


def test_every_feed_of_the_sample_is_well_formed(tmp_path: Path) -> None:
    assert run_statusgen("build", "--content", SAMPLE, "--output", tmp_path / "o").returncode == 0
    feeds = sorted((tmp_path / "o").rglob("*.rss"))
    assert {path.name for path in feeds} == {"feed.rss", "history.rss"}
    groups = list((tmp_path / "o" / "groups").iterdir())
    assert len(feeds) == 2 + 2 * len(list((tmp_path / "o" / "components").iterdir())) + len(groups) + 1
    parsed = {path: parse_feed(path.read_bytes()) for path in feeds}
    assert sum(len(feed.entries) for feed in parsed.values()) > 100
    for feed in parsed.values():
        assert feed.version == "rss20"
        assert len({entry.id for entry in feed.entries}) == len(feed.entries) <= 50
        times = [entry.published_parsed for entry in feed.entries]
        assert times == sorted(times, reverse=True)


@real
def test_entries_keep_their_ids_and_links(imported: Imported) -> None:
    """Those that are in both: the source has some of the newest incidents, without planned work."""
    ours = {entry.link: entry for entry in parse_feed((imported.output / "history.atom").read_bytes()).entries}
    theirs = {entry.link: entry for entry in parse_feed(imported.sources[-1].read_bytes()).entries}
    assert len(ours.keys() & theirs.keys()) == len(theirs) == 25
    for link, entry in theirs.items():
        assert (ours[link].id, ours[link].title) == (entry.id, entry.title)
        assert words(ours[link].content[0].value) == words(entry.content[0].value)
        assert ours[link].updated_parsed[:5] == entry.published_parsed[:5]
