"""The shipped themes in a real browser: small screens, both colour schemes, and any accent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browsing import Served, Watched, serve_files
from sites import NOW, parse_sample
from test_pages import CONTRAST, ENOUGH, SCHEMES

from statusgen.build.sample import DRESSED
from statusgen.history.snapshot import take_snapshot
from statusgen.model.looks import Looks
from statusgen.render.site import plan_site, render_site
from statusgen.source.theme import read_theme

Open = Callable[..., Watched]
PAGES = ("", "incidents/tracking-slow-responses/", "uptime/")
# A light and a middling colour.
ACCENTS = {"compact": "#0aa550", "brand": "#ffd84d"}


@pytest.fixture(scope="module", params=ACCENTS)
def themed(request: pytest.FixtureRequest) -> Iterator[Served]:
    content = parse_sample("https://status.acme.example/")
    looks = Looks(accent=ACCENTS[request.param], pictures=DRESSED.pictures[:1])
    content = replace(content, site=replace(content.site, looks=looks))
    theme = read_theme(request.param, Path(__file__).parent)
    yield from serve_files("/", dict(render_site(plan_site(take_snapshot(content, NOW), theme))))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", PAGES)
def test_every_text_can_be_read_and_fits(themed: Served, open_page: Open, path: str, scheme: str) -> None:
    watched = open_page(themed.root + path, width=320, color_scheme=scheme)
    assert watched.complaints == []
    assert {address for address in watched.requests if not address.startswith(themed.root)} == set()
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= 320
    for width in (320, 1280):
        watched.page.set_viewport_size({"width": width, "height": 800})
        texts: list[list[Any]] = watched.page.evaluate(CONTRAST)
        assert len(texts) > 10
        assert [text for text in texts if text[0] < ENOUGH] == []
