"""Random series, and what is otherwise of some of their occurrences."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st
from naive_series import instant_of, walls_on
from random_moments import DAY, Moment, states

from statusgen.model.entries import Change, Deviation, OccurrenceName, Update
from statusgen.model.states import ChangeStatus, State

RULES = (
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=2",
    "FREQ=DAILY;COUNT=3",
    "FREQ=WEEKLY;BYDAY=MO,SA,SU",
    "FREQ=DAILY;BYHOUR=0,1,2,3",
)


def early_walls(series: Change, moment: Moment) -> list[datetime]:
    """When the rule has windows begin on the first days."""
    first = series.starts_at.astimezone(moment.zone).date()
    return [wall for number in range(6) for wall in walls_on(series, moment.zone, first + number * DAY)]


@st.composite
def deviations(draw: st.DrawFn, moment: Moment, series: Change) -> tuple[Deviation, ...]:
    walls = early_walls(series, moment)
    chosen = draw(st.lists(st.sampled_from(walls), max_size=3, unique=True)) if walls else []
    return tuple(sorted((draw(deviation(moment, series, on)) for on in chosen), key=lambda one: one.on))


@st.composite
def deviation(draw: st.DrawFn, moment: Moment, series: Change, on: datetime) -> Deviation:
    starts_at = instant_of(on, moment.zone)
    ends_at = starts_at + (series.ends_at - series.starts_at)
    kind = draw(st.sampled_from(["cancelled", "moved", "longer", "changed"]))
    if kind == "moved":
        starts_at, ends_at = draw(windows(moment))
    elif kind == "longer":
        ends_at += draw(st.integers(1, 30)) * moment.step
    own = draw(states) if kind == "changed" or draw(st.booleans()) else None
    announced_at = draw(st.none() | st.sampled_from(moment.pool))
    return Deviation(on, starts_at, ends_at, kind == "cancelled", own, announced_at=announced_at)


@st.composite
def announced_series(draw: st.DrawFn, moment: Moment) -> tuple[Change, ...]:
    """A daily outage of some minutes that was announced once, with deviations, and mostly a file for one day."""
    begin = max(moment.pool[0], moment.now - draw(st.integers(12, 40)) * timedelta(hours=1))
    told = tuple(
        Update("u", ChangeStatus.SCHEDULED, begin - draw(st.sampled_from([0, 1, 30, 90, 2000])) * moment.step)
        for _ in range(2)
    )
    states = (("api", State.MAJOR_OUTAGE),)
    length = draw(st.integers(2, 60)) * moment.step
    series = Change("s", "changes/s.md", "S", "", states, begin, begin + length, told[:1], repeat="FREQ=DAILY")
    series = replace(series, deviations=draw(deviations(moment, series)))
    name = draw(occurrence_names(moment, series))
    if name is None or not draw(st.integers(0, 3)):
        return (series,)
    on = next(wall for wall in early_walls(series, moment) if wall.date() == name.on.date())
    start = instant_of(on, moment.zone) + draw(st.integers(-1, 1)) * moment.step
    ends = start + max(length - draw(st.integers(-1, 2)) * moment.step, moment.step)
    own = told[1:] if draw(st.booleans()) else ()
    return series, Change("f", "changes/f.md", "F", "", states, start, ends, own, occurrence=name)


@st.composite
def windows(draw: st.DrawFn, moment: Moment) -> tuple[datetime, datetime]:
    starts_at, ends_at = sorted(draw(st.lists(st.sampled_from(moment.pool), min_size=2, max_size=2, unique=True)))
    return starts_at, ends_at


@st.composite
def occurrence_names(draw: st.DrawFn, moment: Moment, series: Change) -> OccurrenceName | None:
    """Of an occurrence that `except` says nothing of; mostly by its day, where that is enough."""
    taken = {one.on for one in series.deviations}
    walls = [wall for wall in early_walls(series, moment) if wall not in taken]
    if not walls:
        return None
    on = draw(st.sampled_from(walls))
    alone = len(walls_on(series, moment.zone, on.date())) == 1
    by_day = alone and draw(st.booleans())
    return OccurrenceName(series.id, on.replace(hour=0, minute=0, second=0) if by_day else on, by_day)
