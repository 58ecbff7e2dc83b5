"""Atom by RFC 4287, JSON Feed by its version 1.1, and RSS: the same items in each, whatever they say."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import jsonschema
import pytest
from sites import NOW, SITE, make_sample, make_site

from statusgen.render.feeds.xml import clean

ATOM = "{http://www.w3.org/2005/Atom}"
_URL = {"type": "string", "format": "uri", "pattern": "^https://"}
_TIME = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"}
# jsonfeed.org/version/1.1: what it requires, and what we give beside that.
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items", "home_page_url", "feed_url", "authors"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": _URL,
        "feed_url": _URL,
        "description": {"type": "string"},
        "language": {"const": "en"},
        "authors": {"type": "array", "items": {"type": "object", "required": ["name"]}},
        "hubs": {"type": "array", "items": {"type": "object", "required": ["type", "url"]}},
        "items": {"type": "array", "maxItems": 50, "items": {
            "type": "object",
            "required": ["id", "url", "title", "content_html", "date_published", "date_modified"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string", "minLength": 1}, "url": _URL, "title": {"type": "string"},
                "content_html": {"type": "string", "minLength": 1}, "date_published": _TIME, "date_modified": _TIME,
                "tags": {"type": "array", "items": {"type": "string"}},
            }}},
    },
}  # fmt: skip
HUB = "feeds: {hub: https://hub.example.com/}\n"
HOSTILE = [
    "a ]]> b", "R&D <b>&amp;</b>", "\"quotes\" and 'these'", "emoji 🛠 字 \U0001f468\u200d\U0001f469",
    "\u202eright to left\u202c שלום",
    "x" * 10_000, "back\\slash, comma; semicolon: colon", "%s {0} ${x}",
]  # fmt: skip


@pytest.fixture(scope="module")
def sample() -> dict[str, bytes]:
    return make_sample()


def read_rss(data: bytes) -> list[tuple[str, ...]]:
    """(id, title, link, when, text) of each item, as in the others."""
    items = ET.fromstring(data).iter("item")  # noqa: S314
    return [
        (
            *(str(item.findtext(name)) for name in ("guid", "title", "link")),
            parsedate_to_datetime(str(item.findtext("pubDate"))).astimezone(UTC).isoformat(),
            str(item.findtext("description")),
            *(str(part.text) for part in item.iter("category")),
        )
        for item in items
    ]


def read_atom(data: bytes) -> list[tuple[str, ...]]:
    feed = ET.fromstring(data)  # noqa: S314
    found = []
    for entry in feed.iter(f"{ATOM}entry"):
        (link,) = entry.iter(f"{ATOM}link")
        at, changed = (datetime.fromisoformat(str(entry.findtext(f"{ATOM}{n}"))) for n in ("published", "updated"))
        assert at <= changed <= NOW
        name, title, text = (str(entry.findtext(f"{ATOM}{n}")) for n in ("id", "title", "content"))
        terms = [str(category.get("term")) for category in entry.iter(f"{ATOM}category")]
        found.append((name, title, str(link.get("href")), at.isoformat(), text, *terms))
    return found


def read_json(data: bytes) -> list[tuple[str, ...]]:
    feed = json.loads(data)
    jsonschema.Draft202012Validator(JSON_FEED).validate(feed)
    found = []
    for item in feed["items"]:
        at = datetime.fromisoformat(item["date_published"]).isoformat()
        found.append((item["id"], item["title"], item["url"], at, item["content_html"], *item.get("tags", ())))
    return found


def test_all_formats_say_the_same(sample: dict[str, bytes]) -> None:
    stems = [path.removesuffix(".json") for path in sample if path.endswith("feed.json")]
    assert len(stems) == 1 + 13 + 4 + 1
    for stem in stems:
        items = read_rss(sample[f"{stem}.rss"])
        assert items == read_atom(sample[f"{stem}.atom"]) == read_json(sample[f"{stem}.json"]), stem
        assert len({item[0] for item in items}) == len(items) <= 50
    assert len(read_json(sample["feed.json"])) == 50 and read_json(sample["changes/feed.json"])


def test_atom_by_its_rules(sample: dict[str, bytes]) -> None:
    paths = [path for path in sample if path.endswith(".atom")]
    assert len(paths) == 1 + 13 + 4 + 1 + 1
    for path in paths:
        read = feedparser.parse(sample[path])
        assert read.bozo is False and read.version == "atom10", path
        feed = ET.fromstring(sample[path])  # noqa: S314
        for name in ("id", "title", "updated", "author"):
            assert len(feed.findall(f"{ATOM}{name}")) == 1, (path, name)
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        root = str(links["self"]).removesuffix(path)
        assert links["self"] == root + path and str(links["alternate"]).removeprefix(root) + "index.html" in sample
        for entry in feed.findall(f"{ATOM}entry"):
            for name in ("id", "title", "updated", "published", "content", "link"):
                assert len(entry.findall(f"{ATOM}{name}")) == 1, (path, name)
        times = [entry.findtext(f"{ATOM}updated") for entry in feed.findall(f"{ATOM}entry")]
        assert feed.findtext(f"{ATOM}updated") == max(map(str, times), default="1970-01-01T00:00:00Z")


def test_the_history_knows_entries_by_ids_that_stay(sample: dict[str, bytes]) -> None:
    rss, atom = read_rss(sample["history.rss"]), read_atom(sample["history.atom"])
    assert [item[1:3] + item[4:] for item in rss] == [item[1:3] + item[4:] for item in atom]
    assert all(name.startswith("tag:status.parcelwright.example,2005:Incident/") for name, *_ in atom)
    assert len({name for name, *_ in atom}) == len(atom)


@pytest.mark.parametrize("path", ["feed.rss", "history.rss", "feed.atom", "history.atom", "components/api/feed.atom"])
def test_the_hub_is_named(path: str) -> None:
    files = {"incidents/a.md": "---\ntitle: A\n---\n\n## investigating @ 2026-11-03 09:20\n\nWe look.\n"}
    with_hub = feedparser.parse(make_site({"site.yaml": SITE + HUB, **files})[path])
    links = {link["rel"]: link["href"] for link in with_hub.feed.links}
    assert links["hub"] == "https://hub.example.com/" and links["self"].endswith(f"/status/{path}")
    assert "hub" not in {link["rel"] for link in feedparser.parse(make_site(files)[path]).feed.links}
    feed = json.loads(make_site({"site.yaml": SITE + HUB})["feed.json"])
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example.com/"}]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_title_and_a_text_say(text: str) -> None:
    body = f"We say:\n\n    {text}\n"
    incident = (
        f"---\ntitle: {json.dumps(text, ensure_ascii=False)}\n---\n\n## investigating @ 2026-11-03 09:20\n\n{body}"
    )
    site = make_site({"incidents/a.md": incident})
    readers: dict[str, Any] = {"rss": read_rss, "atom": read_atom, "json": read_json}
    for form, read in readers.items():
        ((_, title, _, _, html, *_),) = read(site[f"feed.{form}"])
        assert title == f"[Investigating] {' '.join(clean(text).split())}", form
        assert "<script" not in html
    assert read_rss(site["history.rss"])[0][1] == " ".join(clean(text).split())
