"""What is not meant to change does not change, however a file is written."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from desks import Desk
from styles import CHANGES, INCIDENTS, MARK

from statusgen.author.lines import split_lines
from statusgen.model.states import ChangeStatus, IncidentStatus, State

TEXT = "We replaced the disk.\n\n- all\n- is well"


def changed_lines(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    """The lines that are gone and those that came, with their ends."""
    old, new = (list(split_lines(data).lines) for data in (before, after))
    gone: list[str] = []
    came: list[str] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += old[a:b]
            came += new[c:d]
    return gone, came


@pytest.mark.parametrize("style", INCIDENTS)
def test_an_update_adds_its_own_lines_alone(tmp_path: Path, style: str) -> None:
    desk, before = Desk(tmp_path, git=False), INCIDENTS[style]
    desk.write("incidents/x.md", before)
    desk.do("incident", "update", "--status", "monitoring", "-m", TEXT, "--component", "web=degraded", "--next", "1h")
    after = desk.read("incidents/x.md")
    gone, came = changed_lines(before, after)
    if style in ("no-last-line-end", "no-body"):
        assert gone == [split_lines(before).lines[-1]] and came[0] == gone[0] + "\n"
        came = came[1:]
    else:
        assert gone == []
    end = {"windows": "\r\n", "old-mac": "\r"}.get(style, "\n")
    written = [line for line in came if line.strip()]
    assert written[0].startswith("## monitoring @ 20") and written[0].endswith(
        " {web=degraded_performance next=1h}" + end
    )
    assert written[1:] == [line + end for line in TEXT.split("\n") if line]
    assert all(line == end or line in written for line in came) and after.startswith(MARK) == before.startswith(MARK)
    entry = desk.check()[0].incidents[0]
    assert (entry.updates[-1].status, entry.updates[-1].body) == (IncidentStatus.MONITORING, TEXT)
    assert entry.updates[-1].states == (("web", State.DEGRADED_PERFORMANCE),)
    newest_first = after.find(b"We replaced") < after.find(b"We look")
    assert newest_first == (style == "newest-first")


@pytest.mark.parametrize("style", CHANGES)
@pytest.mark.parametrize(
    ("options", "hours"), [([], None), (["--duration", "3h30m"], 3.5), (["--ends", "2036-12-11 02:00"], 5)]
)
def test_a_move_changes_values_and_nothing_beside_them(
    tmp_path: Path, style: str, options: list[str], hours: float | None
) -> None:
    desk, before = Desk(tmp_path, git=False), CHANGES[style]
    desk.write("changes/x.md", before)
    desk.do("change", "move", "--starts", "2036-12-10 21:00", "--yes", *options)
    gone, came = changed_lines(before, desk.read("changes/x.md"))
    assert len(gone) == 1 + bool(options) if style != "end" else len(gone) == 2
    for line in gone:
        comment = line[line.index("#") :]
        assert any(new.endswith(" " + comment) for new in came), (line, came)
    end = "\r\n" if style == "windows" else "\n"
    assert all(line.endswith(end) for line in came)
    change = desk.check()[0].changes[0]
    assert f"{change.starts_at:%Y-%m-%d %H:%M}" == "2036-12-10 20:00"
    planned = 3 if style == "end" else 2
    assert (change.ends_at - change.starts_at).total_seconds() == (hours or planned) * 3600
    assert change.updates[-1].status is ChangeStatus.SCHEDULED and "has been moved" in change.updates[-1].body


@pytest.mark.parametrize(
    ("command", "status"), [("start", "in_progress"), ("complete", "completed"), ("cancel", "cancelled")]
)
@pytest.mark.parametrize("style", CHANGES)
def test_a_step_adds_its_own_lines_alone(tmp_path: Path, style: str, command: str, status: str) -> None:
    desk, before = Desk(tmp_path, git=False), CHANGES[style]
    desk.write("changes/x.md", before)
    desk.do("change", command, "x", "--yes")
    gone, came = changed_lines(before, desk.read("changes/x.md"))
    assert gone == [] and any(line.startswith(f"## {status} @ 20") for line in came)
    assert desk.check()[0].changes[0].updates[-1].status is ChangeStatus(status)


def test_a_dry_run_is_what_would_be_written(tmp_path: Path) -> None:
    """`git apply` takes it, and the file is then what the command makes of it."""
    desk = Desk(tmp_path)
    for name in INCIDENTS:
        desk.write("incidents/x.md", INCIDENTS[name])
        command = ["incident", "update", "-m", TEXT, "--at", "2026-11-03 12:00", "--yes"]
        said = desk.call(*command, "--dry-run")
        assert said.code == 0 and desk.read("incidents/x.md") == INCIDENTS[name]
        (tmp_path / "patch").write_bytes(said.out.encode())
        desk.do(*command)
        written = desk.read("incidents/x.md")
        desk.write("incidents/x.md", INCIDENTS[name])
        desk.git("apply", "patch")
        assert desk.read("incidents/x.md") == written


def test_an_update_of_earlier_stands_among_the_others(tmp_path: Path) -> None:
    desk = Desk(tmp_path, git=False)
    for style, order in (("oldest-first", ["09:20", "09:30", "09:41"]), ("newest-first", ["09:41", "09:30", "09:20"])):
        desk.write("incidents/x.md", INCIDENTS[style].replace(b" UTC", b""))
        desk.do("incident", "update", "-m", "Between.", "--at", "2026-11-03 09:30", "--yes")
        lines = desk.read("incidents/x.md").decode().splitlines()
        headings = [line for line in lines if line.startswith("## ") and "resolved" not in line]
        assert [line.partition("2026-11-03 ")[2][:5] for line in headings] == order
        assert [update.body for update in desk.check()[0].incidents[0].updates][1] == "Between."
