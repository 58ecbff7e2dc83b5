"""What a diff says is what two real builds of the two sides show to be different."""

from __future__ import annotations

import json
import random
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from command import run_statusgen
from comparing import SITE, data_of, is_empty
from desk import Desk
from scribe import Scribe
from watching import START, Clock, Repo

MONTH = re.compile("[0-9]{4}-[0-9]{2}")
PROMISE = "promises: {all: {target: 99.9}}\n"


def build(repo: Repo, output: Path, rev: str, at: str) -> Path:
    options = ("--rev", rev, "--at", at, "--output", output, "--quiet")
    result = run_statusgen("build", *options, cwd=repo.top)
    assert result.returncode == 0, result.stderr
    return output


def pages_of(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("index.html")}


def feed_of(site: Path) -> dict[str, tuple[Any, ...]]:
    """By guid."""
    found = json.loads((site / "feed.json").read_text("utf-8"))["items"]
    return {item["id"]: (item["title"], item["content_html"], item.get("tags")) for item in found}


def states_of(site: Path) -> dict[str, str]:
    """By name. Components of a group would be there twice."""
    found = json.loads((site / "api/v2/components.json").read_text("utf-8"))["components"]
    return {one["name"]: one["status"] for one in found}


def uptime_of(site: Path) -> dict[tuple[str, str | None], tuple[float, bool | None]]:
    """(percent, whether a promise was kept) of the last 90 days (None) and of months, by component."""
    found = json.loads((site / "api/uptime.json").read_text("utf-8"))["components"]
    days: dict[Any, Any] = {(one["id"], None): (one["last_90_days"]["percent"], None) for one in found}
    months = [(one["id"], period) for one in found for period in one["periods"] if MONTH.fullmatch(period["period"])]
    return days | {(name, month["period"]): (month["percent"], month["kept"]) for name, month in months}


def open_of(site: Path) -> dict[str, bool]:
    """By the address of each incident's page, whether it is open."""
    found = json.loads((site / "api/v2/incidents.json").read_text("utf-8"))["incidents"]
    return {one["shortlink"]: one["resolved_at"] is None for one in found}


def entry_url(entry: dict[str, Any]) -> str:
    """The address that it had."""
    url = str(entry["url"])
    return url.replace(f"/{entry['id']}/", f"/{entry['old_id']}/") if entry["old_id"] else ""


def compare(data: dict[str, Any], base: Path, head: Path) -> None:
    old, new = feed_of(base), feed_of(head)
    assert max(len(old), len(new)) < 50, "nothing has been pushed out"
    feeds = {name: {item["guid"] for item in data["feeds"][name]} for name in data["feeds"]}
    assert feeds["announced"] == new.keys() - old.keys()
    assert feeds["withdrawn"] == old.keys() - new.keys()
    assert feeds["revised"] == {guid for guid in old.keys() & new.keys() if old[guid] != new[guid]}
    pages = {name: {page["path"] for page in data["pages"][name]} for name in data["pages"]}
    assert pages == {"vanished": pages_of(base) - pages_of(head), "added": pages_of(head) - pages_of(base)}
    before, after = states_of(base), states_of(head)
    flips = {one["name"]: (one["before"], one["after"]) for one in data["components"]}
    assert flips == {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    shares = [uptime_of(site) for site in (base, head)]
    both = {key: (shares[0][key], shares[1][key]) for key in shares[0].keys() & shares[1].keys()}
    told = {
        (one["id"], one["period"]): ((one["before"], one["kept_before"]), (one["after"], one["kept_after"]))
        for one in data["uptime"]
    }
    assert told == {key: pair for key, pair in both.items() if pair[0] != pair[1]}
    was, now = open_of(base), open_of(head)
    incidents = [entry for entry in data["entries"] if entry["kind"] == "incident" and not entry["old_id"]]
    events = {(entry["url"], event) for entry in incidents for event in entry["events"] if event != "edited"}
    stay = [url for url in now if url in was]
    renamed = {entry["url"] for entry in data["entries"] if entry["old_id"]}
    came = {url for url in now if url not in was} - renamed
    assert events == {
        *((url, "closes") for url in stay if was[url] > now[url]),
        *((url, "reopens") for url in stay if was[url] < now[url]),
        *((url, "opens" if now[url] else "appears") for url in came),
        *((url, "disappears") for url in was.keys() - now.keys() - {entry_url(entry) for entry in data["entries"]}),
    }
    status = [json.loads((site / "api/v2/status.json").read_text("utf-8"))["status"] for site in (base, head)]
    assert data["status"] == (None if status[0] == status[1] else {"before": status[0], "after": status[1]})


@pytest.mark.parametrize("seed", range(3))
def test_random_edits(tmp_path: Path, seed: int, long: bool) -> None:
    """Edits that are not committed are announced as they are when they are committed just then."""
    clock = Clock(tmp_path / "clock", START)
    repo = Desk(tmp_path / "repo", clock=clock)
    repo.commit({"site.yaml": SITE + PROMISE})
    scribe = Scribe(repo, clock, seed)
    dice = random.Random(seed)
    for number in range(8 if long else 2):
        for _ in range(dice.randint(1, 3)):
            scribe.step()
        base = repo.head
        repo.is_open = False
        acts = [scribe.step() for _ in range(dice.randint(1, 4))]
        now = clock.now
        edited = data_of(repo, now)
        repo.is_open = True
        repo.commit()
        sites = [build(repo, tmp_path / f"{number}-{rev}", rev, now.isoformat()) for rev in (base, repo.head)]
        compare(edited, *sites)
        committed = data_of(repo, now, base, "HEAD")
        assert {**committed, "base": 0, "head": 0} == {**edited, "base": 0, "head": 0}, acts
        assert is_empty(data_of(repo, now)) and is_empty(data_of(repo, now + timedelta(days=1), "HEAD", "HEAD"))
