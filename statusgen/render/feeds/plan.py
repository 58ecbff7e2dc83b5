"""RSS 2.0: /feed.rss announces every update, /history.rss has Statuspage's shape, and the same per component."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from heapq import nlargest
from xml.etree import ElementTree as ET

from statusgen.history.course import Course
from statusgen.history.snapshot import Snapshot
from statusgen.model.ends import find_difference
from statusgen.model.entries import Change, Incident, Notice, Update, component_ids
from statusgen.model.site import Site
from statusgen.render.addresses import component_path, entry_path
from statusgen.render.feeds.text import notice_html, statuspage_html, update_html
from statusgen.render.feeds.xml import ATOM, add, to_bytes, to_text
from statusgen.render.words import name_of

NEWEST = 50
TTL_MINUTES = "5"
NAMES = ("feed.rss", "history.rss")


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


@dataclass(frozen=True, slots=True)
class FeedPlan:
    """A feed of the folder `folder`. Each item is made of what it says: one thing, or all about an entry."""

    folder: str
    name: str
    title: str
    items: tuple[tuple[Said, ...], ...]

    @property
    def path(self) -> str:
        return self.folder + self.name


@dataclass(frozen=True, slots=True)
class Feeds:
    """What each feed of a snapshot holds, before any text is made of it."""

    snapshot: Snapshot
    by_path: Mapping[str, FeedPlan]
    recent: tuple[Course, ...] = ()


def plan_feeds(snapshot: Snapshot, before: Feeds | None = None) -> Feeds:
    """`before` are the feeds of any earlier snapshot: those of which nothing has changed are taken over."""
    content = snapshot.content
    old = before.snapshot.content if before else None
    same = before if old and (old.site, old.notices) == (content.site, content.notices) else None
    recent = _find_recent(snapshot.courses, before)
    plans = list(_plan_pair("", content.site.name, recent, content.notices))
    for component_id, history in snapshot.components.items():
        folder = component_path(component_id)
        if same and same.snapshot.components[component_id] is history:
            plans += [same.by_path[folder + name] for name in NAMES]
        else:
            notices = [notice for notice in content.notices if component_id in notice.components]
            title = f"{content.site.name}: {history.component.name}"
            plans += _plan_pair(folder, title, history.courses, notices)
    return Feeds(snapshot, {plan.path: plan for plan in plans}, recent)


def _find_recent(courses: tuple[Course, ...], before: Feeds | None) -> tuple[Course, ...]:
    """Those of which something was said last, newest first: of what has not changed, only what was among them."""
    if before and len(before.recent) == NEWEST:
        old = before.snapshot.courses
        start, old_stop, stop = find_difference(old, courses)
        gone = {id(course) for course in old[start:old_stop]}
        fresh = [course for course in courses[start:stop] if course.updates]
        stay = [course for course in before.recent if id(course) not in gone]
        recent = nlargest(NEWEST, stay + fresh, key=_last_said)
        # All others were said to be older than the last one then.
        if len(recent) == NEWEST and _last_said(recent[-1]) >= _last_said(before.recent[-1]):
            return tuple(recent)
    return tuple(_newest(courses))


def _last_said(course: Course) -> tuple[datetime, str]:
    return course.updates[-1].at, course.entry.path


def _newest(courses: Iterable[Course]) -> list[Course]:
    told = [course for course in courses if course.updates]
    if len(told) > NEWEST:
        # None of the newest is older than the oldest of as many, whichever they are: most need no closer look.
        oldest = max(min(course.updates[-1].at for course in some) for some in (told[:NEWEST], told[-NEWEST:]))
        told = [course for course in told if course.updates[-1].at >= oldest]
    return nlargest(NEWEST, told, key=_last_said)


def _plan_pair(
    folder: str, title: str, courses: Iterable[Course], notices: Iterable[Notice]
) -> tuple[FeedPlan, FeedPlan]:
    """What is among the newest belongs to one of the entries of which something was said last."""
    recent = _newest(courses)
    by_entry = [_all_said(course) for course in recent]
    said = [part for parts in by_entry for part in parts]
    said += [Said(notice.publish_at, 0, notice, None) for notice in notices]
    newest = nlargest(NEWEST, said, key=lambda part: (part.at, part.entry.path, part.number))
    return (
        FeedPlan(folder, NAMES[0], title, tuple((part,) for part in newest)),
        FeedPlan(folder, NAMES[1], f"{title} – Incident History", tuple(by_entry)),
    )


def _all_said(course: Course) -> tuple[Said, ...]:
    return tuple(Said(update.at, number, course.entry, update) for number, update in enumerate(course.updates))


def render_feed(plan: FeedPlan, site: Site) -> bytes:
    make = _said_item if plan.name == NAMES[0] else _entry_item
    newest = max((parts[-1].at for parts in plan.items), default=None)
    return _render_rss(site, plan, newest, [_item_text(parts, plan.name, make, site) for parts in plan.items])


def _item_text(parts: tuple[Said, ...], name: str, make: Callable[[Sequence[Said], Site], Item], site: Site) -> str:
    """Kept with its entry: an item stands in the feeds of the site and of several components, and in the next ones."""
    entry = parts[-1].entry
    if isinstance(entry, Notice):
        return _render_item(make(parts, site))
    key, made_from = (name, len(parts) == 1 and parts[0].number), (parts, site)
    kept = entry.kept.get(key)
    if kept is None or kept[0] != made_from:
        kept = entry.kept[key] = (made_from, _render_item(make(parts, site)))
    return str(kept[1])


def _said_item(parts: Sequence[Said], site: Site) -> Item:
    part = parts[0]
    entry, update = part.entry, part.update
    address = site.url + entry_path(entry)
    if update is None or isinstance(entry, Notice):
        html = notice_html(entry, site) if isinstance(entry, Notice) else ""
        return Item(f"[Notice] {entry.title}", address, address, part.at, html, _categories(entry, site))
    guid = f"{address}#{update.id}"
    title = f"[{name_of(update.status)}] {entry.title}"
    html = update_html(entry, update, site, first=part.number == 0)
    return Item(title, guid, guid, part.at, html, _categories(entry, site))


def _entry_item(parts: Sequence[Said], site: Site) -> Item:
    entry = parts[-1].entry
    address = site.url + entry_path(entry)
    html = statuspage_html(entry, [part.update for part in parts if part.update], site)
    return Item(entry.title, address, address, parts[-1].at, html, _categories(entry, site))


def _categories(entry: Incident | Change | Notice, site: Site) -> tuple[str, ...]:
    named = set(component_ids(entry))
    return tuple(component.name for component in site.components if component.id in named) if named else ()


def _render_rss(site: Site, plan: FeedPlan, newest: datetime | None, items: Sequence[str]) -> bytes:
    rss = ET.Element("rss", {"version": "2.0"})
    channel = add(rss, "channel")
    add(channel, "title", plan.title)
    add(channel, "link", site.url + plan.folder)
    add(channel, "description", site.description or f"Incidents and changes of {site.name}")
    add(channel, f"{{{ATOM}}}link", href=site.url + plan.path, rel="self", type="application/rss+xml")
    add(channel, "language", "en")
    if newest:
        add(channel, "lastBuildDate", format_datetime(newest))
    add(channel, "ttl", TTL_MINUTES)
    return to_bytes(rss, items)


def _render_item(item: Item) -> str:
    element = ET.Element("item")
    add(element, "title", item.title)
    add(element, "link", item.link)
    add(element, "description", item.html)
    is_link = item.guid == item.link and "#" not in item.guid
    add(element, "guid", item.guid, isPermaLink="true" if is_link else "false")
    add(element, "pubDate", format_datetime(item.at))
    for category in item.categories:
        add(element, "category", category)
    return to_text(element, level=2)
