"""Other people's programs, as their registries have them: each is installed once, where it disturbs nobody.

What cannot be installed is an error, and no reason to skip: without these, nobody knows whether they read the site."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent / "clients"
LIMIT_FOR = 900.0


def install_clients(names: Sequence[str]) -> Path:
    """An environment with what the files of those names list; several test runs may ask at once."""
    lists = [HERE / name for name in names]
    mark = hashlib.sha256(b"\0".join([sys.version.encode(), *(path.read_bytes() for path in lists)])).hexdigest()[:16]
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "statusgen-tests"
    folder.mkdir(parents=True, exist_ok=True)
    place, done = folder / f"clients-{mark}", folder / f"clients-{mark}.done"
    with (folder / f"clients-{mark}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            _run(sys.executable, "-m", "venv", "--clear", str(place))
            _run(str(place / "bin" / "pip"), "install", "-q", *(part for path in lists for part in ("-r", str(path))))
            done.touch()
    return place


def _run(*command: str) -> None:
    result = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_FOR, check=False)
    assert result.returncode == 0, f"{' '.join(command)}\n{result.stdout}\n{result.stderr}"


@cache
def python_client() -> Path:
    """The Python that has reader, circuit-maintenance-parser and the Prometheus exporter."""
    return install_clients(["requirements.txt"]) / "bin" / "python"


@cache
def node_client() -> Path:
    """The folder with `node` and `npm`."""
    return install_clients(["node.txt"]) / "bin"


@cache
def calendar_client() -> Path:
    """The Python that expands series."""
    return install_clients(["calendars.txt"]) / "bin" / "python"
