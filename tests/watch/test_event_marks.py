"""How often an event was another one: over real commits it counts up, whenever and only when the event changes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from change_editor import ChangeEditor
from trailing import following, read_content, start_repo
from watching import START, Clock, Repo

from statusgen.history.event_marks import event_revision
from statusgen.history.snapshot import take_snapshot
from statusgen.model.entries import Change, Update
from statusgen.model.names import short_name
from statusgen.model.site import Content
from statusgen.model.states import ChangeStatus
from statusgen.model.zone import EPOCH
from statusgen.render.calendar.document import render_calendar
from statusgen.render.calendar.plan import plan_calendars

pytest_plugins = ["watch_fixtures"]
EVENT = re.compile(r"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", re.DOTALL)
STAMPS = re.compile(r"(?:DTSTAMP|LAST-MODIFIED|SEQUENCE):\S+\r\n")
NAME = "changes/work.md"
HEAD = "---\ntitle: {}\nstarts: {}\nduration: 2h\ncomponents: [api]\n---\n\nWhy.\n"
Events = dict[tuple[str, str], tuple[int, str, str]]


def read_events(content: Content, now: datetime) -> Events:
    """(SEQUENCE, DTSTAMP, all else) by UID and RECURRENCE-ID."""
    plans = plan_calendars(take_snapshot(content, now))
    found = {}
    for text in EVENT.findall(render_calendar(plans[0], content.site).decode()):
        uid, sequence, stamp = (re.search(f"{name}:(.*)\r", text) for name in ("UID", "SEQUENCE", "DTSTAMP"))
        place = re.search("RECURRENCE-ID.*:(.*)\r", text)
        assert uid and sequence and stamp
        found[uid[1], place[1] if place else ""] = int(sequence[1]), stamp[1], STAMPS.sub("", text)
    return found


def check(last: Events, found: Events, one_step: bool) -> None:
    for key, (sequence, stamp, text) in found.items():
        if key in last:
            before = last[key]
            assert (sequence, stamp) >= before[:2] and sequence >= before[0] and stamp >= before[1], (before, text)
            # Of a series, one count is that of all.
            others = [other for other in found if other[0] == key[0]]
            assert text == before[2] or sequence > before[0], (before, text)
            if one_step and len(others) == 1:
                assert sequence - before[0] == (text != before[2]), (before, text)


@pytest.mark.parametrize("seed", range(2))
def test_random_commits(tmp_path: Path, clock: Clock, seed: int, long: bool) -> None:
    repo = start_repo(tmp_path / "repo", clock, {})
    editor = ChangeEditor(repo, clock, seed)
    last: Events = {}
    with following(repo) as reader:
        for number in range(200 if long else 60):
            began = clock.now
            editor.step()
            standing = reader.read(repo.head, clock.now)
            found = read_events(standing.content, clock.now)
            check(last, found, one_step=False)
            names = {f"{short_name('change', f'work-{name}')}@status.example" for name in "abc"}
            assert {uid for uid, _ in found} <= names
            last |= found
            if number % 20 == 0:
                assert found == read_events(read_content(repo, clock.now), clock.now)
            # Time alone: each change of the event is one more, at the transition that it is.
            now = clock.now
            for _ in range(4):
                now = standing.next_transition(now)
                found = read_events(reader.read(repo.head, now).content, now)
                check(last, found, one_step=True)
                last |= found
            clock.set(max(now, began))


def revision(repo: Repo, now: datetime) -> tuple[int, str]:
    ((sequence, stamp, _),) = read_events(read_content(repo, now), now).values()
    return sequence, stamp


def test_what_counts(tmp_path: Path, clock: Clock) -> None:
    """START is 9:00, the file comes at 10:00, and work begins at 20:00."""
    repo, text = start_repo(tmp_path / "repo", clock, {}), HEAD.format("New disks", "2026-11-03 20:00")
    repo.commit({NAME: text})
    assert revision(repo, START + timedelta(hours=1)) == (0, "20261103T100000Z")
    assert revision(repo, START + timedelta(hours=9)) == (0, "20261103T100000Z")
    # The clock begins and ends the work.
    assert revision(repo, START + timedelta(hours=11)) == (1, "20261103T200000Z")
    assert revision(repo, START + timedelta(days=9)) == (2, "20261103T220000Z")
    # A comment is no change of the event, a title is.
    clock.set(START + timedelta(hours=2))
    repo.commit({NAME: text.replace("title:", "# internal\ntitle:")})
    assert revision(repo, clock.now) == (0, "20261103T100000Z")
    clock.set(START + timedelta(hours=3))
    repo.commit({NAME: text.replace("New", "More")})
    assert revision(repo, clock.now) == (1, "20261103T120000Z")
    # Work that is over is moved ahead: what it has been goes on to count.
    clock.set(START + timedelta(days=1))
    assert revision(repo, clock.now) == (3, "20261103T220000Z")
    repo.commit({NAME: HEAD.format("More disks", "2026-11-09 20:00")})
    assert revision(repo, clock.now) == (4, "20261104T090000Z")
    assert revision(repo, START + timedelta(days=30)) == (6, "20261109T220000Z")


def test_what_is_taken_away_comes_back_as_it_was(tmp_path: Path, clock: Clock) -> None:
    text = HEAD.format("New disks", "2026-12-03 20:00")
    repo = start_repo(tmp_path / "repo", clock, {NAME: text})
    for number, other in enumerate((text.replace("---\n\n", "draft: true\n---\n\n"), None)):
        if other is None:
            repo.delete(NAME)
        repo.commit({NAME: other} if other else {})
        clock.move(hours=1)
        assert read_events(read_content(repo, clock.now), clock.now) == {}
        repo.commit({NAME: text})
        assert revision(repo, clock.now) == (0, "20261103T090000Z"), number
        clock.move(hours=1)
    # What cannot be read is seen by nobody.
    repo.commit({NAME: "---\ntitle: [\n---\n"})
    assert revision(repo, clock.now) == (0, "20261103T090000Z")


def test_a_file_for_an_occurrence_becomes_an_exception(tmp_path: Path, clock: Clock) -> None:
    series = HEAD.format("Weekly", "2026-11-10 02:00").replace("duration", "repeat: FREQ=WEEKLY\nduration")
    one = HEAD.format("Longer", "2026-11-17 03:00").replace(
        "duration", "occurrence: {of: work, on: 2026-11-17}\nduration"
    )
    repo = start_repo(tmp_path / "repo", clock, {NAME: series})
    last: Events = {}
    steps: list[dict[str, str]] = [{"changes/one.md": one}, {"changes/one.md": one.replace("Longer", "Much longer")}]
    steps += [{"changes/one.md": one.replace("Longer", "Longest")}, {}]
    steps += [{NAME: series.replace("\n---\n\n", "\nexcept: [2026-11-17]\n---\n\n")}]
    for files in steps:
        clock.move(hours=1)
        if not files:
            repo.delete("changes/one.md")
        repo.commit(files)
        found = read_events(read_content(repo, clock.now), clock.now)
        check(last, found, one_step=False)
        last |= found
    (place,) = (place for _, place in last if place)
    ((sequence, *_),) = (last[key] for key in last if key[1] == place)
    assert sequence == 4


def test_an_announcement_that_is_dated_ahead(tmp_path: Path, clock: Clock) -> None:
    text = HEAD.format("New disks", "2026-11-09 20:00") + "\n## scheduled @ 2026-11-05 08:00\n\nSoon.\n"
    repo = start_repo(tmp_path / "repo", clock, {NAME: text})
    assert read_events(read_content(repo, clock.now), clock.now) == {}
    assert revision(repo, START + timedelta(days=3)) == (0, "20261105T080000Z")


def test_without_git_a_file_is_all_there_ever_was() -> None:
    at = START + timedelta(days=2)
    change = Change("x", "changes/x.md", "X", "", (), at, at + timedelta(hours=1), ())
    zone = ZoneInfo("UTC")
    assert event_revision(change, zone, START) == (0, EPOCH)
    assert event_revision(change, zone, at) == (1, at)
    assert event_revision(change, zone, at + timedelta(days=9)) == (2, at + timedelta(hours=1))
    told = (Update("u", ChangeStatus.SCHEDULED, START), Update("v", ChangeStatus.CANCELLED, START + timedelta(hours=5)))
    assert event_revision(replace(change, updates=told), zone, START + timedelta(days=9)) == (1, told[1].at)
