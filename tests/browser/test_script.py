"""What the script adds to a page: the visitor's times, news by itself, states at their minute, links of updates."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from browsing import Served, Watched
from embedding import Host
from lively import FILES, INCIDENT, MORE, PAGE, PLACE, lively
from playwright.sync_api import Browser, Page, expect
from sites import NOW, make_site

Open = Callable[..., Watched]
STATUS = "api/v2/status.json"
FOLD = ".group >> nth=0"


@pytest.fixture
def host() -> Iterator[Host]:
    with lively(FILES) as host:
        yield host


@pytest.fixture
def open_at(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Opens an address in a window whose clock stands at NOW, and goes on only when a test says so."""
    contexts = []

    def open_it(address: str, **options: Any) -> Watched:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, **options)
        contexts.append(context)
        watched = Watched(context.new_page())
        watched.page.on("request", lambda request: watched.requests.append(request.url))
        watched.page.on("console", lambda message: watched.complaints.append(message.text))
        watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        watched.page.clock.install(time=NOW)
        watched.page.clock.pause_at(NOW + timedelta(seconds=1))
        watched.page.goto(address)
        return watched

    yield open_it
    for context in contexts:
        context.close()


def publish(host: Host, files: dict[str, str], now: Any = NOW) -> None:
    host.files.clear()
    host.files |= make_site(files, now)


def pass_minutes(page: Page, minutes: int) -> None:
    for _ in range(minutes):
        page.clock.run_for(66_000)


def test_it_is_small() -> None:
    (script,) = [data for path, data in make_site({}).items() if path.startswith("assets/page.")]
    assert len(gzip.compress(script, 6, mtime=0)) <= 5000
    assert b"//" not in script.replace(b"https://", b"")


def test_times_of_the_site_with_those_of_the_visitor_at_hand(host: Host, open_at: Open) -> None:
    watched = open_at(host.root, timezone_id="Asia/Jakarta", locale="en-GB")
    page = watched.page
    time = page.locator(".open time").first
    window = page.locator("[aria-labelledby=planned] time").first
    expect(time).to_have_text("20 November 2026, 11:00 CET")
    expect(time).to_have_attribute("title", "20 November 2026 at 17:00 GMT+7")
    expect(window).to_have_text("20 November 2026, 14:00–14:30 CET")
    footer = page.locator("footer")
    expect(footer).to_contain_text("Times and days are those of Europe/Berlin.")
    footer.get_by_role("button", name="Show the times of Asia/Jakarta").press("Enter")
    expect(time).to_have_text("20 November 2026 at 17:00 GMT+7")
    expect(time).to_have_attribute("title", "20 November 2026, 11:00 CET")
    expect(window).to_have_text("20 November 2026, 20:00–20:30 GMT+7")
    expect(footer).to_contain_text("Times are in your zone, Asia/Jakarta; days are those of Europe/Berlin.")
    page.goto(host.root + PAGE)
    expect(page.locator(".updates time").first).to_have_text("20 November 2026 at 17:30 GMT+7")
    page.get_by_role("button", name="Show the times of Europe/Berlin").click()
    expect(page.locator(".updates time").first).to_have_text("20 November 2026, 11:30 CET")
    assert watched.complaints == []


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Africa/Lagos"])
def test_who_has_the_same_time_sees_that_of_the_site(zone: str, host: Host, open_at: Open) -> None:
    """Lagos has Berlin's time in winter."""
    page = open_at(host.root, timezone_id=zone).page
    expect(page.locator(".open time").first).to_have_text("20 November 2026, 11:00 CET")
    assert page.locator("time[title], footer button").count() == 0


def test_days_are_the_site_s_everywhere(site: Served, open_page: Open) -> None:
    page = open_page(f"{site.root}components/label-api/", timezone_id="Pacific/Auckland").page
    days = page.locator("time:not([datetime*=T])")
    assert days.count() > 0
    assert days.evaluate_all("all => all.every((one) => !one.title)")


