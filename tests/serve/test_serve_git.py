"""Headings without a time have that of now until they are committed."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from serving import HEAD, NAME, PAGE, SITE, Reply, serving, write

sys.path.append(str(Path(__file__).parents[1] / "source"))
from git_repo import Repo, hour

UPDATE = "## investigating\n\nWe are looking into it.\n"
AT = re.compile(r'<time datetime="([^"]+)">')


def times_of(page: Reply) -> set[datetime]:
    return {datetime.fromisoformat(text) for text in AT.findall(page.text)}


def test_the_time_of_now_and_that_of_the_commit(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    write(repo.folder, {"site.yaml": SITE})
    repo.commit()
    with serving(repo.folder) as preview:
        write(repo.folder, {NAME: HEAD + UPDATE})
        page = preview.until(PAGE, lambda page: page.code == 200)
        now = datetime.now(UTC).replace(microsecond=0)
        assert any(now - timedelta(minutes=2) < at <= datetime.now(UTC) for at in times_of(page))
        assert "warning[not-committed]" in page.problems
        committed_at = hour(repo.commit())
        assert preview.until(PAGE, lambda page: committed_at in times_of(page)).problems == ""
        write(repo.folder, {NAME: f"{HEAD}{UPDATE}\n## resolved\n\nOver.\n"})
        page = preview.until(PAGE, lambda page: "Over." in page.text)
        assert committed_at in times_of(page) and max(times_of(page)) >= now
        over_at = hour(repo.commit())
        page = preview.until(PAGE, lambda page: over_at in times_of(page))
        assert times_of(page) == {committed_at, over_at}


def test_another_branch_is_another_preview(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    write(repo.folder, {"site.yaml": SITE, NAME: HEAD + UPDATE})
    committed_at = hour(repo.commit())
    repo.git("checkout", "-q", "-b", "other")
    repo.commit(f"{HEAD}{UPDATE}\n## resolved\n\nOver.\n")
    with serving(repo.folder) as preview:
        assert "Over." in preview.ask(PAGE).text
        repo.git("checkout", "-q", "main")
        assert times_of(preview.until(PAGE, lambda page: "Over." not in page.text)) == {committed_at}
