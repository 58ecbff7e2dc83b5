"""A broken theme takes no page down: the newest version that can be used shows the content."""

from __future__ import annotations

from pathlib import Path

import pytest
from watching import HEAD, LOOK, SITE, Clock, Repo, Watcher, publish_once

# What a page says of an incident that is not over.
OPEN = "Errors on the API"


pytest_plugins = ["watch_fixtures"]


@pytest.mark.parametrize(
    "text", [b"{% block", b"{{ 1 / 0 }}", b"{{ no.such.thing }}", b"\xff", b"{% include 'no.html' %}"]
)
def test_a_broken_theme(repo: Repo, watcher: Watcher, text: bytes) -> None:
    repo.commit({"../themes/mine/templates/404.html": "<p>Two</p>"})
    repo.commit({"../themes/mine/templates/404.html": text, "incidents/new.md": HEAD + LOOK})
    status = watcher.wait_for(repo.head)
    assert status["state"] == "problems" and "404.html" in status["problems"][0]["message"]
    assert watcher.page("404.html") == "<p>Two</p>"
    # The content goes on.
    assert (watcher.output / "incidents/new/index.html").exists()
    repo.commit({"../themes/mine/templates/404.html": "<p>Three</p>"})
    assert watcher.wait_for(repo.head)["problems"] == []
    assert watcher.page("404.html") == "<p>Three</p>"


def test_a_theme_that_is_removed(repo: Repo, watcher: Watcher) -> None:
    repo.git("rm", "-r", "-q", "themes")
    repo.commit()
    status = watcher.wait_for(repo.head)
    assert "there is no theme `mine`" in status["problems"][0]["message"]
    assert watcher.page("404.html") == "<p>One</p>"


def test_a_first_theme_that_is_broken(repo: Repo, tmp_path: Path, clock: Clock) -> None:
    """A page without its looks is better than none."""
    repo.commit({"../themes/first/templates/404.html": "{% block"})
    result = publish_once(repo.top, tmp_path / "output", "--theme", "first", clock=clock)
    assert "404.html:1" in result.stderr and OPEN in (tmp_path / "output/index.html").read_text("utf-8")


def test_a_theme_that_fails_on_some_content_only(repo: Repo, watcher: Watcher) -> None:
    picky = "{{ site.name if site.name == 'Acme' else no.such.thing }}"
    repo.commit({"site.yaml": SITE.replace("Acme", "Bolt")})
    repo.commit({"../themes/mine/templates/404.html": picky})
    assert watcher.wait_for(repo.head)["state"] == "problems"
    assert watcher.page("404.html") == "<p>One</p>"
    repo.commit({"site.yaml": SITE})
    assert watcher.wait_for(repo.head)["problems"] == []
    assert watcher.page("404.html") == "Acme"
