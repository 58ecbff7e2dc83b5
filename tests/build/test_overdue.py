"""A reader that has read before says the same of overdue reports as one that has not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from statusgen.build.cache import Cache
from statusgen.build.reader import Reader
from statusgen.problems import sort_problems
from statusgen.source.folder import read_source

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SITE = "name: A\nurl: https://a.example/\ncomponents: {api: API}\n"
RULE = SITE + "problems: {due: {critical: 5d}}\n"
BEGUN = "---\ntitle: E\ncomponents: {api: major_outage}\n---\n\n## investigating @ 2026-11-03 09:20\n\nA.\n"
OVER = BEGUN + "\n## resolved @ 2026-11-03 10:20\n\nB.\n"
REPORT = "---\ntitle: R\nincidents: [a]\n---\n\nWhy.\n"
STEPS: list[tuple[dict[str, str | None], timedelta, list[str]]] = [
    ({"site.yaml": SITE, "incidents/a.md": BEGUN, "incidents/b.md": OVER}, -15 * DAY, []),
    ({"site.yaml": RULE}, -15 * DAY, []),
    ({}, -11 * DAY, ["incidents/b.md"]),
    ({"incidents/a.md": OVER}, -11 * DAY, ["incidents/a.md", "incidents/b.md"]),
    ({"problems/r.md": REPORT}, -11 * DAY, ["incidents/b.md"]),
    ({"problems/r.md": REPORT.replace("---\n", "---\ndraft: true\n", 1)}, DAY, ["incidents/a.md", "incidents/b.md"]),
    ({"problems/r.md": "---\ntitle: [\n---\n"}, DAY, []),
    ({"problems/r.md": None, "incidents/b.md": BEGUN}, DAY, ["incidents/a.md"]),
    ({}, 200 * DAY, ["site.yaml"]),
    ({}, -14 * DAY, []),
    ({"site.yaml": SITE}, DAY, []),
]


def overdue(reader: Reader, folder: Path, now: datetime, present: bool = True) -> list[str]:
    problems = sort_problems(reader.read(read_source(folder), now, present).problems)
    return [problem.path for problem in problems if problem.code == "report-overdue"]


def test_step_by_step(tmp_path: Path) -> None:
    (tmp_path / "incidents").mkdir()
    (tmp_path / "problems").mkdir()
    reader = Reader(Cache(None))
    for texts, passed, expected in STEPS:
        for name, text in texts.items():
            if text is None:
                (tmp_path / name).unlink()
            else:
                (tmp_path / name).write_text(text)
        now = NOW + passed
        found = overdue(reader, tmp_path, now)
        assert found == overdue(Reader(Cache(None)), tmp_path, now) == expected
        assert overdue(reader, tmp_path, now, present=False) == []
