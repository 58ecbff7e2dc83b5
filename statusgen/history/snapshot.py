"""The site's whole state at one instant, computed once and read by every page, feed and figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from statusgen.history.course import Course, began_at, course_at
from statusgen.history.days import Day, bucket_days
from statusgen.history.effects import Effect
from statusgen.history.status import PageStatus, page_status
from statusgen.history.timeline import counted, current_state, merge_effects, shown
from statusgen.history.uptime import mean_uptime, uptime, window_days
from statusgen.history.visible import visible_content
from statusgen.model.entries import Change, Incident, component_ids
from statusgen.model.site import Component, Content
from statusgen.model.states import State
from statusgen.model.zone import day_of, day_start


@dataclass(frozen=True, slots=True)
class ComponentHistory:
    """`uptime` is exact, of the last 90 days, which `effects` reach into. `courses` are those of all incidents and
    changes that name the component, newest first."""

    component: Component
    state: State
    uptime: Fraction | None
    days: tuple[Day, ...]
    effects: tuple[Effect, ...]
    courses: tuple[Course, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`content` holds only what is visible at `now`, and `courses` has one for each of its incidents and changes."""

    content: Content
    now: datetime
    today: date
    status: PageStatus
    components: Mapping[str, ComponentHistory]
    courses: tuple[Course, ...]

    def group_uptime(self, group_id: str) -> Fraction | None:
        return mean_uptime(self.components[member.id].uptime for member in self.content.site.members(group_id))

    @property
    def moves(self) -> bool:
        """Whether figures change with every second, because something is open or goes on."""
        return any(
            not course.settled and (isinstance(course.entry, Incident) or any(e.ongoing for e in course.effects))
            for course in self.courses
        )


def take_snapshot(everything: Content, now: datetime, before: Snapshot | None = None) -> Snapshot:
    """`before` is any earlier snapshot: what has not changed since is taken over from it, as the same values."""
    content = visible_content(everything, now)
    site = content.site
    today = day_of(now, site.zone)
    first = day_start(window_days(today, None)[0], site.zone)
    entries: tuple[Incident | Change, ...] = (*content.incidents, *content.changes)
    courses = [course_at(entry, site.zone, now) for entry in entries]
    effects: defaultdict[str, list[Effect]] = defaultdict(list)
    by_component: defaultdict[str, list[Course]] = defaultdict(list)
    for course in sorted(courses, key=lambda course: began_at(course.entry), reverse=True):
        for component_id in component_ids(course.entry):
            by_component[component_id].append(course)
    for course in courses:
        for effect in course.effects:
            if effect.end > first or effect.ongoing:
                effects[effect.component].append(effect)
    old = before.components if before and (before.today, before.content.site) == (today, site) else {}
    components = {}
    for component in site.components:
        mine = tuple(effects[component.id]), tuple(by_component[component.id])
        kept = old.get(component.id)
        same = kept and (kept.effects, kept.courses) == mine and not any(effect.ongoing for effect in mine[0])
        components[component.id] = kept if kept and same else _read_component(component, content, now, *mine)
    status = page_status([history.state for history in components.values()])
    return Snapshot(content, now, today, status, components, tuple(courses))


def _read_component(
    component: Component, content: Content, now: datetime, effects: tuple[Effect, ...], courses: tuple[Course, ...]
) -> ComponentHistory:
    zone = content.site.zone
    segments = merge_effects(effects, shown)
    counting = segments if all(e.state is e.counted for e in effects) else merge_effects(effects, counted)
    return ComponentHistory(
        component=component,
        state=current_state(effects),
        uptime=uptime(counting, zone, now, component.since),
        days=bucket_days(counting, effects, zone, now, component.since),
        effects=effects,
        courses=courses,
    )
