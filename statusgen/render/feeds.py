"""RSS 2.0: /feed.rss announces every update, /history.rss has Statuspage's shape, and the same per component."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from heapq import nlargest
from xml.etree import ElementTree as ET

from statusgen.history.changes import change_updates
from statusgen.history.snapshot import Snapshot
from statusgen.model.entries import Change, Incident, Notice, Update, component_ids
from statusgen.model.site import Site
from statusgen.render.addresses import component_path, entry_path
from statusgen.render.feed_text import notice_html, statuspage_html, update_html
from statusgen.render.words import name_of
from statusgen.render.xml import ATOM, add, to_bytes

NEWEST = 50
TTL_MINUTES = "5"


@dataclass(frozen=True, slots=True)
class Item:
    title: str
    link: str
    guid: str
    at: datetime
    html: str
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that customers were told: an update, or a notice as a whole. `number` counts within the entry."""

    at: datetime
    number: int
    entry: Incident | Change | Notice
    update: Update | None


def render_feeds(snapshot: Snapshot) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of every feed."""
    content = snapshot.content
    entries: list[Incident | Change | Notice] = [*content.incidents, *content.changes, *content.notices]
    said = [part for entry in entries for part in _all_said(entry, snapshot)]
    yield from _render_pair(snapshot, "", content.site.name, said)
    by_component: dict[str, list[Said]] = {component.id: [] for component in content.site.components}
    for part in said:
        for component_id in component_ids(part.entry):
            by_component[component_id].append(part)
    for component in content.site.components:
        title = f"{content.site.name}: {component.name}"
        yield from _render_pair(snapshot, component_path(component.id), title, by_component[component.id])


def _all_said(entry: Incident | Change | Notice, snapshot: Snapshot) -> Iterator[Said]:
    if isinstance(entry, Notice):
        yield Said(entry.publish_at, 0, entry, None)
        return
    updates = entry.updates if isinstance(entry, Incident) else change_updates(entry, snapshot.now)
    for number, update in enumerate(updates):
        yield Said(update.at, number, entry, update)


def _render_pair(snapshot: Snapshot, folder: str, title: str, said: list[Said]) -> Iterator[tuple[str, bytes]]:
    site = snapshot.content.site
    newest = nlargest(NEWEST, said, key=lambda part: (part.at, part.entry.path, part.number))
    yield f"{folder}feed.rss", _render_rss(site, folder, "feed.rss", title, [_said_item(part, site) for part in newest])
    by_entry: dict[str, list[Said]] = {}
    for part in said:
        if part.update:
            by_entry.setdefault(part.entry.path, []).append(part)
    recent = nlargest(NEWEST, by_entry.values(), key=lambda parts: (parts[-1].at, parts[-1].entry.path))
    items = [_entry_item(parts, site) for parts in recent]
    yield f"{folder}history.rss", _render_rss(site, folder, "history.rss", f"{title} – Incident History", items)


def _said_item(part: Said, site: Site) -> Item:
    entry, update = part.entry, part.update
    address = site.url + entry_path(entry)
    if update is None or isinstance(entry, Notice):
        html = notice_html(entry, site) if isinstance(entry, Notice) else ""
        return Item(f"[Notice] {entry.title}", address, address, part.at, html, _categories(entry, site))
    guid = f"{address}#{update.id}"
    title = f"[{name_of(update.status)}] {entry.title}"
    html = update_html(entry, update, site, first=part.number == 0)
    return Item(title, guid, guid, part.at, html, _categories(entry, site))


def _entry_item(parts: list[Said], site: Site) -> Item:
    entry = parts[-1].entry
    address = site.url + entry_path(entry)
    html = statuspage_html(entry, [part.update for part in parts if part.update], site)
    return Item(entry.title, address, address, parts[-1].at, html, _categories(entry, site))


def _categories(entry: Incident | Change | Notice, site: Site) -> tuple[str, ...]:
    named = set(component_ids(entry))
    return tuple(component.name for component in site.components if component.id in named) if named else ()


def _render_rss(site: Site, folder: str, name: str, title: str, items: list[Item]) -> bytes:
    rss = ET.Element("rss", {"version": "2.0"})
    channel = add(rss, "channel")
    add(channel, "title", title)
    add(channel, "link", site.url + folder)
    add(channel, "description", site.description or f"Incidents and changes of {site.name}")
    add(channel, f"{{{ATOM}}}link", href=f"{site.url}{folder}{name}", rel="self", type="application/rss+xml")
    add(channel, "language", "en")
    if items:
        add(channel, "lastBuildDate", format_datetime(max(item.at for item in items)))
    add(channel, "ttl", TTL_MINUTES)
    for item in items:
        element = add(channel, "item")
        add(element, "title", item.title)
        add(element, "link", item.link)
        add(element, "description", item.html)
        add(
            element,
            "guid",
            item.guid,
            isPermaLink="true" if item.guid == item.link and "#" not in item.guid else "false",
        )
        add(element, "pubDate", format_datetime(item.at))
        for category in item.categories:
            add(element, "category", category)
    return to_bytes(rss)
