"""Kill -9 of a build that has another process at work: that one ends too, and stands in no way of the next run."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from harm import COMMAND, State, check_between, check_whole, make_state, run, start, wait_for
from states import INCIDENT, SMALL_SITE
from test_killed import KILLED

pytest_plugins = ["fault_fixtures"]

# So many that reading, rendering and keeping what was read are each shared between processes.
INCIDENTS = 620
# How long no new kill is begun after, in seconds, where there is not much time.
BRIEFLY = 7.0


def write_many(content: Path, text: str, numbers: range) -> Path:
    (content / "incidents").mkdir(parents=True)
    (content / "site.yaml").write_text(SMALL_SITE.replace("Small", text), "utf-8")
    for number in numbers:
        incident = INCIDENT.format(title=f"Number {number}", component="api", text=text)
        (content / f"incidents/{number:03d}.md").write_text(incident, "utf-8")
    return content


def processes_of(output: Path) -> list[str]:
    """The ids of those that were started for an output folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            arguments = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if os.fsencode(output) in arguments:
            found.append(path.parent.name)
    return found


def helpers_of(pid: int) -> list[int]:
    """Those that are at work, and not only just there."""
    found = []
    # One of them may end meanwhile.
    with suppress(OSError):
        for helper in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            # What follows the name in proc(5)'s stat; the twelfth is processor time in steps of 10 ms.
            about = Path("/proc", helper, "stat").read_text().rpartition(")")[2].split()
            if int(about[11]) >= 3:
                found.append(int(helper))
    return found


def stop(pids: list[int]) -> int:
    """They never come to their end by themselves then. How many there were."""
    with suppress(ProcessLookupError):
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        return len(pids)
    return 0


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_builds_with_a_helping_process(tmp_path: Path, dice: random.Random, long: bool) -> None:
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("there is one core only")
    output, cache = tmp_path / "output", tmp_path / "cache"
    states: list[State] = []
    took = 0.0
    for name, numbers in (("One", range(INCIDENTS)), ("Two", range(9, INCIDENTS + 9))):
        content = write_many(tmp_path / name / "content", name, numbers)
        began = time.monotonic()
        states.append(make_state(content, tmp_path / f"out-{name}"))
        took = max(took, time.monotonic() - began)
    env = {"XDG_CACHE_HOME": str(cache)}
    commands = [[*COMMAND, *state.build(output)] for state in states]
    assert run(commands[0], env).returncode == 0
    here, killed, stopped = 0, 0, 0
    began = time.monotonic()
    while killed < 40 if long else killed < 20 and (not stopped or time.monotonic() < began + BRIEFLY):
        if dice.random() < 0.7:
            # Else nothing is left to be read.
            shutil.rmtree(cache, ignore_errors=True)
        with start(commands[1 - here], env) as process:
            if dice.random() < 0.5:
                time.sleep(dice.uniform(0.2, took))
            else:
                wait_for(lambda: helpers_of(process.pid) or process.poll() is not None)
            stopped += stop(helpers_of(process.pid)) if dice.random() < 0.8 else 0
            process.kill()
        after = dice.randrange(2)
        if dice.random() < 0.3:
            check_between(output, *states)
        result = run(commands[after], env)
        assert result.returncode == 0, result.stderr
        assert processes_of(output) == []
        check_whole(output, states[after])
        killed, here = killed + (process.returncode == KILLED), after
    assert stopped
    print(f"{killed} kills within {took:.2f} s, {stopped} helping processes could not end by themselves")
