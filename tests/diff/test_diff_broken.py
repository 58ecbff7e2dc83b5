"""Whatever is written, what is said of it before it is committed is what is said of it then."""

from __future__ import annotations

from pathlib import Path

import pytest
from comparing import data_of, is_empty, run_diff
from desk import Desk
from editor import Editor
from watching import START, Clock

# What changes files and commits nothing.
STEPS = ("_new", "_edit", "_edit", "_delete", "_rename", "_break", "_break_and_rename", "_site", "_swap", "_link")


@pytest.mark.parametrize("seed", range(2))
def test_random_texts_good_odd_and_broken(tmp_path: Path, seed: int, long: bool) -> None:
    clock = Clock(tmp_path / "clock", START)
    repo = Desk(tmp_path / "repo", clock=clock)
    editor = Editor(repo, clock, seed)
    said = 0
    for _ in range(60 if long else 6):
        clock.move(minutes=editor.dice.randint(1, 300))
        base = repo.head
        repo.is_open = False
        steps = editor.dice.choices(STEPS, k=editor.dice.randint(1, 4))
        for step in steps:
            getattr(editor, step)()
        edited = data_of(repo, clock.now)
        texts = [run_diff(repo, clock.now, "--format", form).stdout for form in ("text", "markdown")]
        assert all("Nothing changes" in text for text in texts) == is_empty(edited)
        said += not is_empty(edited)
        repo.is_open = True
        repo.commit()
        committed = data_of(repo, clock.now, base, "HEAD")
        assert {**committed, "base": 0, "head": 0} == {**edited, "base": 0, "head": 0}, steps
        assert is_empty(data_of(repo, clock.now))
    assert said > 2
