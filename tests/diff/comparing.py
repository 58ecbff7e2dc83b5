"""The real command on real repositories, in this process."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from command import NO_CACHE

sys.path.append(str(Path(__file__).parents[1] / "watch"))
from watching import Repo

from statusgen.cli.main import statusgen
from statusgen.errors import Error

SITE = "name: Acme\nurl: https://status.example/\ncomponents: {api: API, web: Website}\n"
HEAD = "---\ntitle: Errors\ncomponents: {api: major_outage}\n---\n\n"
LOOK = "## investigating @ 2026-11-03 08:00\n\nWe look.\n\n"
DONE = "## resolved @ 2026-11-03 08:30\n\nAll is well.\n\n"
WORK = "---\ntitle: New disks\nstarts: 2026-11-10 22:00\nduration: 2h\ncomponents: [web]\n---\n\n"
SOON = "## scheduled @ 2026-11-03 07:00\n\nSoon.\n\n"


def run_diff(repo: Repo, now: datetime, *arguments: str) -> Result:
    command = ["diff", *arguments, "--content", str(repo.folder), "--at", now.isoformat()]
    result = CliRunner().invoke(statusgen, command, env=NO_CACHE, catch_exceptions=True)
    assert result.exception is None or isinstance(result.exception, Error | SystemExit), result.exc_info
    return result


def text_of(repo: Repo, now: datetime, *arguments: str) -> list[str]:
    """The lines below the first one, without the path of the content folder."""
    result = run_diff(repo, now, *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout.replace(f"{repo.folder}/", "").splitlines()[1:]


def data_of(repo: Repo, now: datetime, *arguments: str) -> dict[str, Any]:
    result = run_diff(repo, now, *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def is_empty(data: dict[str, Any]) -> bool:
    about = ("version", "at", "base", "head", "ignored")
    return not any(_has_any(value) for key, value in data.items() if key not in about)


def _has_any(value: object) -> bool:
    return any(map(_has_any, value.values())) if isinstance(value, dict) else bool(value)
