"""When customers first saw what was dated ahead, which is not when it was committed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from command import run_statusgen
from trailing import NOW, SITE, following
from watching import START, Clock, Repo

from statusgen.model.entries import Change, Incident

DAY = START.replace(hour=0)
INCIDENT, CHANGE = "incidents/api.md", "changes/disks.md"


def incident(hour: int, *rest: str) -> str:
    head = f"---\ntitle: Errors\ncomponents: {{api: major_outage}}\n---\n\n## investigating @ {at(hour)}\n\nWe look.\n"
    return head + "".join(rest)


def change(first: str) -> str:
    return f"---\ntitle: Disks\ncomponents: [api]\nstarts: {at(60)}\nduration: 1h\n---\n\n## {first}\n\nSoon.\n"


def at(hour: int) -> str:
    return f"{DAY + timedelta(hours=hour):%Y-%m-%d %H:%M}"


OVER = f"\n## resolved @ {at(70)}\n\nAll is well.\n"


@pytest.mark.parametrize(
    ("path", "versions", "shown", "published"),
    [
        # By the hour since the first midnight: commits, and when they were seen first; by which commit.
        (INCIDENT, [(10, incident(9))], 10, 0),
        (INCIDENT, [(10, incident(50))], 50, 0),
        (INCIDENT, [(10, incident(50)), (20, incident(50).replace("look", "search"))], 50, 1),
        (INCIDENT, [(10, incident(50)), (20, incident(40)), (72, incident(40, OVER))], 40, 1),
        (INCIDENT, [(10, incident(50)), (20, incident(15))], 20, 1),
        (INCIDENT, [(10, incident(50)), (72, incident(20, OVER))], 50, 0),
        (INCIDENT, [(10, incident(9)), (72, incident(50, OVER))], 10, 0),
        (CHANGE, [(10, change(f"scheduled @ {at(9)}"))], 10, 0),
        (CHANGE, [(10, change(f"scheduled @ {at(30)}"))], 30, 0),
        (CHANGE, [(10, change(f"scheduled @ {at(30)}")), (40, change(f"scheduled @ {at(20)}"))], 30, 0),
        # Its file announces it.
        (CHANGE, [(10, change(f"in_progress @ {at(60)}"))], 10, 0),
    ],
)
def test_first_shown(tmp_path: Path, path: str, versions: list[tuple[int, str]], shown: int, published: int) -> None:
    clock = Clock(tmp_path / "clock")
    repo = Repo(tmp_path / "repo", clock=clock)
    repo.commit({"site.yaml": SITE})
    commits = []
    with following(repo) as reader:
        for hour, text in versions:
            clock.set(DAY + timedelta(hours=hour))
            commits.append(repo.commit({path: text}))
            reader.read(repo.head, clock.now)
        content = reader.read(repo.head, NOW).content
    entries: list[Incident | Change] = [*content.incidents, *content.changes]
    (entry,) = entries
    assert entry.record and entry.record.published
    assert (entry.record.shown_at, entry.record.published.id) == (DAY + timedelta(hours=shown), commits[published])
    with following(repo) as fresh:
        assert fresh.read(repo.head, NOW).content == content


def test_the_page_says_so(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit({"site.yaml": SITE, INCIDENT: incident(50), CHANGE: change(f"scheduled @ {at(30)}")})
    assert run_statusgen("build", "--at", f"{datetime.isoformat(NOW)}", cwd=repo.top).returncode == 0
    page, other = ((repo.top / f"output/{name}/index.html").read_text("utf-8")
                   for name in ("incidents/api", "changes/disks"))  # fmt: skip
    assert "5 November 2026, 02:00 UTC</time> by commit" in page
    assert "4 November 2026, 06:00 UTC</time> by commit" in other
    assert "That was 1 d 6 h before the work was to begin." in other
