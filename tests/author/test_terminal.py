"""At a terminal, what is missing is asked for; a script is never kept waiting."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import ROOT
from desks import SETTINGS, Desk
from styles import CHANGE, INCIDENT

LIMIT_FOR = 60.0


def talk(desk: Desk, arguments: list[str], answers: list[tuple[str, str]]) -> tuple[int, str]:
    """The exit code, and what the terminal shows; each answer is typed when its question has come."""
    terminal, side = pty.openpty()
    environment = os.environ | SETTINGS | {"PYTHONPATH": str(ROOT), "TERM": "dumb"}
    command = [sys.executable, "-m", "statusgen", *arguments]
    process = subprocess.Popen(
        command, cwd=desk.top, env=environment, stdin=side, stdout=side, stderr=side, start_new_session=True
    )
    os.close(side)
    shown, seen, end = "", 0, time.monotonic() + LIMIT_FOR
    waiting = list(answers)
    try:
        while time.monotonic() < end:
            if select.select([terminal], [], [], 0.05)[0]:
                try:
                    shown += os.read(terminal, 65536).decode()
                except OSError:
                    break  # the other side is closed
            if waiting and waiting[0][0] in shown[seen:]:
                seen = len(shown)
                os.write(terminal, waiting.pop(0)[1].encode() + b"\n")
    finally:
        os.close(terminal)
        if time.monotonic() >= end:
            process.kill()
        code = process.wait()
    assert not waiting, shown
    return code, shown


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, git=False)


def test_an_incident_is_asked_for(desk: Desk) -> None:
    code, _ = talk(desk, ["incident", "open"], [
        ("What is wrong", "API down"), ("Which components", "api=major web=degraded"), ("customers read", "We look."),
    ])  # fmt: skip
    incident = desk.check()[0].incidents[0]
    assert code == 0 and (incident.title, incident.updates[0].body) == ("API down", "We look.")
    assert [name for name, _ in incident.states] == ["api", "web"]
    code, _ = talk(desk, ["incident", "update"], [("Status", "monitoring"), ("customers read", "Better.")])
    assert code == 0 and desk.check()[0].incidents[0].updates[-1].body == "Better."


def test_what_is_mistyped_can_be_typed_again(desk: Desk) -> None:
    code, shown = talk(desk, ["incident", "open", "API down", "-m", "We look."], [
        ("Which components", "api=majr"), ("no state", "ap=major"), ("no component", "api=major"),
    ])  # fmt: skip
    assert code == 0 and [name for name, _ in desk.check()[0].incidents[0].states] == ["api"], shown
    code, _ = talk(desk, ["change", "schedule", "Upgrade", "--component", "db", "-m", "Soon.", "--yes"], [
        ("When does it begin", "tomorrow"), ("not a time", "2036-12-03 22:00"), ("How long", "2x"), ("not a dur", "2h"),
    ])  # fmt: skip
    assert code == 0 and desk.check()[0].changes


def test_planned_work_is_asked_for(desk: Desk) -> None:
    code, _ = talk(desk, ["change", "schedule", "Upgrade"], [
        ("Which components", "db"), ("When does it begin", "2036-12-03 22:00"), ("How long", "2h"),
        ("customers read", ""), ("Is that right", "y"),
    ])  # fmt: skip
    assert code == 0 and desk.check()[0].changes[0].updates[0].body.startswith("We will carry out this work from 3")


def test_one_of_several_is_chosen(desk: Desk) -> None:
    desk.write("incidents/a.md", INCIDENT)
    desk.write("incidents/b.md", INCIDENT)
    code, _ = talk(desk, ["incident", "resolve", "-m", "Over."], [("Which one", "2")])
    assert (
        code == 0
        and desk.read("incidents/a.md").endswith(b"Over.\n")
        and desk.read("incidents/b.md") == INCIDENT.encode()
    )


def test_a_no_writes_nothing(desk: Desk) -> None:
    desk.write("changes/x.md", CHANGE)
    code, shown = talk(desk, ["change", "start", "-m", "Go."], [("Is that right", "n")])
    assert (code, desk.read("changes/x.md")) == (1, CHANGE.encode()) and "Nothing is written" in shown


def test_an_editor_is_opened(desk: Desk, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i 's/usual again/it was before/' \"$1\"\n")
    editor.chmod(0o755)
    desk.write("incidents/a.md", INCIDENT)
    environment = os.environ | SETTINGS | {"PYTHONPATH": str(ROOT), "EDITOR": str(editor), "VISUAL": str(editor)}
    subprocess.run([sys.executable, "-m", "statusgen", "incident", "resolve", "--edit"], cwd=tmp_path, env=environment,
                   check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # fmt: skip
    assert desk.check()[0].incidents[0].updates[-1].body.endswith("Everything works as it was before.")


def test_text_from_standard_input(desk: Desk) -> None:
    desk.write("incidents/a.md", INCIDENT)
    assert desk.call("incident", "update", "-m", "-", stdin="One.\n\nTwo.\n").code == 0
    assert desk.check()[0].incidents[0].updates[-1].body == "One.\n\nTwo."