def test_news_come_into_the_page(host: Host, open_at: Open) -> None:
    watched = open_at(host.root)
    page = watched.page
    page.evaluate("document.body.dataset.same = 'yes'")
    page.locator(f"{FOLD} >> summary").click()
    link = page.get_by_role("link", name="Service 1", exact=True).last
    link.focus()
    top = link.evaluate("e => e.getBoundingClientRect().top")
    publish(host, {**FILES, PLACE: INCIDENT + MORE}, NOW + timedelta(minutes=1))
    pass_minutes(page, 1)
    expect(page.get_by_text("A fix is in place.").first).to_be_visible()
    assert page.evaluate("document.body.dataset.same") == "yes"
    assert link.evaluate("e => e === document.activeElement")
    assert link.evaluate("e => e.getBoundingClientRect().top") == pytest.approx(top, abs=2)
    expect(page.locator(FOLD)).not_to_have_attribute("open", "")
    expect(page.locator("footer [role=status]")).to_contain_text(": Partially Degraded Service")
    publish(host, {**FILES, PLACE: INCIDENT + MORE + "\n## resolved @ 2026-11-20 12:40\n\nOver.\n"}, NOW)
    pass_minutes(page, 1)
    assert watched.complaints == []


def test_what_is_the_same_is_left_alone(host: Host, open_at: Open) -> None:
    page = open_at(host.root + PAGE).page
    page.evaluate(
        "new MutationObserver(() => { window.touched = true }).observe("
        "document.body, {childList: true, subtree: true, attributes: true, characterData: true})"
    )
    with page.expect_response(lambda response: response.url.endswith(PAGE)):
        pass_minutes(page, 1)
    for _ in range(2):
        with page.expect_response(lambda response: response.url.endswith(STATUS)):
            pass_minutes(page, 1)
    assert page.evaluate("window.touched") is None
    assert host.asked.count(f"{PAGE}index.html") == 2, "only a change of the site makes it ask for the page"


def test_another_theme_is_loaded_anew(host: Host, open_at: Open) -> None:
    page = open_at(host.root).page
    page.evaluate("document.body.dataset.same = 'yes'")
    data = host.files["index.html"].replace(b"style.", b"other.").replace(b"</main>", b"More</main>")
    host.files["index.html"] = data
    host.files |= {path.replace("style.", "other."): data for path, data in host.files.items() if "style." in path}
    with page.expect_navigation():
        pass_minutes(page, 1)
    assert page.evaluate("document.body.dataset.same") is None


def test_a_host_in_trouble_is_asked_less(host: Host, open_at: Open) -> None:
    page = open_at(host.root).page
    host.files[STATUS] = b"no JSON"
    pass_minutes(page, 1)
    for _ in range(20):
        page.clock.run_for(60_000)
        page.wait_for_timeout(10)
    assert 2 <= host.asked.count(STATUS) <= 6
    assert page.locator("h1").inner_text() == "Partially Degraded Service"


def test_planned_work_begins_and_ends_at_its_minute(host: Host, open_at: Open) -> None:
    watched = open_at(host.root)
    page = watched.page
    status = page.locator("[aria-labelledby=planned] .status")
    expect(status).to_have_text("Scheduled")
    page.clock.run_for(59 * 60_000)
    expect(status).to_have_text("Scheduled")
    page.clock.run_for(60_000)
    expect(status).to_have_text("In progress")
    expect(status).to_have_class("status in_progress")
    page.clock.run_for(30 * 60_000)
    expect(status).to_have_text("Completed")
    assert watched.complaints == []


def test_the_address_of_an_update_is_copied(host: Host, open_at: Open) -> None:
    watched = open_at(host.root + PAGE, timezone_id="Europe/Berlin", permissions=["clipboard-read", "clipboard-write"])
    page = watched.page
    button = page.get_by_role("button", name="Copy the link to this update: Identified 20 November 2026, 11:30 CET")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("footer [role=status]")).to_have_text("The link is copied.")
    address = page.evaluate("navigator.clipboard.readText()")
    assert address.startswith(host.root + PAGE + "#")
    page.goto(address)
    expect(page.locator("li:target")).to_contain_text("It is the cache.")
    box = button.bounding_box()
    assert box and box["width"] >= 24 and box["height"] >= 24
    assert watched.complaints == []


def test_a_site_in_a_folder_of_this_computer(tmp_path: Path, open_page: Open) -> None:
    for path, data in make_site({**FILES}).items():
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    for name in ("index.html", f"{PAGE}index.html", "history/index.html"):
        watched = open_page((tmp_path / name).as_uri(), timezone_id="Asia/Jakarta")
        watched.page.wait_for_load_state("networkidle")
        assert watched.complaints == []
    assert watched.page.locator("input").count() == 0
    page = open_page((tmp_path / "index.html").as_uri(), timezone_id="Asia/Jakarta", locale="en-GB").page
    expect(page.locator(".open time").first).to_have_attribute("title", "20 November 2026 at 17:00 GMT+7")
    expect(page.get_by_label("Filter components")).to_be_visible()
