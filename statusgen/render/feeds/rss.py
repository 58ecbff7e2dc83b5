"""RSS 2.0 (rssboard.org/rss-specification), with the links of WebSub."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from statusgen.model.site import Site
from statusgen.render.feeds.items import Item
from statusgen.render.feeds.plan import FeedPlan, Head
from statusgen.render.feeds.xml import ATOM, add, to_bytes, to_text

TTL_MINUTES = "5"


def render_rss(plan: FeedPlan, site: Site, head: Head, newest: datetime | None, items: Sequence[str]) -> bytes:
    """`items` are those that rss_item makes. `newest` is when the last of it was told."""
    rss = ET.Element("rss", {"version": "2.0"})
    channel = add(rss, "channel")
    add(channel, "title", head.title)
    add(channel, "link", site.url + plan.home)
    add(channel, "description", head.description)
    add(channel, f"{{{ATOM}}}link", href=site.url + plan.path, rel="self", type="application/rss+xml")
    if site.hub:
        add(channel, f"{{{ATOM}}}link", href=site.hub, rel="hub")
    add(channel, "language", head.language)
    if newest:
        add(channel, "lastBuildDate", format_datetime(newest))
    add(channel, "ttl", TTL_MINUTES)
    return to_bytes(rss, "channel", items)


def rss_item(item: Item) -> str:
    element = ET.Element("item")
    add(element, "title", item.title)
    add(element, "link", item.link)
    add(element, "description", item.html)
    is_link = item.guid == item.link and "#" not in item.guid
    add(element, "guid", item.guid, isPermaLink="true" if is_link else "false")
    add(element, "pubDate", format_datetime(item.told_at))
    for category in item.categories:
        add(element, "category", category)
    return to_text(element, level=2)
