"""The state of a status page on somebody else's page, under a strict policy, which is never harmed by it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from browsing import Served, Watched
from embedding import SUMMARY, Host, hosting, shop_page, status_host
from playwright.sync_api import Page, expect

Open = Callable[..., Watched]
POLICY = "default-src 'none'; img-src data:; script-src {0}; connect-src {0}"
COUNT_CHANGES = """() => {
  window.changes = 0;
  const tree = document.querySelector("script").nextElementSibling.shadowRoot;
  new MutationObserver(() => window.changes++).observe(tree, { childList: true, subtree: true, characterData: true });
}"""
FRAME = '<!doctype html><html lang="en"><title>Shop</title><iframe title="Status" src="{0}embed/"></iframe>'
# What a page's own scripts would see of it.
GLOBALS = "() => JSON.stringify(Object.getOwnPropertyNames(window).sort())"


@pytest.fixture
def status(site: Served) -> Iterator[Host]:
    with hosting(status_host(site.files["embed.js"])) as host:
        yield host


@pytest.fixture
def shop(status: Host) -> Iterator[Host]:
    """On another origin, allowing nothing but the status page's scripts and data."""
    with hosting({"index.html": shop_page(status), "plain.html": b"<!doctype html><title>x</title>"}) as host:
        host.policy = POLICY.format(status.root.removesuffix("/"))
        yield host


def shown(page: Page) -> str:
    return str(page.locator("[role=status]").inner_text())


def test_it_is_small() -> None:
    from sites import make_site

    assert len(make_site({})["embed.js"]) < 3000


