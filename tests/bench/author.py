"""From an empty terminal to a commit: `python tests/bench/author.py [--size N]` prints what each command takes.

Medians of whole processes in a repository of N incidents, with the cache as it is after a check; the goals are those of
the issue tracker: a committed incident in a second, and help in twice the time that click takes to be imported."""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from live import GIT, make_repository

RUNS = 5
STATUSGEN = [sys.executable, "-m", "statusgen"]
COMMIT = ["--component", "c01=major_outage", "--commit", "--yes"]


def seconds(command: list[str], folder: Path) -> tuple[float, float]:
    """Until it is done, and of a processor."""
    began, used = time.perf_counter(), processor()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - began, processor() - used


def processor() -> float:
    about = resource.getrusage(resource.RUSAGE_CHILDREN)
    return about.ru_utime + about.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000)
    size = parser.parse_args().size
    with tempfile.TemporaryDirectory() as work:
        os.environ["XDG_CACHE_HOME"] = str(Path(work) / "cache")
        os.environ |= {f"GIT_{role}_{what}": "bench" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        repository = make_repository(Path(work) / "site", size)
        program = Path(sys.executable).with_name("statusgen")
        rows: list[tuple[str, list[list[str]]]] = [
            ("python -c 'import click'", [[sys.executable, "-c", "import click"]]),
            ("statusgen --help", [[str(program), "--help"]]),
            ("incident open --commit",
             [[*STATUSGEN, "incident", "open", f"It burns {n}", *COMMIT] for n in range(RUNS)]),
            ("incident update burns-1 --commit", [[*STATUSGEN, "incident", "update", "burns-1", "-m", "x", *COMMIT]]),
            ("incident list", [[*STATUSGEN, "incident", "list"]]),
            ("incident resolve burns-N --commit",
             [[*STATUSGEN, "incident", "resolve", f"burns-{n}", "--commit", "--yes"] for n in range(1, RUNS)]),
            ("incident update (the only open one) --commit", [[*STATUSGEN, "incident", "update", "-m", "x", *COMMIT]]),
            ("incident list --all", [[*STATUSGEN, "incident", "list", "--all"]]),
            ("git commit of one file", [[*GIT, "commit", "--allow-empty", "-q", "-m", "x"]]),
        ]  # fmt: skip
        print(f"{size} incidents")
        for name, commands in rows:
            taken = [seconds(command, repository) for command in (commands if len(commands) > 1 else commands * RUNS)]
            wall, used = (statistics.median(times) for times in zip(*taken, strict=True))
            print(f"{name:48}{wall:6.2f} s, {used:.2f} s of a processor")


if __name__ == "__main__":
    main()
