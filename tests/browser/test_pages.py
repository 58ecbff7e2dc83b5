"""What people meet: small screens, both colour schemes, keyboards, no scripts, strict hosts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from browsing import Served, Watched

Open = Callable[..., Watched]
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
PAGES = {
    "home": "",
    "open incident": "incidents/tracking-slow-responses/",
    "closed incident": "incidents/label-api-outage/",
    "change": "changes/archive-migration/",
    "repeating change": "changes/sandbox-reset/",
    "component": "components/label-api/",
    "young component": "components/duties/",
    "history": "history/",
    "month": "history/2026-11/",
    "problems": "problems/",
    "problem": "problems/slow-receivers-block-queues/",
    "notice": "notices/tracking-api-v1-retires/",
    "text": "pages/service-levels/",
    "ways to follow": "subscribe/",
    "data formats": "subscribe/formats/",
    "uptime": "uptime/",
    "uptime of a month": "uptime/2026-11/",
    "not found": "404.html",
}
CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8").partition("\n")[2].rstrip().removesuffix(";")
ENOUGH = 4.5
STATES = ["operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"]
STATUSES = [
    *("investigating", "identified", "monitoring", "resolved", "scheduled", "in_progress", "verifying", "completed"),
    *("cancelled", "open", "known_error", "identified impact-critical", "resolved impact-critical"),
]
INDICATORS = ["none", "minor", "major", "critical", "maintenance"]


@pytest.fixture(scope="module", params=PAGES)
def watched(request: pytest.FixtureRequest, site: Served, open_page: Open) -> Watched:
    """One of the kinds of pages, just opened."""
    return open_page(site.root + PAGES[request.param])


def test_pages_ask_nobody_else_and_keep_the_strictest_policy(watched: Watched, site: Served) -> None:
    watched.page.wait_for_load_state("networkidle")
    assert watched.complaints == []
    assert {address for address in watched.requests if not address.startswith(site.root)} == set()
    assert watched.page.evaluate("getComputedStyle(document.body).marginTop") == "0px", "the stylesheet was not applied"


def test_no_page_scrolls_sideways_on_the_smallest_screens(watched: Watched) -> None:
    watched.page.set_viewport_size({"width": 320, "height": 800})
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= 320
    beyond = watched.page.evaluate(
        """() => [...document.querySelectorAll("body *")]
             .filter((e) => !e.closest("pre, table, .skip") && e.getBoundingClientRect().right > 320.5)
             .map((e) => e.outerHTML.slice(0, 100))"""
    )
    assert beyond == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_can_be_read(watched: Watched, scheme: Scheme) -> None:
    watched.page.emulate_media(color_scheme=scheme)
    texts: list[list[Any]] = watched.page.evaluate(CONTRAST)
    assert len(texts) > 10
    assert [text for text in texts if text[0] < ENOUGH] == []


def test_landmarks_language_and_names(watched: Watched) -> None:
    page = watched.page
    assert page.get_attribute("html", "lang") == "en"
    assert [page.locator(part).count() for part in ("main", "h1", "body > header", "body > footer")] == [1, 1, 1, 1]
    assert page.title().endswith("Parcelwright")
    assert page.locator("script:not([src]), [style], iframe, img").count() == 0
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll("a, nav, section, summary")]
             .filter((e) => !e.textContent.trim() && !e.ariaLabel).map((e) => e.outerHTML)"""
    )
    assert unnamed == []
    labels = page.evaluate(
        """() => [...document.querySelectorAll("[aria-labelledby]")]
             .map((e) => document.getElementById(e.getAttribute("aria-labelledby")) !== null)"""
    )
    assert all(labels)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_state_status_and_verdict_can_be_read(scheme: Scheme, site: Served, open_page: Open) -> None:
    parts = [f'<span class="state {state}">x</span>' for state in STATES]
    parts += [f'<span class="status {status}">x</span>' for status in STATUSES]
    parts += [f'<h1 class="verdict {indicator}">x</h1>' for indicator in INDICATORS]
    page = open_page(site.root, color_scheme=scheme).page
    page.evaluate(
        "html => { document.querySelector('main').innerHTML = html }", f'<div class="card">{"".join(parts)}</div>'
    )
    texts: list[list[Any]] = page.evaluate(CONTRAST)
    shown = [text for text in texts if text[1] == "x"]
    assert len(shown) == len(parts)
    assert [text for text in shown if text[0] < ENOUGH] == []


