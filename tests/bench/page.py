"""What a visitor waits for: weights over the wire, elements, and Chromium's largest paint, from this machine.

`python tests/bench/page.py` measures the sample, and a site of 500 components with 20 open incidents."""

from __future__ import annotations

import gzip
import shutil
import statistics
import sys
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in (".", "browser", "render")]
from browsing import serve_files
from crowded import make_crowded
from sites import make_sample

TIMES = 9
PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
  .observe({type: "largest-contentful-paint", buffered: true}))"""
ELEMENTS = "document.querySelectorAll('*').length"


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, files in (("sample", make_sample("https://status.acme.example/")), ("crowded", make_crowded())):
            with contextmanager(serve_files)("/", files) as site:
                print(f"{name}: {weights(files)}; {painted(browser, site.root)}")
        browser.close()


def weights(files: dict[str, bytes]) -> str:
    kinds = {kind: [data for path, data in files.items() if path.endswith(kind)] for kind in ("style.css", "page.js")}
    html = files["index.html"]
    found = {"HTML": html, **{kind: data[0] for kind, data in kinds.items() if data}}
    return ", ".join(f"{kind} {len(gzip.compress(data)) / 1000:.1f} kB" for kind, data in found.items())


def painted(browser: Browser, root: str) -> str:
    times = []
    for _ in range(TIMES):
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(root)
        times.append(page.evaluate(PAINTED))
        count = page.evaluate(ELEMENTS)
        page.close()
    return f"{count} elements, largest paint after {statistics.median(times):.0f} ms (median of {TIMES})"


if __name__ == "__main__":
    main()
