"""What pages announce in their heads, so that readers and calendars find it by the address of a page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from statusgen.model.site import Component, Site
from statusgen.render.addresses import CALENDAR, CHANGES, component_path, group_path
from statusgen.render.contexts import Feed
from statusgen.render.feeds.plan import COMPONENT_HISTORY, HISTORY, UPDATES


def _announce(title: str, folder: str, names: Sequence[str]) -> tuple[Feed, ...]:
    return tuple(Feed(title, folder + name) for name in names)


CHANGE_FEEDS = (*_announce("planned work", CHANGES, UPDATES), Feed("planned work", CALENDAR))
SITE_FEEDS = (
    *_announce("every update", "", UPDATES),
    *_announce("incident history", "", HISTORY),
    *CHANGE_FEEDS,
)


def subscribe_feeds(site: Site) -> tuple[Feed, ...]:
    """Groups have no page of their own that could announce theirs."""
    groups = [_announce(f"{group.name}: every update", group_path(group.id), UPDATES) for group in site.groups]
    return (*SITE_FEEDS, *chain.from_iterable(groups))


def component_feeds(component: Component) -> tuple[Feed, ...]:
    folder, name = component_path(component.id), component.name
    return (
        *_announce(f"{name}: every update", folder, UPDATES),
        *_announce(f"{name}: incident history", folder, COMPONENT_HISTORY),
        Feed(f"{name}: planned work", folder + CALENDAR),
    )
