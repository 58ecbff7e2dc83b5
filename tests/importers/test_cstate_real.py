"""Real cState sites, counted against a naive reading of their files: title, begin, end, systems, words and times."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import read_times, run_statusgen

from statusgen.build.cache import Cache
from statusgen.build.pipeline import read_content
from statusgen.build.reader import Reader
from statusgen.model.entries import Change, Incident, Notice, component_ids
from statusgen.model.site import Content
from statusgen.problems import has_errors
from statusgen.source.folder import read_source

REAL = Path(__file__).parents[3] / "shared" / "real" / "cstate"
SITES = ("example-site", "packit", "wikibase-cloud")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TRACK = re.compile(r'\{\{< track "([^"]*)" >\}\}')
DATED_ITEM = re.compile(r"^- (?:`(\S+)`|\w{3} (\w{3} \d\d? [\d:]{8}) UTC): ", re.MULTILINE)
# Its updates are all dated five months before it began; the begin is what uptime is counted from.
CONTRADICTORY = {"2024-07-23-excitement"}
# Words that a status says in another way.
LABELS = {
    "update",
    "updates",
    "update2",
    "update3",
    "update4",
    "edit",
    "1",
    "2",
    "resolved",
    "investigating",
    "monitoring",
}

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real sites are not here")
Entry = Incident | Change | Notice


@dataclass(frozen=True)
class Told:
    """An issue as its file has it. `start` and `end` are None where they are no times to a plain parser."""

    name: str
    title: str
    start: datetime | None
    end: datetime | None
    systems: set[str]
    body: str
    year: int

    @property
    def times(self) -> list[datetime]:
        found = [parse(text) for text in TRACK.findall(self.body)]
        for iso, plain in DATED_ITEM.findall(self.body):
            found.append(parse(iso) if iso else parse_plain(f"{self.year} {plain}"))
        return [at for at in found if at]


@dataclass(frozen=True)
class Imported:
    source: Path
    into: Path
    result: subprocess.CompletedProcess[str]
    content: Content
    told: list[Told]

    def entry_of(self, told: Told) -> Entry:
        """By its old address."""
        alias = f"issues/{told.name.lower()}/index.html"
        entries: tuple[Entry, ...] = (*self.content.incidents, *self.content.changes, *self.content.notices)
        (found,) = [entry for entry in entries if alias in entry.aliases]
        return found


def parse(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(value).strip())
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).replace(microsecond=0)


def parse_plain(text: str) -> datetime:
    return datetime.strptime(text, "%Y %b %d %H:%M:%S").replace(tzinfo=UTC)


def read_naively(path: Path) -> Told:
    head, body = re.split(r"^ ?---\s*$", path.read_text("utf-8").removeprefix("---\n"), maxsplit=1, flags=re.MULTILINE)
    fields = yaml.load(head, Loader=yaml.BaseLoader)  # noqa: S506
    start, end = parse(fields["date"]), parse(fields.get("resolvedWhen"))
    if fields.get("resolved", "").lower() != "true" or (start and end and end < start):
        end = None
    year = int(fields["date"].strip('"')[:4])
    systems = fields.get("affected") or []
    return Told(path.stem, " ".join(fields["title"].split()), start, end, set(systems), body, year)


@pytest.fixture(scope="module", params=SITES)
def imported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    source, into = REAL / request.param, tmp_path_factory.mktemp(request.param) / "content"
    result = run_statusgen("import", "cstate", source, "--into", into)
    assert (result.returncode, result.stderr) == (0, "")
    content, problems = read_content(read_source(into), NOW, Reader(Cache(None)))
    assert content and not has_errors(problems)
    told = [read_naively(path) for path in sorted(source.rglob("content/issues/*.md"))]
    return Imported(source, into, result, content, told)


def test_every_file_is_told_of_once(imported: Imported) -> None:
    files = [path.relative_to(imported.source).as_posix() for path in imported.source.rglob("*") if path.is_file()]
    lines = Counter(re.split(r" -> |: ", line.strip())[0] for line in imported.result.stdout.splitlines())
    assert [lines[name] for name in files] == [1] * len(files)
    assert len(imported.told) == {"example-site": 11, "packit": 108, "wikibase-cloud": 19}[imported.source.name]


def test_every_issue_has_its_title_times_and_systems(imported: Imported) -> None:
    names = {component.id: component.name.casefold() for component in imported.content.site.components}
    guessed = 0
    for told in imported.told:
        entry = imported.entry_of(told)
        assert entry.title == told.title
        assert {names[name] for name in component_ids(entry)} == {name.casefold() for name in told.systems}
        if isinstance(entry, Incident):
            start, end = entry.started_at, entry.resolved_at
        elif isinstance(entry, Change):
            start, end = entry.starts_at, entry.ends_at
        else:
            start, end = entry.publish_at, entry.expires_at
        stated = " ".join(re.findall(rf"{told.name}\.md\n((?:      .*\n)*)", imported.result.stdout))
        if start != told.start or end != told.end:
            guessed += 1
            assert "guessed: `" in stated or "guessed: it" in stated, told.name
    # What no plain parser reads, ends before it begins, or is mere information without an end.
    assert guessed == {"example-site": 3, "packit": 4, "wikibase-cloud": 2}[imported.source.name]


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", TRACK.sub(" ", text).replace("_", " ").lower()))


def test_every_word_is_there(imported: Imported) -> None:
    for told in imported.told:
        entry = imported.entry_of(told)
        if isinstance(entry, Notice):
            found = words(entry.body)
        else:
            found = sum((words(update.body) for update in entry.updates), words(entry.summary))
        missing = words(re.sub(DATED_ITEM, "- ", told.body)) - found
        assert missing.keys() <= LABELS, told.name


def test_updates_have_their_times(imported: Imported) -> None:
    expected = found = 0
    for told in imported.told:
        entry = imported.entry_of(told)
        if isinstance(entry, Notice) or told.name in CONTRADICTORY:
            assert told.name not in CONTRADICTORY or "before the begin" in imported.result.stdout
            continue
        times = Counter(update.at for update in entry.updates)
        expected += len(told.times)
        found += sum((times & Counter(told.times)).values())
    assert (found, expected) == {"example-site": (8, 8), "packit": (4, 4), "wikibase-cloud": (0, 0)}[
        imported.source.name
    ]


def test_old_addresses_and_feeds(imported: Imported, tmp_path: Path) -> None:
    result = run_statusgen("build", "--content", imported.into, "--output", tmp_path / "out")
    assert (result.returncode, result.stderr) == (0, "")
    for told in imported.told:
        assert (tmp_path / "out" / "issues" / told.name.lower() / "index.html").is_file()
    guids = re.findall(r"<guid[^>]*>https?://[^/]*(?:/wikibase-cloud-status)?/issues/([^<]*)/</guid>",
                       (tmp_path / "out" / "index.xml").read_text("utf-8"))  # fmt: skip
    names = {told.name.lower() for told in imported.told if not isinstance(imported.entry_of(told), Notice)}
    assert len(guids) == min(50, len(names)) and set(guids) <= names
    for feed in ("index.xml", "issues/index.xml"):
        assert (tmp_path / "out" / feed).read_bytes() == (tmp_path / "out" / "history.rss").read_bytes()


def test_again_changes_nothing(imported: Imported) -> None:
    before = read_times(imported.into)
    result = run_statusgen("import", "cstate", imported.source, "--into", imported.into)
    assert "; 0 files written, " in result.stdout.splitlines()[0]
    assert read_times(imported.into) == before
