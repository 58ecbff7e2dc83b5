"""RSS 2.0: /feed.rss announces every update, /history.rss has Statuspage's shape, and the same per component."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from heapq import nlargest
from itertools import islice
from xml.etree import ElementTree as ET

from statusgen.history.changes import change_updates
from statusgen.history.snapshot import Snapshot
from statusgen.model.entries import Change, Incident, Notice, Update, component_ids
from statusgen.model.site import Component, Site
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


Entry = Incident | Change | Notice


def render_feeds(snapshot: Snapshot) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of every feed."""
    content = snapshot.content
    entries: list[Entry] = [*content.incidents, *content.changes, *content.notices]
    yield from _render_pair(snapshot, "", content.site.name, entries)
    by_component: dict[str, list[Entry]] = {component.id: [] for component in content.site.components}
    for entry in entries:
        for component_id in component_ids(entry):
            by_component[component_id].append(entry)
    for component in content.site.components:
        title = f"{content.site.name}: {component.name}"
        yield from _render_pair(snapshot, component_path(component.id), title, by_component[component.id])


def _render_pair(snapshot: Snapshot, folder: str, title: str, entries: list[Entry]) -> Iterator[tuple[str, bytes]]:
    site = snapshot.content.site
    said = [(entry, published_updates(entry, snapshot)) for entry in entries]
    newest = nlargest(NEWEST, ((u.at, n, u.id) for n, (_, updates) in enumerate(said) for u in updates))
    chosen = {(number, update_id) for _, number, update_id in newest}
    items = [
        _update_item(said[number][0], update, site)
        for number in dict.fromkeys(number for _, number, _ in newest)
        for update in said[number][1]
        if (number, update.id) in chosen
    ]
    items.sort(key=lambda item: (item.at, item.guid), reverse=True)
    yield f"{folder}feed.rss", _render_rss(site, folder, "feed.rss", title, items)
    recent = sorted((pair for pair in said if pair[1] and not isinstance(pair[0], Notice)),
                    key=lambda pair: (pair[1][-1].at, pair[0].id), reverse=True)  # fmt: skip
    history = [_entry_item(entry, updates, site) for entry, updates in islice(recent, NEWEST)]
    yield f"{folder}history.rss", _render_rss(site, folder, "history.rss", f"{title} – Incident History", history)


def published_updates(entry: Entry, snapshot: Snapshot) -> tuple[Update, ...]:
    """What customers were told, oldest first. A notice counts as one update."""
    if isinstance(entry, Incident):
        return entry.updates
    return change_updates(entry, snapshot.now) if isinstance(entry, Change) else _notice_updates(entry)
