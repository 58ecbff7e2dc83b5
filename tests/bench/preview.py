"""From save to screen: how long a saved incident takes to the preview's stream, its bytes and Chromium's next paint.

`python tests/bench/preview.py` measures the sample and made-up sites of 1,000 and 10,000 incidents."""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.append(str(Path(__file__).parents[1]))
sys.path.append(str(Path(__file__).parents[1] / "serve"))
from command import SAMPLE
from generate import write_content
from serving import MARK, Serving, serving

TIMES = 15
PAINTED = "performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime"


def measure(content: Path, page: Page) -> None:
    path = max(content.glob("incidents/20*/*.md"))
    text = path.read_text("utf-8")
    with serving(content) as preview:
        address = f"incidents/{path.stem}/"
        page.goto(preview.root + address)
        bytes_in, paint_in = [], []
        for number in range(TIMES):
            # A file system's clock is coarse, and a person saves less often.
            page.wait_for_timeout(300)
            saved = text + f"\nSaved {number} times.\n"
            bytes_in.append(_seconds_to_bytes(preview, address, path, saved.replace("Saved", "Typed")))
            page.wait_for_timeout(300)
            saved_at = time.time()
            path.write_text(saved, "utf-8")
            page.get_by_text(f"Saved {number} times.").wait_for()
            page.wait_for_function(f"() => ({PAINTED.replace('[0].startTime', '.length')}) && true")
            paint_in.append(page.evaluate(PAINTED) / 1000 - saved_at)
    for what, found in (("bytes", bytes_in), ("paint", paint_in)):
        middle, worst = statistics.median(found) * 1000, max(found) * 1000
        print(f"{content.parent.name:>8} {what}: median {middle:.0f} ms, worst {worst:.0f} ms", flush=True)


def _seconds_to_bytes(preview: Serving, address: str, path: Path, text: str) -> float:
    found = MARK.search(preview.ask(address).text)
    assert found
    with preview.listen(address, found[1]) as stream:
        assert [stream.readline() for _ in range(3)][2] == b":\n"
        started = time.perf_counter()
        path.write_text(text, "utf-8")
        stream.read()
        assert "Typed" in preview.ask(address).text
        return time.perf_counter() - started


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        sample = Path(folder) / "sample/content"
        shutil.copytree(SAMPLE, sample)
        measure(sample, page)
        for incidents in (1000, 10000):
            content = Path(folder) / str(incidents) / "content"
            content.parent.mkdir()
            write_content(content, incidents)
            measure(content, page)
        browser.close()


if __name__ == "__main__":
    main()
