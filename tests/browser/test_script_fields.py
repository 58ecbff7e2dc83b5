"""Fields to find components and entries, which are there only where there is a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from browsing import Served, Watched
from embedding import Host
from lively import COUNT, FILES, INCIDENT, MORE, PLACE, lively, old_incident
from playwright.sync_api import expect
from sites import NOW, make_site

Open = Callable[..., Watched]
FIRST = datetime(2024, 1, 1, 9, tzinfo=UTC)
OLD = {
    **{
        f"incidents/old-{n}.md": old_incident(FIRST + timedelta(days=14 * n), f"Slow disk {n}", "c3") for n in range(70)
    },
    "incidents/gruesse.md": old_incident(FIRST, "Grüße <b>kamen</b> nicht an", "zurich"),
}


@pytest.fixture
def host() -> Iterator[Host]:
    with lively({**FILES, **OLD}) as host:
        yield host


def test_components_are_filtered_by_name_group_and_state(host: Host, open_page: Open) -> None:
    watched = open_page(host.root)
    page = watched.page
    field = page.get_by_label("Filter components")
    shown = page.locator(".component:visible")
    expect(shown).to_have_count(COUNT + 1)
    for text, count in (("zurich", 1), ("SERVICE 17", 1), ("edge service", 10), ("degraded", 1), ("nothing", 0)):
        field.fill(text)
        expect(page.locator(".find [role=status]")).to_have_text(f"{count} of {COUNT + 1}")
        expect(shown).to_have_count(count)
    assert page.locator("details:visible").count() == 0
    field.fill("")
    expect(shown).to_have_count(COUNT + 1)
    expect(page.locator(".find [role=status]")).to_have_text("")
    assert watched.complaints == []


def test_what_is_filtered_stays_so_when_news_come(host: Host, open_page: Open) -> None:
    page = open_page("about:blank").page
    page.clock.install(time=NOW)
    page.goto(host.root)
    field = page.get_by_label("Filter components")
    field.fill("service 1")
    count = page.locator(".component:visible").count()
    host.files |= make_site({**FILES, **OLD, PLACE: INCIDENT + MORE}, NOW + timedelta(minutes=40))
    page.clock.run_for(67_000)
    expect(page.get_by_text("A fix is in place.").first).to_be_visible()
    assert page.locator(".component:visible").count() == count < COUNT
    expect(field).to_have_value("service 1")
    expect(field).to_be_focused()


def test_nothing_moves_when_the_fields_come(host: Host, open_page: Open) -> None:
    shifts = """() => new Promise((done) => new PerformanceObserver((list) =>
      done(list.getEntries().reduce((sum, one) => sum + one.value, 0))).observe({type: "layout-shift", buffered: true})
      || setTimeout(() => done(0), 300))"""
    for width in (375, 1280):
        for path in ("", "history/", "incidents/2026-11-20-slow/"):
            page = open_page(host.root + path, width=width, timezone_id="Europe/Berlin").page
            assert page.evaluate(shifts) == 0, (width, path)


def test_the_history_is_searched_in_all_years(host: Host, open_page: Open) -> None:
    watched = open_page(f"{host.root}history/", locale="en-GB")
    page = watched.page
    assert not [address for address in watched.requests if address.endswith(".json")]
    field, status = page.get_by_label("Search incidents and changes"), page.locator(".find [role=status]")
    results = page.locator(".results li")
    field.press_sequentially("grusse zurich")
    expect(results).to_have_count(1)
    expect(results.first).to_have_text("1 January 2024 Grüße <b>kamen</b> nicht an Zürich region")
    assert results.locator("b").count() == 0
    field.fill("slow disk")
    expect(results).to_have_count(50)
    expect(status).to_have_text("Found: 70, of which the newest 50 are listed")
    expect(results.first).to_contain_text("Slow disk 69")
    field.fill("new disks")
    expect(results).to_have_count(1)
    years = [address.rpartition("/")[2] for address in watched.requests if address.endswith(".json")]
    assert years == ["2026.json", "2025.json", "2024.json"], "each once, the newest first"
    results.locator("a").press("Enter")
    expect(page.locator("h1")).to_have_text("New disks")
    assert watched.complaints == []


def test_a_search_that_cannot_be_loaded_says_so_and_tries_again(host: Host, open_page: Open) -> None:
    page = open_page(f"{host.root}history/").page
    kept = host.files.pop("history/2025.json")
    field = page.get_by_label("Search incidents and changes")
    field.fill("slow")
    expect(page.locator(".find [role=status]")).to_have_text("The search cannot be loaded now.")
    host.files["history/2025.json"] = kept
    field.fill("slow disk 6")
    expect(page.locator(".results li")).to_have_count(16)


def test_a_search_below_a_path(site_below: Served, open_page: Open) -> None:
    watched = open_page(f"{site_below.root}history/")
    page = watched.page
    page.get_by_label("Search incidents and changes").fill("label api 2026-11")
    expect(page.locator(".results li").first).to_be_visible()
    page.locator(".results a").first.click()
    assert page.url.startswith(site_below.root) and not page.url.endswith("history/")
    assert watched.complaints == []


def test_few_components_need_no_filter_and_no_script_means_no_field(host: Host, site: Served, open_page: Open) -> None:
    assert open_page(site.root).page.locator("input, .find").count() == 0
    page = open_page(host.root, java_script_enabled=False).page
    assert page.locator("input:visible, .find:visible").count() == 0