@pytest.mark.parametrize("flags", ["", " async", " defer"])
def test_a_line_on_another_page_under_its_policy(flags: str, status: Host, shop: Host, open_page: Open) -> None:
    shop.files["index.html"] = shop_page(status, flags=flags)
    watched = open_page(shop.root)
    page = watched.page
    line = page.locator("[role=status]")
    expect(line).to_have_text("◆Partial System Outage · <b>Down</b> & out · Evil")
    assert line.get_attribute("aria-live") == "polite"
    assert line.locator("span").first.get_attribute("aria-hidden") == "true"
    assert line.locator("b").count() == 0
    links = line.locator("a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert links == [status.root, SUMMARY["incidents"][0]["shortlink"], None]
    assert page.evaluate("document.querySelector('script').nextElementSibling.shadowRoot !== null")
    assert watched.complaints == []
    assert set(status.asked) == {"embed.js", "api/v2/summary.json"}


def test_it_leaves_no_names_behind(shop: Host, open_page: Open) -> None:
    page = open_page(f"{shop.root}plain.html").page
    before = page.evaluate(GLOBALS)
    page.goto(shop.root)
    expect(page.locator("[role=status]")).to_contain_text("Partial System Outage")
    assert page.evaluate(GLOBALS) == before


def test_a_badge(status: Host, shop: Host, open_page: Open) -> None:
    shop.files["index.html"] = shop_page(status, ' data-show="badge"')
    watched = open_page(shop.root)
    expect(watched.page.locator("[role=status]")).to_have_text("◆Partial System Outage")
    assert watched.page.locator("[role=status] a").evaluate("e => getComputedStyle(e).color") == "rgb(255, 255, 255)"
    assert watched.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_line_has_the_letters_of_the_page(scheme: str, shop: Host, open_page: Open) -> None:
    page = open_page(shop.root, color_scheme=scheme).page
    colour = "e => getComputedStyle(e).color"
    link = page.locator("[role=status] a").first
    expect(link).to_be_visible()
    assert link.evaluate(colour) == page.locator("#after").evaluate(colour)


def test_one_component(status: Host, shop: Host, open_page: Open) -> None:
    shop.files["index.html"] = shop_page(status, ' data-component="api"')
    watched = open_page(shop.root)
    expect(watched.page.locator("[role=status]")).to_have_text("✖API: major outage")
    assert watched.complaints == []


def test_one_component_by_the_id_of_the_site(status: Host, shop: Host, open_page: Open) -> None:
    """Where the API has an id of another shape, its badge tells."""
    badge = {"schemaVersion": 1, "label": "Website", "message": "Partial outage", "color": "orange"}
    status.files["badges/web.json"] = json.dumps(badge).encode()
    shop.files["index.html"] = shop_page(status, ' data-component="web"')
    watched = open_page(shop.root)
    expect(watched.page.locator("[role=status]")).to_have_text("◆Website: Partial outage")
    assert watched.page.locator("[role=status] a").get_attribute("href") == f"{status.root}components/web/"
    assert watched.complaints == []


@pytest.mark.parametrize(
    "summary",
    [
        *(b"", b"<!doctype html><p>Not found", b"null", b"[]", b"{}", b'{"status": null}', b"\xff\xfe", b"7"),
        json.dumps(SUMMARY | {"incidents": None}).encode(),
        json.dumps(SUMMARY | {"status": {}, "incidents": [None]}).encode(),
    ],
)
@pytest.mark.parametrize("attributes", ["", ' data-component="api" data-show="badge"'], ids=["page", "component"])
def test_a_broken_answer_harms_nothing(
    summary: bytes, attributes: str, status: Host, shop: Host, open_page: Open
) -> None:
    status.files["api/v2/summary.json"] = summary
    status.files["badges/api.json"] = summary
    shop.files["index.html"] = shop_page(status, attributes)
    watched = open_page(shop.root)
    watched.page.wait_for_load_state("networkidle")
    assert watched.page.locator("#after").inner_text() == "After"
    assert watched.complaints == []


@pytest.mark.parametrize("what", ["no summary", "policy"])
def test_nothing_is_shown_of_what_cannot_be_read(what: str, status: Host, shop: Host, open_page: Open) -> None:
    if what == "policy":
        shop.policy = POLICY.format(status.root.removesuffix("/")).partition("; connect-src")[0]
    else:
        del status.files["api/v2/summary.json"]
    watched = open_page(shop.root)
    watched.page.wait_for_load_state("networkidle")
    assert shown(watched.page) == ""
    # The browser itself tells of what it could not load; no script fails.
    assert len(watched.complaints) >= 1
    assert not [complaint for complaint in watched.complaints if "Uncaught" in complaint or "TypeError" in complaint]


def test_it_is_renewed_while_somebody_looks(status: Host, shop: Host, open_page: Open) -> None:
    page = open_page("about:blank").page
    page.clock.install()
    page.goto(shop.root)
    expect(page.locator("[role=status]")).to_contain_text("Partial System Outage")
    page.evaluate(COUNT_CHANGES)
    for _ in range(2):  # with the second answer, the first one has been seen to
        with page.expect_response("**/summary.json") as answer:
            page.clock.run_for(6 * 60_000)
        answer.value.finished()
    assert page.evaluate("window.changes") == 0, "what is the same is not announced again"
    put(status, SUMMARY | {"status": {"indicator": "none", "description": "All Systems Operational"}, "incidents": []})
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    asked = len(status.asked)
    page.clock.run_for(30 * 60_000)
    assert len(status.asked) == asked, "nobody looks"
    page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[role=status]")).to_have_text("●All Systems Operational")


def test_what_is_no_longer_known_is_no_longer_shown(status: Host, shop: Host, open_page: Open) -> None:
    page = open_page("about:blank").page
    page.clock.install()
    page.goto(shop.root)
    expect(page.locator("[role=status]")).to_contain_text("Partial System Outage")
    del status.files["api/v2/summary.json"]
    page.clock.run_for(6 * 60_000)
    expect(page.locator("[role=status]")).to_have_text("")


def test_a_browser_without_shadow_trees(shop: Host, open_page: Open) -> None:
    page = open_page("about:blank").page
    page.add_init_script("delete Element.prototype.attachShadow")
    page.goto(shop.root)
    expect(page.locator("body > span [role=status]")).to_contain_text("Partial System Outage")


def test_the_page_for_frames(site: Served, open_page: Open) -> None:
    """Without scripts, in a frame of another origin."""
    with hosting(site.files) as status, hosting({"favicon.ico": b""}) as shop:
        shop.files["index.html"] = FRAME.format(status.root).encode()
        status.policy = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors *"
        watched = open_page(shop.root, java_script_enabled=False)
        inner = watched.page.frame_locator("iframe")
        expect(inner.locator("h1")).to_have_text("Partially Degraded Service")
        assert inner.locator("a").count() >= 2
        assert watched.complaints == []
        inner.locator("a").last.click()
        watched.page.wait_for_url(status.root)


def put(status: Host, summary: dict[str, Any]) -> None:
    status.files["api/v2/summary.json"] = json.dumps(summary).encode()
