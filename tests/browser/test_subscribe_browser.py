"""Addresses are copied from a page that runs no script."""

from __future__ import annotations

from collections.abc import Callable

from browsing import Served, Watched

Open = Callable[..., Watched]


def test_one_click_selects_a_whole_address(site: Served, open_page: Open) -> None:
    page = open_page(f"{site.root}subscribe/", width=375).page
    for text, expected in (
        (".addresses code", "https://status.acme.example/feed.rss"),
        ("pre.copy", "/feed subscribe https://status.acme.example/feed.rss"),
    ):
        page.locator(text).first.click()
        assert page.evaluate("getSelection().toString().trim()") == expected


def test_parts_unfold_without_javascript_and_stay_within_the_smallest_screens(site: Served, open_page: Open) -> None:
    page = open_page(f"{site.root}subscribe/", width=320, java_script_enabled=False).page
    address = page.get_by_text("https://status.acme.example/components/tracking-pages/calendar.ics", exact=True)
    assert address.is_hidden()
    for summary in page.locator("summary").all():
        summary.press("Enter")
    assert address.is_visible()
    boxes = [code.bounding_box() for code in page.locator("code").all()]
    assert len(boxes) > 40 and all(box and box["x"] + box["width"] <= 320.5 for box in boxes)
