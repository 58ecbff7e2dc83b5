"""Hostile and enormous texts in every field: nothing acts, asks anybody, or leaves its place on any screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from browsing import Served, Watched, serve_files
from playwright.sync_api import Page
from sites import make_site, render
from test_access import BEYOND
from test_hostile import VECTORS, hostile_content

Open = Callable[..., Watched]
HUGE = "Donaudampfschifffahrtsgesellschaft" * 15
WIDE = "\n".join(["|" + f" {HUGE[:60]} |" * 12, "|" + "---|" * 12, "|" + " 1 |" * 12])
TEXTS = {
    "vectors": "\n\n".join(VECTORS),
    "unclosed": "<b><i><table><tr><td><ul><li><blockquote>not closed [x](https://a.example *a **b `c",
    "huge words": f"{HUGE} `{HUGE}` [{HUGE}](https://a.example/{HUGE})",
    "wide things": f"{WIDE}\n\n![wide](https://evil.example/{HUGE}.png)\n\n```\n{HUGE}\n```\n\n> {HUGE}\n\n1. {HUGE}",
    "right to left": "\u202e" + "مرحبا بالعالم " * 40 + HUGE,
}
LONG = "We are looking at what happens, and will tell more soon. " * 180
SITE = "name: Acme\nurl: https://status.acme.example/\ncomponents:\n" + "".join(
    f"  c{n}: Service {n}\n" for n in range(200)
)
LARGE = f"""---
title: Everything is down
components: {{{", ".join(f"c{n}: major_outage" for n in range(200))}}}
---

## investigating @ 2026-11-20 09:00

{LONG}
"""


@pytest.fixture(scope="module", params=[*TEXTS, "large"])
def hostile(request: pytest.FixtureRequest) -> Iterator[Served]:
    if request.param == "large":
        files = make_site({"site.yaml": SITE, "incidents/down.md": LARGE})
    else:
        files = render(hostile_content(TEXTS[request.param]))
    yield from serve_files("/", files)


@pytest.fixture(scope="module")
def watched(open_page: Open) -> Watched:
    return open_page("about:blank")


def paths_of(site: Served) -> list[str]:
    """One page of each folder, at most."""
    pages = (path.removesuffix("index.html") for path in site.files if path.endswith("index.html"))
    return list({path.split("/")[0]: path for path in pages if not path.startswith("embed/")}.values())


def test_nothing_acts_and_all_stays_in_its_place(hostile: Served, watched: Watched) -> None:
    page = watched.page
    watched.requests.clear()
    paths = paths_of(hostile)
    assert {"", "incidents/"} <= {path[: path.find("/") + 1] for path in paths}
    for path in paths:
        page.goto(hostile.root + path)
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert page.evaluate(BEYOND) == [], path
        assert parts_of(page) == ["A", "HEADER", "MAIN", "FOOTER"], path
    assert watched.complaints == []
    assert {address for address in watched.requests if not address.startswith(hostile.root)} == set()


def parts_of(page: Page) -> list[str]:
    """What stands in the body itself: whatever closed an element would move the rest here."""
    found: list[str] = page.evaluate("[...document.body.children].map((one) => one.tagName)")
    return found
