"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

from collections.abc import Sequence

from statusgen.model.site import Site
from statusgen.render.feeds.items import Item
from statusgen.render.feeds.plan import FeedPlan, Head
from statusgen.render.json_text import to_json
from statusgen.render.words import format_utc

VERSION = "https://jsonfeed.org/version/1.1"


def render_json_feed(plan: FeedPlan, site: Site, head: Head, items: Sequence[str]) -> bytes:
    """`items` are those that json_item makes."""
    told: dict[str, object] = {
        "version": VERSION,
        "title": head.title,
        "home_page_url": site.url + plan.home,
        "feed_url": site.url + plan.path,
        "description": head.description,
        "language": head.language,
        "authors": [{"name": site.name, "url": site.url}],
    }
    if site.hub:
        told["hubs"] = [{"type": "WebSub", "url": site.hub}]
    return f'{to_json(told)[:-1]},"items":[{",".join(items)}]}}\n'.encode()


def json_item(item: Item) -> str:
    told: dict[str, object] = {
        "id": item.guid,
        "url": item.link,
        "title": item.title,
        "content_html": item.html,
        "date_published": format_utc(item.published_at),
        "date_modified": format_utc(item.updated_at),
    }
    if item.categories:
        told["tags"] = list(item.categories)
    return to_json(told)
