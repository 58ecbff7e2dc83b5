"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from statusgen.model.site import Site
from statusgen.render.feeds.items import Item
from statusgen.render.feeds.plan import FeedPlan

VERSION = "https://jsonfeed.org/version/1.1"


def render_json_feed(plan: FeedPlan, site: Site, items: Sequence[str]) -> bytes:
    """`items` are those that json_item makes."""
    head: dict[str, object] = {
        "version": VERSION,
        "title": plan.title,
        "home_page_url": site.url + plan.home,
        "feed_url": site.url + plan.path,
        "description": site.description or f"Incidents and changes of {site.name}",
        "language": "en",
        "authors": [{"name": site.name, "url": site.url}],
    }
    if site.hub:
        head["hubs"] = [{"type": "WebSub", "url": site.hub}]
    return f'{_to_json(head)[:-1]},"items":[{",".join(items)}]}}\n'.encode()


def json_item(item: Item) -> str:
    told: dict[str, object] = {
        "id": item.guid,
        "url": item.link,
        "title": item.title,
        "content_html": item.html,
        "date_published": _format(item.published_at),
        "date_modified": _format(item.updated_at),
    }
    if item.categories:
        told["tags"] = list(item.categories)
    return _to_json(told)


def _format(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _to_json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
