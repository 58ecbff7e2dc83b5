"""The real command in a process of its own, as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import statusgen

ROOT = Path(statusgen.__file__).parent.parent
SAMPLE = Path(__file__).parent.parent / "content"
LIMIT_FOR = 300.0
# What one test leaves in the cache must not help another, nor whoever runs the tests.
NO_CACHE = {"XDG_CACHE_HOME": "/dev/null/nowhere"}


def run_python(
    *arguments: str | Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    before: Sequence[str] = (),
    umask: int = -1,
    errors: str = "strict",
) -> subprocess.CompletedProcess[str]:
    """A Python that imports the statusgen under test, wherever it runs; `before` is what starts it, if not this one."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    inherited = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "PYTHONSTARTUP")}
    return subprocess.run(
        [*before, sys.executable, *map(str, arguments)],
        cwd=cwd,
        env=inherited
        | NO_CACHE
        | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}
        | dict(env or {}),
        capture_output=True,
        encoding="utf-8",
        errors=errors,
        timeout=LIMIT_FOR,
        umask=umask,
        check=False,
    )


run_statusgen = partial(run_python, "-m", "statusgen")


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file's bytes by its path; empty folders are there with none."""
    tree = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir():
            tree[f"{name}/"] = b""
        else:
            tree[name] = path.read_bytes()
    return tree


def read_times(folder: Path) -> dict[str, int]:
    """When each file and folder last changed, in ns."""
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*")}
