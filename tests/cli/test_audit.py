"""`statusgen audit` and the pages say the same of the same commits."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command import SAMPLE, run_statusgen

sys.path.append(str(Path(__file__).parents[1] / "watch"))
from watching import DONE, HEAD, LOOK, Clock, Repo

AT = ("--at", "2026-11-24T12:00Z")
SITE = "name: Acme\nurl: https://status.example/\ncomponents: {api: API, web: Website}\n"
OTHER = HEAD.replace("api:", "web:").replace("Errors on the API", "=Slow pages")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """An hour between commits: an incident that is corrected, one that is deleted, and a promise."""
    clock = Clock(tmp_path / "clock")
    repo = Repo(tmp_path / "repo", clock=clock)
    begun = HEAD.replace("---\n\n", "started: 2026-11-03 07:45\n---\n\n")
    commits: list[dict[str, str | bytes]] = [
        {"site.yaml": SITE, "incidents/api.md": begun + LOOK, "incidents/web.md": OTHER + LOOK + DONE},
        {"incidents/api.md": begun + LOOK + DONE},
        {"incidents/api.md": begun + LOOK + DONE.replace("08:30", "08:20:30")},
        {"site.yaml": SITE + "promises: {all: {target: 99.9}}\n"},
        {},
    ]
    for files in commits:
        if not files:
            repo.delete("incidents/web.md")
        repo.commit(files)
        clock.move(hours=1)
    return repo


def audit(repo: Repo, *options: str) -> str:
    result = run_statusgen("audit", *AT, *options, cwd=repo.top)
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


def test_the_table(repo: Repo) -> None:
    lines = audit(repo).splitlines()
    cells = [re.split(r"\s{2,}", line) for line in lines]
    assert cells[0] == ["COMMIT", "DATE", "FILE", "COMPONENT", "EFFECT", "WHAT"]
    ids = repo.git("log", "--format=%h", "--abbrev=12", "--reverse").split()
    assert [cell[0] for cell in cells[1:]] == [ids[2], ids[4], ids[3], ids[3]]
    assert [cell[1][11:16] for cell in cells[1:]] == ["11:00", "13:00", "12:00", "12:00"]
    assert cells[1][3:] == ["api", "-9 min 30 s",
                            "Ended: 3 November 2026, 08:30 UTC → 3 November 2026, 08:20:30 UTC"]  # fmt: skip
    assert cells[2][2:] == ["incidents/web.md", "web", "-30 min", "Deleted, with all that it counted"]
    assert cells[3][2:5] == ["site.yaml", "api", "-"]
    assert cells[3][5].startswith("promise: none → 99.9 % of each month")


def test_since(repo: Repo) -> None:
    assert len(audit(repo, "--since", "HEAD~1").splitlines()) == 2
    assert len(audit(repo, "--since", "HEAD~2").splitlines()) == 4
    assert len(audit(repo, "--since", "HEAD").splitlines()) == 1
    result = run_statusgen("audit", "--since", "--output=x", cwd=repo.top)
    assert (result.returncode, result.stdout) == (2, "")
    assert "there is no commit `--output=x`" in result.stderr


def test_data(repo: Repo) -> None:
    data = json.loads(audit(repo, "--format", "json"))
    rows = list(csv.DictReader(io.StringIO(audit(repo, "--format", "csv"))))
    first, second = data["corrections"]
    assert [row["commit"] for row in rows[:2]] == [first["commit"], second["commit"]]
    assert first["effects"] == [
        {
            "component": "api",
            "lost_seconds": -570,
            "lost_minutes": -9.5,
            "months": [
                {"period": "2026-11", "percent_before": 99.86, "percent_after": 99.89, "lost_seconds": -570},
            ],
        }
    ]
    assert (rows[0]["lost_seconds"], rows[0]["lost_minutes"]) == ("-570", "-9.5")
    assert (second["title"], rows[1]["title"]) == ("=Slow pages", "'=Slow pages")
    assert data["complete_since"] is None
    assert [change["component"] for change in data["site_changes"]] == ["api", "web"]


def test_pages_lead_from_a_figure_to_commits(repo: Repo) -> None:
    assert run_statusgen("build", *AT, cwd=repo.top).returncode == 0
    ids = repo.git("log", "--format=%h", "--abbrev=12", "--reverse").split()
    month = (repo.top / "output/uptime/2026-11/index.html").read_text("utf-8")
    assert f'<a href="../../incidents/api/">Errors on the API</a> (<code>{ids[2]}</code>' in month
    found = re.findall(r"<tr><td><time.*?</time></td><td><code>(.*?)</code></td><td>(.*?)</td><td>(.*?)</td>"
                       r"<td>(.*?)</td><td>(.*?)</td>", month)  # fmt: skip
    # 2,700 and 2,130 of 2,073,600 seconds, and 1,800 of them.
    assert found == [
        (ids[2], "API", "99.86 %", "99.89 %", "-9 min 30 s"),
        (ids[4], "Website", "99.91 %", "100.00 %", "-30 min"),
    ]
    page = (repo.top / "output/incidents/api/index.html").read_text("utf-8")
    assert "First published here on " in page and "1 h 15 min after it began" in page
    assert re.findall(r"<li><code>(.*?)</code>", page) == ids[:3]
    assert '<a href="../../uptime/2026-11/#Corrections">figures of November 2026</a>' in page
    assert not (repo.top / "output/incidents/web").exists()


def test_no_history(repo: Repo, tmp_path: Path) -> None:
    """Pages of a copy say nothing of commits, and nothing that is wrong."""
    shutil.copytree(repo.folder, tmp_path / "copy/content")
    result = run_statusgen("audit", cwd=tmp_path / "copy")
    assert (result.returncode, result.stdout) == (2, "")
    assert "there is no git history of content" in result.stderr
    assert run_statusgen("build", *AT, cwd=tmp_path / "copy").returncode == 0
    page = (tmp_path / "copy/output/incidents/api/index.html").read_text("utf-8")
    assert "First published" not in page and 'id="record"' not in page
    assert "at hand" not in (tmp_path / "copy/output/uptime/index.html").read_text("utf-8")


def test_a_repository_that_cannot_be_read(repo: Repo) -> None:
    """The folder can be built all the same."""
    for path in (repo.top / ".git/objects").rglob("*"):
        if path.is_file():
            path.unlink()
    result = run_statusgen("audit", cwd=repo.top)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("error: git: ")
    assert run_statusgen("build", *AT, cwd=repo.top).returncode == 0
    assert "The history of this page is not at hand" in (repo.top / "output/uptime/index.html").read_text("utf-8")
    assert 'id="record"' not in (repo.top / "output/incidents/api/index.html").read_text("utf-8")


def test_a_shallow_clone_says_so(repo: Repo, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--depth", "2", repo.top.as_uri(), clone], check=True)
    result = run_statusgen("audit", *AT, cwd=clone)
    assert (result.returncode, len(result.stdout.splitlines())) == (0, 2)
    assert "The history before 2026-11-03T12:00:00Z is not here (shallow clone)" in result.stderr
    assert run_statusgen("build", *AT, cwd=clone).returncode == 0
    assert "3 November 2026, 12:00 UTC</time> is not at hand" in (clone / "output/uptime/index.html").read_text("utf-8")
    assert "First published" not in (clone / "output/incidents/api/index.html").read_text("utf-8")


def test_a_demonstration_and_errors(repo: Repo) -> None:
    result = run_statusgen("audit", "--content", SAMPLE)
    assert result.returncode == 2
    assert "demo_today" in result.stderr
    repo.write({"incidents/api.md": HEAD.replace("api:", "apl:") + LOOK})
    result = run_statusgen("audit", cwd=repo.top)
    assert (result.returncode, result.stdout) == (1, "")
    assert "unknown-component" in result.stderr
