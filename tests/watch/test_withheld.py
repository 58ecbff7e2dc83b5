"""A slip of the year or the zone takes back nothing that customers saw."""

from __future__ import annotations

import pytest
from watching import HEAD, LOOK, Clock, Repo, Watcher, shown

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
