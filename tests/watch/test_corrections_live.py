"""What a running site says of corrections, commit after commit and with a clock that is set: as one that begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command import read_tree
from watching import SITE, Clock, Repo

from statusgen.build.cache import Cache
from statusgen.build.live import LiveSite
from statusgen.publish.folder import open_output
from statusgen.source.commits import Commits
from statusgen.source.git import open_repository

NAME = "incidents/api.md"
TEXT = "---\ntitle: A\ncomponents: {{api: major_outage}}\n{}---\n\n## investigating @ 2026-03-31 19:00\n\nx\n\n"
DONE = "## resolved @ {}\n\n{}\n"
EVENING, NEXT_MORNING = datetime(2026, 3, 31, 22, tzinfo=UTC), datetime(2026, 4, 1, 5, tzinfo=UTC)


@contextmanager
def open_site(repo: Repo, output: Path) -> Iterator[LiveSite]:
    with closing(Commits(open_repository(repo.top, "content/"))) as commits, open_output(output) as folder:
        yield LiveSite(commits, Cache(None), folder, "default", lambda *_: None)


def clean(repo: Repo, now: datetime, output: Path) -> dict[str, bytes]:
    with open_site(repo, output) as site:
        site.publish(repo.head, now)
    return read_tree(output)


def test_words_of_a_draft(tmp_path: Path) -> None:
    """A new commit on the file gives equal corrections that are other values."""
    clock = Clock(tmp_path / "clock", EVENING)
    repo = Repo(tmp_path / "repo", clock=clock)
    told = []
    with open_site(repo, tmp_path / "live") as live:
        for head, words in (("", "y"), ("draft: true\n", "y"), ("draft: true\n", "yy")):
            repo.commit({"site.yaml": SITE, NAME: TEXT.format(head) + DONE.format("2026-03-31 20:00", words)})
            clock.move(hours=1)
            live.publish(repo.head, clock.now)
            told.append((tmp_path / "live/uptime/2026-03/index.html").read_text("utf-8").count("Made a draft"))
    assert told == [0, 1, 1]
    assert read_tree(tmp_path / "live") == clean(repo, clock.now, tmp_path / "clean")


@pytest.mark.parametrize("times", [(NEXT_MORNING, EVENING), (EVENING, NEXT_MORNING)])
def test_a_month_that_has_not_begun(times: tuple[datetime, datetime], tmp_path: Path) -> None:
    """The correction took something from a month; pages of that month and links to it come and go together."""
    repo = Repo(tmp_path / "repo", clock=Clock(tmp_path / "clock", NEXT_MORNING))
    other = TEXT.format("") + DONE.format("2026-03-31 20:00", "y")
    files: dict[str, str | bytes] = {f"incidents/o{day}.md": other.replace("03-31", f"03-{day}") for day in (29, 30)}
    for over in ("2026-04-01 02:00", "2026-03-31 20:00"):
        repo.commit({"site.yaml": SITE, **files, NAME: TEXT.format("") + DONE.format(over, "y")})
    with open_site(repo, tmp_path / "live") as live:
        for now in times:
            live.publish(repo.head, now)
    found = read_tree(tmp_path / "live")
    links = re.findall(rb"uptime/([0-9-]+)/#Corrections", found["incidents/api/index.html"])
    assert links == ([b"2026-03"] if now == EVENING else [b"2026-03", b"2026-04"])
    assert found == clean(repo, now, tmp_path / "clean")


def test_a_component_of_that_name(tmp_path: Path) -> None:
    """No id is on a page twice."""
    clock = Clock(tmp_path / "clock", EVENING)
    repo = Repo(tmp_path / "repo", clock=clock)
    for over in ("20:00", "20:30"):
        text = TEXT.format("").replace("api:", "corrections:") + DONE.format(f"2026-03-31 {over}", "y")
        repo.commit({"site.yaml": SITE.replace("api: API", "corrections: API"), NAME: text})
        clock.move(hours=1)
    page = clean(repo, clock.now, tmp_path / "clean")["uptime/2026-03/index.html"]
    ids = re.findall(rb' id="([^"]*)"', page)
    assert b"corrections" in ids and b"Corrections" in ids
    assert len(ids) == len(set(ids))
