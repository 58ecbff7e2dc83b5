"""The worst that happened anywhere on each day, and what it was. Entries and days are gone through once each, however
many days an entry lasts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import TypeVar
from zoneinfo import ZoneInfo

from statusgen.history.course import Course, began_at
from statusgen.history.days import touched
from statusgen.model.entries import Change, Incident, component_ids
from statusgen.model.states import Impact, State
from statusgen.model.zone import day_start

T = TypeVar("T")
SECOND = timedelta(seconds=1)
# Of an incident that names no component, which says only how bad it is.
STATE_OF_IMPACT = {
    Impact.NONE: State.OPERATIONAL,
    Impact.MINOR: State.DEGRADED_PERFORMANCE,
    Impact.MAJOR: State.PARTIAL_OUTAGE,
    Impact.CRITICAL: State.MAJOR_OUTAGE,
}


@dataclass(frozen=True, slots=True)
class DayMark:
    """`state` is the worst that any component had. So many incidents were open, and so many `causes` there were with
    work, of which `newest` began last; an incident comes before work."""

    state: State
    incidents: int
    causes: int
    newest: Incident | Change


def mark_days(courses: Iterable[Course], days: Sequence[date], zone: ZoneInfo, now: datetime) -> list[DayMark | None]:
    """One for each of the `days`, which follow each other and of which the last is today; None where nothing was."""
    starts = [day_start(day, zone) for day in [*days, days[-1] + timedelta(days=1)]]
    states: list[tuple[range, State]] = []
    causes: list[tuple[range, Incident | Change]] = []
    for course in courses:
        # What is over had nothing after its last update.
        if course.settled and course.updates[-1].at < starts[0]:
            continue
        entry = course.entry
        # What goes on touches today, also when today begins at this very instant.
        spans = [(e.start, e.end + SECOND if e.ongoing else e.end, e.state) for e in course.effects]
        if isinstance(entry, Incident):
            # Also what had no length was there on its day.
            end = max(entry.resolved_at or now + SECOND, entry.started_at + SECOND)
            causes.append((touched(starts, entry.started_at, end), entry))
            if not component_ids(entry):
                spans.append((entry.started_at, end, STATE_OF_IMPACT[entry.impact]))
        else:
            causes += [(run, entry) for run in _merge(touched(starts, start, end) for start, end, _ in spans)]
        states += [(touched(starts, start, end), state) for start, end, state in spans]
    states.sort(key=lambda pair: -pair[1].rank)
    causes.sort(key=lambda pair: (isinstance(pair[1], Incident), began_at(pair[1]), pair[1].id), reverse=True)
    return list(_marks(states, causes, starts))


def _marks(
    states: Iterable[tuple[range, State]], causes: Sequence[tuple[range, Incident | Change]], starts: Sequence[datetime]
) -> Iterator[DayMark | None]:
    size = len(starts) - 1
    worst, newest = _first_of(states, size), _first_of(causes, size)
    counts = _count((run for run, _ in causes), size)
    incidents = _count((run for run, entry in causes if isinstance(entry, Incident)), size)
    for number, entry in enumerate(newest):
        # A day that a zone left out has no length.
        if entry is None or starts[number] == starts[number + 1]:
            yield None
        else:
            yield DayMark(worst[number] or State.OPERATIONAL, incidents[number], counts[number], entry)


def _merge(runs: Iterable[range]) -> Iterator[range]:
    """Days that any of the runs holds, each once."""
    last = range(0)
    for run in sorted(filter(None, runs), key=lambda run: run.start):
        if last and run.start <= last.stop:
            last = range(last.start, max(last.stop, run.stop))
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def _first_of(runs: Iterable[tuple[range, T]], size: int) -> list[T | None]:
    """For each place the value of the first run that holds it. Each place is taken once: what is taken is skipped."""
    found: list[T | None] = [None] * size
    free = list(range(size + 1))

    def next_free(place: int) -> int:
        while free[place] != place:
            free[place] = free[free[place]]
            place = free[place]
        return place

    for run, value in runs:
        place = next_free(min(run.start, size))
        while place < min(run.stop, size):
            found[place] = value
            free[place] = place + 1
            place = next_free(place)
    return found


def _count(runs: Iterable[range], size: int) -> list[int]:
    """How many of the runs hold each place."""
    steps = [0] * (size + 1)
    for run in runs:
        if run:
            steps[min(run.start, size)] += 1
            steps[min(run.stop, size)] -= 1
    return list(accumulate(steps[:-1]))
