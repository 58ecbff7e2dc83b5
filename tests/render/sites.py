"""Whole sites in memory: files or values in, published artifacts by path out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from statusgen.history.places import link_occurrences
from statusgen.history.snapshot import take_snapshot
from statusgen.model.site import Content
from statusgen.model.theme import Theme
from statusgen.parse.content import check_references, make_content, parse_file
from statusgen.parse.parsed import Reading
from statusgen.parse.site import parse_site
from statusgen.parse.times import Clock
from statusgen.problems import has_errors
from statusgen.render.site import plan_site, render_site
from statusgen.source.folder import read_folder
from statusgen.source.theme import read_theme

SAMPLE = Path(__file__).resolve().parents[2] / "content"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SITE = """\
name: Acme
url: https://status.acme.example/status/
time_zone: Europe/Berlin
groups: {edge: Edge network}
components: {api: API, web: {name: Website, group: edge}, db: Database}
"""


@cache
def default_theme() -> Theme:
    return read_theme("default", SAMPLE)


def parse_files(files: Mapping[str, str | bytes], now: datetime = NOW) -> Content:
    """Content of files by path, of which `site.yaml` may be missing. They must be without errors."""
    texts: dict[str, str | bytes] = {"site.yaml": SITE, **files}
    data = {path: text.encode() if isinstance(text, str) else text for path, text in texts.items()}
    site, problems = parse_site(data.pop("site.yaml"), now)
    assert site, problems
    reading = Reading(Clock(site.zone, site.shift_days))
    parsed = []
    for path, text in data.items():
        entry, found = parse_file(path, text, reading)
        problems += found
        parsed += [entry] if entry else []
    problems += check_references(site, parsed)
    assert not has_errors(problems), "\n".join(map(str, problems))
    return link_occurrences(make_content(site, parsed))


def render(content: Content, now: datetime = NOW) -> dict[str, bytes]:
    return dict(render_site(plan_site(take_snapshot(content, now), default_theme())))


def make_site(files: Mapping[str, str | bytes], now: datetime = NOW) -> dict[str, bytes]:
    return render(parse_files(files, now), now)


def make_sample(site: str = "", now: datetime = NOW, more: str = "") -> dict[str, bytes]:
    """The sample that the project ships; `site` replaces its address, `more` are further lines of its site.yaml."""
    return render(parse_sample(site, now, more), now)


def parse_sample(site: str = "", now: datetime = NOW, more: str = "") -> Content:
    files, _ = read_folder(SAMPLE)
    text = files.pop("site.yaml").decode()
    lines = [f"url: {site}" if site and line.startswith("url:") else line for line in text.split("\n")]
    kept = {path: data for path, data in files.items() if path.endswith(".md") and "/_" not in path}
    content = {path: data for path, data in kept.items() if not path.startswith("messages/")}
    return parse_files({"site.yaml": "\n".join([*lines, more]), **content}, now)
