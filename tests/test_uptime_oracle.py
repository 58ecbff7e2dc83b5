"""Percentages that customers read: incidents in markdown, the real command, and the figures on the pages it made."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from command import run_statusgen

ORACLE = Path(__file__).parents[2] / "shared" / "real" / "uptime-oracle.json"
PAGES = json.loads(ORACLE.read_text("utf-8"))["pages"] if ORACLE.is_file() else []
# The pages do not tell their zones. These change their clocks within the windows, or never, or lie far from UTC.
ZONES = ("America/Los_Angeles", "Europe/Copenhagen", "America/St_Johns", "Europe/Paris", "Asia/Kathmandu", "UTC")
PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*%")
DAY = date(2026, 11, 20)
HUNDREDTH = 777.6  # seconds: a ten-thousandth of 90 days


@dataclass(frozen=True)
class Part:
    """A component, or a group when it has members; `outages` are major and partial seconds by day."""

    id: str
    displayed: str
    outages: dict[date, tuple[int, int]]
    name: str = ""
    since: date | None = None
    members: tuple[str, ...] = ()


def write_content(folder: Path, zone: ZoneInfo, parts: Iterable[Part]) -> None:
    """Only what components suffered is written; what a group shows follows from its members."""
    (folder / "incidents").mkdir(parents=True)
    groups = {member: part.id for part in parts for member in part.members}
    site: dict[str, Any] = {"name": "Acme", "url": "https://status.example/", "time_zone": zone.key}
    site["groups"] = {part.id: part.name for part in parts if part.members}
    site["components"] = {}
    for part in parts:
        if part.members:
            continue
        since = {"since": part.since.isoformat()} if part.since else {}
        group = {"group": groups[part.id]} if part.id in groups else {}
        site["components"][part.id] = {"name": part.name or part.id} | since | group
        for day, (major, partial) in part.outages.items():
            text = tell_outage(part.id, datetime.combine(day, time(), zone), major, partial)
            (folder / "incidents" / f"{day}-{part.id}.md").write_text(text, "utf-8")
    (folder / "site.yaml").write_text(json.dumps(site), "utf-8")


def tell_outage(component: str, start: datetime, major: int, partial: int) -> str:
    """Both outages one after the other from the day's first instant on."""
    begun = start.astimezone(UTC)
    eased, over = begun + timedelta(seconds=major), begun + timedelta(seconds=major + partial)
    first = "major_outage" if major else "partial_outage"
    lines = ["---", f"title: Outage of {component}", "components:", f"  {component}: {first}", "---"]
    lines += [f"## investigating @ {begun:%Y-%m-%d %H:%M:%S} UTC", "We look into it."]
    if major and partial:
        lines += [f"## identified @ {eased:%Y-%m-%d %H:%M:%S}Z {{{component}=partial_outage}}", "Half of it works."]
    return "\n".join([*lines, f"## resolved @ {over:%Y-%m-%d %H:%M:%S}+00:00", "It works again.", ""])


def build(folder: Path, zone: ZoneInfo, last_day: date, parts: list[Part]) -> Path:
    """The built site as of the last second of `last_day`."""
    write_content(folder / "content", zone, parts)
    at = datetime.combine(last_day, time(23, 59, 59), zone).isoformat()
    done = run_statusgen("build", "--content", folder / "content", "--output", folder / "site", "--at", at)
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "site"


def read_home(site: Path) -> dict[str, str]:
    """Percentages by component id and group name: each stands below the link or the heading of what it is about."""
    found: dict[str, str] = {}
    current = ""
    page = (site / "index.html").read_text("utf-8")
    marks = r'href="components/([a-z0-9-]+)/"|<h3>([^<]+)</h3>|class="uptime">([0-9.]+) %'
    for component, group, percent in re.findall(marks, page):
        if percent:
            assert current not in found
            found[current] = percent
        else:
            current = component or html.unescape(group)
    return found


def check(site: Path, parts: list[Part]) -> None:
    assert read_home(site) == {part.name if part.members else part.id: part.displayed for part in parts}
    for part in parts:
        if not part.members:
            page = (site / "components" / part.id / "index.html").read_text("utf-8")
            assert set(PERCENT.findall(page)) == {part.displayed}, part


