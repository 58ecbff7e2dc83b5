"""Planned work that was moved or made longer: since when it was announced, on pages and on the terminal."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from command import run_statusgen
from trailing import following, minutes_of, take, words_of
from watching import Clock, Repo

from statusgen.history.snapshot import take_snapshot

NOW = datetime(2026, 11, 24, tzinfo=UTC)
SITE = ("name: Acme\nurl: https://status.example/\ncomponents: {api: API}\n"
        "promises: {all: {target: 99.9, changes: {announced: 48h}}}\n")  # fmt: skip
NAME = "changes/disks.md"
# Announced two days before.
WORK = """---
title: New disks
components: [api]
starts: 2026-11-10 12:00
duration: 6h
---

## scheduled @ 2026-11-08 12:00

Soon.
"""
HOUR, WHOLE = WORK.replace("duration: 6h", "duration: 1h"), WORK.replace("2026-11-08", "2026-11-01")


@pytest.mark.parametrize(
    ("versions", "left_out"),
    [
        # (hour of 10 November, text); the 8th at noon is -36.
        ([(-36, WORK)], 6),
        ([(-36, WORK), (11, WORK.replace("Soon.", "Very soon."))], 6),
        # A commit is not what announces, and an import may be late.
        ([(11, WORK)], 6),
        ([(11, WORK), (400, WORK.replace("Soon.", "It went well."))], 6),
        ([(-200, WHOLE.replace("-10 12:00", "-20 12:00")), (-36, WHOLE)], 6),
        ([(-200, WHOLE.replace("-10 12:00", "-20 12:00")), (-35, WHOLE)], 0),
        ([(-200, WHOLE.replace("-10 12:00", "-20 12:00")), (-35, WHOLE), (1, WHOLE.replace("Soon.", "Now."))], 0),
        ([(-36, HOUR), (12.5, WORK)], 0),
        ([(-36, WORK), (12.5, HOUR)], 1),
        ([(-36, WORK), (-12, HOUR), (12.5, WORK)], 0),
        ([(-36, HOUR.replace("---\n\n", "draft: true\n---\n\n", 1)), (-35, WORK)], 6),
        # An author's clock that goes back.
        ([(11, HOUR), (-300, WORK)], 0),
    ],
)
def test_what_is_left_out(tmp_path: Path, versions: list[tuple[float, str]], left_out: int) -> None:
    clock = Clock(tmp_path / "clock")
    repo = Repo(tmp_path / "repo", clock=clock)
    repo.commit({"site.yaml": SITE})
    snapshot = None
    with following(repo) as reader:
        for hour, text in versions:
            clock.set(datetime(2026, 11, 10, tzinfo=UTC) + timedelta(hours=hour))
            repo.commit({NAME: text})
            snapshot = take_snapshot(reader.read(repo.head, NOW).content, NOW, snapshot)
    assert snapshot
    (month,) = snapshot.components["api"].months[-1:]
    hours = 1 if "1h" in versions[-1][1] else 6
    assert month.excluded == left_out * 3600 and month.down == Fraction((hours - left_out) * 3600)
    assert take(repo, NOW)[1].components == snapshot.components
    options = ("--format", "json", "--period", "2026-11", "--at", f"{NOW:%Y-%m-%dT%H:%MZ}")
    told = run_statusgen("uptime", *options, cwd=repo.top)
    (figure,) = json.loads(told.stdout)["components"][0]["periods"]
    assert (figure["excluded_seconds"], figure["down_seconds"]) == (month.excluded, month.down)


def test_a_correction_leads_to_the_figure_that_is_published(tmp_path: Path) -> None:
    """After it was over, it is said to have been longer: nobody was told of that. An hour of it had been announced."""
    clock = Clock(tmp_path / "clock", NOW - timedelta(days=20))
    repo = Repo(tmp_path / "repo", clock=clock)
    repo.commit({"site.yaml": SITE, NAME: HOUR})
    clock.set(NOW - timedelta(days=1))
    repo.commit({NAME: WORK})
    content, snapshot = take(repo, NOW)
    assert [words.split(":")[0] for _, words in words_of(content)] == ["Window ends"]
    assert minutes_of(snapshot) == {"api": [360]}
    assert snapshot.components["api"].months[-1].down == 6 * 3600
    clock.move(hours=1)
    repo.commit({NAME: HOUR})
    _, snapshot = take(repo, NOW)
    assert minutes_of(snapshot) == {"api": [360, -360]}
    assert snapshot.components["api"].months[-1].down == 0
