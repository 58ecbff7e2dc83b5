"""What pages announce in their heads, so that readers and calendars find it by the address of a page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from statusgen.model.language import mark
from statusgen.model.site import Component, Site
from statusgen.render.addresses import CALENDAR, CHANGES, component_path, group_path
from statusgen.render.feeds.plan import COMPONENT_HISTORY, HISTORY, UPDATES
from statusgen.render.layout import Feed

EVERY_UPDATE = mark("every update")
INCIDENT_HISTORY = mark("incident history")
PLANNED_WORK = mark("planned work")


def _announce(title: str, folder: str, names: Sequence[str], of: str = "") -> tuple[Feed, ...]:
    return tuple(Feed(title, folder + name, of) for name in names)


CHANGE_FEEDS = (*_announce(PLANNED_WORK, CHANGES, UPDATES), Feed(PLANNED_WORK, CALENDAR))
SITE_FEEDS = (
    *_announce(EVERY_UPDATE, "", UPDATES),
    *_announce(INCIDENT_HISTORY, "", HISTORY),
    *CHANGE_FEEDS,
)


def subscribe_feeds(site: Site) -> tuple[Feed, ...]:
    """Groups have no page of their own that could announce theirs."""
    groups = [_announce(EVERY_UPDATE, group_path(group.id), UPDATES, group.name) for group in site.groups]
    return (*SITE_FEEDS, *chain.from_iterable(groups))


def component_feeds(component: Component) -> tuple[Feed, ...]:
    folder, name = component_path(component.id), component.name
    return (
        *_announce(EVERY_UPDATE, folder, UPDATES, name),
        *_announce(INCIDENT_HISTORY, folder, COMPONENT_HISTORY, name),
        Feed(PLANNED_WORK, folder + CALENDAR, name),
    )
