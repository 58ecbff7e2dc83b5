"""Makes the README's picture: `python tests/picture.py` builds the sample and takes it with headless Chromium."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AT = "2026-11-20T12:00Z"
SIZE = {"width": 1000, "height": 2080}


def main() -> None:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        command = [sys.executable, "-m", "statusgen", "build", "--content", str(ROOT / "content"), "--at", AT]
        subprocess.run([*command, "--output", folder], check=True)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport=SIZE, color_scheme=scheme)  # type: ignore[arg-type]
            page.route("**/*", lambda route: route.fulfill(path=file_for(Path(folder), route.request.url)))
            page.goto("http://status.example/")
            page.screenshot(path=ROOT / f"themes/default/preview-{scheme}.png")
        browser.close()


def file_for(site: Path, url: str) -> Path:
    path = site / url.removeprefix("http://status.example/")
    return path / "index.html" if path.is_dir() else path


if __name__ == "__main__":
    main()
