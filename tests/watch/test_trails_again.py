"""Commit after commit, and from nothing: the same corrections and figures, which can be recomputed from the content."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest
from clerk import Clerk
from trailing import following
from watching import Clock, Repo

from statusgen.history.shifts import Shift
from statusgen.history.snapshot import Snapshot, take_snapshot
from statusgen.model.audit import Side
from statusgen.model.entries import Change, Incident
from statusgen.model.site import Content

STEPS = 60


def shifts_of(snapshot: Snapshot) -> list[Shift]:
    return [shift for _, month in sorted(snapshot.shifts.months.items()) for shift in month.shifts]


def with_side(content: Content, path: str, side: Side | None) -> Content:
    """The content with another version of a file, or without it."""

    def put(entries: Iterable[Incident | Change], kind: type) -> list[Incident | Change]:
        found = [entry for entry in entries if entry.path != path]
        if side and isinstance(side.entry, kind):
            found.append(replace(side.entry, path=path))
        return sorted(found, key=lambda e: (e.started_at if isinstance(e, Incident) else e.starts_at, e.id))

    incidents, changes = put(content.incidents, Incident), put(content.changes, Change)
    return replace(content, incidents=tuple(incidents), changes=tuple(changes), audit=None)  # type: ignore[arg-type]


def lost(content: Content, now: datetime, shift: Shift, side: Side | None) -> Fraction:
    """Of the shift's month, by the way that all figures are made."""
    path = shift.correction.path if shift.correction.is_last else "incidents/nowhere.md"
    history = take_snapshot(with_side(content, path, side), now).components[shift.component.id]
    month = shift.before.period.key
    return next((figure.down for figure in history.months if figure.period.key == month), Fraction(0))


@pytest.mark.parametrize("number", range(3))
def test_commit_after_commit(number: int, tmp_path: Path) -> None:
    seed = int(os.environ.get("TORTURE_SEED", "0")) or random.randrange(1, 10**6)
    print(f"TORTURE_SEED={seed}")
    clock, dice = Clock(tmp_path / "clock"), random.Random(seed)
    repo = Repo(tmp_path / "repo", clock=clock)
    clerk = Clerk(repo, clock, seed)
    checked = 0
    with following(repo) as reader:
        snapshot = None
        for _ in range(STEPS):
            clerk.step()
            if dice.random() < 0.5:
                continue
            content = reader.read(repo.head, clock.now).content
            snapshot = take_snapshot(content, clock.now, snapshot)
            with following(repo) as fresh:
                expected = fresh.read(repo.head, clock.now).content
            assert content.audit == expected.audit
            assert (content.incidents, content.changes) == (expected.incidents, expected.changes)
            assert shifts_of(snapshot) == shifts_of(take_snapshot(expected, clock.now))
        assert snapshot
        for shift in shifts_of(snapshot):
            correction = shift.correction
            for side, figure in ((correction.before, shift.before), (correction.after, shift.after)):
                # Series and what was open for a while are no version alone.
                if side and (side.until or side.then):
                    continue
                assert lost(content, snapshot.now, shift, side) == figure.down
                checked += 1
    print(f"{checked} figures")
    # Else this would say nothing.
    assert checked > 5
