"""The site's whole state at one instant, computed once and read by every page, feed and figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from statusgen.history.days import Day, bucket_days
from statusgen.history.effects import Effect, change_effects, incident_effects
from statusgen.history.status import PageStatus, page_status
from statusgen.history.timeline import Segment, counted, current_state, merge_effects, shown
from statusgen.history.uptime import mean_uptime, uptime
from statusgen.history.visible import visible_content
from statusgen.model.entries import Change, Incident, component_ids
from statusgen.model.site import Component, Content
from statusgen.model.states import State


@dataclass(frozen=True, slots=True)
class ComponentHistory:
    """`uptime` is exact, of the last 90 days. `entries` are the incidents and changes that name it, newest first."""

    component: Component
    state: State
    uptime: Fraction | None
    days: tuple[Day, ...]
    segments: tuple[Segment, ...]
    entries: tuple[Incident | Change, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`content` holds only what is visible at `now`."""

    content: Content
    now: datetime
    status: PageStatus
    components: Mapping[str, ComponentHistory]

    def group_uptime(self, group_id: str) -> Fraction | None:
        return mean_uptime(self.components[member.id].uptime for member in self.content.site.members(group_id))


def take_snapshot(everything: Content, now: datetime) -> Snapshot:
    content = visible_content(everything, now)
    site = content.site
    effects: defaultdict[str, list[Effect]] = defaultdict(list)
    for incident in content.incidents:
        for effect in incident_effects(incident, now):
            effects[effect.component].append(effect)
    for change in content.changes:
        for effect in change_effects(change, site.zone, now):
            effects[effect.component].append(effect)
    entries: defaultdict[str, list[Incident | Change]] = defaultdict(list)
    everyone: list[Incident | Change] = [*content.incidents, *content.changes]
    for entry in sorted(everyone, key=_began_at, reverse=True):
        for component_id in component_ids(entry):
            entries[component_id].append(entry)
    components = {}
    for component in site.components:
        own = effects[component.id]
        segments = merge_effects(own, shown)
        counting = segments if all(e.state is e.counted for e in own) else merge_effects(own, counted)
        components[component.id] = ComponentHistory(
            component=component,
            state=current_state(own),
            uptime=uptime(counting, site.zone, now, component.since),
            days=bucket_days(counting, own, site.zone, now, component.since),
            segments=segments,
            entries=tuple(entries[component.id]),
        )
    return Snapshot(content, now, page_status([history.state for history in components.values()]), components)


def _began_at(entry: Incident | Change) -> datetime:
    """A change counts by its window, which may lie ahead."""
    return entry.started_at if isinstance(entry, Incident) else entry.starts_at
