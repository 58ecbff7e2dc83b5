"""Pictures of the sample, taken with headless Chromium.

`python tests/pictures/screenshots.py` takes those in the README; with `--into DIR` also each page as it looks in dark,
on a phone, in print, from right to left, in forced colours and with more contrast."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AT = "2026-11-20T12:00Z"
PAGES = {"home": "", "incident": "incidents/tracking-slow-responses/", "uptime": "uptime/"}
README = {"width": 1000, "height": 2080}
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 375, "height": 812}
# What playwright's `new_page` is told.
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": DESK},
    "dark": {"viewport": DESK, "color_scheme": "dark"},
    "phone": {"viewport": PHONE},
    "phone-dark": {"viewport": PHONE, "color_scheme": "dark"},
    "print": {"viewport": {"width": 794, "height": 1123}},
    "right-to-left": {"viewport": DESK},
    "phone-right-to-left": {"viewport": PHONE},
    "forced-colours": {"viewport": DESK, "forced_colors": "active", "color_scheme": "dark"},
    "more-contrast": {"viewport": DESK, "contrast": "more"},
    "more-contrast-dark": {"viewport": DESK, "contrast": "more", "color_scheme": "dark"},
}
TURN = "document.documentElement.lang = 'ar'; document.documentElement.dir = 'rtl'"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, help="a site that has been built (default: the sample, built now)")
    parser.add_argument("--into", type=Path, help="a folder for pictures of every look")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serve(options.site or build(Path(folder))) as root, chromium() as it:
        if not options.site:
            for scheme in ("light", "dark"):
                page = open_page(it, viewport=README, color_scheme=scheme)
                page.goto(root)
                page.screenshot(path=ROOT / f"themes/default/preview-{scheme}.png")
        if options.into:
            options.into.mkdir(parents=True, exist_ok=True)
            take_all(it, root, options.into)


def open_page(browser: Browser, **told: Any) -> Page:
    """Where the sample is at home, at the time of which it was built."""
    page = browser.new_page(**told, timezone_id="Europe/Berlin")
    page.clock.set_fixed_time(AT)
    return page


def take_all(browser: Browser, root: str, into: Path) -> None:
    for look, told in LOOKS.items():
        page = open_page(browser, **told)
        for name, path in PAGES.items():
            page.goto(root + path)
            if "right-to-left" in look:
                page.evaluate(TURN)
            if look == "print":
                page.emulate_media(media="print")
                page.pdf(path=into / f"{name}-{look}.pdf", format="A4")
            page.screenshot(path=into / f"{name}-{look}.png", full_page=True)
        page.close()


def build(folder: Path) -> Path:
    command = [sys.executable, "-m", "statusgen", "build", "--content", str(ROOT / "content"), "--at", AT]
    subprocess.run([*command, "--output", str(folder)], check=True)
    return folder


@contextmanager
def serve(site: Path) -> Iterator[str]:
    """The address of a built site, on this machine."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


if __name__ == "__main__":
    main()
