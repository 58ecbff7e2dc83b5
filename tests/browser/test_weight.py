"""What a page costs whoever waits for it, and what is left of it without a script."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from browsing import Served, Watched
from playwright.sync_api import Page
from sites import NOW
from test_pages import PAGES

Open = Callable[..., Watched]
KB = 1000
MOVED = """() => new Promise((done) => {
  const found = [];
  new PerformanceObserver((list) => found.push(...list.getEntries().map(({value}) => value)))
    .observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(found)));
})"""
# What page.js adds: a field to find things, buttons, and a line to say things.
WITHOUT_ADDED = """() => {
  for (const added of document.querySelectorAll("button, .find, .said")) added.remove();
  return document.body.innerText;
}"""


def test_the_front_page_is_light(site: Served, open_page: Open) -> None:
    watched = open_page(site.root)
    watched.page.wait_for_load_state("networkidle")
    paths = [address.removeprefix(site.root).partition("?")[0] or "index.html" for address in watched.requests]
    assert len(paths) <= 6
    sizes = {path: len(gzip.compress(site.files[path])) for path in paths if not path.endswith(".svg")}
    assert {path.rpartition(".")[2] for path in sizes} >= {"html", "css", "js"}
    assert sizes["index.html"] <= 14 * KB
    assert sum(sizes.values()) <= 30 * KB


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["home", "open incident", "history", "uptime"])
def test_nothing_moves_while_a_page_loads(name: str, width: int, site: Served, open_page: Open) -> None:
    page = open_page(site.root + PAGES[name], width).page
    page.wait_for_load_state("networkidle")
    assert page.evaluate(MOVED) == []


@pytest.fixture(scope="module")
def with_and_without(open_page: Open) -> list[Page]:
    """In the site's own zone, at the time of which it was built."""
    found = [
        open_page("about:blank", timezone_id="Europe/Berlin", java_script_enabled=enabled).page
        for enabled in (True, False)
    ]
    found[0].clock.set_fixed_time(NOW)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_a_script_adds_and_takes_nothing_away(name: str, site: Served, with_and_without: list[Page]) -> None:
    lively, plain = with_and_without
    for page in with_and_without:
        page.goto(site.root + PAGES[name])
    words = lively.evaluate(WITHOUT_ADDED).split()
    assert words == plain.locator("body").inner_text().split()
    assert len(words) > 20
