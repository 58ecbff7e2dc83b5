"""Responses by month: means, promises and MTBF, where months begin and end, and what is taken over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from naive import first_instant, today
from random_content import contents, moments, some

from statusgen.history.response import read_response
from statusgen.history.response_months import ResponseMonth, Responses, Spread
from statusgen.history.snapshot import take_snapshot
from statusgen.model.entries import Incident, Update
from statusgen.model.site import Component, Content, Site
from statusgen.model.states import IncidentStatus

INVESTIGATING, IDENTIFIED, MONITORING, RESOLVED = IncidentStatus
DAY = 86_400
BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


NOW = at("2026-11-20T12:00")


def incident(number: int, *told: str) -> Incident:
    """`told` are the times of its updates, the last one its end unless that is `open`."""
    times = [at(text) for text in told if text != "open"]
    statuses = [INVESTIGATING, *[IDENTIFIED] * (len(told) - 2), RESOLVED][: len(times)]
    updates = tuple(Update(f"u{n}", *pair) for n, pair in enumerate(zip(statuses, times, strict=True)))
    return Incident(f"i{number}", f"incidents/i{number}.md", "I", "", (), times[0], updates)


def responses(*told: tuple[str, ...], now: datetime = NOW, since: date | None = None) -> tuple[Responses, ...]:
    site = Site("Acme", "https://a.example/", BERLIN, components=(Component("api", "API", since=since),))
    entries = tuple(incident(number, *one) for number, one in enumerate(told))
    return take_snapshot(Content(site, entries), now).responses


def months(*told: tuple[str, ...], now: datetime = NOW) -> dict[str, ResponseMonth]:
    return {found.month.period.key: found.month for found in responses(*told, now=now)}


def test_a_month_without_incidents_says_nothing() -> None:
    found = months()
    assert list(found) == ["2025-12", *(f"2026-{month:02}" for month in range(1, 12))]
    for month in found.values():
        assert month == ResponseMonth(month.period, 0, None, None, None, None, 0, 0, 0, 0, None)


def test_months_go_back_to_the_first_incident_and_not_before_all_components() -> None:
    assert next(iter(months(("2024-02-10T10:00", "2024-02-10T11:00")))) == "2024-02"
    young = responses(since=date(2026, 9, 28))
    assert [found.month.period.key for found in young] == ["2026-09", "2026-10", "2026-11"]
    assert responses(since=date(2027, 1, 1)) == ()


def test_means_medians_and_time_between_failures() -> None:
    found = months(
        ("2026-11-03T10:00", "2026-11-03T10:20", "2026-11-03T11:00"),
        ("2026-11-04T10:00", "2026-11-04T10:10", "2026-11-04T10:31"),
        ("2026-11-05T10:00", "2026-11-05T10:20"),
        ("2026-11-06T10:00", "2026-11-06T10:05", "open"),
        # Within another one, and so no less time in which all was well.
        ("2026-11-06T12:00", "2026-11-06T12:30"),
    )["2026-11"]
    assert found.first_update == Spread(5, 0, Fraction(0))
    assert found.identify == Spread(3, 35 * 60, Fraction(600))
    assert found.resolve == Spread(4, (60 + 31 + 20 + 30) * 60, Fraction(61 * 60, 2))
    assert found.resolve.mean == Fraction(141 * 60, 4)
    # From 10:05 on nothing more was said.
    assert found.silence == int((NOW - at("2026-11-06T10:05")).total_seconds())
    open_seconds = (60 + 31 + 20) * 60 + int((NOW - at("2026-11-06T10:00")).total_seconds())
    assert found.between == Fraction(20 * DAY - open_seconds, 5)


@pytest.mark.parametrize(
    ("began", "month"),
    [
        ("2026-10-31T22:59:59", "2026-10"),
        ("2026-10-31T23:00:00", "2026-11"),
        ("2026-03-31T21:59:59", "2026-03"),
        ("2026-03-31T22:00:00", "2026-04"),
    ],
)
def test_months_are_those_of_the_zone(began: str, month: str) -> None:
    found = months((began, began))
    assert [key for key, about in found.items() if about.incidents] == [month]


@pytest.mark.parametrize(("month", "hours"), [("2026-03", 31 * 24 - 1), ("2026-10", 31 * 24 + 1)])
def test_months_have_their_true_lengths(month: str, hours: int) -> None:
    found = months((f"{month}-10T10:00", f"{month}-10T11:00"))[month]
    assert found.between == (hours - 1) * 3600


def test_an_incident_over_the_end_of_a_month_counts_in_the_one_in_which_it_began() -> None:
    """Its hours are lost in both."""
    found = months(("2026-10-31T20:00", "2026-11-01T02:00"), ("2026-11-10T10:00", "2026-11-10T11:00"))
    october, november = found["2026-10"], found["2026-11"]
    assert (october.incidents, november.incidents) == (1, 1)
    assert october.resolve == Spread(1, 6 * 3600, Fraction(6 * 3600))
    assert october.between == 31 * DAY + 3600 - 3 * 3600
    assert november.between == 20 * DAY - 3 * 3600 - 3600


def test_what_is_open_for_months_leaves_nothing_of_those_between() -> None:
    found = months(("2026-08-31T12:00", "open"), ("2026-10-10T10:00", "2026-10-10T11:00"))
    assert found["2026-09"].between is None
    assert found["2026-10"].between == 0
    assert found["2026-08"].resolve is None


def test_only_what_changed_is_made_anew() -> None:
    site = Site("Acme", "https://a.example/", BERLIN)
    old = tuple(incident(n, f"2026-0{n}-10T10:00", f"2026-0{n}-10T11:00") for n in range(6, 10))
    before = take_snapshot(Content(site, old), NOW)
    changed = (*old[:2], replace(old[2], updates=(old[2].updates[0],)), old[3])
    after = take_snapshot(Content(site, changed), NOW + timedelta(minutes=1), before)
    assert after.responses == take_snapshot(Content(site, changed), NOW + timedelta(minutes=1)).responses
    same = [
        found.month.period.key
        for found, known in zip(after.responses, before.responses, strict=True)
        if found is not known
    ]
    # What is open since August reaches into all that follow.
    assert same == ["2026-08", "2026-09", "2026-10", "2026-11"]


@some(100)
@given(st.data())
def test_every_month_agrees_with_a_count(data: st.DataObject) -> None:
    moment = data.draw(moments(timedelta(minutes=15), 92 * timedelta(days=1), timedelta(0)))
    content, zone, now = data.draw(contents(moment)), moment.zone, moment.now
    snapshot = take_snapshot(content, now)
    entries = {incident.id: incident for incident in snapshot.content.incidents}
    by_month: dict[str, list[Incident]] = {}
    for entry in entries.values():
        by_month.setdefault(f"{today(entry.started_at, zone):%Y-%m}", []).append(entry)
    assert {f.month.period.key: [i for i, _ in f.rows] for f in snapshot.responses if f.rows} == by_month
    for found in snapshot.responses:
        month, own = found.month, by_month.get(found.month.period.key, [])
        told = [read_response(entry, content.site.responses, now) for entry in own]
        assert month.incidents == len(own)
        for name in ("first_update", "identify", "resolve"):
            values = [value for value in (getattr(one, name) for one in told) if value is not None]
            spread = getattr(month, name)
            assert (spread is None) == (not values)
            assert not values or (spread.mean, spread.median) == (Fraction(sum(values), len(values)), median(values))
        assert month.next_due - month.next_kept == sum(one.next_due - one.next_kept for one in told)
        assert (month.promises_kept, month.promised) == (sum(o.kept for o in told), sum(o.promised for o in told))
        start = first_instant(month.period.first, zone)
        end = first_instant(min(month.period.following, today(now, zone) + timedelta(days=1)), zone)
        assert month.between == (Fraction(calm(list(entries.values()), start, end, now), len(own)) if own else None)


def calm(entries: list[Incident], start: datetime, end: datetime, now: datetime) -> int:
    """Seconds of [start, end) in which nothing was open, between all the instants at which something begins or ends."""
    spans = [(entry.started_at, entry.resolved_at or now) for entry in entries]
    cuts = sorted({start, end, *(min(max(at, start), end) for span in spans for at in span)})
    parts = (b - a for a, b in pairwise(cuts) if not any(begin <= a and b <= over for begin, over in spans))
    return int(sum(parts, timedelta(0)).total_seconds())
