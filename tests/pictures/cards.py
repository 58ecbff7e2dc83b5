"""Makes the pictures that chat programs show beside a link: `python tests/pictures/cards.py` draws one for each
indicator with headless Chromium, around the mark of its favicon. They have no words: those of the page stand beside
them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[2] / "themes/default/assets"
WIDTH, HEIGHT = 1200, 630
BARS, STEP = 40, 26
GREEN, GREY = "#1f8a55", "#8b95a3"
# By the name of the card: its favicon's name, and the colour of the last bars.
CARDS = {
    "card": ("", GREY),
    "card-none": ("favicon.svg", GREEN),
    "card-minor": ("favicon-minor.svg", "#e0a800"),
    "card-major": ("favicon-major.svg", "#c85a10"),
    "card-critical": ("favicon-critical.svg", "#c62f26"),
    "card-maintenance": ("favicon-maintenance.svg", "#2f66c9"),
}
# A beat, for pages that tell of no state.
NEUTRAL = """<circle cx="16" cy="16" r="15" fill="#586170"/><path d="M7 17h4l3-7 4 12 3-5h4" fill="none" stroke="#fff"
stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/>"""


def draw(favicon: str, colour: str) -> str:
    mark = re.sub(r"</?svg[^>]*>|<title>.*?</title>", "", (ASSETS / favicon).read_text("utf-8")) if favicon else NEUTRAL
    usual = GREEN if favicon else GREY
    bars = "".join(
        f'<rect x="{80 + number * STEP}" y="470" width="{STEP - 8}" height="80" rx="5"'
        f' fill="{colour if number >= BARS - 3 else usual}" fill-opacity="{1 if number >= BARS - 3 else 0.45}"/>'
        for number in range(BARS)
    )
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">
<rect width="100%" height="100%" fill="#fff"/><rect width="100%" height="100%" fill="{colour}" fill-opacity=".1"/>
<rect width="100%" height="18" fill="{colour}"/>
<svg x="450" y="100" width="300" height="300" viewBox="0 0 32 32">{mark}</svg>{bars}</svg>"""


def main() -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for name, (favicon, colour) in CARDS.items():
            page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{draw(favicon, colour)}")
            page.screenshot(path=ASSETS / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
