"""The worst of each day, of all that there is: by hand, and by asking every entry at every tick."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from naive import Naive
from random_content import entries, moments, some

from statusgen.history.course import Course, course_at
from statusgen.history.day_marks import DayMark, mark_days
from statusgen.history.places import link_occurrences
from statusgen.history.seen import read_seen
from statusgen.history.visible import is_known, visible_incident
from statusgen.model.entries import Change, Incident, Update
from statusgen.model.site import Component, Content, Site
from statusgen.model.states import Impact, IncidentStatus, State, worst
from statusgen.model.zone import day_of

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def incident(number: int, begin: datetime, length: timedelta | None, state: State | None = None) -> Incident:
    """Open without a length."""
    told = [Update("a", IncidentStatus.INVESTIGATING, begin)]
    told += [] if length is None else [Update("b", IncidentStatus.RESOLVED, begin + length)]
    states = (("api", state),) if state else ()
    return Incident(f"i{number}", f"incidents/i{number}.md", f"I {number}", "", states, begin, tuple(told))


def marks(*incidents: Incident, days: int = 5) -> list[DayMark | None]:
    """Of the last days, ending with 20 November."""
    site = Site("Acme", "https://a.example/", BERLIN, components=(Component("api", "API"),))
    ordered = tuple(sorted(incidents, key=lambda one: (one.started_at, one.id)))
    seen = read_seen(Content(site, ordered, (), ()), NOW)
    return mark_days(seen.courses, [seen.today - back * DAY for back in reversed(range(days))], BERLIN, NOW)


def short(found: list[DayMark | None]) -> list[tuple[str, int, str] | None]:
    return [(mark.state.value, mark.incidents, mark.newest.id) if mark else None for mark in found]


def test_an_incident_marks_each_day_that_it_was_open() -> None:
    begin = datetime(2026, 11, 17, 22, 30, tzinfo=UTC)
    slow = ("degraded_performance", 1, "i1")
    over_two_midnights = incident(1, begin, 25 * HOUR, State.DEGRADED_PERFORMANCE)
    assert short(marks(over_two_midnights)) == [None, slow, slow, slow, None]
    until_midnight = incident(1, begin, timedelta(minutes=30), State.DEGRADED_PERFORMANCE)
    assert short(marks(until_midnight)) == [None, slow, None, None, None]


def test_the_worst_state_and_the_newest_incident_of_a_day_count() -> None:
    morning = datetime(2026, 11, 19, 8, tzinfo=UTC)
    bad, slow = incident(1, morning, HOUR, State.MAJOR_OUTAGE), incident(2, morning + HOUR, HOUR, State.PARTIAL_OUTAGE)
    (mark,) = [mark for mark in marks(bad, slow) if mark]
    assert mark == DayMark(State.MAJOR_OUTAGE, 2, 2, slow)


def test_what_is_open_lasts_until_today_and_what_has_no_length_is_of_its_day() -> None:
    begin = datetime(2026, 11, 18, 8, tzinfo=UTC)
    told = ("operational", 1, "i1")
    assert short(marks(incident(1, begin, None))) == [None, None, told, told, told]
    assert short(marks(incident(1, begin, 0 * HOUR, State.MAJOR_OUTAGE))) == [None, None, told, None, None]


def test_an_incident_without_components_is_as_bad_as_its_impact_says() -> None:
    one = incident(1, NOW - HOUR, None)
    (found,) = [mark for mark in marks(one) if mark]
    assert found.state is State.OPERATIONAL
    severe = Incident(one.id, one.path, one.title, "", (), one.started_at, one.updates, Impact.CRITICAL)
    (found,) = [mark for mark in marks(severe) if mark]
    assert found.state is State.MAJOR_OUTAGE


def test_years_of_open_incidents_cost_no_more_than_their_number() -> None:
    """Each day is gone through once for all of them: 3,000 incidents over 365 days are not a million days."""
    begin = NOW - 400 * DAY
    many = [incident(number, begin + number * HOUR, None, State.MAJOR_OUTAGE) for number in range(3000)]
    found = marks(*many, days=365)
    assert found[-1] and found[-1].incidents == 3000
    assert found[0] and found[0].newest.id == "i874"


def naive_mark(naive: Naive, day: date) -> tuple[State, set[str], set[str]]:
    """(worst state, ids of open incidents, paths of all causes), by looking at every tick of the day."""
    here = [number for number, other in enumerate(naive.days) if other == day]
    states, incidents, causes = [State.OPERATIONAL], set(), set()
    for entry, said in naive.told:
        told = [state for number in here for state in said[number].values()]
        if isinstance(entry, Incident):
            ticks = [*naive.ticks, naive.now]
            known = visible_incident(entry, naive.now)
            if not known:
                continue
            end = known.resolved_at
            open_ = [at for number in here if entry.started_at <= (at := ticks[number]) and (not end or at < end)]
            if open_ or any(ticks[number] == entry.started_at for number in here):
                incidents.add(entry.id)
                causes.add(entry.path)
        elif any(state is not State.OPERATIONAL for state in told):
            causes.add(entry.path)
        states += told
    return worst(states), incidents, causes


def read_courses(found: tuple[Incident | Change, ...], zone: ZoneInfo, now: datetime) -> list[Course]:
    incidents = [visible_incident(entry, now) for entry in found if isinstance(entry, Incident)]
    work = tuple(entry for entry in found if isinstance(entry, Change))
    linked = link_occurrences(Content(Site("Acme", "https://a.example/", zone), changes=work)).changes
    known = [replace(one, deviations=tuple(part for part in one.deviations if is_known(part, now))) for one in linked]
    visible: list[Incident | Change] = [*filter(None, incidents), *known]
    return [course_at(entry, zone, now) for entry in visible]


@some(150)
@given(st.data())
def test_like_asking_every_entry_at_every_tick(data: st.DataObject) -> None:
    moment = data.draw(moments(timedelta(minutes=30), 4 * DAY, DAY))
    zone, now, found = moment.zone, moment.now, data.draw(entries(moment))
    days = [day_of(now, zone) - back * DAY for back in reversed(range(7))]
    naive = Naive(found, zone, min(moment.begin, now - 8 * DAY), now, moment.step)
    for day, mark in zip(days, mark_days(read_courses(found, zone, now), days, zone, now), strict=True):
        state, incidents, causes = naive_mark(naive, day)
        if mark is None:
            assert not causes, day
            continue
        assert (mark.state, mark.incidents, mark.causes) == (state, len(incidents), len(causes)), day
        assert mark.newest.path in causes
        assert isinstance(mark.newest, Incident) == bool(incidents)
