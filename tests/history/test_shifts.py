"""What corrections do to figures, against whole months that are counted anew for each side, also step after step."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from types import FrameType
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from random_content import Moment, changes, contents, in_order, incidents, moments, sinces, some
from test_figures import levels
from test_incremental import next_content

from statusgen.history.figures import Figure, read_month
from statusgen.history.periods import period_of
from statusgen.history.snapshot import Snapshot, take_snapshot
from statusgen.history.working import find_pieces
from statusgen.model.audit import Audit, Correction, Side
from statusgen.model.entries import Change, Incident, Update
from statusgen.model.revisions import Commit
from statusgen.model.service_level import Cycle, ServiceLevel
from statusgen.model.site import Component, Content, Site
from statusgen.model.states import IncidentStatus, State
from statusgen.model.zone import day_start

QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
FIRST, NOW = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 2, tzinfo=UTC)
Found = list[tuple[str, str, Figure, Figure]]


def shifts_of(snapshot: Snapshot) -> Found:
    months = sorted(snapshot.shifts.months.items())
    return [(name, shift.correction.commit.id, shift.before, shift.after)
            for (name, _), month in months for shift in month.shifts]  # fmt: skip


def naive_shifts(snapshot: Snapshot) -> Found:
    site = snapshot.content.site
    found: Found = []
    for component in sorted(site.components, key=lambda one: one.id):
        level = site.level_of(component.id)
        courses = snapshot.components[component.id].courses
        now = [effect for course in courses for effect in course.effects if effect.component == component.id]
        for first, sides in sorted(snapshot.seen.reach.months.get(component.id, {}).items()):
            period = period_of(first, Cycle.MONTH)
            start, end = day_start(period.first, site.zone), day_start(period.following, site.zone)
            for one in sides:
                path = one.correction.path if one.correction.is_last else None
                figures: list[Figure] = []
                for side in (one.before, one.after):
                    own = [e for e in side.get(component.id, ()) if e.start < end and e.end > start]
                    others = [e for e in now if e.cause.path != path]
                    pieces = find_pieces([*others, *own], level, site.zone)
                    figure = read_month(period, pieces, level, site.zone, snapshot.today, component.since)
                    assert figure
                    figures.append(replace(figure, pieces=()))
                before, after = figures
                found.append((component.id, one.correction.commit.id, before, after))
    return found


@st.composite
def work(draw: st.DrawFn, moment: Moment, number: int = 7) -> Change:
    """Of the kind that an allowance is about."""
    states = (("api", State.UNDER_MAINTENANCE), ("web", State.PARTIAL_OUTAGE))
    return replace(draw(changes(moment, number)), states=states, repeat="", deviations=(), updates=(),
                   automatic=True, counts_as_downtime=None)  # fmt: skip


@st.composite
def corrections(draw: st.DrawFn, moment: Moment, content: Content, number: int) -> Correction:
    """Of a file that is there, or not any more."""
    told: list[Incident | Change] = [*content.incidents, *content.changes]
    paths = [entry.path for entry in told] + ["incidents/gone.md"]
    path = draw(st.sampled_from(paths))
    untils = st.none() | st.sampled_from(moment.pool)
    sides = st.none() | st.builds(Side, incidents(moment, 7) | changes(moment, 7) | work(moment), untils)
    before, after = draw(sides), draw(sides)
    before, after = (replace(side, entry=replace(side.entry, path=path)) if side else None for side in (before, after))
    is_last = path != paths[-1] and draw(st.booleans())
    return Correction(Commit(f"c{number}", moment.pool[0]), path, before, after, (), is_last=is_last)


def check(data: st.DataObject, moment: Moment, content: Content) -> None:
    """Also from step to step."""
    now = moment.now
    told = tuple(data.draw(corrections(moment, content, number)) for number in range(data.draw(st.integers(1, 4))))
    snapshot: Snapshot | None = None
    for _ in range(3):
        snapshot = take_snapshot(replace(content, audit=Audit(told)), now, snapshot)
        assert shifts_of(snapshot) == naive_shifts(snapshot)
        content = next_content(data, moment, content)
        if data.draw(st.booleans()):
            # The same ones, as another reading gives them, and one more.
            told = (*(replace(one) for one in told), data.draw(corrections(moment, content, len(told))))
        now += data.draw(st.sampled_from((timedelta(0), moment.step, HOUR, DAY, -HOUR)))


@some(100)
@given(st.data())
def test_each_side_as_if_the_month_were_counted_anew(data: st.DataObject) -> None:
    moment = data.draw(moments(QUARTER, 40 * DAY, 2 * DAY) | moments(QUARTER, DAY, DAY))
    content = data.draw(contents(moment))
    components = tuple(replace(one, since=data.draw(sinces(moment))) for one in content.site.components)
    promised = tuple((one.id, level) for one in components if (level := data.draw(levels(moment))))
    check(data, moment, replace(content, site=replace(content.site, components=components, levels=promised)))


@some(60)
@given(st.data())
def test_an_allowance_that_work_shares(data: st.DataObject) -> None:
    moment = data.draw(moments(QUARTER, 10 * DAY, timedelta(0)))
    content = data.draw(contents(moment))
    level = ServiceLevel("p", Fraction(1), allowance_for=data.draw(st.integers(1, 40)) * HOUR)
    site = replace(content.site, levels=tuple((one.id, level) for one in content.site.components))
    planned = tuple(data.draw(work(moment, number)) for number in range(3))
    check(data, moment, in_order(replace(content, site=site, changes=planned)))


def incident(number: int, minutes: int) -> Incident:
    start = FIRST + number * HOUR
    updates = (
        Update("u0", IncidentStatus.INVESTIGATING, start),
        Update("u1", IncidentStatus.RESOLVED, start + timedelta(minutes=minutes)),
    )
    name = f"i{number:03}"
    return Incident(name, f"incidents/{name}.md", name, "", (("api", State.MAJOR_OUTAGE),), start, updates)


def many(lengths: list[int]) -> Content:
    """An incident an hour, each of which was a minute shorter at first."""
    site = Site("Acme", "https://a.example/", ZoneInfo("UTC"), components=(Component("api", "API"),))
    told = tuple(incident(number, minutes) for number, minutes in enumerate(lengths))
    found = tuple(
        Correction(Commit("c", NOW), one.path, Side(incident(number, lengths[number] - 1)), Side(one), (), is_last=True)
        for number, one in enumerate(told)
    )
    return Content(site, told, audit=Audit(found))


def count_calls(content: Content, before: Snapshot | None = None) -> tuple[Counter[str], Snapshot]:
    calls: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        calls[frame.f_code.co_name] += event == "call"

    sys.setprofile(count)
    try:
        snapshot = take_snapshot(content, NOW, before)
    finally:
        sys.setprofile(None)
    return calls, snapshot


def test_many_corrections_of_one_month() -> None:
    lengths = [20] * 400
    few, _ = count_calls(many(lengths[:200]))
    all_calls, snapshot = count_calls(many(lengths))
    assert all_calls["_parts_of"] < 2.1 * few["_parts_of"]
    assert all_calls.total() < 2.1 * few.total()
    # One of them anew: the figure of the month, and both sides with what is there now.
    changed = many([*lengths[:100], 25, *lengths[101:]])
    told = (*snapshot.content.incidents[:100], changed.incidents[100], *snapshot.content.incidents[101:])
    calls, after = count_calls(replace(changed, incidents=told), snapshot)
    assert calls["measure"] == 1 + 3
    assert shifts_of(after) == naive_shifts(after) == shifts_of(take_snapshot(changed, NOW))
