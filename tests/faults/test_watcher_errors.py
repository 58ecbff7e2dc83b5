"""A disk that refuses for a while, under a watcher: it goes on, tells of it, and publishes once it can."""

from __future__ import annotations

import errno
import random
from functools import partial
from pathlib import Path

import pytest
from harm import Shim, State, Watcher, check_whole, wait_for
from states import Repo

pytest_plugins = ["fault_fixtures"]

FOR_GOOD = 10**9


def has_met(shim: Shim, calls: int) -> bool:
    return shim.control.met >= calls


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EACCES, errno.EIO], ids=errno.errorcode.get)
def test_a_disk_that_refuses_for_a_while(
    error: int, small: tuple[State, State], shim: Shim, tmp_path: Path, dice: random.Random, long: bool
) -> None:
    output, repo = tmp_path / "under/output", Repo(tmp_path / "repo")
    commits = [repo.commit(state.content) for state in small]
    repo.git("reset", "-q", "--hard", commits[0])
    shim.rest()
    with Watcher(repo.top, output, tmp_path, shim.environment) as watcher:
        watcher.wait(state="ok", revision=commits[0])
        before, here = watcher.clean_build(tmp_path / "clean"), 0
        check_whole(output, before)
        for number in range(5 if long else 1):
            said = len(watcher.said)
            here = 1 - here
            shim.arm(dice.randint(1, 120), error, lasts=FOR_GOOD, half=error == errno.ENOSPC)
            repo.git("reset", "-q", "--hard", commits[here])
            failing = watcher.wait(state="failing", revision=commits[1 - here])
            assert failing["message"].startswith(f"cannot publish into {output}: ")
            assert "Traceback" not in failing["message"]
            if long:
                # It tries again, after longer and longer pauses.
                # A pausing watcher makes about one call a second.
                wait_for(partial(has_met, shim, shim.control.met + dice.randint(1, 30)), 70)
            shim.rest()
            watcher.wait(70, state="ok", message="", revision=commits[here])
            after = watcher.clean_build(tmp_path / f"clean-{number}")
            check_whole(output, after)
            told = watcher.said[said:]
            assert "cannot publish into" in told
            assert "Traceback" not in told
            assert f"published {commits[here][:12]}" in told
            # The same line again and again would fill a disk of its own.
            assert len(told.splitlines()) < 12, told


def test_one_refusal_costs_one_try(small: tuple[State, State], shim: Shim, tmp_path: Path) -> None:
    """One file does not take its place, and the next try finds nothing in its way."""
    output, repo = tmp_path / "under/output", Repo(tmp_path / "repo")
    commits = [repo.commit(state.content) for state in small]
    repo.git("reset", "-q", "--hard", commits[0])
    with Watcher(repo.top, output, tmp_path, shim.environment) as watcher:
        watcher.wait(state="ok", revision=commits[0])
        shim.arm(0)
        repo.git("reset", "-q", "--hard", commits[1])
        watcher.wait(state="ok", revision=commits[1])
        calls = shim.rest()
        told = []
        for number in range(12):
            said, target = len(watcher.said), commits[number % 2]
            # Spread over all that is done for one.
            shim.arm(calls * (number + 3) // 18, errno.EIO)
            repo.git("reset", "-q", "--hard", target)
            watcher.wait(state="ok", revision=target)
            shim.rest()
            told.append(watcher.said[said:].count("cannot publish"))
        # Some calls only ask whether something is there, and are asked in another way.
        assert set(told) == {0, 1} or set(told) == {1}, watcher.said
        check_whole(output, watcher.clean_build(tmp_path / "clean"))
