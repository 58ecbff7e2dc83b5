"""A disk that refuses at any call: one line and exit code 2, no file half-written, and the next run mends it."""

from __future__ import annotations

import errno
import random
import shutil
from pathlib import Path

import pytest
from command import read_tree
from harm import Shim, Started, State, check_between, check_line, check_whole

pytest_plugins = ["fault_fixtures"]

FOR_GOOD = 10**9


@pytest.mark.parametrize("lasts", [1, FOR_GOOD], ids=["once", "for-good"])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EACCES, errno.EIO], ids=errno.errorcode.get)
def test_at_every_call(
    error: int,
    lasts: int,
    small: tuple[State, State],
    shim: Shim,
    started: Started,
    tmp_path: Path,
    dice: random.Random,
    long: bool,
) -> None:
    output, before = tmp_path / "under/output", tmp_path / "before"
    old, new = small if dice.random() < 0.5 else small[::-1]
    assert started.run(old.build(before))[0] == 0
    shutil.copytree(before, output)
    shim.arm(0)
    assert started.run(new.build(output))[0] == 0
    calls = shim.rest()
    refused = 0
    for first in range(1, calls + 1) if long else sorted(dice.sample(range(1, calls + 1), 5)):
        if read_tree(output) != old.tree:
            shutil.rmtree(output)
            shutil.copytree(before, output)
        shim.arm(first, error, lasts=lasts, half=error == errno.ENOSPC)
        code, said = started.run(new.build(output))
        shim.rest()
        assert shim.control.met, first
        check_between(output, old, new)
        if code == 0:
            # Nothing was lost, such as where a file could not be compared and was written again.
            check_whole(output, new)
            continue
        assert code == 2, f"call {first}: {said}"
        check_line(said)
        refused += 1
        after = dice.choice([old, new])
        assert started.run(after.build(output))[0] == 0
        check_whole(output, after)
    print(f"{calls} calls, {refused} refused")
    assert refused


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EACCES, errno.EIO], ids=errno.errorcode.get)
def test_the_first_time(
    error: int,
    small: tuple[State, State],
    shim: Shim,
    started: Started,
    tmp_path: Path,
    dice: random.Random,
    long: bool,
) -> None:
    """Where there is no folder yet. The front page comes with all that it leads to."""
    output, state = tmp_path / "under/output", small[1]
    shim.arm(0)
    assert started.run(state.build(output))[0] == 0
    calls = shim.rest()
    for first in range(1, calls + 1) if long else sorted(dice.sample(range(1, calls + 1), 5)):
        shutil.rmtree(output)
        shim.arm(first, error, half=error == errno.ENOSPC)
        code, said = started.run(state.build(output))
        shim.rest()
        assert code in (0, 2), f"call {first}: {said}"
        tree = read_tree(output) if output.exists() else {}
        assert all(state.tree[name] == data for name, data in tree.items() if not name.startswith("."))
        assert "index.html" not in tree or all(name in tree for name in state.files if name.endswith(".html"))
        if code == 2:
            check_line(said)
            assert started.run(state.build(output))[0] == 0
        check_whole(output, state)