def test_the_colour_schemes_differ(site: Served, open_page: Open) -> None:
    colours = "(e => [e.backgroundColor, e.color])(getComputedStyle(document.body))"
    light, dark = (open_page(site.root, color_scheme=scheme).page.evaluate(colours) for scheme in SCHEMES)
    assert light[0] != dark[0] and light[1] != dark[1]


def test_states_differ_without_colour(site: Served, open_page: Open) -> None:
    page = open_page(site.root).page
    html = "".join(f'<span class="state {state}">x</span>' for state in STATES)
    page.evaluate("html => { document.querySelector('main').innerHTML = html }", html)
    shapes = page.evaluate(
        """() => [...document.querySelectorAll(".state")].map((e) => getComputedStyle(e, "::before"))
             .map((s) => s.borderRadius + s.clipPath)"""
    )
    assert len(set(shapes)) == len(STATES)


def test_pages_are_whole_without_javascript(site: Served, open_page: Open) -> None:
    page = open_page(site.root, java_script_enabled=False).page
    assert page.locator("h1").inner_text() == "Partially Degraded Service"
    assert page.locator(".component").count() == 13
    assert page.locator(".component").first.is_visible()
    summary = page.locator("summary").first
    summary.press("Enter")
    assert page.locator(".component").first.is_hidden()


def test_a_day_bar_shows_its_text_to_keyboards_and_pointers(site: Served, open_page: Open) -> None:
    page = open_page(site.root, width=320).page
    bars = page.locator(".component .bars").first
    assert bars.locator("li").count() == 90
    day = bars.locator("[tabindex]").last
    text = day.locator("span")
    shown = "e => getComputedStyle(e).clipPath === 'none' && e.getBoundingClientRect().height > 10"
    assert not text.evaluate(shown)
    page.locator(".component .name a").first.focus()
    for _ in range(bars.locator("[tabindex]").count()):
        page.keyboard.press("Tab")
    assert day.evaluate("e => e === document.activeElement")
    assert text.evaluate(shown)
    assert "major outage for 19 min" in text.inner_text() and "Label API unavailable" in text.inner_text()
    box = text.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 320
    quiet = bars.locator("li").nth(40)
    quiet.hover()
    assert quiet.locator("span").evaluate(shown)
    assert "no downtime recorded" in quiet.locator("span").inner_text()
    assert not text.evaluate(shown), "two texts at once"


def test_what_happened_on_a_day_is_linked_on_the_component_s_page(site: Served, open_page: Open) -> None:
    page = open_page(site.root).page
    page.locator(".component .name a").first.click()
    assert page.locator(".bars [tabindex]").count() == page.locator(".days li").count() > 0
    page.locator(".days a").first.click()
    assert "/incidents/" in page.url or "/changes/" in page.url


def test_the_first_tab_leads_past_the_menu(site: Served, open_page: Open) -> None:
    page = open_page(site.root).page
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("e => e === document.activeElement && e.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_focus_can_be_seen_on_every_link(site: Served, open_page: Open) -> None:
    page = open_page(site.root).page
    for _ in range(25):
        page.keyboard.press("Tab")
        style = page.evaluate("(s => [s.outlineStyle, s.outlineWidth])(getComputedStyle(document.activeElement))")
        assert style[0] == "solid" and style[1] in ("2px", "3px")


def test_the_site_works_below_a_path(site_below: Served, open_page: Open) -> None:
    watched = open_page(site_below.root)
    page = watched.page
    page.locator(".open h3 a").first.click()
    assert page.url == f"{site_below.root}incidents/tracking-slow-responses/"
    page.get_by_role("link", name="History").click()
    page.get_by_role("link", name="October 2026").first.click()
    page.locator(".line a").first.click()
    page.locator(".brand").click()
    assert page.url == site_below.root
    assert watched.complaints == []
    assert all(address.startswith(site_below.root) for address in watched.requests)
    page.goto(f"{site_below.root}no/such/page")
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"
    page.locator(".brand").click()
    assert page.url == site_below.root


def test_large_letters_do_not_break_the_page(site: Served, open_page: Open) -> None:
    page = open_page(site.root, width=640).page
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_texts_run_in_the_direction_of_their_script(site: Served, open_page: Open) -> None:
    page = open_page(site.root + PAGES["open incident"]).page
    write = "(text, words) => { text.innerText = words; return getComputedStyle(text).direction }"
    found = [page.locator(".updates .text").first.evaluate(write, words) for words in ("We look.", "نحن نحقق.")]
    assert found == ["ltr", "rtl"]
