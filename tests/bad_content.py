"""Content folders with something bad in them, and what checking and building one gives."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from pathlib import Path

from statusgen.build.cache import Cache
from statusgen.build.pipeline import build_site, read_content
from statusgen.build.reader import Reader
from statusgen.model.entries import Entry
from statusgen.model.site import Content
from statusgen.model.theme import Theme
from statusgen.problems import Problem, has_errors
from statusgen.source.folder import read_source
from statusgen.source.theme import read_theme

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
# Seconds of processor time, so that a busy machine fails no test. What this guards against takes minutes.
SLOW = 30.0
PROBLEM = re.compile(r"(\d+) (error|warning)\[([a-z0-9-]+)\] ?(.*)")
SITE = """\
name: Acme
url: https://status.acme.example/
time_zone: Europe/Berlin
groups: {edge: Edge network}
components: {api: API, web: {name: Website, group: edge}, db: Database}
"""
UPDATES = """\
## investigating @ 2026-11-03 09:20 {api=major_outage next=30m}

We are looking into it, see [the docs](https://acme.example).

## resolved @ 2026-11-03 10:40

It works again.
"""
INCIDENT = f"---\ntitle: Errors\ncomponents:\n  api: degraded_performance\nimpact: minor\n---\n\n{UPDATES}"
# On Sundays; that of 13 December is cancelled.
SERIES = """\
---
title: Weekly backup
starts: 2026-11-01 22:00
duration: 1h
repeat: FREQ=WEEKLY
except: [2026-12-13]
---

## scheduled @ 2026-10-01 09:00
"""
OTHERS = {
    "changes/once.md": SERIES.replace("repeat: FREQ=WEEKLY\nexcept: [2026-12-13]\n", "").replace("Weekly", "One"),
    "changes/weekly.md": SERIES,
    "incidents/2026-11-01-known.md": INCIDENT,
    "incidents/planned.md": INCIDENT.replace("---\n", "---\ndraft: true\n", 1),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """`content` is None, and `output` does not exist, where an error stopped the build."""

    problems: tuple[Problem, ...]
    content: Content | None
    output: Path

    def find_entry(self, path: str) -> Entry | None:
        content = self.content
        assert content
        groups = (content.incidents, content.changes, content.notices, content.reports, content.pages)
        return next((entry for group in groups for entry in group if entry.path == path), None)

    def page_of(self, entry: Entry) -> Path:
        return self.output / entry.path.split("/")[0] / entry.id / "index.html"


def make_folder(parent: Path) -> Path:
    """A content folder without a problem."""
    for path, data in {"site.yaml": SITE, **OTHERS}.items():
        write(parent / "content", path, data)
    return parent / "content"


def write(folder: Path, path: str, data: str | bytes) -> None:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data.encode() if isinstance(data, str) else data)


def build(folder: Path) -> Outcome:
    """Checks and builds, and asserts what holds for every content: errors publish nothing, and nothing hangs."""
    output = folder.parent / "output"
    begin = time.process_time()
    source, reader = read_source(folder), Reader(Cache(None))
    content, problems = read_content(source, NOW, reader, present=True)
    built = build_site(source, output, lambda _: default_theme(), NOW, reader, no_progress, present=True)
    assert time.process_time() - begin < SLOW
    assert built.problems == problems
    stopped = has_errors(problems)
    assert (content is None, built.published is None, not output.exists()) == (stopped, stopped, stopped)
    return Outcome(problems, content, output)


def no_progress(what: str, done: int, total: int) -> None:
    pass


@cache
def default_theme() -> Theme:
    return read_theme("default", Path(__file__).parent)


def assert_problems(problems: tuple[Problem, ...], path: str, expected: list[str]) -> None:
    """`expected` are lines `LINE severity[code] words … words`."""
    shown = "\n".join(map(str, problems))
    assert len(problems) == len(expected), shown
    for problem, line in zip(problems, expected, strict=True):
        match = PROBLEM.fullmatch(line)
        assert match, f"not a problem: {line}"
        assert (problem.path, str(problem.line), problem.severity, problem.code) == (path, *match.groups()[:3]), shown
        text = f"{problem.message} ({problem.hint})"
        assert re.search(".*".join(map(re.escape, re.split(r"\s*…\s*", match[4]))), text), text


def describe(value: object) -> dict[str, str]:
    """The fields of an entry, or of the site, as text."""
    found = {field.name.removesuffix("_at"): _text(getattr(value, field.name)) for field in fields(value)}  # type: ignore[arg-type]
    updates = getattr(value, "updates", ())
    if updates:
        found |= {"status": _text(updates[-1].status), "next": _text(updates[-1].next_at)}
    found["updates"] = str(len(updates))
    return found


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return ", ".join(f"{name}={_text(state)}" for name, state in value)
    return "" if value in ((), None) else str(value)
