"""A front page of 500 components and 20 open incidents stays light, can be read, and is searched at once."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator

import pytest
from browsing import Served, Watched, serve_files
from crowded import COMPONENTS, OPEN, make_crowded
from playwright.sync_api import Page, expect

Open = Callable[..., Watched]


@pytest.fixture(scope="module")
def crowded() -> Iterator[Served]:
    yield from serve_files("/", make_crowded())


@pytest.fixture(scope="module")
def page(crowded: Served, open_page: Open) -> Page:
    return open_page(crowded.root).page


def test_it_is_light(crowded: Served, page: Page) -> None:
    assert len(gzip.compress(crowded.files["index.html"])) <= 60_000
    assert page.evaluate("document.querySelectorAll('*').length") < 20_000
    assert page.locator(".component").count() == COMPONENTS
    assert page.locator(".open .card").count() == OPEN


def test_groups_in_which_all_is_well_are_folded(page: Page) -> None:
    folded, unfolded = page.locator("details.group:not([open])"), page.locator("details.group[open]")
    assert folded.count() > 5 and unfolded.count() > 5
    troubled = ".component .state:not(.operational)"
    assert folded.locator(troubled).count() == 0
    assert all(one.locator(troubled).count() for one in unfolded.all())
    assert all(one.locator("summary .state.operational").count() == 1 for one in folded.all())


def test_bars_tell_of_the_same_90_days(page: Page) -> None:
    bars = page.locator("details[open] .bars").first
    names = bars.locator("li").evaluate_all("all => all.map((one) => one.className)")
    lengths = [int("".join(digit[1:] for digit in name.split()[1:]) or 1) for name in names]
    assert sum(lengths) == 90 and len(lengths) < 20
    texts = bars.locator("span").all_inner_texts()
    assert texts[0].startswith("23 August 2026 – ") and texts[0].endswith(": no downtime recorded")
    assert any("Errors in part" in text for text in texts)
    widths = bars.locator("li").evaluate_all("all => all.map((one) => one.getBoundingClientRect().width)")
    of_a_day = sum(widths) / 90
    assert all(abs(width - of_a_day * length) < 1.5 for width, length in zip(widths, lengths, strict=True))


def test_the_filter_finds_one_in_a_folded_group(page: Page) -> None:
    place = page.locator("details.group:not([open]) .component").first
    name = place.locator(".name a").text_content()
    assert name and not place.is_visible()
    field = page.get_by_label("Filter components")
    field.fill(f"{name} ")
    expect(page.locator(".component:visible").filter(has_text=name).first).to_be_visible()
    shown = page.locator(".component:visible .name a").all_inner_texts()
    assert name in shown and len(shown) <= 11
    field.fill("")
    assert page.locator(".component[hidden]").count() == 0


def test_a_small_screen_holds_it(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
