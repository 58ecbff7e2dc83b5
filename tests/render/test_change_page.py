"""A change's own page: what it says of windows, of components and of the kind of work."""

from __future__ import annotations

import re

import pytest
from html_reader import read_html
from sites import make_site


def change_page(head: str, body: str = "") -> str:
    """The words of the page of a change in which `api` takes part."""
    text = f"---\ntitle: Work\ncomponents: [api]\n{head}---\n\n{body}"
    page = make_site({"changes/work.md": text})["changes/work/index.html"]
    return re.sub(r"\s+", " ", " ".join(read_html(page).text))


WEEKLY = "starts: 2026-10-18 10:00\nduration: 4h\nrepeat: FREQ=WEEKLY"


def test_a_series_gives_each_window_once() -> None:
    page = change_page(f"{WEEKLY}\n")
    windows = re.findall(r"(\d+ \w+) 2026, 10:00", page.partition("Affected")[0].partition("Window")[2])
    assert windows == ["22 November", "29 November", "6 December", "13 December", "20 December", "27 December"]


def test_the_last_window_of_a_series_repeats_no_more() -> None:
    page = change_page(f"{WEEKLY};COUNT=6\n")
    assert "22 November 2026, 10:00" in page and "Repeats" not in page


SINGLE = "starts: 2026-11-19 10:00\nduration: 4h\n"
CANCELLED = "## cancelled @ 2026-11-19 {}\n\nNot today.\n"


def test_a_change_cancelled_in_time_affected_nothing() -> None:
    page = change_page(SINGLE, CANCELLED.format("10:00"))
    assert "Would have affected API" in page and "Under maintenance" not in page


@pytest.mark.parametrize("head", [SINGLE, f"{WEEKLY}\n"])
def test_a_change_cancelled_at_work_has_affected_what_it_did(head: str) -> None:
    page = change_page(head, CANCELLED.format("12:00"))
    assert "Cancelled" in page and "Would have" not in page and re.search("Affected API +Under maintenance", page)


@pytest.mark.parametrize(("kind", "words"), [("standard", "Routine work"), ("emergency", "Emergency work")])
def test_the_kind_of_work_is_said_where_it_is_not_the_usual_one(kind: str, words: str) -> None:
    assert words in change_page(f"{SINGLE}change_type: {kind}\n")
    usual = change_page(f"{SINGLE}change_type: normal\n")
    assert usual == change_page(SINGLE)
    assert words not in usual and "ormal" not in usual
