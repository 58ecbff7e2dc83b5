"""Which feeds there are, and what each holds: every update in feed.*, every entry in history.*."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from heapq import nlargest

from statusgen.history.course import Course
from statusgen.history.newest import update_newest
from statusgen.history.snapshot import Snapshot
from statusgen.history.told import Told, is_news, last_told_at, read_told, tell_notice, tell_removal, waits
from statusgen.model.audit import Removal
from statusgen.model.ends import find_difference
from statusgen.model.entries import Change, Incident, Notice, component_ids
from statusgen.render.addresses import CHANGES, component_path, group_path

NEWEST = 50
UPDATES = ("feed.rss", "feed.atom", "feed.json")
HISTORY = ("history.rss", "history.atom")
# Of one component, there is the history in one format only.
COMPONENT_HISTORY = ("history.rss",)

Items = tuple[tuple[Told, ...], ...]


@dataclass(frozen=True, slots=True)
class FeedPlan:
    """A feed of the folder `folder`, which says the same as the page `home`, about the component or group called `of`,
    if not all of them. Each item is made of what it says: one thing, or all about an entry."""

    folder: str
    name: str
    of: str
    home: str
    items: Items

    @property
    def path(self) -> str:
        return self.folder + self.name


@dataclass(frozen=True, slots=True)
class Head:
    """What a feed says of itself; `language` is a tag (BCP 47)."""

    title: str
    description: str
    language: str


@dataclass(frozen=True, slots=True)
class Feeds:
    """What each feed of a snapshot holds, before any text is made of it. `removed` is what is not there any more."""

    snapshot: Snapshot
    by_path: Mapping[str, FeedPlan]
    removed: list[Removal]
    recent: tuple[Course, ...] = ()


def plan_feeds(snapshot: Snapshot, before: Feeds | None = None) -> Feeds:
    """`before` are the feeds of any earlier snapshot: those of which nothing has changed are taken over."""
    content = snapshot.content
    if before and waits(before.snapshot.changes, before.snapshot.now):
        # Then time alone may have brought what is told.
        before = None
    removed = _find_removed(snapshot)
    same = before if before and _common(before.snapshot, before.removed) == _common(snapshot, removed) else None
    recent = _find_recent(snapshot, before)
    plans = _plan_feeds(snapshot, "", "", recent, content.notices, removed, HISTORY)
    for component_id, history in snapshot.components.items():
        folder = component_path(component_id)
        if same and same.snapshot.components[component_id] is history:
            plans += [same.by_path[folder + name] for name in (*UPDATES, *COMPONENT_HISTORY)]
        else:
            notices = [notice for notice in content.notices if component_id in notice.components]
            gone = [removal for removal in removed if component_id in component_ids(removal.entry)]
            name = history.component.name
            plans += _plan_feeds(snapshot, folder, name, history.courses, notices, gone, COMPONENT_HISTORY)
    by_path = {plan.path: plan for plan in plans}
    for plan in _plan_groups(snapshot, by_path, same):
        by_path[plan.path] = plan
    gone = [removal for removal in removed if isinstance(removal.entry, Change)]
    for plan in _plan_feeds(snapshot, CHANGES, "", snapshot.changes, (), gone, ()):
        by_path[plan.path] = plan
    return Feeds(snapshot, by_path, removed, recent)


def _common(snapshot: Snapshot, removed: list[Removal]) -> tuple[object, ...]:
    """What all feeds depend on."""
    return snapshot.content.site, snapshot.content.notices, removed


def _find_removed(snapshot: Snapshot) -> list[Removal]:
    """What is not there under its address again, such as after it was written anew under another file's name. Who
    clears away what is long over has no news for anybody."""
    content, now = snapshot.content, snapshot.now
    found = [r for r in content.audit.removed if r.at <= now and is_news(r)] if content.audit else []
    if not found:
        return []
    entries: tuple[Incident | Change, ...] = (*content.incidents, *content.changes)
    there = {(type(entry), entry.id.casefold()) for entry in entries}
    return [removal for removal in found if (type(removal.entry), removal.entry.id.casefold()) not in there]


def _find_recent(snapshot: Snapshot, before: Feeds | None) -> tuple[Course, ...]:
    """Those of which something was told last, newest first: of what has not changed, only what was among them."""
    courses = snapshot.courses
    begins = snapshot.content.site.announces_begins
    if before and len(before.recent) == NEWEST and before.snapshot.content.site.announces_begins == begins:
        old = before.snapshot.courses
        start, old_stop, stop = find_difference(old, courses)
        fresh = [course for course in courses[start:stop] if _last_told(course, snapshot)]
        gone, place = old[start:old_stop], partial(_place, snapshot=snapshot)
        if recent := update_newest(before.recent, gone, fresh, NEWEST, place):
            return recent
    return tuple(_newest(courses, snapshot))


def _last_told(course: Course, snapshot: Snapshot) -> datetime | None:
    return last_told_at(course, snapshot.now, snapshot.content.site.announces_begins)


def _place(course: Course, snapshot: Snapshot) -> tuple[datetime, str]:
    return _last_told(course, snapshot) or snapshot.now, course.entry.path


def _newest(courses: Iterable[Course], snapshot: Snapshot) -> list[Course]:
    now, begins = snapshot.now, snapshot.content.site.announces_begins
    told = [(at, course) for course in courses if (at := last_told_at(course, now, begins))]
    if len(told) > NEWEST:
        # None of the newest is older than the oldest of as many, whichever they are: most need no closer look.
        oldest = max(min(at for at, _ in some) for some in (told[:NEWEST], told[-NEWEST:]))
        told = [(at, course) for at, course in told if at >= oldest]
    return [course for _, course in nlargest(NEWEST, told, key=lambda pair: (pair[0], pair[1].entry.path))]


def _plan_feeds(
    snapshot: Snapshot,
    folder: str,
    of: str,
    courses: Iterable[Course],
    notices: Iterable[Notice],
    removed: Iterable[Removal],
    history: Sequence[str],
) -> list[FeedPlan]:
    """What is among the newest belongs to one of the entries of which something was told last."""
    begins = snapshot.content.site.announces_begins
    by_entry = tuple(read_told(course, snapshot.now, begins) for course in _newest(courses, snapshot))
    told = [part for parts in by_entry for part in parts]
    told += map(tell_notice, notices)
    told += map(tell_removal, removed)
    items = _newest_items(told)
    home = "" if folder == CHANGES else folder
    plans = [FeedPlan(folder, name, of, home, items) for name in UPDATES]
    return plans + [FeedPlan(folder, name, of, home, by_entry) for name in history]


def _newest_items(told: Iterable[Told]) -> Items:
    newest = nlargest(NEWEST, told, key=lambda part: (part.at, part.entry.path, part.number))
    return tuple((part,) for part in newest)


def _plan_groups(snapshot: Snapshot, by_path: Mapping[str, FeedPlan], same: Feeds | None) -> Iterator[FeedPlan]:
    """What is among the newest of a group is among the newest of one of its components."""
    site = snapshot.content.site
    for group in site.groups:
        members = [by_path[component_path(member.id) + UPDATES[0]] for member in site.members(group.id)]
        if same and all(same.by_path[member.path] is member for member in members):
            yield from (same.by_path[group_path(group.id) + name] for name in UPDATES)
            continue
        told = {(part.entry.path, part.name): part for member in members for (part,) in member.items}
        items = _newest_items(told.values())
        for name in UPDATES:
            yield FeedPlan(group_path(group.id), name, group.name, "", items)
