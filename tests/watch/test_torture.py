"""A watcher through thousands of random commits: it lives, it stays small, and its page is that of a clean build."""

from __future__ import annotations

import json
import os
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from command import read_tree
from editor import Editor
from texts import OF_NOW
from watching import Clock, Repo, Status, Watcher, publish_once

THEME = ("--theme", "mine")
# One git that is asked for objects, with its two pipes, is there or not yet.
SPARE_DESCRIPTORS, SPARE_PROCESSES = 2, 1


@dataclass(frozen=True)
class Load:
    """What a process takes; memory in KiB."""

    descriptors: int
    children: int
    memory: int


def read_load(pid: int) -> Load:
    process = Path("/proc", str(pid))
    children = [text for task in (process / "task").iterdir() for text in (task / "children").read_text().split()]
    memory = next(line for line in (process / "status").read_text().splitlines() if line.startswith("VmRSS"))
    return Load(sum(1 for _ in (process / "fd").iterdir()), len(children), int(memory.split()[1]))


def lasting_problems(status: Status) -> list[dict[str, Any]]:
    """Without what is said of the time at which it was last published."""
    return [problem for problem in status["problems"] if problem["code"] not in OF_NOW]


class Torture:
    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.clock = Clock(folder / "clock")
        self.repo = Repo(folder / "repo", clock=self.clock)
        self.editor = Editor(self.repo, self.clock, seed)
        self.dice = random.Random(seed)
        self.loads: list[Load] = []

    def run(self, commits: int, check_every: int) -> None:
        environment = {"XDG_CACHE_HOME": str(self.folder / "cache")}
        with Watcher(self.repo.top, self.folder, *THEME, clock=self.clock, environment=environment) as watcher:
            watcher.wait_for(self.repo.head)
            due = check_every
            while self.editor.commits < commits:
                self.editor.step()
                if self.dice.random() < 0.3:
                    watcher.wait_for(self.repo.head)
                if self.editor.commits >= due:
                    due += check_every
                    self.check(watcher)
            self.check(watcher)

    def check(self, watcher: Watcher) -> None:
        """The page is what a new watcher makes of the same commit at the same time, which knows nothing from before."""
        # Longer than figures may stay as they are, and than a failure's pause.
        now = self.clock.move(minutes=2)
        status = watcher.wait_until(now)
        number = len(self.loads)
        clean = self.folder / f"clean-{number}"
        told = self.folder / f"clean-{number}.json"
        result = publish_once(self.repo.top, clean, *THEME, "--status", told, clock=self.clock)
        assert result.returncode == 0, result.stderr
        assert status["revision"] == self.repo.head
        # The same problems, and the same versions shown instead.
        assert lasting_problems(status) == lasting_problems(json.loads(told.read_bytes()))
        tree, expected = read_tree(watcher.output), read_tree(clean)
        assert sorted(name for name in tree.keys() | expected.keys() if tree.get(name) != expected.get(name)) == []
        self.loads.append(read_load(watcher.process.pid))


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="what a process takes is read from Linux's /proc")
def test_torture(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    long = request.config.getoption("--long", default=False)
    seed = int(os.environ.get("TORTURE_SEED", "0")) or random.randrange(1, 10**6)
    print(f"TORTURE_SEED={seed}")
    begun = time.monotonic()
    torture = Torture(tmp_path, seed)
    torture.run(*((2000, 100) if long else (150, 50)))
    first, last = torture.loads[len(torture.loads) // 4], torture.loads[-1]
    print(f"{torture.editor.commits} commits in {time.monotonic() - begun:.0f} s: {torture.editor.done}")
    print(*torture.loads, sep="\n")
    assert last.descriptors <= first.descriptors + SPARE_DESCRIPTORS
    assert last.children <= first.children + SPARE_PROCESSES
    # The history of headings grows by what commits add to it, some hundred bytes for each.
    assert last.memory <= first.memory + 30_000
