"""How long an entry was in each status and its components in each state: by hand, and by asking at every minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from naive import tell_incident
from random_content import COMPONENTS, changes, incidents, moments, some

from statusgen.history.course import course_at
from statusgen.history.phases import Phases, read_phases
from statusgen.history.visible import visible_change, visible_incident
from statusgen.model.entries import Change, Incident, States, Update
from statusgen.model.states import FINAL, ChangeStatus, IncidentStatus, State, Status

T = TypeVar("T")
BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)
NINE = datetime(2026, 11, 3, 9, tzinfo=UTC)
BAD, SLOW = State.MAJOR_OUTAGE, State.DEGRADED_PERFORMANCE
Told = tuple[int, Status, States]


def at(minutes: int) -> datetime:
    return NINE + minutes * MINUTE


def update(minutes: int, status: Status, states: States = ()) -> Update:
    return Update(f"u{minutes}", status, at(minutes), states=states)


def incident(begin: int, states: States, *told: Told) -> Incident:
    return Incident("i", "incidents/i.md", "I", "", states, at(begin), tuple(update(*one) for one in told))


def read(entry: Incident | Change, now: datetime) -> Phases | None:
    course = course_at(entry, BERLIN, now)
    return read_phases(entry, course.updates, course.effects, now)


def spells(phases: Phases | None) -> tuple[list[tuple[str, int, int]], dict[str, list[tuple[str, int, int]]]]:
    """Names with minutes from nine to nine; what goes on has a + behind its name."""
    assert phases

    def row(some: tuple[tuple[Status | State | None, datetime, datetime, bool], ...]) -> list[tuple[str, int, int]]:
        return [
            (f"{what.value if what else ''}{'+' * on}", (start - NINE) // MINUTE, (end - NINE) // MINUTE)
            for what, start, end, on in some
        ]

    return row(phases.statuses), {name: row(found) for name, found in phases.states.items()}


FOUND = (20, IncidentStatus.IDENTIFIED, (("api", SLOW),))
LOOKING, OVER = (0, IncidentStatus.INVESTIGATING, ()), (60, IncidentStatus.RESOLVED, ())


def test_each_phase_lasts_until_an_update_with_another_status() -> None:
    entry = incident(-5, (("api", BAD),), LOOKING, (10, IncidentStatus.INVESTIGATING, ()), FOUND, OVER)
    assert spells(read(entry, at(500))) == (
        [("", -5, 0), ("investigating", 0, 20), ("identified", 20, 60)],
        {"api": [("major_outage", -5, 20), ("degraded_performance", 20, 60)]},
    )


def test_what_is_open_goes_on_until_now() -> None:
    entry = incident(0, (("api", BAD), ("web", SLOW)), LOOKING, (30, IncidentStatus.MONITORING, (("web", BAD),)))
    assert spells(read(entry, at(45))) == (
        [("investigating", 0, 30), ("monitoring+", 30, 45)],
        {"api": [("major_outage+", 0, 45)], "web": [("degraded_performance", 0, 30), ("major_outage+", 30, 45)]},
    )


def test_what_is_opened_again_was_resolved_between() -> None:
    again = (70, IncidentStatus.INVESTIGATING, (("api", SLOW),))
    entry = incident(0, (("api", BAD),), LOOKING, OVER, again, (75, IncidentStatus.RESOLVED, ()))
    assert spells(read(entry, at(500))) == (
        [("investigating", 0, 60), ("resolved", 60, 70), ("investigating", 70, 75)],
        {"api": [("major_outage", 0, 60), ("degraded_performance", 70, 75)]},
    )


def test_more_words_after_the_end_make_it_no_longer() -> None:
    entry = incident(0, (), LOOKING, OVER, (90, IncidentStatus.RESOLVED, ()))
    assert spells(read(entry, at(500))) == ([("investigating", 0, 60)], {})


def test_of_updates_at_one_time_the_last_stands() -> None:
    at_once = ((20, IncidentStatus.MONITORING, (("api", SLOW),)), (20, IncidentStatus.INVESTIGATING, (("api", BAD),)))
    entry = incident(0, (("api", BAD),), LOOKING, *at_once, OVER)
    assert spells(read(entry, at(500))) == ([("investigating", 0, 60)], {"api": [("major_outage", 0, 60)]})


def test_without_length_there_is_nothing_to_tell() -> None:
    assert read(incident(0, (("api", BAD),), (0, IncidentStatus.RESOLVED, ())), at(500)) is None
    assert read(incident(0, (("api", BAD),), LOOKING), at(0)) is None


def change(*told: Told, automatic: bool = True, repeat: str = "") -> Change:
    states = (("api", State.UNDER_MAINTENANCE),)
    posted = tuple(update(*one) for one in told)
    return Change("c", "changes/c.md", "C", "", states, at(0), at(60), posted, automatic=automatic, repeat=repeat)


def test_work_is_told_from_its_begin_once_it_is_over() -> None:
    entry = change(
        (-90, ChangeStatus.SCHEDULED, ()), (50, ChangeStatus.VERIFYING, ()), (80, ChangeStatus.COMPLETED, ())
    )
    assert read(entry, at(70)) is None
    assert spells(read(entry, at(90))) == (
        [("in_progress", 0, 50), ("verifying", 50, 80)],
        {"api": [("under_maintenance", 0, 80)]},
    )


@pytest.mark.parametrize(
    "entry",
    [
        change((-90, ChangeStatus.CANCELLED, ())),
        change((70, ChangeStatus.COMPLETED, ()), automatic=False),
        change(repeat="FREQ=DAILY;COUNT=1"),
    ],
)
def test_of_work_that_never_began_and_of_a_series_nothing_is_told(entry: Change) -> None:
    assert read(entry, at(50_000)) is None


def runs(values: list[T], begin: datetime) -> list[tuple[T, datetime, datetime]]:
    found, place = [], 0
    for value, group in groupby(values):
        length = len(list(group))
        found.append((value, begin + place * MINUTE, begin + (place + length) * MINUTE))
        place += length
    return found


def told_at(updates: tuple[Update, ...], tick: datetime) -> Status | None:
    return next((one.status for one in reversed(updates) if one.at <= tick), None)


def last_tick(updates: tuple[Update, ...], ticks: list[datetime]) -> int:
    """How many of the ticks come before everything is over for good. What goes on for no time at all goes on."""
    over_at = None
    for one in updates:
        over_at = (over_at or one.at) if one.status in FINAL else None
    return sum(1 for tick in ticks if over_at is None or tick < over_at)


@some(300)
@given(st.data())
def test_like_asking_at_every_minute(data: st.DataObject) -> None:
    moment = data.draw(moments(MINUTE, timedelta(minutes=40), timedelta(minutes=10)))
    entry = visible_incident(data.draw(incidents(moment)), moment.now)
    if entry is None:
        return
    course = course_at(entry, moment.zone, moment.now)
    begin = entry.started_at
    ticks = [begin + number * MINUTE for number in range((moment.now - begin) // MINUTE)]
    ticks = ticks[: last_tick(course.updates, ticks)] if ticks else ticks
    found = read_phases(entry, course.updates, course.effects, moment.now)
    if not ticks:
        assert found is None
        return
    assert found
    statuses = [told_at(course.updates, tick) for tick in ticks]
    assert [spell[:3] for spell in found.statuses] == runs(statuses, begin)
    story = tell_incident(entry, moment.now)
    for component in COMPONENTS:
        states = [story(tick).get(component, State.OPERATIONAL) for tick in ticks]
        expected = [run for run in runs(states, begin) if run[0] is not State.OPERATIONAL]
        assert [spell[:3] for spell in found.states.get(component, ())] == expected


@some(200)
@given(st.data())
def test_the_states_of_work_lie_within_its_phases(data: st.DataObject) -> None:
    moment = data.draw(moments(MINUTE, timedelta(minutes=40), timedelta(minutes=10)))
    entry = visible_change(data.draw(changes(moment)), moment.now)
    found = read(entry, moment.now) if entry else None
    if not found:
        return
    begin, end = found.statuses[0].start, found.statuses[-1].end
    assert all(one.end == other.start for one, other in pairwise(found.statuses))
    for states in found.states.values():
        assert begin <= states[0].start
        assert states[-1].end <= end
        assert not any(spell.ongoing for spell in states)
