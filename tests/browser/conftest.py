"""The sample in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
from browsing import Served, Watched, serve
from playwright.sync_api import Browser, sync_playwright

QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run", "--disable-default-apps", "--disable-extensions"),
]


@pytest.fixture(scope="session")
def site() -> Iterator[Served]:
    yield from serve("/")


@pytest.fixture(scope="session")
def site_below() -> Iterator[Served]:
    yield from serve("/status/")


@pytest.fixture(scope="session")
def site_in_two() -> Iterator[Served]:
    """In English, and below ar/ in Arabic, from right to left."""
    yield from serve("/", "languages: [ar]\n")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("Debian's chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def open_page(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Opens an address in a window of its own; keyword arguments are those of playwright's `new_context`."""
    contexts = []

    def open_it(address: str, width: int = 1280, **options: object) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        watched = Watched(context.new_page())
        watched.page.on("request", lambda request: watched.requests.append(request.url))
        watched.page.on("console", lambda message: watched.complaints.append(message.text))
        watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        watched.page.goto(address)
        return watched

    yield open_it
    for context in contexts:
        context.close()
