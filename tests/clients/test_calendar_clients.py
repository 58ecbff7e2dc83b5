"""A program of network operators reads every event of a calendar as the maintenance that it is."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from command import ROOT
from hypothesis import given
from hypothesis import strategies as st
from other_clients import python_client
from random_content import contents, moments, some
from sites import make_sample

from statusgen.history.event_marks import event_status
from statusgen.history.occurrences import find_windows
from statusgen.history.snapshot import Snapshot, take_snapshot
from statusgen.model.entries import Change, component_ids
from statusgen.model.names import short_name
from statusgen.model.states import ChangeStatus, State
from statusgen.render.calendar.document import render_calendar
from statusgen.render.calendar.plan import plan_calendars

REAL = ROOT.parent / "shared" / "real" / "maintnote"
DAY = timedelta(days=1)
SCRIPT = """
import json, sys
from circuit_maintenance_parser import NotificationData, init_provider
told = []
for text in json.load(sys.stdin):
    found = init_provider().get_maintenances(NotificationData.init_from_raw("ical", text.encode()))
    told.append([json.loads(one.to_json()) for one in found])
print(json.dumps(told))
"""
STATUSES = {
    ChangeStatus.SCHEDULED: "CONFIRMED", ChangeStatus.IN_PROGRESS: "IN-PROCESS", ChangeStatus.VERIFYING: "IN-PROCESS",
    ChangeStatus.COMPLETED: "COMPLETED", ChangeStatus.CANCELLED: "CANCELLED",
}  # fmt: skip
IMPACTS = {
    State.OPERATIONAL: (0, "NO-IMPACT"), State.DEGRADED_PERFORMANCE: (1, "DEGRADED"),
    State.PARTIAL_OUTAGE: (1, "DEGRADED"), State.UNDER_MAINTENANCE: (2, "OUTAGE"), State.MAJOR_OUTAGE: (2, "OUTAGE"),
}  # fmt: skip


def read_notes(calendars: list[bytes]) -> list[list[dict[str, Any]]]:
    """The maintenances of each."""
    texts = json.dumps([data.decode() for data in calendars])
    command = [str(python_client()), "-W", "ignore", "-c", SCRIPT]
    result = subprocess.run(command, input=texts, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr[-3000:]
    found: list[list[dict[str, Any]]] = json.loads(result.stdout)
    return found


def note_of(change: Change, snapshot: Snapshot) -> dict[str, Any]:
    """What it is to be read as; a series, which the program does not know, as its first window."""
    status = event_status(change, snapshot.content.site.zone, snapshot.now)
    states: dict[str, list[State]] = {}
    for given_states in (change.states, *(() if change.repeat else (update.states for update in change.updates))):
        for name, state in given_states:
            states.setdefault(name, []).append(state)
    circuits = [
        {"circuit_id": name, "impact": max(IMPACTS[state] for state in states[name])[1]}
        for name in component_ids(change)
        if name in states
    ]
    first = next(find_windows(change, snapshot.content.site.zone))
    return {
        "account": "all-customers",
        "provider": "a.example",
        "organizer": "https://a.example/",
        "maintenance_id": short_name("change", change.id),
        "status": STATUSES[status],
        "circuits": circuits or [{"circuit_id": "a.example", "impact": "NO-IMPACT"}],
        "start": round(first.start.timestamp()),
        "end": round(first.end.timestamp()),
        "summary": ("CANCELLED: " if status is ChangeStatus.CANCELLED else "") + change.title,
    }


def test_every_calendar_of_the_sample() -> None:
    sample = make_sample()
    calendars = {path: data for path, data in sample.items() if path.endswith(".ics")}
    for data, notes in zip(calendars.values(), read_notes(list(calendars.values())), strict=True):
        text = data.decode().replace("\r\n ", "")
        assert len(notes) == text.count("BEGIN:VEVENT")
        for name, key in (("MAINTENANCE-ID;.*", "maintenance_id"), ("STATUS", "status"), ("PROVIDER", "provider")):
            assert re.findall(f"X-MAINTNOTE-{name}:(.*)\r", text) == [note[key] for note in notes]
        objects = re.findall("X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=(.*):(.*)\r", text)
        circuits = [(one["impact"], one["circuit_id"]) for note in notes for one in note["circuits"]]
        assert objects == circuits
        stamps = [f"{datetime.fromtimestamp(note['stamp'], UTC):%Y%m%dT%H%M%SZ}" for note in notes]
        assert stamps == re.findall("DTSTAMP:(.*)\r", text)


@some(4)
@given(st.data())
def test_random_calendars(data: st.DataObject) -> None:
    """Many at once, as the program takes a second to begin."""
    snapshots = []
    for _ in range(25):
        moment = data.draw(moments(timedelta(minutes=15), 5 * DAY, 2 * DAY))
        snapshots.append(take_snapshot(data.draw(contents(moment)), moment.now))
    calendars = [render_calendar(plan_calendars(one)[0], one.content.site) for one in snapshots]
    for snapshot, notes in zip(snapshots, read_notes(calendars), strict=True):
        # Of those with occurrences that are otherwise, there are several of one name.
        for change in snapshot.content.changes:
            if not change.deviations:
                wanted = note_of(change, snapshot)
                found = [note for note in notes if note["maintenance_id"] == wanted["maintenance_id"]]
                assert [{key: note[key] for key in wanted} for note in found] == [wanted]


@pytest.mark.skipif(not REAL.is_dir(), reason="needs the real notes")
def test_what_real_notes_have_ours_have_too() -> None:
    paths = sorted(path for path in REAL.glob("ical*"))
    assert len(paths) > 5
    names = set()
    for path in paths:
        text = path.read_text().replace("\r\n", "\n").replace("\n ", "")
        names |= set(re.findall(r"^([A-Z-]+)[;:]", text, re.MULTILINE))
    (event, *_) = re.findall("BEGIN:VEVENT.*?END:VEVENT", make_sample()["calendar.ics"].decode(), re.DOTALL)
    ours = set(re.findall(r"^([A-Z-]+)[;:]", event, re.MULTILINE)) | {"BEGIN", "END", "PRODID", "VERSION", "METHOD"}
    assert names - ours == set()
