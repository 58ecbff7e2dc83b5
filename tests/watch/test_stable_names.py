"""Over hundreds of commits: what still exists keeps its names, no name comes back for something else, and bytes change
only with what they say."""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

from icalendar import Calendar
from scribe import Scribe
from trailing import SITE, following, read_content
from watching import Clock, Repo

from statusgen.history.snapshot import Snapshot, take_snapshot
from statusgen.render.files import render_file
from statusgen.render.site import SitePlan, plan_site
from statusgen.source.theme import read_theme

STEPS = 300
WORD = re.compile(r"\bw\d+x\b")
THEME = read_theme("default", Path(__file__).parent)
Names = dict[tuple[str, str], str]


class Book:
    """Which name each word has, of each kind of names."""

    def __init__(self) -> None:
        self.names: Names = {}
        self.words: Names = {}

    def note(self, kind: str, word: str, name: str) -> None:
        assert self.names.setdefault((kind, word), name) == name, (kind, word, "has another name")
        assert self.words.setdefault((kind, name), word) == word, (kind, name, "means something else")


def names_in_feeds(files: dict[str, bytes]) -> Iterator[tuple[str, str, str]]:
    """(kind, word, name) of each update in which a word stands."""
    for item in json.loads(files["feed.json"])["items"]:
        words = WORD.findall(item["content_html"])
        if words and "#update-" in item["id"]:
            yield "guid", words[0], item["id"]
        if "/removed-" in item["id"]:
            yield "removed", WORD.findall(item["title"])[0] + item["id"].rpartition("/")[2], item["id"]
    for entry in re.findall("<entry>.*?</entry>", files["history.atom"].decode(), re.DOTALL):
        found = re.search("<id>(.*?)</id>", entry), WORD.search(entry.partition("<title>")[2])
        assert found[0] and found[1]
        yield "atom id", found[1][0], found[0][1]


def names_in_api(files: dict[str, bytes]) -> Iterator[tuple[str, str, str]]:
    """Of incidents and planned work, and of their updates."""
    incidents = json.loads(files["api/v2/incidents.json"])["incidents"]
    for entry in incidents + json.loads(files["api/v2/scheduled-maintenances.json"])["scheduled_maintenances"]:
        yield "api id", WORD.findall(entry["name"])[0], entry["id"]
        for update in entry["incident_updates"]:
            for word in WORD.findall(update["body"]):
                yield "update id", word, update["id"]


def events_of(files: dict[str, bytes]) -> Iterator[tuple[str, str, int]]:
    """(word, UID, SEQUENCE) of planned work."""
    for event in Calendar.from_ical(files["calendar.ics"]).walk("VEVENT"):
        yield WORD.findall(str(event["SUMMARY"]))[0], str(event["UID"]), int(str(event["SEQUENCE"]))


def test_names_are_promises(tmp_path: Path) -> None:
    seed = int(os.environ.get("TORTURE_SEED", "0")) or random.randrange(1, 10**6)
    print(f"TORTURE_SEED={seed}")
    clock = Clock(tmp_path / "clock")
    repo = Repo(tmp_path / "repo", clock=clock)
    repo.write({"site.yaml": SITE})
    scribe = Scribe(repo, clock, seed)
    book = Book()
    sequences: dict[str, int] = {}
    files: dict[str, bytes] = {}
    snapshot: Snapshot | None = None
    plan: SitePlan | None = None
    with following(repo) as reader:
        for number in range(STEPS):
            before = reader.read(repo.head, clock.now).content
            done = scribe.step()
            content = reader.read(repo.head, clock.now).content
            changed: list[str] = []
            if done == "_nothing":
                # What time alone changed is not what this commit did.
                snapshot = take_snapshot(before, clock.now, snapshot)
                plan = plan_site(snapshot, THEME, plan)
                changed += plan.changed
            snapshot = take_snapshot(content, clock.now, snapshot)
            plan = plan_site(snapshot, THEME, plan)
            assert not (done == "_nothing" and plan.changed)
            fresh = {path: render_file(plan.files[path], plan.dress) for path in (*changed, *plan.changed)}
            files = {path: data for path, data in (files | fresh).items() if path in plan.files}
            for name in (*names_in_feeds(files), *names_in_api(files)):
                book.note(*name)
            for word, uid, sequence in events_of(files):
                book.note("uid", word, uid)
                assert sequences.get(uid, 0) <= sequence, (word, done)
                sequences[uid] = sequence
            if number % 50 == 49:
                clean = plan_site(take_snapshot(read_content(repo, clock.now), clock.now), THEME)
                wrong = [path for path, file in clean.files.items() if files[path] != render_file(file, clean.dress)]
                assert (wrong, files.keys() - clean.files.keys()) == ([], set())
    assert len(book.names) > STEPS / 2
