"""Sitemaps: every page once, with the time of its last news, and few files that change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

from html_reader import read_html
from sites import NOW, default_theme, make_sample, make_site, parse_files

from statusgen.history.snapshot import take_snapshot
from statusgen.render.files import render_file
from statusgen.render.site import plan_site

NAMES = {"": "http://www.sitemaps.org/schemas/sitemap/0.9"}
ROOT = "https://status.acme.example/status/"
HOUR = timedelta(hours=1)


def read_places(data: bytes, kind: str) -> list[tuple[str, str]]:
    """(address, when it changed or an empty text) of each."""
    document = ET.fromstring(data)  # noqa: S314
    return [
        (one.findtext("loc", "", NAMES), one.findtext("lastmod", "", NAMES)) for one in document.iterfind(kind, NAMES)
    ]


def read_all(files: Mapping[str, bytes], root: str = ROOT) -> dict[str, list[tuple[str, str]]]:
    """What each sitemap of the index lists."""
    named = [address.removeprefix(root) for address, _ in read_places(files["sitemap.xml"], "sitemap")]
    assert {path for path in files if path.startswith("sitemaps/")} == set(named)
    return {path: read_places(files[path], "url") for path in named}


def incident(at: datetime) -> str:
    head = "---\ntitle: Down\ncomponents: {api: major_outage}\n---\n"
    said = (("investigating", at, "We look."), ("resolved", at + HOUR, "Over."))
    return head + "".join(f"\n## {status} @ {when:%Y-%m-%dT%H:%MZ}\n\n{text}\n" for status, when, text in said)


def test_every_page_is_listed_once() -> None:
    root = "https://status.acme.example/"
    files = make_sample(root)
    found = [address for places in read_all(files, root).values() for address, _ in places]
    pages = {root + path.removesuffix("index.html") for path in files if path.endswith(".html")}
    assert len(found) == len(set(found))
    assert set(found) == pages - {f"{root}404.html", f"{root}embed/"}


def test_what_no_search_engine_shall_show_says_so() -> None:
    files = make_sample()
    robots = [a["content"] for tag, a in read_html(files["embed/index.html"]).elements if a.get("name") == "robots"]
    assert robots == ["noindex"]
    assert b'name="robots"' not in files["index.html"]


def test_entries_are_listed_in_the_month_of_their_begin_in_the_zone_of_the_site() -> None:
    plan = "---\ntitle: Plan\nstarts: 2026-12-01 10:00\nduration: 1h\ncomponents: [api]\n---\n"
    files = make_site(
        {
            "incidents/late.md": incident(datetime.fromisoformat("2026-10-31T22:59Z")),
            "incidents/early.md": incident(datetime.fromisoformat("2026-10-31T23:00Z")),
            "changes/plan.md": plan,
            "notices/note.md": "---\ntitle: Note\npublish: 2026-11-01 09:00\n---\nText.\n",
        }
    )
    found = read_all(files)
    assert found["sitemaps/2026-10.xml"] == [(f"{ROOT}incidents/late/", "2026-10-31T23:59:00Z")]
    assert found["sitemaps/2026-11.xml"] == [(f"{ROOT}incidents/early/", "2026-11-01T00:00:00Z")]
    assert found["sitemaps/2026-12.xml"] == [(f"{ROOT}changes/plan/", "")]
    assert (f"{ROOT}notices/note/", "2026-11-01T08:00:00Z") in found["sitemaps/site.xml"]
    assert dict(read_places(files["sitemap.xml"], "sitemap")) == {
        f"{ROOT}sitemaps/site.xml": "2026-11-01T08:00:00Z",
        f"{ROOT}sitemaps/2026-10.xml": "2026-10-31T23:59:00Z",
        f"{ROOT}sitemaps/2026-11.xml": "2026-11-01T00:00:00Z",
        f"{ROOT}sitemaps/2026-12.xml": "",
    }


def test_only_what_was_told_counts() -> None:
    """Neither an update that is still to come nor the time of the build."""
    files = {"incidents/down.md": incident(NOW - HOUR / 2)}
    (place,) = read_all(make_site(files))["sitemaps/2026-11.xml"]
    assert place == (f"{ROOT}incidents/down/", "2026-11-20T11:30:00Z")
    (place,) = read_all(make_site(files, NOW + 9 * HOUR))["sitemaps/2026-11.xml"]
    assert place == (f"{ROOT}incidents/down/", "2026-11-20T12:30:00Z")


def test_a_commit_changes_one_sitemap_and_the_index() -> None:
    texts = {f"incidents/n{number}.md": incident(NOW - number * 200 * HOUR) for number in range(1, 40)}
    content = parse_files(texts)
    before = plan_site(take_snapshot(content, NOW), default_theme())
    newest = content.incidents[-1]
    last = newest.updates[-1]
    told = replace(newest, updates=(*newest.updates, replace(last, id="more", at=last.at + HOUR)))
    changed = replace(content, incidents=(*content.incidents[:-1], told))
    plan = plan_site(take_snapshot(changed, NOW, before.pages.snapshot), default_theme(), before)
    touched = [path for path in plan.changed if "sitemap" in path or path == "robots.txt"]
    assert sorted(touched) == ["sitemap.xml", "sitemaps/2026-11.xml"]
    fresh = plan_site(take_snapshot(changed, NOW), default_theme())
    for path in (path for path in plan.files if "sitemap" in path):
        assert render_file(plan.files[path], plan.dress) == render_file(fresh.files[path], fresh.dress), path


def test_an_entry_that_is_gone_takes_its_month_with_it() -> None:
    content = parse_files({"incidents/a.md": incident(NOW - 2000 * HOUR), "incidents/b.md": incident(NOW - 9 * HOUR)})
    before = plan_site(take_snapshot(content, NOW), default_theme())
    assert "sitemaps/2026-08.xml" in before.files
    left = replace(content, incidents=content.incidents[1:])
    plan = plan_site(take_snapshot(left, NOW, before.pages.snapshot), default_theme(), before)
    assert "sitemaps/2026-08.xml" not in plan.files and "sitemaps/2026-11.xml" in plan.files


def test_robots_are_told_where_the_sitemap_is() -> None:
    assert make_site({})["robots.txt"].decode() == f"User-agent: *\nDisallow:\n\nSitemap: {ROOT}sitemap.xml\n"


def test_an_address_with_an_ampersand_breaks_nothing() -> None:
    root = "https://acme.example/a&b/"
    files = make_site({"site.yaml": f"name: Acme\nurl: {root}\n"})
    assert (root, "") in read_all(files, root)["sitemaps/site.xml"]


def test_previews_of_links_say_what_the_page_says() -> None:
    files = make_sample("https://status.acme.example/")
    for path, data in files.items():
        if path.endswith(".html") and path != "embed/index.html":
            heads = [a for tag, a in read_html(data).elements if tag in ("meta", "link")]
            told = {a["property"]: a["content"] for a in heads if "property" in a and "og:image" not in a["property"]}
            assert set(told) == {f"og:{name}" for name in ("type", "site_name", "title", "description", "url")}, path
            (canonical,) = [a["href"] for a in heads if a.get("rel") == "canonical"]
            (description,) = [a["content"] for a in heads if a.get("name") == "description"]
            assert (told["og:url"], told["og:description"]) == (canonical, description)
            assert told["og:title"] and description and description == description.strip()
    home, entry = (files[path].decode() for path in ("index.html", "incidents/label-api-outage/index.html"))
    assert 'property="og:description" content="Partially Degraded Service. ' in home
    assert 'property="og:type" content="website"' in home and 'property="og:type" content="article"' in entry
    assert 'property="og:description" content="Resolved: ' in entry
