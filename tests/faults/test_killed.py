"""Kill -9 at any moment of a publish; the next run, for whichever state, leaves what a clean build makes."""

from __future__ import annotations

import random
import shutil
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

from command import read_tree
from harm import AT_THAT_TIME, COMMAND, Shim, Started, State, check_between, check_whole, run, start, wait_for
from states import Repo

pytest_plugins = ["fault_fixtures"]

KILLED = -signal.SIGKILL
Env = dict[str, str]


def has_begun(output: Path) -> bool:
    return (output / ".statusgen-stage").exists()


def publish(command: list[str], env: Env, output: Path, kill_after: float | None) -> tuple[int, float]:
    """The exit code, and how long it took from the first file that was written; or it is killed before."""
    with start(command, env) as process:
        wait_for(lambda: has_begun(output) or process.poll() is not None)
        began = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            process.kill()
        _, said = process.communicate()
    assert process.returncode in (0, KILLED), said
    return process.returncode, time.monotonic() - began


def kill_at_random(
    commands: list[list[str]], env: Env, states: tuple[State, ...], output: Path, kills: int, dice: random.Random
) -> None:
    """`commands` publish the states. Goes on from what the last one left."""
    assert run(commands[0], env).returncode == 0
    _, longest = publish(commands[1], env, output, None)
    check_whole(output, states[1])
    here, killed, runs = 1, 0, 0
    while killed < kills:
        to = dice.choice([number for number in range(len(states)) if number != here])
        code, _ = publish(commands[to], env, output, dice.uniform(0, longest))
        killed, runs = killed + (code == KILLED), runs + 1
        check_between(output, states[here], states[to])
        here = dice.randrange(len(states))
        result = run(commands[here], env)
        assert result.returncode == 0, result.stderr
        check_whole(output, states[here])
    print(f"{killed} kills in {runs} publishes of {longest:.2f} s")


def test_builds(sample: tuple[State, State], renamed: State, tmp_path: Path, dice: random.Random, long: bool) -> None:
    output = tmp_path / "output"
    states = (*sample, renamed)
    commands = [[*COMMAND, *state.build(output)] for state in states]
    kill_at_random(commands, {}, states, output, 200 if long else 3, dice)


def test_watch_once(
    sample: tuple[State, State], renamed: State, tmp_path: Path, dice: random.Random, long: bool
) -> None:
    output = tmp_path / "output"
    repo = Repo(tmp_path / "repo")
    commits = [repo.commit(state.content) for state in (*sample, renamed)]
    commands, states = [], []
    for number, (commit, state) in enumerate(zip(commits, (*sample, renamed), strict=True)):
        repo.git("branch", f"state-{number}", commit)
        watch = ["watch", "--once", "--repo", str(repo.top), "--branch", f"state-{number}", "--output"]
        command = [sys.executable, "-c", AT_THAT_TIME, *watch]
        commands.append([*command, str(output)])
        # Unlike a folder, commits have a history that pages speak of.
        clean = tmp_path / f"clean-{number}"
        assert run([*command, str(clean)]).returncode == 0
        states.append(replace(state, tree=read_tree(clean)))
    # With a cache, in which a run finds what the last one has published.
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    kill_at_random(commands, env, tuple(states), output, 200 if long else 3, dice)


def test_at_every_call(
    small: tuple[State, State], shim: Shim, started: Started, tmp_path: Path, dice: random.Random, long: bool
) -> None:
    """Also in the middle of a file."""
    output = tmp_path / "under/output"
    before = tmp_path / "before"
    killed = 0
    for old, new in (small, small[::-1]):
        if before.exists():
            shutil.rmtree(before)
        assert started.run(old.build(before))[0] == 0
        calls = count_calls(old, new, output, shim, started)
        for first in range(1, calls + 1) if long else sorted(dice.sample(range(1, calls + 1), 8)):
            if read_tree(output) != old.tree:
                shutil.rmtree(output)
                shutil.copytree(before, output)
            shim.arm(first, half=True, kill=True)
            code, said = started.run(new.build(output))
            shim.rest()
            assert (code, said) == (KILLED, "")
            killed += 1
            check_between(output, old, new)
            after = dice.choice([old, new])
            assert started.run(after.build(output))[0] == 0
            check_whole(output, after)
    print(f"{killed} kills")


def count_calls(old: State, new: State, output: Path, shim: Shim, started: Started) -> int:
    for state in (old, new):
        shim.arm(0)
        code, said = started.run(state.build(output))
        assert code == 0, said
    return shim.rest()
