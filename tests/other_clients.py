"""Other people's programs, as their registries have them: each is installed once, where it disturbs nobody.

What cannot be installed is an error, and no reason to skip: without these, nobody knows whether they read the site."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent / "clients"
LIMIT_FOR = 900.0


def install_clients(names: Sequence[str]) -> Path:
    """An environment with what the files of those names list."""
    lists = [HERE / name for name in names]

    def install(place: Path) -> None:
        _run(sys.executable, "-m", "venv", "--clear", str(place))
        _run(str(place / "bin" / "pip"), "install", "-q", *(part for path in lists for part in ("-r", str(path))))

    return _install_once([sys.version.encode(), *(path.read_bytes() for path in lists)], install)


def install_packages(name: str) -> Path:
    """A folder with the packages of npm that the folder of that name lists with their sums; nothing of them is run."""
    lists = [HERE / name / "package.json", HERE / name / "package-lock.json"]

    def install(place: Path) -> None:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        for path in lists:
            shutil.copy(path, place)
        command = [str(node_client() / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        _run(*command, "--prefix", str(place), PATH=f"{node_client()}{os.pathsep}{os.environ['PATH']}")

    return _install_once([path.read_bytes() for path in lists], install)


def _install_once(parts: Sequence[bytes], install: Callable[[Path], None]) -> Path:
    """The folder for what is made of the parts; several test runs may ask at once."""
    mark = hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "statusgen-tests"
    folder.mkdir(parents=True, exist_ok=True)
    place, done = folder / f"clients-{mark}", folder / f"clients-{mark}.done"
    with (folder / f"clients-{mark}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            install(place)
            done.touch()
    return place


def _run(*command: str, **environment: str) -> None:
    environment = {**os.environ, **environment}
    result = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_FOR, check=False, env=environment)
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


@cache
def statuspage_client() -> Path:
    """The folder in whose node_modules the package statuspage.io is."""
    return install_packages("statuspage.io")
