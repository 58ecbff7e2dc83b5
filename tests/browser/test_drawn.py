"""The timeline of an entry and the calendar of the history, as they are drawn: small, without colours, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from browsing import Served, Watched, serve_files
from sites import make_site

Open = Callable[..., Watched]
WIDE = "    " + "wide " * 100
LONG = f"""---
title: Long
components: {{api: major_outage, web: degraded_performance}}
---

## investigating @ 2026-11-03 09:00

{WIDE}

## identified @ 2026-11-03 09:01 {{api=partial_outage}}

x

## resolved @ 2026-11-19 09:00

x
"""
SHAPES = "[...document.querySelectorAll('.drawn path')].map(e => [e.getBoundingClientRect(), getComputedStyle(e).fill])"
BOXES = f"{SHAPES}.map(([r, fill]) => [r.left, r.width, Math.round(r.height), fill])"


@pytest.fixture(scope="module")
def drawn() -> Iterator[Served]:
    yield from serve_files("/status/", make_site({"incidents/long.md": LONG}))


def test_a_minute_of_sixteen_days_is_seen_on_the_smallest_screen(drawn: Served, open_page: Open) -> None:
    page = open_page(f"{drawn.root}incidents/long/", 320).page
    investigating, identified, major, partial, slow = page.evaluate(BOXES)
    assert investigating[1] >= 1.5 and major[1] >= 1.5
    assert (investigating[0], identified[0]) == (major[0], partial[0])
    assert slow[1] == pytest.approx(investigating[1] + identified[1], abs=0.1)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize(("forced", "colours"), [("none", 3), ("active", 1)])
def test_what_is_worse_is_higher_also_without_colours(
    drawn: Served, open_page: Open, forced: str, colours: int
) -> None:
    page = open_page(f"{drawn.root}incidents/long/", forced_colors=forced).page
    _, _, major, partial, slow = page.evaluate(BOXES)
    assert major[2] > partial[2] > slow[2] > 0
    assert len({major[3], partial[3], slow[3]}) == colours
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") not in {major[3], partial[3], slow[3]}


def test_from_right_to_left_time_runs_that_way(drawn: Served, open_page: Open) -> None:
    page = open_page(f"{drawn.root}incidents/long/").page
    page.evaluate("document.documentElement.dir = 'rtl'")
    investigating, identified, *_ = page.evaluate(BOXES)
    assert identified[0] < investigating[0]


def test_wide_text_is_scrolled_with_the_keyboard(drawn: Served, open_page: Open) -> None:
    page = open_page(f"{drawn.root}incidents/long/", 320).page
    wide = page.locator("pre")
    wide.focus()
    page.keyboard.press("ArrowRight")
    moved = """() => new Promise((done) => {
        const wide = document.querySelector("pre");
        const look = () => (wide.scrollLeft > 0 ? done(true) : requestAnimationFrame(look));
        look();
    })"""
    assert page.evaluate(moved)


def test_days_are_large_enough_to_touch_and_are_reached_one_by_one(drawn: Served, open_page: Open) -> None:
    page = open_page(f"{drawn.root}history/", 320).page
    days = page.locator(".calendar a.state")
    assert days.count() == 17
    for box in (days.nth(number).bounding_box() for number in range(17)):
        assert box and min(box["width"], box["height"]) >= 24
    days.first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == (
        "4 November 2026: Partial outage, 1 incident"
    )
    page.keyboard.press("Enter")
    page.wait_for_url(f"{drawn.root}incidents/long/")
