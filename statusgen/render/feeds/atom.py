"""Atom (RFC 4287), with the links of WebSub."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from xml.etree import ElementTree as ET

from statusgen.model.site import Site
from statusgen.model.zone import EPOCH
from statusgen.render.feeds.items import Item
from statusgen.render.feeds.plan import FeedPlan, Head
from statusgen.render.feeds.xml import ATOM, add, to_bytes, to_text
from statusgen.render.words import format_utc


def render_atom(
    plan: FeedPlan, site: Site, head: Head, feed_id: str, newest: datetime | None, entries: Sequence[str]
) -> bytes:
    """`entries` are those that atom_entry makes. `newest` is when the last of it was told or changed."""
    feed = _root(head.language)
    add(feed, "id", feed_id)
    add(feed, "title", head.title)
    add(feed, "subtitle", head.description)
    # A feed must say when it changed last (4.2.15), also one in which nothing was ever told.
    add(feed, "updated", format_utc(newest or EPOCH))
    add(feed, "link", rel="alternate", type="text/html", href=site.url + plan.home)
    add(feed, "link", rel="self", type="application/atom+xml", href=site.url + plan.path)
    if site.hub:
        add(feed, "link", rel="hub", href=site.hub)
    add(add(feed, "author"), "name", site.name)
    return to_bytes(feed, "", entries)


def atom_entry(item: Item) -> str:
    entry = ET.Element("entry")
    add(entry, "id", item.atom_id)
    add(entry, "title", item.title)
    add(entry, "published", format_utc(item.published_at))
    add(entry, "updated", format_utc(item.updated_at))
    add(entry, "link", rel="alternate", type="text/html", href=item.link)
    for category in item.categories:
        add(entry, "category", term=category)
    add(entry, "content", item.html, type="html")
    return to_text(entry, level=1)


def _root(language: str) -> ET.Element:
    """Names without a prefix are Atom's, as they are in each entry that is put in as text."""
    return ET.Element("feed", {"xmlns": ATOM, "xml:lang": language})
