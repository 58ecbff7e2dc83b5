"""What `/uptime/` and its data add to a cold build: `python tests/bench/uptime.py [--size N] [--components N]`.

Seconds of processor time of whole builds, with everything and without figures, in turn; a machine that has other things
to do tells less of these than of the time that goes by. The least of the runs."""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from generate import write_content

RUNS = 5
PROMISES = """promises:
  all: {target: 99.9, credits: {99.9: 10}, changes: {announced: 48h, allowance: 4h},
        response: {critical: {first_update: 30m, resolve: 4h}}}
"""
# The same build, in which no figure of a month or a response is worked out or shown.
WITHOUT = """
import statusgen.history.snapshot as snapshot, statusgen.render.pages as pages, statusgen.render.site as site
snapshot.read_months = lambda *_: ()
snapshot.read_response_months = lambda *_: ()
pages.plan_uptime = lambda _: iter(())
site.plan_uptime_data = lambda *_: ()
from statusgen.cli.main import run
run()
"""


def measure(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(without: str, what: str, goal: int) -> None:
    """Prints what the part that is left out by the code `without` adds; `goal` is in percent."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--components", type=int, default=50)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        at = write_content(folder / "content", chosen.size, chosen.components, PROMISES)
        build = ["build", "-q", "--content", str(folder / "content"), "--at", at.isoformat()]
        with_all: list[float] = []
        bare: list[float] = []
        for number in range(RUNS):
            for start, found in ((["-m", "statusgen"], with_all), (["-c", without], bare)):
                mark = f"{number}-{len(with_all)}-{len(bare)}"
                os.environ["XDG_CACHE_HOME"] = str(folder / f"cache-{mark}")
                found.append(measure([sys.executable, *start, *build, "--output", str(folder / f"output-{mark}")]))
    whole, rest = min(with_all), min(bare)
    print(f"{chosen.size:,} incidents, {chosen.components} components: {whole:.2f} s, without {what} {rest:.2f} s")
    print(f"{what} adds {100 * (whole - rest) / rest:.0f} % (goal: {goal} %)")


if __name__ == "__main__":
    compare(WITHOUT, "/uptime/", goal=25)
