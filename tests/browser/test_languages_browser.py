"""Every language on the smallest screens: the longest words break no page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pytest
from browsing import Served, Watched, serve_files
from playwright.sync_api import Browser
from sites import NOW, default_theme, parse_sample
from test_access import BEYOND

from statusgen.history.snapshot import take_snapshot
from statusgen.model.languages import LANGUAGES
from statusgen.render.files import render_file
from statusgen.render.site import SitePlan, plan_site

TAGS = tuple(tongue.tag for tongue in LANGUAGES if tongue.tag != "en")
PAGES = (
    *("", "incidents/tracking-slow-responses/", "incidents/label-api-outage/", "changes/sandbox-reset/"),
    *("components/label-api/", "history/", "history/2026-11/", "problems/", "uptime/", "uptime/2026-11/", "subscribe/"),
)


@dataclass(frozen=True)
class Rendered(Mapping[str, bytes]):
    """Files that are made when somebody asks for them."""

    plan: SitePlan

    def __getitem__(self, path: str) -> bytes:
        return render_file(self.plan.files[path], self.plan.dress)

    def __iter__(self) -> Iterator[str]:
        return iter(self.plan.files)

    def __len__(self) -> int:
        return len(self.plan.files)


@pytest.fixture(scope="module")
def world() -> Iterator[Served]:
    content = parse_sample()
    content = replace(content, site=replace(content.site, languages=TAGS))
    yield from serve_files("/", Rendered(plan_site(take_snapshot(content, NOW), default_theme())))


@pytest.fixture(scope="module")
def small(browser: Browser) -> Iterator[Watched]:
    watched = Watched(browser.new_page(viewport={"width": 320, "height": 800}))
    watched.page.on("console", lambda message: watched.complaints.append(message.text))
    watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    yield watched
    watched.page.close()


@pytest.mark.parametrize("tag", TAGS)
def test_no_page_breaks_on_the_smallest_screens(tag: str, world: Served, small: Watched) -> None:
    for path in PAGES:
        small.page.goto(f"{world.root}{tag}/{path}")
        assert small.page.get_attribute("html", "lang") == tag
        assert small.page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert small.page.evaluate(BEYOND) == [], path
    assert small.complaints == []
