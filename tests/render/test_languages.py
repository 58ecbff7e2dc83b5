"""A site in several languages: a tree of pages and feeds for each, of the same facts."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from html_reader import read_html
from sites import NOW, default_theme, make_site, parse_files, render

from statusgen.history.snapshot import take_snapshot
from statusgen.model.site import Content
from statusgen.model.translations import SiteWords, Translation
from statusgen.render.files import render_file
from statusgen.render.site import plan_site

SITE = """\
name: Acme
url: https://status.acme.example/status/
time_zone: Europe/Berlin
languages: [de, ar]
groups: {edge: Edge network}
components: {api: {name: API, description: What apps talk to.}, web: {name: Website, group: edge}}
"""
INCIDENT = """\
---
title: Mail is late
components: {api: partial_outage}
---

Some mail waits.

## investigating @ 2026-11-20 09:00

We look.

## identified @ 2026-11-20 09:30

We know.
"""
OLD = (
    INCIDENT.replace("2026-11-20", "2025-11-19").replace("late", "slow") + "\n## resolved @ 2025-11-19 10:00\n\nOver.\n"
)
NOTICE = "---\ntitle: We move\npublish: 2026-11-19\n---\n\nTo a new [place](../other/).\n"
FILES = {"incidents/mail.md": INCIDENT, "incidents/old.md": OLD, "notices/move.md": NOTICE}
FIRST = "u20261120T080000Z"


def make_content(site: str = SITE) -> Content:
    """The incident is in German but for its second update."""
    content = parse_files({"site.yaml": site, **FILES})
    first = next(one for one in content.incidents if one.id == "mail").updates[0].id
    words = Translation("incidents/mail.de.md", "incidents/mail.md", "de", "Post kommt spät", "Manche wartet.",
                        ((first, "Wir schauen nach."),))  # fmt: skip
    site_words = SiteWords("de", "site.de.yaml", description="Stand der Dinge", names=(("web", "Webseite"),))
    return replace(content, site=replace(content.site, words=(site_words,)), translations=(words,))


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return render(make_content())


def text_of(files: dict[str, bytes], path: str) -> str:
    return " ".join(" ".join(read_html(files[path]).text).split())


def test_other_languages_have_their_pages_and_feeds_and_share_all_else(files: dict[str, bytes]) -> None:
    pages = {path for path in files if path.endswith((".html", ".rss", ".atom", "feed.json"))}
    own = {path for path in pages if not path.startswith(("de/", "ar/"))} - {"404.html", "subscribe/formats/index.html"}
    for tag in ("de", "ar"):
        tree = {path.removeprefix(f"{tag}/") for path in files if path.startswith(f"{tag}/")}
        assert own <= tree
        assert {path for path in tree if re.match(r"api/|badges/|assets/|.*\.(ics|csv)$", path)} == set()


def test_pages_are_in_their_language(files: dict[str, bytes]) -> None:
    german, arabic = text_of(files, "de/index.html"), text_of(files, "ar/index.html")
    assert "seit 20. November 2026, 09:00 CET" in german and "Post kommt spät" in german and "Webseite" in german
    assert "Mail is late" in arabic and "20 نوفمبر 2026" in arabic
    assert read_html(files["ar/index.html"]).elements[0] == ("html", {"lang": "ar", "dir": "rtl"})
    assert read_html(files["de/index.html"]).elements[0] == ("html", {"lang": "de"})


def test_what_nobody_translated_says_in_which_language_it_is(files: dict[str, bytes]) -> None:
    german = files["de/incidents/mail/index.html"].decode()
    assert "<h1>Post kommt spät</h1>" in german
    assert '<div class="text" dir="auto"><p>Wir schauen nach.</p></div>' in german
    assert '<div class="text" lang="en" dir="auto"><p>We know.</p></div>' in german
    arabic = files["ar/incidents/mail/index.html"].decode()
    assert '<h1 lang="en" dir="ltr">Mail is late</h1>' in arabic
    assert not re.search(r'(?:h1|a|div)[^>]* lang="', files["incidents/mail/index.html"].decode().partition("<main")[2])


def test_every_page_names_itself_in_all_languages(files: dict[str, bytes]) -> None:
    root = "https://status.acme.example/status/"
    for path in (path for path in files if path.endswith(".html") and not path.startswith(("de/", "ar/", "embed/"))):
        place = path.removesuffix("index.html")
        for tree in ("", "de/", "ar/"):
            page = files.get(tree + path)
            if page is None or "embed/" in path or path in ("404.html", "subscribe/formats/index.html"):
                continue
            links = [a for tag, a in read_html(page).elements if tag == "link" and "hreflang" in a]
            assert {a["hreflang"]: a["href"] for a in links} == {
                "en": root + place,
                "x-default": root + place,
                "de": f"{root}de/{place}",
                "ar": f"{root}ar/{place}",
            }


def test_the_menu_leads_to_the_same_page(files: dict[str, bytes]) -> None:
    for path in ("index.html", "de/index.html", "ar/incidents/mail/index.html"):
        depth = "../" * path.count("/")
        place = path.removeprefix("de/").removeprefix("ar/").removesuffix("index.html")
        menu = [a for tag, a in read_html(files[path]).elements if tag == "a" and "hreflang" in a]
        assert [a["lang"] for a in menu] == ["en", "de", "ar"]
        assert [a["href"].removeprefix("./") for a in menu] == [f"{depth}{tree}{place}" for tree in ("", "de/", "ar/")]
        assert [a["lang"] for a in menu if a.get("aria-current")] == [path[:2] if path[2] == "/" else "en"]


def test_what_is_there_once_leads_to_the_other_home_pages(files: dict[str, bytes]) -> None:
    elements = read_html(files["subscribe/formats/index.html"]).elements
    assert [a["href"] for tag, a in elements if tag == "a" and "hreflang" in a] == ["../../", "../../de/", "../../ar/"]
    assert not [a for tag, a in elements if tag == "link" and "hreflang" in a]


def test_a_site_of_one_language_has_no_menu() -> None:
    page = make_site(FILES)["index.html"]
    assert b"hreflang" not in page and b"languages" not in page


def test_feeds_are_in_their_language(files: dict[str, bytes]) -> None:
    german = json.loads(files["de/feed.json"])
    assert (german["language"], german["feed_url"]) == ("de", "https://status.acme.example/status/de/feed.json")
    items = {item["url"]: item for item in german["items"]}
    (told,) = [item for item in items.values() if "Wir schauen nach." in item["content_html"]]
    assert told["title"] == "[Wird untersucht] Post kommt spät"
    assert told["url"].startswith("https://status.acme.example/status/de/incidents/mail/#")
    assert b'xml:lang="de"' in files["de/feed.atom"] and b"<language>de</language>" in files["de/feed.rss"]
    assert {item["id"] for item in german["items"]}.isdisjoint(
        item["id"] for item in json.loads(files["feed.json"])["items"]
    )


def test_the_same_in_another_language_is_another_thing(files: dict[str, bytes]) -> None:
    for name in ("history.atom", "feed.atom"):
        ids = [set(re.findall(b"<id>(.*?)</id>", files[tree + name])) for tree in ("", "de/", "ar/")]
        assert not (ids[0] & ids[1] or ids[0] & ids[2] or ids[1] & ids[2])


def test_links_to_what_is_there_once_lead_there_from_all_languages() -> None:
    links = "[a](../../badges/api.svg) [b](../../calendar.ics) [c](../../uptime.csv) [d](../../uptime/)"
    found = make_site({"site.yaml": SITE, "notices/move.md": NOTICE.replace("[place](../other/)", links)})
    page = found["de/notices/move/index.html"].decode()
    assert re.findall(r'href="([^"]*)"[^>]*>[abcd]<', page) == [
        *("../../../badges/api.svg", "../../../calendar.ics", "../../../uptime.csv", "../../uptime/"),
    ]
    (item,) = json.loads(found["de/feed.json"])["items"]
    root = "https://status.acme.example/status/"
    assert re.findall(r'href="([^"]*)"[^>]*>[abcd]<', item["content_html"]) == [
        *(f"{root}badges/api.svg", f"{root}calendar.ics", f"{root}uptime.csv", f"{root}de/uptime/"),
    ]


def test_readers_are_told_of_the_direction(files: dict[str, bytes]) -> None:
    for item in json.loads(files["ar/feed.json"])["items"]:
        assert item["content_html"].startswith('<div dir="rtl"><div lang="en" dir="ltr">')


def test_the_search_finds_translated_titles(files: dict[str, bytes]) -> None:
    rows = json.loads(files["de/history/2026.json"])
    assert ["incidents/mail/", "Post kommt spät"] in [row[:2] for row in rows["entries"]]
    assert b'data-tree="de/"' in files["de/history/index.html"]


def test_search_engines_are_told_of_all_trees(files: dict[str, bytes]) -> None:
    assert b"https://status.acme.example/status/de/sitemaps/2026-11.xml" in files["sitemap.xml"]
    assert b"https://status.acme.example/status/de/incidents/mail/" in files["de/sitemaps/2026-11.xml"]


def test_a_site_whose_own_language_is_another_one() -> None:
    found = make_site({**FILES, "site.yaml": SITE.replace("languages: [de, ar]", "language: de\nlanguages: [en]")})
    assert read_html(found["index.html"]).elements[0] == ("html", {"lang": "de"})
    assert "Aktuelle Störung" in text_of(found, "index.html")
    assert "What is wrong now" in text_of(found, "en/index.html")
    assert '<h1 lang="de">Mail is late</h1>' in found["en/incidents/mail/index.html"].decode()


def test_a_translation_changes_its_tree_alone_and_as_a_clean_build_would() -> None:
    first = make_content()
    plan = plan_site(take_snapshot(first, NOW), default_theme())
    words = replace(first.translations[0], title="Die Post ist spät")
    second = replace(first, translations=(words,))
    snapshot = take_snapshot(second, NOW, plan.pages.snapshot)
    after, clean = plan_site(snapshot, default_theme(), plan), plan_site(take_snapshot(second, NOW), default_theme())
    assert dict(after.files) == dict(clean.files)
    new = {path: render_file(after.files[path], after.dress) for path in after.changed}
    changed = [path for path, data in new.items() if data != render_file(plan.files[path], plan.dress)]
    assert changed and all(path.startswith("de/") for path in changed)
    fresh = {path: render_file(file, clean.dress) for path, file in clean.files.items()}
    kept = {path: render_file(file, after.dress) for path, file in after.files.items()}
    assert kept == fresh
    assert b"Die Post ist sp" in new["de/feed.rss"]


def test_languages_come_and_go_and_change_places() -> None:
    one = make_content(SITE.replace("languages: [de, ar]\n", ""))
    many = make_content()
    places = ("language: de", "language: de\nlanguages: [en]", "language: ar\nlanguages: [de]", "languages: [de]")
    turned = [parse_files({"site.yaml": SITE.replace("languages: [de, ar]", place), **FILES}) for place in places]
    plan = plan_site(take_snapshot(one, NOW), default_theme())
    for content in (many, one, make_content(SITE.replace("[de, ar]", "[ar]")), many, *turned, many):
        plan = plan_site(take_snapshot(content, NOW, plan.pages.snapshot), default_theme(), plan)
        clean = plan_site(take_snapshot(content, NOW), default_theme())
        found = {path: render_file(file, plan.dress) for path, file in plan.files.items()}
        assert found == {path: render_file(file, clean.dress) for path, file in clean.files.items()}
