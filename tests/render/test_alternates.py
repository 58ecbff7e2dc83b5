"""What pages announce in their heads."""

from __future__ import annotations

import pytest
from html_reader import read_html
from sites import make_site

CHANGE = "---\ntitle: Move\nstarts: 2026-11-22 05:00\nduration: 2h\ncomponents: [web]\n---\n"
INCIDENT = "---\ntitle: Down\ncomponents: {api: major_outage}\n---\n\n## investigating @ 2026-11-03 09:20\n\nWe look.\n"
RSS, ATOM, JSON, CALENDAR = "application/rss+xml", "application/atom+xml", "application/feed+json", "text/calendar"
UPDATES = [("feed.rss", RSS), ("feed.atom", ATOM), ("feed.json", JSON)]
WORK = [(f"changes/{path}", kind) for path, kind in UPDATES] + [("calendar.ics", CALENDAR)]
OF_API = [
    (f"components/api/{path}", kind) for path, kind in [*UPDATES, ("history.rss", RSS), ("calendar.ics", CALENDAR)]
]
SITE = [*UPDATES, ("history.rss", RSS), ("history.atom", ATOM), *WORK]
# What a page announces, by its path.
ANNOUNCED = {
    "index.html": SITE,
    "components/api/index.html": OF_API,
    "changes/move/index.html": WORK,
    "incidents/down/index.html": UPDATES,
    "history/index.html": UPDATES,
    "uptime/index.html": UPDATES,
    "subscribe/index.html": [*SITE, *((f"groups/edge/{path}", kind) for path, kind in UPDATES)],
}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return make_site({"changes/move.md": CHANGE, "incidents/down.md": INCIDENT})


@pytest.mark.parametrize("path", ANNOUNCED)
def test_a_page_announces_what_is_about_it(path: str, files: dict[str, bytes]) -> None:
    links = [given for tag, given in read_html(files[path]).elements if tag == "link" and given["rel"] == "alternate"]
    up = "../" * path.count("/")
    assert [(link["href"].removeprefix(up), link["type"]) for link in links] == ANNOUNCED[path]
    titles = [(link["title"], link["type"]) for link in links]
    assert len(set(titles)) == len(titles), "readers show titles and types to choose from"
    assert all(title.startswith("Acme: ") for title, _ in titles)


def test_a_page_at_any_depth_announces_by_a_path_from_the_host(files: dict[str, bytes]) -> None:
    links = [given["href"] for _, given in read_html(files["404.html"]).elements if given.get("rel") == "alternate"]
    assert links == [f"/status/{path}" for path, _ in UPDATES]


def test_every_page_leads_to_the_ways_to_follow(files: dict[str, bytes]) -> None:
    for path, data in files.items():
        if path.endswith(".html") and path not in ("404.html", "embed/index.html"):
            assert f"{'../' * path.count('/')}subscribe/" in read_html(data).addresses, path
