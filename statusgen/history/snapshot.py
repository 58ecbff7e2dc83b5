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
from statusgen.history.lineup import Lineup, line_up
from statusgen.history.months import Known, read_months
from statusgen.history.shifts import Shifts, read_shifts
from statusgen.history.status import PageStatus, page_status
from statusgen.history.timeline import counted, current_state, merge_effects, shown
from statusgen.history.uptime import mean_uptime, uptime, window_days
from statusgen.history.visible import visible_change, visible_incident, with_visible
from statusgen.model.ends import find_difference
from statusgen.model.entries import Change, Incident, component_ids
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
    """`content` holds only what is visible at `now`; each of its incidents and changes has a course, in its order."""

    content: Content
    now: datetime
    today: date
    status: PageStatus
    components: Mapping[str, ComponentHistory]
    all_incidents: Lineup[Incident]
    all_changes: Lineup[Change]
    shifts: Shifts

    @property
    def incidents(self) -> tuple[Course, ...]:
        return self.all_incidents.courses

    @property
    def changes(self) -> tuple[Course, ...]:
        return self.all_changes.courses

    @property
    def courses(self) -> tuple[Course, ...]:
        return self.incidents + self.changes

    @property
    def pending(self) -> list[Incident | Change]:
        """What time alone may change, also if it is not visible yet."""
        some: list[Incident | Change] = [self.all_incidents.entries[place] for place in self.all_incidents.moving]
        return some + [self.all_changes.entries[place] for place in self.all_changes.moving]

    def group_uptime(self, group_id: str) -> Fraction | None:
        return mean_uptime(self.components[member.id].uptime for member in self.content.site.members(group_id))

    @property
    def moves(self) -> bool:
        """Whether figures change with every second, because something is open or goes on."""
        changing = (effect for course in self.all_changes.moving_courses for effect in course.effects)
        return bool(self.all_incidents.moving_courses) or any(effect.ongoing for effect in changing)


def take_snapshot(everything: Content, now: datetime, before: Snapshot | None = None) -> Snapshot:
    """`before` is any earlier snapshot: what has not changed since is taken over from it, as the same values."""
    site = everything.site
    today = day_of(now, site.zone)
    # What was settled is not so before it came to its end: a clock that was set back begins anew.
    steady = before if before and before.content.site.zone == site.zone and before.now <= now else None
    incidents = line_up(
        everything.incidents, site.zone, now, visible_incident, steady.all_incidents if steady else None
    )
    changes = line_up(everything.changes, site.zone, now, visible_change, steady.all_changes if steady else None)
    content = with_visible(everything, now, incidents.visible, changes.visible, incidents.hidden)
    if before and (before.today, before.content.site) != (today, site):
        before = None
    by_component = _gather(incidents.courses + changes.courses, before)
    first = day_start(window_days(today, None)[0], site.zone)
    components = {}
    for component in site.components:
        old = before.components[component.id] if before else None
        if old and component.id not in by_component:
            components[component.id] = old
        else:
            courses = by_component.get(component.id, ())
            components[component.id] = _read_component(component, content, now, first, courses, old)
    status = page_status([history.state for history in components.values()])
    corrections = content.audit.corrections if content.audit else ()
    by_name = {name: history.courses for name, history in components.items()}
    known = before.shifts if before and before.now <= now else Shifts()
    shifts = read_shifts(corrections, by_name, site, now, known)
    return Snapshot(content, now, today, status, components, incidents, changes, shifts)


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
        if effect.component == component.id and (effect.end > first or effect.ongoing)
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
