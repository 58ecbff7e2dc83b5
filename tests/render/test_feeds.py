"""RSS as readers need it: fields, guids that announce what is new and only that, times, addresses."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

import feedparser
import pytest
from sites import NOW, make_sample, make_site

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
ROOT = "https://status.acme.example/status/"
INCIDENT = """\
---
title: Elevated error rates
components: {api: major_outage, db: degraded_performance}
---

## investigating @ 2026-11-03 09:20

Requests fail. See [the docs](../../pages/about/).

## identified @ 2026-11-03 09:41 {api=partial_outage}

A bad disk.
"""
CHANGE = """\
---
title: New cache
starts: 2026-11-22 05:00
duration: 2h
components: [web]
---

## scheduled @ 2026-11-10 10:00

Soon.
"""
NOTICE = "---\ntitle: New office\npublish: 2026-11-05 12:00\n---\n\nWe *move*.\n"
FILES = {
    "incidents/errors.md": INCIDENT,
    "changes/cache.md": CHANGE,
    "notices/office.md": NOTICE,
    "pages/about.md": "---\ntitle: About\n---\nUs.",
}


def channel_of(data: bytes) -> ET.Element:
    channel = ET.fromstring(data).find("channel")  # noqa: S314
    assert channel is not None
    return channel


def guids(site: dict[str, bytes], path: str = "feed.rss") -> list[str]:
    return [str(item.findtext("guid")) for item in channel_of(site[path]).iter("item")]


@pytest.fixture(scope="module")
def sample() -> dict[str, bytes]:
    return make_sample()


def test_every_feed_is_read_without_complaint(sample: dict[str, bytes]) -> None:
    paths = [path for path in sample if path.endswith(".rss")]
    assert len(paths) == 2 * (1 + 13) + 4 + 1
    for path in paths:
        feed = feedparser.parse(sample[path])
        assert feed.bozo is False and feed.version == "rss20", path
        assert len({entry.id for entry in feed.entries}) == len(feed.entries) <= 50, path


def test_fields_of_every_feed_and_item(sample: dict[str, bytes]) -> None:
    for path, data in sample.items():
        if not path.endswith(".rss"):
            continue
        channel = channel_of(data)
        (own,) = channel.findall(f"{ATOM}link")
        root = str(own.get("href")).removesuffix(path)
        assert (own.get("rel"), own.get("type")) == ("self", "application/rss+xml")
        assert root.startswith("https://") and str(own.get("href")) == root + path
        folder = path.rpartition("/")[0] + "/" if path.startswith("components/") else ""
        assert channel.findtext("link") == root + folder
        assert channel.findtext("title") and channel.findtext("description")
        assert str(channel.findtext("ttl")).isdigit()
        times = []
        for item in channel.iter("item"):
            assert [part.tag for part in item if part.tag != "category"] == [
                "title", "link", "description", "guid", "pubDate"
            ]  # fmt: skip
            assert all("".join(part.itertext()).strip() for part in item), ET.tostring(item)
            assert str(item.findtext("link")).startswith(root)
            times.append(parsedate_to_datetime(str(item.findtext("pubDate"))))
            assert RFC_822.fullmatch(str(item.findtext("pubDate")))
        assert times == sorted(times, reverse=True), path
        assert all(at <= NOW for at in times)
        newest = channel.findtext("lastBuildDate")
        assert (newest is None and not times) or parsedate_to_datetime(str(newest)) == times[0]


def test_one_item_for_each_update() -> None:
    channel = channel_of(make_site(FILES)["feed.rss"])
    found = [
        (item.findtext("title"), [part.text for part in item.findall("category")]) for item in channel.iter("item")
    ]
    assert found == [
        ("[Scheduled] New cache", ["Website"]),
        ("[Notice] New office", []),
        ("[Identified] Elevated error rates", ["API", "Database"]),
        ("[Investigating] Elevated error rates", ["API", "Database"]),
    ]
    first, second = list(channel.iter("item"))[2:]
    guid = first.find("guid")
    assert guid is not None and guid.get("isPermaLink") == "false"
    assert guid.text == f"{ROOT}incidents/errors/#update-20261103T084100Z"
    assert "api: " not in str(first.findtext("description")) and "API: partial outage" in str(
        first.findtext("description")
    )
    assert f'href="{ROOT}pages/about/"' in str(second.findtext("description"))


# How the incident is written later, and whether that is news to somebody who has read it.
LATER = [
    (INCIDENT.replace("A bad disk.", "A bad disc."), []),
    (INCIDENT.replace("title: Elevated", "title: More"), []),
    (INCIDENT.replace("{api=partial_outage}", "{api=operational}"), []),
    (INCIDENT.replace("## identified", "## monitoring"), []),
    (INCIDENT + "\n## resolved @ 2026-11-03 10:00\n\nOK.\n", ["resolved"]),
    (INCIDENT.replace("## inv", "## resolved @ 2026-11-03 10:00\n\n## inv"), ["resolved"]),
    (INCIDENT + "\n## identified @ 2026-11-03 09:41\n\nThe same minute.\n", ["identified"]),
]


@pytest.mark.parametrize(("later", "news"), LATER)
def test_a_new_update_is_a_new_guid_and_a_corrected_one_keeps_its_own(later: str, news: list[str]) -> None:
    before, after = make_site(FILES), make_site({**FILES, "incidents/errors.md": later})
    assert set(guids(before)) <= set(guids(after))
    assert len(set(guids(after)) - set(guids(before))) == len(news)
    assert set(guids(before, "history.rss")) == set(guids(after, "history.rss"))


def test_the_newest_fifty() -> None:
    times = [NOW - timedelta(minutes=90 - number) for number in range(80)]
    updates = "\n".join(f"## investigating @ {at:%Y-%m-%d %H:%M} UTC\n\nNumber {n}.\n" for n, at in enumerate(times))
    site = make_site({"incidents/long.md": f"---\ntitle: Long\ncomponents: {{api: major_outage}}\n---\n\n{updates}"})
    for path in ("feed.rss", "components/api/feed.rss"):
        texts = [str(item.findtext("description")) for item in channel_of(site[path]).iter("item")]
        assert texts == [f"<p>Number {number}.</p>" for number in range(79, 29, -1)]
    assert len(guids(site, "history.rss")) == 1


def test_statuspages_shape() -> None:
    channel = channel_of(make_site(FILES)["history.rss"])
    change, incident = channel.iter("item")
    text = str(incident.findtext("description"))
    assert [part.split("</strong>")[0] for part in text.split("<strong>")[1:]] == ["Identified", "Investigating"]
    assert text.startswith(
        "<p><small>Nov <var data-var='date'> 3</var>, <var data-var='time'>09:41</var> CET</small><br>"
    )
    assert incident.findtext("guid") == incident.findtext("link") == f"{ROOT}incidents/errors/"
    assert str(change.findtext("description")).startswith("<p><strong>THIS IS A SCHEDULED EVENT</strong> 22 November")


def test_a_summary_is_read_with_the_first_update() -> None:
    late = INCIDENT.replace("---\n\n##", "---\n\nAll [customers](../../pages/about/).\n\n##")
    work = CHANGE.partition("## ")[0].replace("2026-11-22", "2026-11-19") + "Expect a pause.\n"
    site = make_site({**FILES, "incidents/errors.md": late, "changes/cache.md": work})
    texts = [str(item.findtext("description")) for item in channel_of(site["feed.rss"]).iter("item")]
    summary = f'All <a href="{ROOT}pages/about/"'
    assert [summary in text for text in texts] == [False, False, False, False, True]
    assert ["Expect a pause." in text for text in texts] == [False, True, False, False, False]
    change, incident = (str(item.findtext("description")) for item in channel_of(site["history.rss"]).iter("item"))
    assert change.count("Expect a pause.") == incident.count(summary) == 1


def test_nothing_of_the_future() -> None:
    early = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
    site = make_site(FILES, early)
    assert [guid.rpartition("#")[2] for guid in guids(site)] == ["update-20261103T082000Z"]
    assert b"A bad disk" not in b"".join(site.values())
    assert b"New office" not in b"".join(site.values())


def test_an_empty_site_has_feeds() -> None:
    site = make_site({})
    feed = feedparser.parse(site["feed.rss"])
    assert feed.bozo is False and feed.feed.title == "Acme" and not feed.entries
