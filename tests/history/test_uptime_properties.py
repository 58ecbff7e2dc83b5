"""Uptime, timelines and days agree with a count of every tick, in zones and on days that are hard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from naive import COUNTED_WORK, Naive, Run, Word, first_instant, today, weighted
from random_content import COMPONENTS, ZONES, Moment, clock_changes, entries, incidents, moments, sinces, some

from statusgen.history.days import Day, bucket_days
from statusgen.history.effects import Effect, change_effects, incident_effects
from statusgen.history.places import link_occurrences
from statusgen.history.timeline import Segment, counted, merge_effects, shown
from statusgen.history.uptime import mean_uptime, uptime, weighted_seconds
from statusgen.history.visible import is_known
from statusgen.model.entries import Change, Incident
from statusgen.model.site import Content, Site
from statusgen.model.spans import overlap_seconds
from statusgen.model.states import State
from statusgen.model.zone import day_of, day_start

SECOND, MINUTE, QUARTER = timedelta(seconds=1), timedelta(minutes=1), timedelta(minutes=15)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def effects_on(component: str, found: Iterable[Incident | Change], zone: ZoneInfo, now: datetime) -> list[Effect]:
    """Of what customers know of the occurrences of series by now."""
    found = list(found)
    effects: list[Effect] = []
    for incident in found:
        effects += incident_effects(incident, now) if isinstance(incident, Incident) else ()
    work = tuple(entry for entry in found if isinstance(entry, Change))
    site = Site("Acme", "https://a.example/", zone)
    for change in link_occurrences(Content(site, changes=work)).changes:
        known = tuple(one for one in change.deviations if is_known(one, now))
        effects += change_effects(replace(change, deviations=known), zone, now)
    return [effect for effect in effects if effect.component == component]


def check_against_naive(data: st.DataObject, moment: Moment) -> None:
    found = data.draw(entries(moment))
    zone, now, since = moment.zone, moment.now, data.draw(sinces(moment))
    naive = Naive(found, zone, moment.begin, now, moment.step)
    for component in COMPONENTS:
        effects = effects_on(component, found, zone, now)
        assert _runs(merge_effects(effects, shown)) == naive.runs(component, counted=False)
        segments = merge_effects(effects, counted)
        assert _runs(segments) == naive.runs(component, counted=True)
        assert uptime(segments, zone, now, since) == naive.uptime(component, since)
        days = bucket_days(segments, effects, zone, now, since)
        last = today(now, zone)
        assert [day.on for day in days] == [last - back * DAY for back in range(89, -1, -1)]
        assert [day.known for day in days] == [since is None or day.on >= since for day in days]
        seconds = naive.seconds_by_day(component)
        assert {day.on: _words(day) for day in days} == {day.on: seconds.get(day.on, {}) for day in days}
        causes = naive.causes_by_day(component)
        assert {day.on: {c.path for c in day.causes} for day in days if day.causes} == {
            day: paths for day, paths in causes.items() if day >= days[0].on
        }


def _runs(segments: Iterable[Segment]) -> list[Run]:
    return [(segment.start, segment.end, COUNTED_WORK if segment.as_outage else segment.state) for segment in segments]


def _words(day: Day) -> dict[Word, int]:
    """Seconds by word, with the work that counts apart."""
    found: dict[Word, int] = {**dict(day.seconds), COUNTED_WORK: day.counted_work}
    found[State.UNDER_MAINTENANCE] = found.get(State.UNDER_MAINTENANCE, 0) - day.counted_work
    return {word: count for word, count in found.items() if count}


@some(40)
@given(st.data())
def test_ninety_days_on_a_grid_of_quarters(data: st.DataObject) -> None:
    check_against_naive(data, data.draw(moments(QUARTER, 92 * DAY, 2 * DAY)))


@some(50)
@given(st.data())
def test_three_days_on_a_grid_of_minutes(data: st.DataObject) -> None:
    check_against_naive(data, data.draw(moments(MINUTE, 3 * DAY, DAY)))


@some(40)
@given(st.data())
def test_an_hour_by_the_second(data: st.DataObject) -> None:
    moment = data.draw(moments(SECOND, HOUR, HOUR))
    found = tuple(e for e in data.draw(entries(moment)) if isinstance(e, Incident) or not e.repeat)
    naive = Naive(found, moment.zone, min(moment.pool), moment.now, SECOND)
    for component in COMPONENTS:
        effects = effects_on(component, found, moment.zone, moment.now)
        segments = merge_effects(effects, counted)
        runs = naive.runs(component, counted=True)
        assert _runs(segments) == runs
        assert uptime(segments, moment.zone, moment.now) == naive.uptime(component, None)
        start, end = sorted(data.draw(st.lists(st.sampled_from(moment.pool), min_size=2, max_size=2)))
        assert weighted_seconds(segments, start, end) == weighted(runs, start, end)
        days = bucket_days(segments, effects, moment.zone, moment.now)
        per_day = naive.seconds_by_day(component)
        assert {day.on: _words(day) for day in days if day.seconds} == per_day


@some(150)
@given(st.data())
def test_uptime_is_a_share_and_more_trouble_never_raises_it(data: st.DataObject) -> None:
    moment = data.draw(moments(MINUTE, 91 * DAY, DAY))
    found, since = data.draw(entries(moment)), data.draw(sinces(moment))
    extra = data.draw(incidents(moment, 99))
    for component in COMPONENTS:
        before, after = (
            uptime(
                merge_effects(effects_on(component, group, moment.zone, moment.now), counted),
                moment.zone,
                moment.now,
                since,
            )
            for group in (found, (*found, extra))
        )
        if before is None or after is None:
            assert before is after is None
        else:
            assert 0 <= after <= before <= 1


@some(150)
@given(st.data())
def test_touching_spans_are_one_span(data: st.DataObject) -> None:
    moment = data.draw(moments(MINUTE, 3 * DAY, DAY))
    found = data.draw(entries(moment))
    cut = data.draw(st.sampled_from(moment.pool))
    for component in COMPONENTS:
        effects = effects_on(component, found, moment.zone, moment.now)
        split = []
        for effect in effects:
            if effect.start < cut < effect.end:
                split += [effect._replace(end=cut, ongoing=False), effect._replace(start=cut)]
            else:
                split.append(effect)
        for view in (shown, counted):
            assert merge_effects(split, view) == merge_effects(effects, view)
            assert merge_effects(reversed(effects), view) == merge_effects(effects, view)


@some(150)
@given(st.data())
def test_the_days_hold_every_second_of_the_window(data: st.DataObject) -> None:
    moment = data.draw(moments(MINUTE, 95 * DAY, DAY))
    found = data.draw(entries(moment))
    for component in COMPONENTS:
        effects = effects_on(component, found, moment.zone, moment.now)
        segments = merge_effects(effects, counted)
        days = bucket_days(segments, effects, moment.zone, moment.now)
        start = day_start(days[0].on, moment.zone)
        for state in State:
            whole = sum(overlap_seconds(s.start, s.end, start, moment.now) for s in segments if s.state is state)
            assert sum(dict(day.seconds).get(state, 0) for day in days) == whole
        for day in days:
            length = (day_start(day.on + DAY, moment.zone) - day_start(day.on, moment.zone)).total_seconds()
            assert sum(count for _, count in day.seconds) <= length


@pytest.mark.parametrize("name", ZONES)
def test_an_outage_that_never_ends_fills_days_of_their_true_length(name: str) -> None:
    zone = ZoneInfo(name)
    for change in clock_changes(name)[-2:] or (datetime.fromisoformat("2026-05-05T12:00Z"),):
        now = change + 2 * DAY
        segments = (Segment(now - 100 * DAY, now, State.MAJOR_OUTAGE),)
        for day in bucket_days(segments, (), zone, now)[:-1]:
            length = first_instant(day.on + DAY, zone) - first_instant(day.on, zone)
            assert dict(day.seconds) == {State.MAJOR_OUTAGE: length.total_seconds()}
        assert uptime(segments, zone, now) == max(
            0, 1 - Fraction(int((now - first_instant(day_of(now, zone) - 89 * DAY, zone)).total_seconds()), 90 * 86_400)
        )


def test_uptime_is_unknown_before_the_first_day_and_whole_on_it() -> None:
    zone, now = ZoneInfo("Europe/Berlin"), datetime.fromisoformat("2026-03-29T12:00Z")
    assert uptime((), zone, now, now.date() + DAY) is None
    assert uptime((), zone, now, now.date()) == 1
    half = (Segment(now - 6 * HOUR, now, State.PARTIAL_OUTAGE),)
    assert uptime(half, zone, now, now.date()) == 1 - Fraction(6 * 3600 * 3, 10 * 86_400)


def test_time_before_since_does_not_count() -> None:
    zone, now = ZoneInfo("Europe/Berlin"), datetime.fromisoformat("2026-03-29T12:00Z")
    segments = (Segment(now - 20 * DAY, now - 10 * DAY, State.MAJOR_OUTAGE),)
    assert uptime(segments, zone, now, now.date() - 5 * DAY) == 1


def test_a_group_is_the_mean_of_its_members_that_have_a_value() -> None:
    assert mean_uptime([Fraction(1), None, Fraction(1, 2)]) == Fraction(3, 4)
    assert mean_uptime([None]) is None
    assert mean_uptime([]) is None
