"""What the watcher does and what is wrong, as a file that a health check can read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from statusgen.build.live import Report

# What the state is, the worst last: all is well; published, with problems in the content; the branch cannot be
# published, and what was published before stays.
OK, PROBLEMS, FAILING = "ok", "problems", "failing"


@dataclass(frozen=True, slots=True)
class Status:
    """`message` says why it is failing. `report` is of what is published; None before the first time."""

    branch: str
    checked_at: datetime
    report: Report | None = None
    message: str = ""
    fetch: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def state(self) -> str:
        if self.message or self.report is None:
            return FAILING
        return PROBLEMS if any(problem.severity == "error" for problem in self.report.problems) else OK


def render_status(status: Status, pid: int) -> bytes:
    """JSON; times in UTC, lengths in seconds. Keys that are here stay."""
    report = status.report
    data: dict[str, Any] = {
        "version": 1,
        "state": status.state,
        "message": status.message,
        "pid": pid,
        "branch": status.branch,
        "checked_at": _time(status.checked_at),
        "revision": report.commit if report else None,
        "published_at": _time(report.now) if report else None,
        "next_transition": _time(report.next_at) if report else None,
        "durations": {name: round(length, 4) for name, length in report.seconds.items()} if report else {},
        "files": asdict(report.published) if report else {},
        "problems": _problems(report) if report else [],
        "fetch": dict(status.fetch),
    }
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def _problems(report: Report) -> list[dict[str, Any]]:
    """With the commit whose version is shown instead, None where nothing is."""
    problems, shown = [], report.shown
    for problem in report.problems:
        instead = {"shown": shown[problem.path]} if problem.path in shown and problem.severity == "error" else {}
        problems.append(asdict(problem) | instead)
    return problems


def _time(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
