"""The site's whole state at one instant, computed once and read by every page, feed and figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from statusgen.history.course import Course, began_at
from statusgen.history.days import Day, bucket_days
from statusgen.history.effects import Effect
from statusgen.history.figures import Figure, sum_figures
from statusgen.history.months import Known, read_months
from statusgen.history.response_months import Responses, read_response_months
from statusgen.history.seen import Seen, read_seen
from statusgen.history.shifts import Shifts, read_shifts
from statusgen.history.status import PageStatus, page_status
from statusgen.history.timeline import counted, current_state, merge_effects, shown
from statusgen.history.uptime import mean_uptime, uptime, window_days
from statusgen.model.ends import find_difference
from statusgen.model.entries import Change, component_ids
from statusgen.model.service_level import Cycle
from statusgen.model.site import Component, Content
from statusgen.model.states import State
from statusgen.model.zone import day_of, day_start


@dataclass(frozen=True, slots=True)
class ComponentHistory:
    """`uptime` is exact, of the last 90 days, which `effects` reach into. `courses` are those of all incidents and
    changes that name the component, newest first. `months`, `quarters` and `years` are its figures, oldest first."""

    component: Component
    state: State
    uptime: Fraction | None
    days: tuple[Day, ...]
    effects: tuple[Effect, ...]
    courses: tuple[Course, ...]
    months: tuple[Figure, ...]
    quarters: tuple[Figure, ...]
    years: tuple[Figure, ...]

    def figures_of(self, cycle: Cycle) -> tuple[Figure, ...]:
        return {Cycle.MONTH: self.months, Cycle.QUARTER: self.quarters, Cycle.YEAR: self.years}[cycle]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`responses` are those to its incidents by month, oldest first."""

    seen: Seen
    status: PageStatus
    components: Mapping[str, ComponentHistory]
    responses: tuple[Responses, ...]
    shifts: Shifts

    @property
    def content(self) -> Content:
        return self.seen.content

    @property
    def now(self) -> datetime:
        return self.seen.now

    @property
    def today(self) -> date:
        return self.seen.today

    @property
    def incidents(self) -> tuple[Course, ...]:
        return self.seen.incidents

    @property
    def changes(self) -> tuple[Course, ...]:
        return self.seen.changes

    @property
    def courses(self) -> tuple[Course, ...]:
        return self.seen.courses

    def group_uptime(self, group_id: str) -> Fraction | None:
        return mean_uptime(self.components[member.id].uptime for member in self.content.site.members(group_id))


def take_snapshot(everything: Content, now: datetime, before: Snapshot | None = None) -> Snapshot:
    """`before` is any earlier snapshot: what has not changed since is taken over from it, as the same values."""
    return complete_snapshot(read_seen(everything, now, before.seen if before else None), before)


def complete_snapshot(seen: Seen, before: Snapshot | None) -> Snapshot:
    """The same, for who has looked already, and at what was seen `before` then."""
    site = seen.content.site
    if before and (before.today, before.content.site) != (seen.today, site):
        before = None
    by_component = _gather(seen.courses, before)
    first = day_start(window_days(seen.today, None)[0], site.zone)
    components = {}
    for component in site.components:
        old = before.components[component.id] if before else None
        if old and component.id not in by_component:
            components[component.id] = old
        else:
            courses = by_component.get(component.id, ())
            components[component.id] = _read_component(component, seen.content, seen.now, first, courses, old)
    status = page_status([history.state for history in components.values()])
    responses = read_response_months(seen.incidents, site, seen.now, before.responses if before else ())
    by_name = {name: history.courses for name, history in components.items()}
    known = before.shifts if before and before.now <= seen.now else Shifts()
    shifts = read_shifts(seen.reach, by_name, site, seen.today, known)
    return Snapshot(seen, status, components, responses, shifts)


def _gather(courses: tuple[Course, ...], before: Snapshot | None) -> dict[str, tuple[Course, ...]]:
    """Courses by component, newest first; only of the components for which they are not the same as `before`."""
    old_courses = before.courses if before else ()
    start, old_stop, stop = find_difference(old_courses, courses)
    old, new = old_courses[start:old_stop], courses[start:stop]
    stays = {id(course) for course in old} & {id(course) for course in new}
    fresh = [course for course in new if id(course) not in stays]
    gone = [course for course in old if id(course) not in stays]
    # Not the values themselves: what a component was taken over with are equal ones.
    touched = {course.entry.path for course in (*gone, *fresh)}
    lists: dict[str, list[Course]] = {}
    for course in (*gone, *fresh):
        for component_id in component_ids(course.entry):
            if component_id not in lists:
                known = before.components[component_id].courses if before else ()
                lists[component_id] = [course for course in known if course.entry.path not in touched]
    for course in fresh:
        for component_id in component_ids(course.entry):
            lists[component_id].append(course)
    return {component_id: _newest_first(found) for component_id, found in lists.items()}


def _newest_first(courses: list[Course]) -> tuple[Course, ...]:
    """Those that began together in the order of the content."""
    return tuple(sorted(sorted(courses, key=_place), key=lambda course: began_at(course.entry), reverse=True))


def _read_component(
    component: Component,
    content: Content,
    now: datetime,
    first: datetime,
    courses: tuple[Course, ...],
    old: ComponentHistory | None,
) -> ComponentHistory:
    """`first` is the first instant of the days that are shown."""
    zone = content.site.zone
    reaching = [
        (course, effect)
        for course in courses
        for effect in course.effects
        if (effect.end > first or effect.ongoing) and effect.component == component.id
    ]
    # In the order of the content, which days give as that of causes.
    effects = tuple(effect for _, effect in sorted(reaching, key=lambda pair: _place(pair[0])))
    # What goes on moves with time.
    if old and (old.effects, old.courses) == (effects, courses) and not any(effect.ongoing for effect in effects):
        return old
    level, known = content.site.level_of(component.id), Known(old.courses, old.months) if old else None
    months = read_months(component, courses, level, zone, day_of(now, zone), known)
    segments = merge_effects(effects, shown)
    counting = segments if all(e.state is e.counted for e in effects) else merge_effects(effects, counted)
    return ComponentHistory(
        component=component,
        state=current_state(effects),
        uptime=uptime(counting, zone, now, component.since),
        days=bucket_days(counting, effects, zone, now, component.since),
        effects=effects,
        courses=courses,
        months=months,
        quarters=sum_figures(months, Cycle.QUARTER, zone),
        years=sum_figures(months, Cycle.YEAR, zone),
    )


def _place(course: Course) -> tuple[bool, datetime, str]:
    return isinstance(course.entry, Change), began_at(course.entry), course.entry.id
