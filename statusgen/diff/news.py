"""What feeds say of one side that they do not say of the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from statusgen.diff.side import Side
from statusgen.history.told import Told, read_told, tell_notice, tell_removal
from statusgen.model.audit import Removal
from statusgen.model.entries import Notice
from statusgen.model.site import Site
from statusgen.render.feeds.items import Item, guid_of, make_item
from statusgen.render.feeds.plan import UPDATES

# What a feed tells, by guid, newest first.
Items = Mapping[str, Told]


@dataclass(frozen=True, slots=True)
class News:
    """Of the site's feeds with every update, newest first. `announced`: readers will tell these as new; `revised`: they
    have them already, in other words; `withdrawn` is no longer there, though who has read it has read it."""

    announced: tuple[Item, ...] = ()
    revised: tuple[Item, ...] = ()
    withdrawn: tuple[Item, ...] = ()

    @property
    def all(self) -> tuple[Item, ...]:
        return self.announced + self.revised + self.withdrawn


def compare_feeds(old: Side | None, new: Side | None) -> News:
    before, after = _items(old), _items(new)
    return News(
        announced=tuple(_told_only_by(new, after, old, before)),
        revised=tuple(_revised(old, new, [(before[guid], after[guid]) for guid in after if guid in before])),
        withdrawn=tuple(_told_only_by(old, before, new, after)),
    )


def _told_only_by(side: Side | None, items: Items, other: Side | None, others: Items) -> Iterator[Item]:
    for guid, told in items.items():
        if guid not in others and not _tells(other, told, guid):
            yield make_item(told, _site_of(side))


def _items(side: Side | None) -> Items:
    parts = side.feeds.by_path[UPDATES[0]].items if side else ()
    return {guid_of(part, _site_of(side)): part for (part,) in parts}


def _revised(old: Side | None, new: Side | None, pairs: Iterable[tuple[Told, Told]]) -> Iterator[Item]:
    for before, after in pairs:
        if before.entry is after.entry and _site_of(old) is _site_of(new):
            continue
        was, now = make_item(before, _site_of(old)), make_item(after, _site_of(new))
        if (was.title, was.html, was.categories) != (now.title, now.html, now.categories):
            yield now


def _tells(side: Side | None, told: Told, guid: str) -> bool:
    """Whether a side tells it as well, only that there it is not among the newest."""
    if side is None:
        return False
    return any(guid_of(part, _site_of(side)) == guid for part in _all_told(side, told))


def _all_told(side: Side, like: Told) -> Iterable[Told]:
    """What a side tells of an entry with the same id."""
    entry, snapshot = like.entry, side.snapshot
    if isinstance(like.what, Removal):
        return map(tell_removal, side.feeds.removed)
    if isinstance(entry, Notice):
        return map(tell_notice, snapshot.content.notices)
    site = snapshot.content.site
    courses = (
        course for course in snapshot.courses if type(course.entry) is type(entry) and course.entry.id == entry.id
    )
    return [part for course in courses for part in read_told(course, snapshot.now, site.announces_begins)]


def _site_of(side: Side | None) -> Site:
    assert side, "what has items is there"  # noqa: S101
    return side.snapshot.content.site
