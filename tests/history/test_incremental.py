"""What is made from what was there before has the same bytes as what is made from nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from random_content import Moment, changes, contents, in_order, incidents, moments, notices, some

from statusgen.history.snapshot import take_snapshot
from statusgen.model.ends import find_difference
from statusgen.model.entries import Change, Incident, Notice, Page
from statusgen.model.site import Content
from statusgen.model.theme import Theme
from statusgen.render.api import plan as api
from statusgen.render.feeds import plan as feeds
from statusgen.render.files import render_file
from statusgen.render.site import SitePlan, plan_site, render_site
from statusgen.source.theme import read_theme

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
E = TypeVar("E", Incident, Change, Notice)


@cache
def default_theme() -> Theme:
    return read_theme("default", Path(__file__).parent)


def mixed(data: st.DataObject, old: Sequence[E], new: Sequence[E]) -> tuple[E, ...]:
    """Some of the old values, the very same ones, and some new ones instead of them or beside them."""
    chosen = {entry.id: entry for entry in old if data.draw(st.integers(0, 3))}
    chosen |= {entry.id: entry for entry in new if not data.draw(st.integers(0, 2))}
    return tuple(chosen.values())


def next_content(data: st.DataObject, moment: Moment, before: Content) -> Content:
    """What another commit makes of the content: some of it changed, some gone, some new."""
    numbers = range(4)
    told = mixed(data, before.incidents, [data.draw(incidents(moment, number)) for number in numbers])
    shown = {incident.id for incident in told}
    reports = tuple(report for report in before.reports if shown.issuperset(report.incidents))
    site = before.site
    if not data.draw(st.integers(0, 4)):
        site = replace(site, name=site.name + "!", components=site.components[::-1])
    pages = (Page("about", "pages/about.md", "About", "Us."),) if data.draw(st.booleans()) else ()
    return in_order(
        Content(
            site,
            told,
            mixed(data, before.changes, [data.draw(changes(moment, number)) for number in numbers]),
            mixed(data, before.notices, [data.draw(notices(moment, number)) for number in numbers]),
            reports if data.draw(st.booleans()) else (),
            pages,
        )
    )


def check(data: st.DataObject, moment: Moment) -> None:
    content, now = data.draw(contents(moment)), moment.now
    published: dict[str, bytes] = {}
    plan: SitePlan | None = None
    for _ in range(4):
        plan = plan_site(take_snapshot(content, now, plan.pages.snapshot if plan else None), default_theme(), plan)
        published |= {path: render_file(plan.files[path], plan.dress) for path in plan.changed}
        published = {path: data for path, data in published.items() if path in plan.files}
        fresh = clean(content, now)
        assert published.keys() == fresh.keys()
        assert [path for path, made in fresh.items() if published[path] != made] == []
        if data.draw(st.booleans()):
            content = next_content(data, moment, content)
        now += data.draw(st.sampled_from((timedelta(0), moment.step, HOUR, DAY, 40 * DAY, -HOUR, -2 * DAY)))


def clean(content: Content, now: datetime) -> dict[str, bytes]:
    """From values that nothing was ever made of."""
    told = tuple(replace(incident) for incident in content.incidents)
    content = replace(content, incidents=told, changes=tuple(replace(change) for change in content.changes))
    return dict(render_site(plan_site(take_snapshot(content, now), default_theme())))


@some(25)
@given(st.data())
def test_commits_and_time_over_days(data: st.DataObject) -> None:
    check(data, data.draw(moments(timedelta(minutes=15), 92 * DAY, 2 * DAY)))


@some(25)
@given(st.data())
def test_commits_and_time_over_minutes(data: st.DataObject) -> None:
    check(data, data.draw(moments(timedelta(minutes=1), 3 * DAY, DAY)))


@some(40)
@given(st.data())
def test_lists_that_leave_things_out(data: st.DataObject) -> None:
    """As all feeds of large sites do, and the API's."""
    with patch.object(feeds, "NEWEST", 2), patch.object(api, "NEWEST", 2):
        check(data, data.draw(moments(timedelta(minutes=1), 3 * DAY, DAY)))


@given(st.lists(st.integers(0, 3)), st.lists(st.integers(0, 3)))
def test_both_ends_are_found(old: list[int], new: list[int]) -> None:
    values = [object() for _ in range(4)]
    before, after = tuple(values[number] for number in old), tuple(values[number] for number in new)
    start, old_stop, stop = find_difference(before, after)
    assert before[:start] == after[:start]
    assert before[old_stop:] == after[stop:]
    assert start <= min(old_stop, stop)
    middle = before[start:old_stop], after[start:stop]
    assert not (middle[0] and middle[1]) or (middle[0][0] != middle[1][0] and middle[0][-1] != middle[1][-1])
