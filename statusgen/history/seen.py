"""What customers may see at one instant, and how it went up to then: all that the page of a single entry shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from statusgen.history.course import Course
from statusgen.history.lineup import Lineup, line_up
from statusgen.history.reach import Reach, read_reach
from statusgen.history.visible import visible_change, visible_incident, with_visible
from statusgen.model.entries import Change, Incident
from statusgen.model.site import Content
from statusgen.model.zone import day_of


@dataclass(frozen=True, slots=True)
class Seen:
    """`content` holds only what is visible at `now`; each of its incidents and changes has a course, in its order.
    `reach` is that of its corrections."""

    content: Content
    now: datetime
    today: date
    all_incidents: Lineup[Incident]
    all_changes: Lineup[Change]
    reach: Reach

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

    @property
    def moves(self) -> bool:
        """Whether figures change with every second, because something is open or goes on."""
        changing = (effect for course in self.all_changes.moving_courses for effect in course.effects)
        return bool(self.all_incidents.moving_courses) or any(effect.ongoing for effect in changing)


def read_seen(everything: Content, now: datetime, before: Seen | None = None) -> Seen:
    """`before` is of any earlier look: what has not changed since is taken over from it, as the same values."""
    zone = everything.site.zone
    # What was settled is not so before it came to its end: a clock that was set back begins anew.
    steady = before if before and before.content.site.zone == zone and before.now <= now else None
    incidents = line_up(everything.incidents, zone, now, visible_incident, steady.all_incidents if steady else None)
    changes = line_up(everything.changes, zone, now, visible_change, steady.all_changes if steady else None)
    content = with_visible(everything, now, incidents.visible, changes.visible, incidents.hidden)
    corrections = content.audit.corrections if content.audit else ()
    reach = read_reach(corrections, content.site, now, steady.reach if steady else Reach())
    return Seen(content, now, day_of(now, zone), incidents, changes, reach)
