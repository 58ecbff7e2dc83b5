"""What `check` says about time, from the command line: the present is compared with, another time is not."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bad_content import SITE, write
from command import run_statusgen

HEAD = "---\ntitle: Errors\ncomponents: {api: partial_outage}\n---\n\n"


def codes(text: str) -> list[str]:
    return re.findall(r"(?:error|warning)\[[a-z-]+\]", text)


def test_only_the_present_is_compared_with(tmp_path: Path) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    ago, later = (f"{now + timedelta(hours=hours):%Y-%m-%d %H:%M} UTC" for hours in (-5, 5))
    write(tmp_path, "content/site.yaml", SITE)
    write(
        tmp_path,
        "content/incidents/x.md",
        f"{HEAD}## investigating @ {ago}\n\nWe look.\n\n## resolved @ {later}\n\nAll is well.\n",
    )
    at = ["--at", f"{now - timedelta(days=1):%Y-%m-%dT%H:%MZ}"]
    assert codes(run_statusgen("check", cwd=tmp_path).stdout) == ["warning[future-time]"]
    assert codes(run_statusgen("check", *at, cwd=tmp_path).stdout) == []
    assert codes(run_statusgen("build", cwd=tmp_path).stderr) == ["warning[future-time]"]
    assert codes(run_statusgen("build", *at, cwd=tmp_path).stderr) == []


def test_what_is_not_committed_is_told_by_both(tmp_path: Path) -> None:
    write(tmp_path, "content/site.yaml", SITE)
    write(tmp_path, "content/incidents/x.md", f"{HEAD}## investigating\n\nWe look.\n")
    without_git = run_statusgen("check", cwd=tmp_path)
    assert (without_git.returncode, codes(without_git.stdout)) == (1, ["error[no-time]"])
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    check, build = (run_statusgen(command, cwd=tmp_path) for command in ("check", "build"))
    assert (check.returncode, codes(check.stdout)) == (0, ["warning[not-committed]"])
    assert (build.returncode, codes(build.stderr)) == (1, ["error[no-time]"])
    assert check.stdout.startswith("content/incidents/x.md:6: ")
