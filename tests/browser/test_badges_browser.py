"""Badges as Chromium draws them: whatever the name and the font, no text leaves its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from browsing import Served, Watched

from statusgen.render.badges.svg import TONES, render_svg

Open = Callable[..., Watched]
NAMES = {
    "short": "API",
    "narrow": "illicit fjord, ill",
    "wide": "WWWWMMMM @@@",
    "long": "The Quick Brown Fox Jumps Over the Lazy Dog Again and Again",
    "umlauts": "Überprüfung der Größe",
    "Polish": "Zażółć gęślą jaźń",
    "Cyrillic": "Платёжный шлюз",
    "Greek": "Υπηρεσία πληρωμών",
    "Chinese": "支付网关服务",
    "Japanese": "決済ゲートウェイ",
    "Korean": "결제 게이트웨이",
    "Arabic": "بوابة الدفع",
    "Hebrew": "שער תשלומים",
    "Devanagari": "भुगतान गेटवे",
    "Thai": "เกตเวย์การชำระเงิน",
    "emoji": "🚀 Launch 👩🏽\u200d🚀 🇩🇪",
    "combining": "A\u0308rger und e\u0301te\u0301",
}
# Each text's box, the boxes of what is behind it, and the picture's size.
MEASURE = """(svg) => {
  document.body.innerHTML = svg;
  const box = (e) => (({x, y, width, height}) => [x, y, x + width, y + height])(e.getBBox());
  const root = document.querySelector("svg");
  return {texts: [...root.querySelectorAll("text")].map(box), places: [...root.querySelectorAll("path")].map(box),
          size: [root.width.baseVal.value, root.height.baseVal.value],
          natural: [...root.querySelectorAll("text")].map((e) => {
            const asked = e.getAttribute("textLength"); e.removeAttribute("textLength");
            return [Number(asked), e.getComputedTextLength()] })};
}"""


def measure(page: Any, name: str, font: str = "") -> dict[str, Any]:
    svg = render_svg(name, "90-day uptime", "99.95 %", TONES["minor"]).decode().partition("?>\n")[2]
    if font:
        svg = svg.replace("Verdana,'DejaVu Sans',sans-serif", font)
    found: dict[str, Any] = page.evaluate(MEASURE, svg)
    return found


@pytest.mark.parametrize("font", ["", "DejaVu Serif", "monospace"])
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_every_text_stays_in_its_place(name: str, font: str, open_page: Open) -> None:
    found = measure(open_page("about:blank").page, name, font)
    left, right, shape = found["places"]
    for text, place in zip(found["texts"], (left, right), strict=True):
        assert place[0] + 3 <= text[0] and text[2] <= place[2] - 3, (text, place)
    assert found["texts"][1][0] >= shape[2] - 5
    assert right[2] <= found["size"][0] + 0.1


@pytest.mark.parametrize("name", ["short", "narrow", "wide", "umlauts", "Cyrillic", "Greek"])
def test_widths_are_near_those_of_real_fonts(name: str, open_page: Open) -> None:
    """So that letters are hardly stretched."""
    for asked, natural in measure(open_page("about:blank").page, NAMES[name])["natural"]:
        assert asked == pytest.approx(natural, rel=0.12), name


@pytest.mark.parametrize(("scheme", "expected"), [("light", TONES["minor"].light), ("dark", TONES["minor"].dark)])
def test_a_picture_follows_the_colour_scheme(scheme: str, expected: str, site: Served, open_page: Open) -> None:
    svg = render_svg("API", "", "Degraded performance", TONES["minor"]).decode().partition("?>\n")[2]
    page = open_page("about:blank", color_scheme=scheme).page
    page.evaluate("svg => { document.body.innerHTML = svg }", svg)
    red, green, blue = (int(expected[place : place + 2], 16) for place in (1, 3, 5))
    assert page.evaluate("getComputedStyle(document.querySelector('.m')).fill") == f"rgb({red}, {green}, {blue})"
