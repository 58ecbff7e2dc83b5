"""Badges: which there are, what they say, and that a name stays a name."""

from __future__ import annotations

import json
import re
import sys
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

sys.path.append(str(Path(__file__).parents[1]))
from sites import NOW, make_sample, make_site, parse_files

from statusgen.history.snapshot import take_snapshot
from statusgen.render.badges.plan import plan_badges, render_badge
from statusgen.render.badges.svg import NAME_COLOURS, ON_DARK, ON_LIGHT, TONES, render_svg

SVG = "{http://www.w3.org/2000/svg}"
SITE = """\
name: Acme
url: https://status.acme.example/
components: {api: API, web: Website, young: {name: Young, since: 2026-11-11}, new: {name: New, since: 2027-01-01}}
"""
DOWN = """\
---
title: Down
components: {web: major_outage}
---

## investigating @ 2026-11-20 11:00
"""
HOSTILE = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "\"' onload='alert(1)",
    "]]><x/>&amp;&lt;",
    "a & b < c > d",
    "<!-- x",
    "\u202egnp.exe",
    "x" * 5000,
]


def read(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314


def say(files: dict[str, bytes], stem: str) -> tuple[str, str, str]:
    """(label, message, colour) for shields.io, after a look at whether the picture says the same."""
    found = json.loads(files[f"badges/{stem}.json"])
    assert list(found) == ["schemaVersion", "label", "message", "color"] and found["schemaVersion"] == 1
    root = read(files[f"badges/{stem}.svg"])
    assert root.findtext(f"{SVG}title") == root.get("aria-label") == f"{found['label']}: {found['message']}"
    assert [text.text for text in root.iter(f"{SVG}text")] == [found["label"], found["message"]]
    return found["label"], found["message"], found["color"]


def test_what_they_say() -> None:
    files = make_site({"site.yaml": SITE, "incidents/down.md": DOWN})
    assert say(files, "status") == ("Acme", "Partial System Outage", "orange")
    assert say(files, "api") == ("API", "Operational", "brightgreen")
    assert say(files, "web") == ("Website", "Major outage", "red")
    assert say(files, "api-uptime") == ("API 90-day uptime", "100.0 %", "brightgreen")
    # All but one hour of ninety days are 99.9537… %.
    assert say(files, "web-uptime") == ("Website 90-day uptime", "99.95 %", "brightgreen")
    assert say(files, "young-uptime") == ("Young 10-day uptime", "100.0 %", "brightgreen")
    assert say(files, "new-uptime") == ("New uptime", "no data yet", "lightgrey")
    assert len([path for path in files if path.startswith("badges/")]) == 2 * (1 + 2 * 4)


@pytest.mark.parametrize(
    ("state", "message", "color"),
    [
        ("under_maintenance", "Under maintenance", "blue"),
        ("degraded_performance", "Degraded performance", "yellow"),
        ("partial_outage", "Partial outage", "orange"),
        ("major_outage", "Major outage", "red"),
    ],
)
def test_every_state(state: str, message: str, color: str) -> None:
    files = make_site({"site.yaml": SITE, "incidents/down.md": DOWN.replace("major_outage", state)})
    assert say(files, "web") == ("Website", message, color)


@pytest.mark.parametrize(
    ("minutes", "percent", "color"),
    # Of 90 days, which are 129,600 minutes; 0.1 % of them are 129.6.
    [(129, "99.9 %", "brightgreen"), (130, "99.89 %", "yellow"), (1297, "98.99 %", "orange"), (6481, "94.99 %", "red")],
)
def test_an_uptime_is_floored_as_on_pages(minutes: int, percent: str, color: str) -> None:
    down = DOWN.replace("2026-11-20 11:00", f"{NOW - timedelta(minutes=minutes):%Y-%m-%dT%H:%MZ}")
    files = make_site({"site.yaml": SITE, "incidents/down.md": down})
    assert say(files, "web-uptime")[1:] == (percent, color)
    assert f"{percent} uptime" in files["index.html"].decode()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_a_name(name: str) -> None:
    data = render_svg(name, "uptime", "99.9 %", TONES["good"])
    root = read(data)
    assert {element.tag for element in root.iter()} == {SVG + tag for tag in ("svg", "title", "style", "path", "text")}
    assert not [key for element in root.iter() for key in element.keys() if key.startswith("on")]  # noqa: SIM118
    assert root.findtext(f"{SVG}title") == f"{name} uptime: 99.9 %"
    assert float(root.get("width", "")) < 400


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert read(render_svg("A\x00\x1b\ud800B", "", "x", TONES["good"])).get("aria-label") == "AB: x"


def test_letters_stand_out_in_light_and_dark() -> None:
    pairs = [*NAME_COLOURS, *((tone.light, ON_LIGHT) for tone in TONES.values())]
    pairs += [(tone.dark, ON_DARK) for tone in TONES.values()]
    assert [(pair, contrast(*pair)) for pair in pairs if contrast(*pair) < 4.5] == []
    assert len({tone.shape for tone in TONES.values()}) == len(TONES)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_the_colours_are_drawn_without_styles_too() -> None:
    data = render_svg("API", "", "Operational", TONES["good"]).decode()
    drawn = re.findall(r'class="(\w)" fill="(#\w+)"', data)
    assert dict(drawn) == {"l": NAME_COLOURS[0][0], "t": NAME_COLOURS[0][1], "m": TONES["good"].light, "x": ON_LIGHT}
    assert "@media(prefers-color-scheme:dark)" in data and "url(" not in data


def test_every_component_of_the_sample_has_its_badges() -> None:
    files = make_sample()
    stems = {path.split("/")[1] for path in files if path.startswith("components/") and path.endswith("index.html")}
    for stem in stems | {"status"}:
        say(files, stem)


def test_what_stays_is_taken_over() -> None:
    content = parse_files({"site.yaml": SITE, "incidents/down.md": DOWN})
    first = take_snapshot(content, NOW)
    badges = plan_badges(first)
    later = take_snapshot(content, NOW + timedelta(minutes=5), first)
    again = plan_badges(later, badges)
    assert [one.path for one in again] == [one.path for one in badges]
    same = {one.path for one, other in zip(again, badges, strict=True) if one is other}
    assert {path.split("/")[1].split(".")[0] for path in same} == {"api", "api-uptime", "young", "young-uptime",
                                                                 "new", "new-uptime"}  # fmt: skip
    assert [render_badge(one, content.site) for one in again] == [
        render_badge(one, content.site) for one in plan_badges(later)
    ]
