"""The preview in a browser: a save is seen by itself, and what is wrong stands on top."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from browsing import Watched
from playwright.sync_api import Route, expect

sys.path.append(str(Path(__file__).parents[1] / "serve"))
from serving import INCIDENT, NAME, PAGE, SITE, serving, write

Open = Callable[..., Watched]
CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8").partition("\n")[2].rstrip().removesuffix(";")
# What a careful host allows its own pages, and the one script that only a preview has.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'"
PANEL = ".statusgen-problems"
TYPO = INCIDENT.replace("api: major_outage", "api: major_outrage")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write(tmp_path / "content", {"site.yaml": SITE, NAME: INCIDENT})


def be_strict(route: Route) -> None:
    response = route.fetch()
    route.fulfill(response=response, headers=response.headers | {"content-security-policy": POLICY})


def test_a_save_is_on_the_screen_by_itself(content: Path, open_page: Open) -> None:
    with serving(content) as preview:
        watched = open_page("about:blank")
        page = watched.page
        page.route(re.compile("/incidents/"), be_strict)
        page.goto(preview.root + PAGE)
        expect(page.get_by_text("We are looking into it.")).to_be_visible()
        write(content, {NAME: INCIDENT.replace("looking", "peering") + "\n\nMore.\n" * 99})
        expect(page.get_by_text("We are peering into it.")).to_be_visible()
        page.evaluate("scrollTo(0, 600)")
        write(content, {NAME: TYPO})
        panel = page.locator(PANEL)
        expect(panel).to_be_visible()
        expect(panel).to_contain_text(f"{NAME}:4: error[unknown-state]")
        page.evaluate(
            "new Promise(done => { const look = () => scrollY >= 600 ? done() : setTimeout(look, 9); look(); })"
        )
        expect(panel).to_be_in_viewport()
        write(content, {NAME: INCIDENT})
        expect(panel).to_have_count(0)
        assert watched.complaints == []
        assert all(address.startswith((preview.root, "about:")) for address in watched.requests)


def test_problems_do_not_push_the_top_of_the_page_away(content: Path, open_page: Open) -> None:
    with serving(write(content, {NAME: INCIDENT + "\n\nMore.\n" * 99})) as preview:
        page = open_page(preview.root + PAGE).page
        write(content, {NAME: TYPO})
        expect(page.locator(PANEL)).to_be_visible()
        page.wait_for_function("history.scrollRestoration === 'auto'")
        assert page.evaluate("new Promise(done => requestAnimationFrame(() => done(scrollY)))") == 0


def test_another_page_s_save_disturbs_nobody(content: Path, open_page: Open) -> None:
    write(
        content, {"pages/about.md": "---\ntitle: About\n---\n\nHello.\n", "pages/more.md": "---\ntitle: B\n---\n\nB.\n"}
    )
    with serving(content) as preview:
        page = open_page(f"{preview.root}pages/about/").page
        page.evaluate("document.title = 'Not loaded again'")
        write(content, {"pages/more.md": "---\ntitle: B\n---\n\nAnother text.\n"})
        preview.until("pages/more/", lambda reply: "Another text." in reply.text)
        assert page.title() == "Not loaded again"
        write(content, {"pages/about.md": "---\ntitle: About\n---\n\nGood bye.\n"})
        expect(page.get_by_text("Good bye.")).to_be_visible()


def test_a_panel_that_is_folded_stays_so(content: Path, open_page: Open) -> None:
    with serving(write(content, {NAME: TYPO})) as preview:
        page = open_page(preview.root).page
        details = page.locator(f"{PANEL} details")
        expect(details).to_have_attribute("open", "")
        page.locator(f"{PANEL} summary").click()
        expect(details).not_to_have_attribute("open", "")
        write(content, {"incidents/more.md": TYPO})
        expect(page.locator(f"{PANEL} summary")).to_have_text("2 errors")
        expect(details).not_to_have_attribute("open", "")


def test_a_restart_is_noticed(content: Path, open_page: Open) -> None:
    with serving(content) as first:
        page = open_page(first.root + PAGE).page
        port = first.root.rstrip("/").rpartition(":")[2]
    write(content, {NAME: INCIDENT.replace("looking", "peering")})
    with serving(content, "--port", port):
        expect(page.get_by_text("We are peering into it.")).to_be_visible(timeout=30_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("found", [200, 503])
def test_the_panel_can_be_read(
    content: Path, open_page: Open, scheme: Literal["light", "dark"], found: Literal[200, 503]
) -> None:
    long = "an-unbroken-name-" * 10
    write(content, {NAME: TYPO, f"incidents/{long}.md": TYPO, **({"site.yaml": "name: ["} if found == 503 else {})})
    with serving(content) as preview:
        page = open_page(preview.root, width=320, color_scheme=scheme, java_script_enabled=True).page
        texts: list[list[Any]] = page.evaluate(CONTRAST)
        assert len(texts) > 10 and [text for text in texts if text[0] < 4.5] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.locator(f"{PANEL}[role=status]").count() == 1


def test_the_panel_folds_without_scripts(content: Path, open_page: Open) -> None:
    with serving(write(content, {NAME: TYPO})) as preview:
        page = open_page(preview.root, java_script_enabled=False).page
        item = page.locator(f"{PANEL} li").first
        assert item.is_visible()
        page.locator(f"{PANEL} summary").press("Enter")
        assert item.is_hidden()
