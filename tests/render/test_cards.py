"""The picture beside a link in a chat: every page names one, which is there, is large enough and fits what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from html_reader import read_html
from sites import NOW, default_theme, make_sample, make_site, parse_files

from statusgen.history.snapshot import take_snapshot
from statusgen.render.site import plan_site, render_site

OPEN = "---\ntitle: Down\n{0}\n---\n\n## investigating @ 2026-11-20 12:00\n\nx\n"
OVER = OPEN + "\n## resolved @ 2026-11-20 12:30\n\nx\n"
BAD = "components: {api: major_outage}"
WORK = "---\ntitle: W\nstarts: 2026-{0} 12:30\nends: 2026-{0} 14:00\ncomponents: [web]\n---\n"
ROOT = "https://status.acme.example/status/"


def metas(page: bytes) -> dict[str, str]:
    found = [attributes for tag, attributes in read_html(page).elements if tag == "meta"]
    return {one.get("property") or one.get("name", ""): one.get("content", "") for one in found}


def card(page: bytes) -> str:
    """The name of its picture, without the hash."""
    return metas(page)["og:image"].removeprefix(f"{ROOT}assets/").partition(".")[0]


def test_every_page_of_the_sample_names_a_picture_that_is_there() -> None:
    site = make_sample(ROOT)
    pages = [data for path, data in site.items() if path.endswith(".html") and b"og:title" in data]
    assert len(pages) > 60
    for page in pages:
        said = metas(page)
        data = site[said["og:image"].removeprefix(ROOT)]
        assert data.startswith(b"\x89PNG")
        sides = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
        assert sides == (1200, 630) == (int(said["og:image:width"]), int(said["og:image:height"]))
        assert said["og:image:alt"]
        assert said["twitter:card"] == "summary_large_image"
        assert len(data) < 20_000


@pytest.mark.parametrize(
    ("text", "expected", "home"),
    [
        (OPEN.format("components: {api: degraded_performance}"), "card-minor", "card-minor"),
        (OPEN.format("components: {api: partial_outage}"), "card-major", "card-minor"),
        (OPEN.format(BAD), "card-critical", "card-major"),
        (OPEN.format("components: {}"), "card", "card-none"),
        (OPEN.format("components: {}\nimpact: minor"), "card-minor", "card-minor"),
        (OVER.format(BAD), "card-none", "card-none"),
    ],
)
def test_an_incident_shows_how_bad_it_is_until_it_is_over(text: str, expected: str, home: str) -> None:
    site = make_site({"incidents/down.md": text})
    assert card(site["incidents/down/index.html"]) == expected
    assert card(site["index.html"]) == home


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WORK.format("11-20"), "card-maintenance"),
        (WORK.format("12-20"), "card-maintenance"),
        (WORK.format("11-10"), "card-none"),
        (WORK.format("12-20") + "\n## cancelled @ 2026-11-19 12:00\n\nx\n", "card"),
    ],
)
def test_planned_work_is_planned_work_until_it_is_over(text: str, expected: str) -> None:
    assert card(make_site({"changes/w.md": text})["changes/w/index.html"]) == expected


def test_a_component_shows_its_own_state_and_other_pages_none() -> None:
    site = make_site({"incidents/down.md": OPEN.format(BAD), "changes/w.md": WORK.format("11-20")})
    names = {name: card(site[f"components/{name}/index.html"]) for name in ("api", "web", "db")}
    assert names == {"api": "card-critical", "web": "card-maintenance", "db": "card-none"}
    for path in ("history", "history/2026-11", "uptime", "subscribe"):
        assert card(site[f"{path}/index.html"]) == "card"
    assert card(site["404.html"]) == "card"


def test_a_theme_has_its_own_pictures_in_any_size_or_none() -> None:
    shipped = default_theme()
    png = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (600).to_bytes(4, "big") + (315).to_bytes(4, "big") + b"\x08\x06"
    others = {name: data for name, data in shipped.assets.items() if not name.startswith("card")}

    def home(assets: dict[str, bytes]) -> dict[str, str]:
        plan = plan_site(take_snapshot(parse_files({}), NOW), replace(shipped, assets=others | assets))
        return metas(dict(render_site(plan))["index.html"])

    said = home({"card.png": png})
    assert said["og:image"].startswith(f"{ROOT}assets/card.")
    assert (said["og:image:width"], said["og:image:height"]) == ("600", "315")
    assert "og:image" not in home({}) | home({"card.png": b"<svg/>"})
