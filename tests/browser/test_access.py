"""What rules of accessibility ask of every kind of page: WCAG 2.2 AA as axe-core finds it, in both directions."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from itertools import product

import pytest
from browsing import Served, Watched
from playwright.sync_api import Page
from test_pages import PAGES, SCHEMES

Open = Callable[..., Watched]
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What a narrow screen or the other scheme may change.
OF_LOOKS = ["color-contrast", "target-size", "scrollable-region-focusable"]
RUN = """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"]})
  .then(({violations}) => violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 150)}`)))"""
SMALL = """() => [...document.querySelectorAll("button, summary, input, nav a, .skip")]
  .filter((e) => e.checkVisibility() && !e.closest(".skip"))
  .map((e) => [e.getBoundingClientRect(), e.outerHTML.slice(0, 100)])
  .filter(([box]) => Math.min(box.width, box.height) < 24).map(([, html]) => html)"""
FOCUSED = """() => {
  const {outlineStyle, outlineWidth} = getComputedStyle(document.activeElement);
  return [outlineStyle, outlineWidth, [...document.querySelectorAll("*")].indexOf(document.activeElement)];
}"""
BEYOND = """() => [...document.querySelectorAll("body *")].filter((e) => !e.closest("pre, table, .wide, .skip"))
  .filter((e) => (({left, right}) => left < -.5 || right > innerWidth + .5)(e.getBoundingClientRect()))
  .map((e) => e.outerHTML.slice(0, 100))"""


WIDTHS = {"ltr": (1280, 320), "rtl": (320, 1280)}
# Of these there is but one for all languages.
ONLY_ENGLISH = {"subscribe/formats/", "404.html"}
KINDS = [(path, way) for path, way in product(PAGES.values(), WIDTHS) if way == "ltr" or path not in ONLY_ENGLISH]


@pytest.fixture(scope="module")
def page(open_page: Open) -> Page:
    return open_page("about:blank").page


@pytest.mark.parametrize(("path", "way"), KINDS)
def test_no_rule_is_broken(
    path: str, way: str, page: Page, site_in_two: Served, request: pytest.FixtureRequest
) -> None:
    """All rules once, and in the other scheme on the other screen those that may find something new there;
    with --long, all rules in both schemes on both screens."""
    page.set_viewport_size({"width": WIDTHS[way][0], "height": 800})
    page.emulate_media(color_scheme="light")
    page.goto(site_in_two.root + ("ar/" if way == "rtl" else "") + path)
    assert page.evaluate("getComputedStyle(document.body).direction") == way
    page.evaluate(AXE)
    assert page.evaluate(RUN, {"type": "tag", "values": TAGS}) == []
    page.set_viewport_size({"width": WIDTHS[way][1], "height": 800})
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(RUN, {"type": "rule", "values": OF_LOOKS}) == []
    for width, scheme in product(WIDTHS[way], SCHEMES) if request.config.getoption("--long") else ():
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(RUN, {"type": "tag", "values": TAGS}) == []


@pytest.mark.parametrize(("path", "way"), KINDS)
def test_a_small_screen_holds_all_and_fingers_hit_it(path: str, way: str, page: Page, site_in_two: Served) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(site_in_two.root + ("ar/" if way == "rtl" else "") + path)
    assert page.evaluate(SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(BEYOND) == []


@pytest.mark.parametrize("name", ["open incident", "history", "uptime", "ways to follow"])
def test_whatever_the_keyboard_reaches_shows_that_it_is_there(name: str, page: Page, site: Served) -> None:
    page.goto(site.root + PAGES[name])
    reached = set()
    for number in range(15):
        page.keyboard.press("Tab")
        *style, place = page.evaluate(FOCUSED)
        assert style[0] == "solid" and style[1] in ("2px", "3px"), number
        reached.add(place)
    assert len(reached) == 15
