"""Paper, few colours and more contrast: what is folded is printed, and bars are told apart without colours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from browsing import Served, Watched

Open = Callable[..., Watched]
LOOKS: dict[str, dict[str, Any]] = {
    "print": {"media": "print"},
    "forced colours": {"forced_colors": "active"},
    "more contrast": {"contrast": "more"},
}
# In which a bar is drawn: the less is transparent above it, the worse was the day.
ABOVE = """() => ["none", "s0", "s3", "s7", "s12"].map((shade) => {
  const bar = document.querySelector(".bars li");
  bar.className = shade;
  const {borderTopWidth, backgroundClip} = getComputedStyle(bar);
  return backgroundClip === "padding-box" ? parseFloat(borderTopWidth) : 0;
})"""


@pytest.mark.parametrize("look", LOOKS)
def test_the_worse_a_day_the_higher_its_bar(look: str, site: Served, open_page: Open) -> None:
    page = open_page(site.root).page
    assert set(page.evaluate(ABOVE)) == {0}
    page.emulate_media(**LOOKS[look])
    above = page.evaluate(ABOVE)
    assert above == sorted(above, reverse=True) and len(set(above)) == 5


def test_what_is_folded_is_printed_and_buttons_are_not(site: Served, open_page: Open) -> None:
    page = open_page(f"{site.root}uptime/", color_scheme="dark", timezone_id="Asia/Tokyo").page
    folded = page.locator("details:not([open]) li").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()
    assert page.locator("button:visible").count() == page.locator("nav:visible").count() == 0
    assert page.locator("details").count() > 2 and page.locator("details[open]").count() == 0
    colours = "(s => [s.color, s.getPropertyValue('--page')])(getComputedStyle(document.body))"
    assert page.evaluate(colours) == ["rgb(0, 0, 0)", "#fff"]
    # A4 less its margins.
    page.set_viewport_size({"width": 680, "height": 900})
    wide = page.evaluate("[...document.querySelectorAll('table')].filter((e) => e.scrollWidth > 680).length")
    assert wide == 0 < page.locator("table").count()


def test_all_stands_on_the_other_side_from_right_to_left(site_in_two: Served, open_page: Open) -> None:
    page = open_page(f"{site_in_two.root}ar/incidents/tracking-slow-responses/").page
    sides = page.evaluate(
        """() => ["main h1", ".updates > li > :first-child", ".brand"].map((name) => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector(name));
          const box = range.getBoundingClientRect();
          return box.left + box.width / 2 > innerWidth / 2;
        })"""
    )
    assert sides == [True, True, True]
    page.goto(f"{site_in_two.root}ar/")
    first, last = (page.locator(".bars").first.locator("li").nth(place).bounding_box() for place in (0, 89))
    assert first and last and first["x"] > last["x"]
