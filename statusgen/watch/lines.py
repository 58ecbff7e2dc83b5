"""What a watcher says, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from statusgen.build.live import Report
from statusgen.errors import in_one_line


def problem_lines(report: Report, before: Report | None) -> Iterator[str]:
    """Of what is wrong only what is new since `before`, and what customers see instead."""
    known = set(before.problems) if before else set()
    yield from (str(problem) for problem in report.problems if problem not in known)
    for path, commit in sorted(report.shown.items() - (before.shown.items() if before else ())):
        instead = f"shown as it was in {commit[:12]}" if commit else "NOT SHOWN: no version of it was without errors"
        yield f"{in_one_line(path)} is {instead}"


def published_line(report: Report, branch: str) -> str:
    took = sum(report.seconds.values()) * 1000
    files = f"{report.published.written} files written, {report.published.deleted} deleted"
    following = f"the next change by time is at {report.next_at:%Y-%m-%dT%H:%M:%SZ}"
    return f"published {report.commit[:12]} of {branch} in {took:.0f} ms: {files}; {following}"


def missing_branch_line(branch: str, others: Sequence[str]) -> str:
    there = f"; there is {', '.join(map(in_one_line, others))}" if others else ""
    return f"there is no branch {branch}, or it has no commit yet{there}; what is published stays"
