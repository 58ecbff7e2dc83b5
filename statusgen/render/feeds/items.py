"""The items of feeds, as all formats have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from statusgen.history.told import Told
from statusgen.model.audit import Removal
from statusgen.model.entries import Change, Deviation, Incident, Notice, Update, component_ids
from statusgen.model.language import ENGLISH, Language
from statusgen.model.names import short_id
from statusgen.model.revisions import Move
from statusgen.model.site import Site
from statusgen.render.addresses import entry_path
from statusgen.render.feeds.text import (
    announcement_html,
    deviation_html,
    in_direction,
    move_html,
    notice_html,
    removal_html,
    statuspage_html,
    update_html,
)
from statusgen.render.names import name_of


@dataclass(frozen=True, slots=True)
class Item:
    """`guid` is what RSS and JSON Feed know it by, `atom_id` what Atom does. The first of it was told at
    `published_at`, the newest at `told_at`."""

    title: str
    link: str
    guid: str
    atom_id: str
    published_at: datetime
    told_at: datetime
    updated_at: datetime
    html: str
    categories: tuple[str, ...] = ()


def make_item(told: Told, site: Site, language: Language = ENGLISH) -> Item:
    """What was told, as news of its own."""
    entry, what = told.entry, told.what
    guid = guid_of(told, site)
    link, tag, html = site.url + entry_path(entry), language.say("Notice"), ""
    if isinstance(entry, Notice):
        html = notice_html(entry, site)
    elif isinstance(what, Removal):
        # The page is not there any more.
        link, tag, html = site.url, language.say("Removed"), removal_html(entry, language)
    elif isinstance(what, Update):
        link = f"{link}#{what.id}"
        tag, html = name_of(what.status, language), update_html(entry, what, site, language, first=told.number == 0)
    elif isinstance(entry, Change):
        tag, html = _tell_change(entry, what, site, language)
    title = f"[{tag}] {entry.title}"
    html = in_direction(html, language)
    return Item(title, link, guid, guid, told.at, told.at, told.revised_at, html, _categories(entry, site))


def guid_of(told: Told, site: Site) -> str:
    """An address, where the page has a place that is just this."""
    entry, what = told.entry, told.what
    address = site.url + entry_path(entry)
    if isinstance(entry, Notice):
        return address
    if isinstance(what, Update) and told.name == what.id:
        return f"{address}#{what.id}"
    return f"{tag_of(site)}:{entry_path(entry)}{told.name}"


def _tell_change(change: Change, what: Move | Deviation | None, site: Site, language: Language) -> tuple[str, str]:
    if isinstance(what, Move):
        return language.say("Rescheduled"), move_html(change, what, site, language)
    if isinstance(what, Deviation):
        return deviation_html(change, what, site, language)
    return language.say("Scheduled"), announcement_html(change, site, language)


def make_entry_item(parts: Sequence[Told], site: Site, language: Language) -> Item:
    """All that was told of an entry, oldest first, as one item in Statuspage's shape.

    Who followed it elsewhere knows it by its old id. On Statuspage its address had no slash at its end."""
    entry = parts[-1].entry
    assert not isinstance(entry, Notice), "a notice is told as a whole"  # noqa: S101
    updates = [part.what for part in parts if isinstance(part.what, Update)]
    old_id = entry.feed_id if site.url == site.root else ""
    address = (site.url + entry_path(entry)).rstrip("/" if old_id and not old_id.endswith("/") else "")
    return Item(
        title=entry.title,
        link=address,
        guid=old_id if old_id.startswith(("https://", "http://")) else address,
        atom_id=old_id or f"{tag_of(site)}:Incident/{short_id(entry)}",
        published_at=parts[0].at,
        told_at=parts[-1].at,
        updated_at=max(part.revised_at for part in parts),
        html=in_direction(statuspage_html(entry, updates, site, language), language),
        categories=_categories(entry, site),
    )


def tag_of(site: Site) -> str:
    """The begin of tag URIs (RFC 4151) in Statuspage's shape, with the year that all of its feeds have. The same in
    another language is another thing (RFC 4287, 4.2.6)."""
    tree = f":{site.language}" if site.url != site.root else ""
    return f"tag:{urlsplit(site.url).hostname},2005{tree}"


def _categories(entry: Incident | Change | Notice, site: Site) -> tuple[str, ...]:
    named = set(component_ids(entry))
    return tuple(component.name for component in site.components if component.id in named) if named else ()
