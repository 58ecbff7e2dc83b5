"""What a build costs as the content grows: `python tests/bench/scale.py [SIZE…]` prints the README's table.

Each figure is of a whole process from an empty output folder; time is the least of the runs, memory the peak of one."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import write_content

import statusgen

SIZES = (100, 1_000, 10_000)
RUNS = 3


def write_bytecode() -> None:
    """A program that is installed has its bytecode; a checkout may be forbidden to write it."""
    for folder in statusgen.__path__:
        compileall.compile_dir(folder, quiet=1)


def measure(command: list[str]) -> tuple[float, float]:
    """Seconds and MiB of one run; raises CalledProcessError where it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return seconds, usage.ru_maxrss / 1024


def run(size: int, folder: Path) -> tuple[float, float, int]:
    """Least seconds, least peak MiB, and files of the site."""
    at = write_content(folder / "content", size)
    command = [sys.executable, "-m", "statusgen", "build", "--content", str(folder / "content"), "--at", at.isoformat()]
    figures = []
    for number in range(RUNS):
        os.environ["XDG_CACHE_HOME"] = str(folder / f"cache-{number}")
        figures.append(measure([*command, "--output", str(folder / f"output-{number}")]))
    files = sum(path.is_file() for path in (folder / "output-0").rglob("*"))
    return min(seconds for seconds, _ in figures), min(memory for _, memory in figures), files


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or SIZES
    write_bytecode()
    print("| incidents | files | seconds | ms per incident | peak memory, MiB | KiB per incident |")
    print("|---:|---:|---:|---:|---:|---:|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            seconds, memory, files = run(size, Path(folder))
        per_incident = f"{seconds / size * 1000:.2f}"
        print(f"| {size:,} | {files:,} | {seconds:.2f} | {per_incident} | {memory:.0f} | {memory / size * 1024:.0f} |")


if __name__ == "__main__":
    main()
