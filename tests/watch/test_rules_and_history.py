"""What makes another page of the same commit: the rules of its time zone, and how much of its history is there."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pytest
from watching import DONE, HEAD, LOOK, SITE, Clock, Repo, Watcher, publish_once

NAME = "incidents/api/index.html"
RESTS = "nothing has changed since"
pytest_plugins = ["watch_fixtures"]


@pytest.fixture
def origin(tmp_path: Path, clock: Clock) -> Repo:
    """Whose newest commit is not the one with the newest heading."""
    repo = Repo(tmp_path / "origin", clock=clock)
    head = HEAD.replace("---\n\n", "started: 2026-11-03 07:00\n---\n\n")
    repo.commit({"site.yaml": SITE, "incidents/api.md": head + "## resolved\n\nWell.\n"})
    clock.move(hours=1)
    repo.commit({"pages/about.md": "---\ntitle: About\n---\n\nUs.\n"})
    clock.move(hours=1)
    repo.commit({"pages/about.md": "---\ntitle: About us\n---\n\nUs.\n"})
    return repo


@pytest.fixture
def clone(origin: Repo, tmp_path: Path, clock: Clock) -> Repo:
    origin.git("clone", "-q", "--depth", "1", origin.top.as_uri(), str(tmp_path / "clone"))
    return Repo(tmp_path / "clone", clock=clock)


def cached(folder: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(folder / "cache"), **(more or {})}


def test_a_resting_run_after_more_was_fetched(clone: Repo, tmp_path: Path, clock: Clock) -> None:
    output = tmp_path / "output"

    def publish() -> str:
        result = publish_once(clone.top, output, clock=clock, environment=cached(tmp_path))
        said = result.stdout + result.stderr
        assert result.returncode == int("shallow clone" in said), said
        return said

    # A page without this incident would say that all is well.
    assert "shallow clone" in publish() and not (output / "index.html").exists()
    clone.git("fetch", "-q", "--unshallow")
    assert RESTS not in publish()
    assert "2026-11-03T09:00:00" in (output / NAME).read_text("utf-8")
    assert RESTS in publish()
    clone.git("fetch", "-q", "--depth", "1")
    assert "shallow clone" in publish()
    assert "2026-11-03T09:00:00" in (output / NAME).read_text("utf-8")


def test_a_watcher_while_more_is_fetched(clone: Repo, tmp_path: Path, clock: Clock) -> None:
    with Watcher(clone.top, tmp_path / "watch", "--poll", "0.05", clock=clock) as watcher:
        watcher.wait_message("shallow clone")
        assert not watcher.page(NAME)
        clone.git("fetch", "-q", "--unshallow")
        watcher.wait_text("2026-11-03T09:00:00", NAME)
        watcher.wait(lambda status: status["state"] == "ok")


def test_new_rules_of_a_time_zone(tmp_path: Path, clock: Clock) -> None:
    repo = Repo(tmp_path / "repo", clock=clock)
    repo.commit({"site.yaml": SITE + "time_zone: Europe/Berlin\n", "incidents/api.md": HEAD + LOOK + DONE})
    rules = tmp_path / "zones/Europe/Berlin"
    rules.parent.mkdir(parents=True)
    environment = cached(tmp_path, {"PYTHONTZPATH": str(tmp_path / "zones")})
    output = tmp_path / "output"
    for zone, time in (("Europe/Berlin", "08:00:00+01:00"), ("Europe/Istanbul", "08:00:00+03:00")):
        with files("tzdata").joinpath("zoneinfo", *zone.split("/")).open("rb") as data, rules.open("wb") as place:
            shutil.copyfileobj(data, place)
        for expected in (False, True):
            result = publish_once(repo.top, output, clock=clock, environment=environment)
            assert result.returncode == 0, result.stderr
            assert (RESTS in result.stdout + result.stderr) == expected
        assert f"2026-11-03T{time}" in (output / NAME).read_text("utf-8")