def parse_part(component: dict[str, Any], present: set[str]) -> Part:
    outages = {
        date.fromisoformat(day): (seconds["major_s"], seconds["partial_s"])
        for day, seconds in component["outages"].items()
    }
    since = date.fromisoformat(component["since"]) if component["since"] else None
    members = tuple(member for member in component["group_members"] or () if member in present)
    return Part(component["id"], component["displayed_percent"], outages, component["name"], since, members)


@pytest.mark.skipif(not PAGES, reason="the real pages are not here")
@pytest.mark.parametrize("number", range(6))
def test_a_real_page(number: int, tmp_path: Path) -> None:
    components, zone = PAGES[number]["components"], ZoneInfo(ZONES[number])
    present = {component["id"] for component in components}
    parts = [parse_part(component, present) for component in components]
    (last_day,) = {component["last_day"] for component in components}
    check(build(tmp_path, zone, date.fromisoformat(last_day), parts), parts)


@pytest.mark.skipif(not PAGES, reason="the real pages are not here")
def test_all_real_pages_are_asked() -> None:
    assert len(PAGES) == 6
    assert sum(len(page["components"]) for page in PAGES) == 63


TABLE = [
    Part("nothing", "100.0", {}),
    Part("one-second", "99.99", {DAY: (1, 0)}),
    Part("part-of-a-second", "99.99", {DAY: (0, 1)}),
    Part("half-a-percent", "99.5", {DAY: (38_880, 0)}),
    Part("a-second-over-half-a-percent", "99.49", {DAY: (38_881, 0)}),
    Part("five-hundredths", "99.95", {DAY: (3_888, 0)}),
    Part("weighted", "99.95", {DAY: (0, 12_960)}),
    Part("a-second-over-weighted", "99.94", {DAY: (0, 12_961)}),
    Part("both", "99.9", {DAY: (3_888, 12_960)}),
    Part("first-day", "99.99", {DAY - timedelta(days=89): (1, 0)}),
    Part("before-the-first-day", "100.0", {DAY - timedelta(days=90): (3_600, 0)}),
    Part("new-today", "99.0", {DAY: (864, 0)}, since=DAY),
    Part("ten-days-old", "99.9", {DAY: (864, 0)}, since=DAY - timedelta(days=9)),
    Part("before-since", "100.0", {DAY - timedelta(days=10): (864, 0)}, since=DAY - timedelta(days=9)),
    Part("a-tenth-of-all-days", "90.0", {DAY - timedelta(days=back): (86_400, 0) for back in range(1, 10)}),
    # Floored first, these two would have a mean of 99.975.
    Part("just-under-98", "99.97", {DAY: (int(2.01 * HUNDREDTH), 0)}),
    Part("just-under-99", "99.98", {DAY: (int(1.01 * HUNDREDTH) + 1, 0)}),
    Part("g1", "99.98", {}, "Mean of exact values", members=("just-under-98", "just-under-99")),
    Part("member-up", "100.0", {}),
    Part("member-down", "99.99", {DAY: (1, 0)}),
    Part("g2", "99.99", {}, "Almost up", members=("member-up", "member-down")),
    Part("other-up", "100.0", {}),
    Part("g3", "100.0", {}, "All & up", members=("other-up",)),
]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Pacific/Auckland"])
def test_displayed_percentages(zone: str, tmp_path: Path) -> None:
    check(build(tmp_path, ZoneInfo(zone), DAY, TABLE), TABLE)


def test_a_component_that_comes_tomorrow_has_no_percentage(tmp_path: Path) -> None:
    parts = [Part("here", "100.0", {}), Part("tomorrow", "", {}, since=DAY + timedelta(days=1))]
    site = build(tmp_path, ZoneInfo("Europe/Berlin"), DAY, parts)
    assert read_home(site) == {"here": "100.0"}
    assert PERCENT.findall((site / "components" / "tomorrow" / "index.html").read_text("utf-8")) == []
