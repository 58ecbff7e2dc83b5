"""A slip of the year or the zone takes back nothing that customers saw."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from watching import HEAD, LOOK, Clock, Repo, Watcher, publish_once, shown

NAME = "incidents/api.md"
OPEN = "Errors on the API"


pytest_plugins = ["watch_fixtures"]


@pytest.mark.parametrize("time", ["2027-11-03 08:00", "2026-12-03 08:00", "2026-11-03 08:00 -11:00"])
def test_a_wrong_time_takes_back_nothing_that_was_seen(repo: Repo, watcher: Watcher, clock: Clock, time: str) -> None:
    seen = repo.git("log", "--format=%H", "-1", "--", f"content/{NAME}")
    repo.commit({NAME: (HEAD + LOOK).replace("2026-11-03 08:00", time) + "More.\n"})
    status = watcher.wait_for(repo.head)
    assert status["state"] == "problems" and shown(status) == {f"content/{NAME}": seen}
    assert OPEN in watcher.page()
    # Another slip on top of it.
    repo.commit({NAME: (HEAD + LOOK).replace("2026-11-03 08:00", "2028-01-01 00:00")})
    assert shown(watcher.wait_for(repo.head)) == {f"content/{NAME}": seen}
    repo.commit({NAME: HEAD + LOOK + "Mended.\n"})
    assert watcher.wait_for(repo.head)["problems"] == []
    assert "Mended." in watcher.page("incidents/api/index.html")


def test_a_withheld_version_is_shown_when_its_time_has_come(repo: Repo, watcher: Watcher, clock: Clock) -> None:
    repo.commit({NAME: (HEAD + LOOK).replace("08:00", "09:30") + "Half past nine.\n"})
    status = watcher.wait_for(repo.head)
    assert OPEN in watcher.page() and "Half past nine." not in watcher.page("incidents/api/index.html")
    assert status["next_transition"] == "2026-11-03T09:30:00Z"
    clock.move(minutes=30)
    watcher.wait(lambda status: status["problems"] == [])
    assert "Half past nine." in watcher.page("incidents/api/index.html")


def test_an_announcement_that_is_put_off_is_not_shown_before(repo: Repo, watcher: Watcher, clock: Clock) -> None:
    repo.commit({"incidents/soon.md": (HEAD + LOOK).replace("API", "website").replace("08:00", "09:10")})
    repo.commit({"incidents/soon.md": (HEAD + LOOK).replace("API", "website").replace("08:00", "11:00")})
    watcher.wait_for(repo.head)
    clock.move(hours=1)
    repo.commit({"pages/about.md": "---\ntitle: About\n---\n\nUs.\n"})
    assert [problem["severity"] for problem in watcher.wait_for(repo.head)["problems"]] == ["warning"]
    assert "Errors on the website" not in watcher.page() and OPEN in watcher.page()


def test_a_clock_that_was_set_back_is_met_as_if_it_had_never_been_ahead(
    repo: Repo, watcher: Watcher, clock: Clock
) -> None:
    seen = repo.head
    clock.move(minutes=90)
    repo.commit({NAME: (HEAD + LOOK).replace("08:00", "10:00")})
    assert watcher.wait_for(repo.head)["problems"] == []
    clock.move(minutes=-80)
    assert shown(watcher.wait(lambda status: bool(status["problems"]))) == {
        f"content/{NAME}": repo.git("rev-parse", f"{seen}~1")
    }


def test_nor_is_what_was_kept_then(repo: Repo, clock: Clock, tmp_path: Path) -> None:
    """By a process that found nothing wrong with the file, and kept that for others."""
    seen = repo.head
    clock.move(minutes=90)
    repo.commit({NAME: (HEAD + LOOK).replace("08:00", "10:00")})
    told = tmp_path / "told.json"
    problems = []
    for _ in range(2):
        options = ("--status", told)
        environment = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
        result = publish_once(repo.top, tmp_path / "output", *options, clock=clock, environment=environment)
        assert result.returncode == 0, result.stderr
        problems.append(shown(json.loads(told.read_bytes())))
        clock.move(minutes=-80)
    assert problems == [{}, {f"content/{NAME}": seen}]
