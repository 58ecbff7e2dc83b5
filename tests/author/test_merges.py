"""Two people write at the same time, each on a branch: what git makes of it when both come together."""

from __future__ import annotations

import random
from pathlib import Path

from desks import Desk
from styles import CHANGES, INCIDENTS

# What is told: some of it is the same for both, as when both take the same message.
TEXTS = ("We look.", "One.\n\nTwo.", "- a\n- b\n- c", "A long\ntext\nof\nsix\nlines\nin all.", "The same.")
STATUSES = ("investigating", "identified", "monitoring")
NAME, PLANNED = "incidents/x.md", "changes/y.md"


def say(dice: random.Random, number: int) -> list[str]:
    text = dice.choice(TEXTS) if dice.random() < 0.3 else f"{dice.choice(TEXTS)} ({number})"
    at = ["--at", f"2026-11-04 1{dice.choice((0, 0, number))}:00"] if dice.random() < 0.8 else []
    kinds = ["update"] * 3 + ["resolve"] + ["move", "change"]
    match dice.choice(kinds):
        case "update":
            states = dice.choice([[], ["--component", "web=partial"], ["--next", "1h"]])
            return ["incident", "update", "x", "--status", dice.choice(STATUSES), "-m", text, *at, *states]
        case "resolve":
            return ["incident", "resolve", "x", "-m", text, *at]
        case "move":
            return ["change", "move", "y", "--starts", f"2036-12-1{number} 20:00", "-m", text]
        case _:
            return ["change", "update", "y", "-m", text]


def on_a_branch(desk: Desk, name: str, command: list[str]) -> bytes:
    desk.git("switch", "-q", "-c", name, "main")
    said = desk.call(*command, "--yes", "--commit")
    assert said.code == 0, said
    return desk.read(said.out.split("\n")[0].removeprefix("content/"))


def outside(lines: list[str]) -> list[str]:
    """The lines that are in no conflict."""
    kept, open_ = [], False
    for line in lines:
        open_ = open_ or line.startswith("<<<<<<<")
        kept += [] if open_ else [line]
        open_ = open_ and not line.startswith(">>>>>>>")
    return kept


def test_two_updates_of_one_incident(tmp_path: Path, long: bool) -> None:
    """The merge is clean, or it is one conflict that holds the two updates and no other line."""
    dice, clean, conflicts = random.Random(6), 0, 0
    for pair in range(300 if long else 100):
        desk = Desk(tmp_path / str(pair))
        # A file of old Macs is a single line to git.
        incident, change = (
            INCIDENTS[dice.choice([style for style in INCIDENTS if style != "old-mac"])],
            CHANGES[dice.choice(list(CHANGES))],
        )
        desk.write(NAME, incident)
        desk.write(PLANNED, change)
        desk.commit()
        ours, theirs = say(dice, 1), say(dice, 2)
        on_a_branch(desk, "theirs", theirs)
        on_a_branch(desk, "ours", ours)
        merged = desk.git("merge", "-q", "theirs", fails=None)
        if "CONFLICT" not in merged:
            clean += 1
            desk.check()
            continue
        conflicts += 1
        name = NAME if ours[0] == "incident" else PLANNED
        both = desk.read(name).decode().splitlines(keepends=True)
        marks = [number for number, line in enumerate(both) if line.startswith(("<<<<<<<", "=======", ">>>>>>>"))]
        if ours[1] == theirs[1] == "move":
            # Both moved it: which of the times holds is for people to say.
            assert len(marks) == 6, (ours, theirs, "".join(both))
            continue
        # Outside of the conflict is what was there, and what both sides say alike: all of it is about one update.
        base = (incident if name == NAME else change).decode().splitlines()
        words = [command[command.index("-m") + 1] for command in (ours, theirs)]
        shared = [line.strip() for line in outside(both) if line.strip("\r\n") not in base]
        for line in shared:
            assert line.startswith(("## ", "starts:", "ends:")) or all(line in said for said in words), both
        inside = both[marks[0] : marks[-1]]
        assert not any(line.strip() and line.strip("\r\n") in base for line in outside(inside)), both
        if len(marks) == 3:
            desk.write(name, "".join(line for number, line in enumerate(both) if number not in marks))
            desk.check()
    assert clean > 5 and conflicts > 5
