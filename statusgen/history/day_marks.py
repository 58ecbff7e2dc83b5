"""The worst that happened anywhere on each day, and what it was. Entries and days are gone through once each, however
many days an entry lasts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import TypeVar
from zoneinfo import ZoneInfo

from statusgen.history.course import Course
from statusgen.model.entries import Change, Incident, component_ids
from statusgen.model.kept import kept_with
from statusgen.model.states import Impact, State
from statusgen.model.zone import day_of, day_start

T = TypeVar("T")
# (ordinal of the first day, of the last, the state of a component); without a state it is the entry itself.
DaySpan = tuple[int, int, State | None]
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
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
    """One for each of the `days`, which follow each other and of which the last is today; None where nothing was.
    `courses` are those of incidents, then of changes, both in the order of their begins."""
    base, begin = days[0].toordinal(), day_start(days[0], zone)
    states: list[tuple[range, State]] = []
    incidents: list[tuple[range, Incident | Change]] = []
    work: list[tuple[range, Incident | Change]] = []
    for course in courses:
        # What is over had nothing after its last update.
        if course.settled and course.updates[-1].at < begin:
            continue
        entry = course.entry
        spans = _settled_spans(entry, (course, zone)) if course.settled else _read_spans(course, zone, now)
        for first, last, state in spans:
            run = range(max(0, first - base), min(len(days), last - base + 1))
            if run and state:
                states.append((run, state))
            elif run:
                (incidents if isinstance(entry, Incident) else work).append((run, entry))
    states.sort(key=lambda pair: -pair[1].rank)
    marks = _marks(states, incidents, work, len(days))
    # A day that a zone left out has no length.
    there_is = (day_start(day, zone) < day_start(day + DAY, zone) for day in days)
    return [mark if real else None for mark, real in zip(marks, there_is, strict=True)]


@kept_with
def _settled_spans(_entry: Incident | Change, of: tuple[Course, ZoneInfo]) -> tuple[DaySpan, ...]:
    course, zone = of
    return _read_spans(course, zone, course.updates[-1].at)


def _read_spans(course: Course, zone: ZoneInfo, now: datetime) -> tuple[DaySpan, ...]:
    """What goes on touches today, also when today begins at this very instant."""
    entry = course.entry
    found: list[DaySpan] = []
    for effect in course.effects:
        end = effect.end + SECOND if effect.ongoing else effect.end
        found.append((*_days_of(effect.start, end, zone), effect.state))
    if isinstance(entry, Change):
        return (*found, *((first, last, None) for first, last in _merge((first, last) for first, last, _ in found)))
    # Also what had no length was there on its day.
    end = max(entry.resolved_at or now + SECOND, entry.started_at + SECOND)
    first, last = _days_of(entry.started_at, end, zone)
    found.append((first, last, None))
    if not component_ids(entry):
        found.append((first, last, STATE_OF_IMPACT[entry.impact]))
    return tuple(found)


def _days_of(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[int, int]:
    """The ordinals of the first and the last day that [start, end) touches."""
    return day_of(start, zone).toordinal(), day_of(end - SECOND, zone).toordinal()


def _marks(
    states: Iterable[tuple[range, State]],
    incidents: Sequence[tuple[range, Incident | Change]],
    work: Sequence[tuple[range, Incident | Change]],
    size: int,
) -> Iterator[DayMark | None]:
    worst, newest = _first_of(states, size), _first_of([*incidents[::-1], *work[::-1]], size)
    open_ones, works = (_count((run for run, _ in some), size) for some in (incidents, work))
    for number, entry in enumerate(newest):
        state, count = worst[number] or State.OPERATIONAL, open_ones[number]
        yield DayMark(state, count, count + works[number], entry) if entry else None


def _merge(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Days that any of the spans holds, each once."""
    last: tuple[int, int] | None = None
    for begin, end in sorted(spans):
        if last and begin <= last[1] + 1:
            last = last[0], max(last[1], end)
            continue
        if last:
            yield last
        last = begin, end
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
        place = next_free(run.start)
        while place < run.stop:
            found[place] = value
            free[place] = place + 1
            place = next_free(place)
    return found


def _count(runs: Iterable[range], size: int) -> list[int]:
    """How many of the runs hold each place."""
    steps = [0] * (size + 1)
    for run in runs:
        steps[run.start] += 1
        steps[run.stop] -= 1
    return list(accumulate(steps[:-1]))
