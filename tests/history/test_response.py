"""How an incident was responded to: a table of courses, and a count of every minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_content import incidents, moments, responses, some

from statusgen.history.response import Answer, Response, due_at, read_response
from statusgen.model.entries import Incident, Update
from statusgen.model.hours import Hours
from statusgen.model.service_level import Limit, Measure, ResponseLevel
from statusgen.model.states import Impact, IncidentStatus, State

INVESTIGATING, IDENTIFIED, MONITORING, RESOLVED = IncidentStatus
WORDS = {"v": INVESTIGATING, "i": IDENTIFIED, "m": MONITORING, "r": RESOLVED}
FIRST, BETWEEN, RESOLVE = Measure
MINUTE = timedelta(minutes=1)


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-03T{clock}+00:00")


def incident(told: str, **states: State) -> Incident:
    """It began at 9. `told` is what people posted, such as `v09:10>09:40 r10:00`; a time behind `>` is a promise of the
    next update."""
    updates = []
    for word in told.split():
        clock, _, promised = word[1:].partition(">")
        updates.append(Update(word, WORDS[word[0]], at(clock), next_at=at(promised) if promised else None))
    return Incident("i", "incidents/i.md", "I", "", tuple(states.items()), at("09:00"), tuple(updates))


def minutes(response: Response) -> list[int | None]:
    found = (response.first_update, response.identify, response.resolve, response.silence)
    return [None if seconds is None else seconds // 60 for seconds in found]


# What was told, now, minutes to the first update, to identify and to resolve, of silence; next updates that were kept
# and that were due.
COURSES = [
    ("v09:10 i09:40 m10:00 r10:10", "12:00", [10, 40, 70, 30], (0, 0)),
    ("v09:00 r10:10", "12:00", [0, None, 70, 70], (0, 0)),
    ("r09:20", "12:00", [20, None, 20, None], (0, 0)),
    ("v09:10 m09:30 i09:50 r10:00", "12:00", [10, 30, 60, 20], (0, 0)),
    # Open: up to now, also from the only update.
    ("v09:10", "09:10", [10, None, None, 0], (0, 0)),
    ("v09:10 i09:20", "10:00", [10, 20, None, 40], (0, 0)),
    ("v09:10 i11:20", "11:30", [10, 140, None, 130], (0, 0)),
    # More words after the end put nothing off, and nobody waited for them.
    ("v09:10 r09:20 r18:00", "20:00", [10, None, 20, 10], (0, 0)),
    # It was not the end after all: the time between is no silence.
    ("v09:10 r09:20 v12:00 r12:30", "20:00", [10, None, 210, 30], (0, 0)),
    # The very instant is in time.
    ("v09:10>09:40 i09:40>10:00 r10:01", "12:00", [10, 40, 61, 30], (1, 2)),
    ("v09:10>09:40 v09:39 r12:00", "13:00", [10, None, 180, 141], (1, 1)),
    ("v09:10>09:40", "09:39", [10, None, None, 29], (0, 0)),
    ("v09:10>09:40", "09:40", [10, None, None, 30], (0, 1)),
    # After the end nothing is left to say.
    ("v09:10 r09:20>09:40", "12:00", [10, None, 20, 10], (0, 0)),
]


@pytest.mark.parametrize(("told", "now", "times", "kept_of"), COURSES)
def test_courses(told: str, now: str, times: list[int | None], kept_of: tuple[int, int]) -> None:
    found = read_response(incident(told), (), at(now))
    assert minutes(found) == times
    assert (found.next_kept, found.next_due) == kept_of
    assert (found.answers, found.promised, found.kept) == ((), 0, 0)


def level(**limits: int) -> ResponseLevel:
    """Minutes of measures for incidents that are critical."""
    return ResponseLevel("p", tuple(Limit(Impact.CRITICAL, Measure(name), n * MINUTE) for name, n in limits.items()))


PROMISE = level(first_update=15, between_updates=30, resolve=60)
# What was told, now, and what became of the first update, of those between, and of the end; with what is due.
ANSWERS = [
    ("v09:15 v09:45 r10:00", "12:00", [(True, ""), (True, ""), (True, "")]),
    ("v09:16 v09:47 r10:01", "12:00", [(False, ""), (False, ""), (False, "")]),
    ("v09:10", "09:20", [(True, ""), (None, "09:40"), (None, "10:00")]),
    ("v09:10", "09:40", [(True, ""), (False, ""), (None, "10:00")]),
    ("v09:10 v09:50", "09:55", [(True, ""), (False, ""), (None, "10:00")]),
    ("v09:10 v09:40", "10:00", [(True, ""), (None, "10:10"), (False, "")]),
]


@pytest.mark.parametrize(("told", "now", "expected"), ANSWERS)
def test_promises(told: str, now: str, expected: list[tuple[bool | None, str]]) -> None:
    found = read_response(incident(told, api=State.MAJOR_OUTAGE), (("api", PROMISE),), at(now))
    assert [answer.measure for answer in found.answers] == [FIRST, BETWEEN, RESOLVE]
    dues = [f"{answer.due_at:%H:%M}" if answer.due_at else "" for answer in found.answers]
    assert list(zip((answer.kept for answer in found.answers), dues, strict=True)) == expected
    verdicts = [kept for kept, _ in expected]
    assert (found.kept, found.promised) == (verdicts.count(True), 3 - verdicts.count(None))


def test_where_nobody_waited_for_another_update_there_is_none_to_keep() -> None:
    found = read_response(incident("r09:10", api=State.MAJOR_OUTAGE), (("api", PROMISE),), at("12:00"))
    assert [answer.measure for answer in found.answers] == [FIRST, RESOLVE]


def limits_of(states: dict[str, State], *levels: tuple[str, ResponseLevel]) -> dict[Measure, int]:
    found = read_response(incident("v09:10", **states), levels, at("09:10"))
    return {answer.measure: answer.allowed_for // MINUTE for answer in found.answers}


def test_of_several_promises_the_strictest_holds_for_each_measure() -> None:
    one, other = ("api", level(first_update=10, resolve=90)), ("web", level(first_update=20, resolve=60))
    both = {"api": State.MAJOR_OUTAGE, "web": State.PARTIAL_OUTAGE}
    assert limits_of(both, one, other) == limits_of(both, other, one) == {FIRST: 10, RESOLVE: 60}
    assert limits_of({"web": State.MAJOR_OUTAGE}, one, other) == {FIRST: 20, RESOLVE: 60}
    assert limits_of({"db": State.MAJOR_OUTAGE}, one, other) == {}


def test_a_promise_is_for_an_impact_the_one_that_an_incident_has_by_now() -> None:
    worse = Update("u", IDENTIFIED, at("09:20"), states=(("api", State.MAJOR_OUTAGE),))
    begun = incident("v09:10", api=State.PARTIAL_OUTAGE)
    levels = (("api", level(resolve=60)),)
    assert read_response(begun, levels, at("09:30")).answers == ()
    assert read_response(replace(begun, updates=(*begun.updates, worse)), levels, at("09:30")).answers == (
        Answer(RESOLVE, 60 * MINUTE, None, at("10:00")),
    )
    milder = replace(incident("v09:10", api=State.MAJOR_OUTAGE), impact_override=Impact.MINOR)
    assert read_response(milder, levels, at("09:30")).answers == ()


def test_another_promise_is_another_answer_for_the_very_same_incident() -> None:
    over = incident("v09:10 r09:50", api=State.MAJOR_OUTAGE)
    kept = [
        [answer.kept for answer in read_response(over, (("api", level(resolve=most)),), at("12:00")).answers]
        for most in (60, 40, 60)
    ]
    assert kept == [[True], [False], [True]]


@some(200)
@given(st.data())
def test_every_figure_agrees_with_a_count(data: st.DataObject) -> None:
    moment = data.draw(moments(MINUTE, timedelta(days=1), timedelta(0)))
    entry, levels, now = data.draw(incidents(moment)), data.draw(responses(moment)), moment.now
    found, updates = read_response(entry, levels, now), list(entry.updates)
    ended = naive_end(updates)
    assert found.first_update == since_begin(entry, updates[0].at)
    named = [update.at for update in updates if update.status in (IDENTIFIED, MONITORING)]
    assert found.identify == since_begin(entry, min(named, default=None))
    assert found.resolve == since_begin(entry, ended)
    assert (found.silence is None) == all(update.status is RESOLVED for update in updates)
    assert (found.silence or 0) == naive_silence(updates, now)
    fates = [promise_fate(updates, number, now) for number in range(len(updates))]
    assert (found.next_kept, found.next_due) == (fates.count(True), fates.count(True) + fates.count(False))
    for answer in found.answers:
        assert answer.kept == naive_kept(entry, answer, ended, now)
    assert {answer.measure: answer.allowed_for for answer in found.answers} == naive_limits(entry, levels)


def since_begin(entry: Incident, when: datetime | None) -> float | None:
    return None if when is None else (when - entry.started_at).total_seconds()


def naive_end(updates: list[Update]) -> datetime | None:
    """The first instant from which on nothing but the end was told."""
    ends = [one.at for number, one in enumerate(updates) if all(u.status is RESOLVED for u in updates[number:])]
    return min(ends, default=None)


def naive_silence(updates: list[Update], now: datetime) -> float:
    """Asks at every minute since when people have been waiting."""
    longest, tick = timedelta(0), updates[0].at
    while tick <= now:
        last = [update for update in updates if update.at < tick][-1:]
        if last and last[0].status is not RESOLVED:
            longest = max(longest, tick - last[0].at)
        tick += MINUTE
    return longest.total_seconds()


def naive_limits(entry: Incident, levels: tuple[tuple[str, ResponseLevel], ...]) -> dict[Measure, timedelta]:
    named = {name for states in (entry.states, *(update.states for update in entry.updates)) for name, _ in states}
    limits = [limit for name, level in levels if name in named for limit in level.limits]
    longest_first = sorted(limits, key=lambda limit: -limit.allowed_for)
    found = {limit.measure: limit.allowed_for for limit in longest_first if limit.impact is entry.impact}
    if all(update.status is RESOLVED for update in entry.updates):
        found.pop(BETWEEN, None)
    return found


def promise_fate(updates: list[Update], number: int, now: datetime) -> bool | None:
    """Of an update's promise of the next one: kept, missed, or None where there is none or it may still be kept."""
    promised = updates[number].next_at
    if promised is None or updates[number].status is RESOLVED:
        return None
    later = updates[number + 1 :]
    if later:
        return later[0].at <= promised
    return False if now >= promised else None


def naive_kept(entry: Incident, answer: Answer, ended: datetime | None, now: datetime) -> bool | None:
    most = answer.allowed_for
    if answer.measure is FIRST:
        return entry.updates[0].at - entry.started_at <= most
    if answer.measure is RESOLVE:
        if ended:
            return ended - entry.started_at <= most
        return None if now - entry.started_at < most else False
    late = any(other.at - one.at > most for one, other in pairwise(entry.updates) if one.status is not RESOLVED)
    if late or (not ended and now - entry.updates[-1].at >= most):
        return False
    return True if ended else None


def test_what_is_due_is_counted_in_true_time() -> None:
    assert due_at(at("09:00"), 90 * MINUTE, None) == at("10:30")


# Of a week in which the clocks go forward in the night to Sunday.
WORK = Hours(ZoneInfo("Europe/Berlin"), (((540, 1020),),) * 5 + ((), ((60, 300),)), frozenset({date(2026, 3, 27)}))


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-03-25 10:00", 90, "2026-03-25 11:30"),
        ("2026-03-25 16:00", 60, "2026-03-25 17:00"),
        ("2026-03-25 16:00", 61, "2026-03-26 09:01"),
        ("2026-03-25 20:00", 30, "2026-03-26 09:30"),
        # Friday is a holiday, and Sunday's four hours are three.
        ("2026-03-26 16:30", 60, "2026-03-29 01:30"),
        ("2026-03-26 16:30", 30 + 180, "2026-03-29 05:00"),
        ("2026-03-26 16:30", 30 + 181, "2026-03-30 09:01"),
    ],
)
def test_what_is_due_in_business_hours(start: str, minutes: int, due: str) -> None:
    begins, ends = (datetime.fromisoformat(text).replace(tzinfo=WORK.zone) for text in (start, due))
    assert due_at(begins.astimezone(UTC), minutes * MINUTE, WORK) == ends.astimezone(UTC)


def test_of_several_promises_that_count_other_hours_each_one_holds() -> None:
    """From Friday to Monday, 66 hours later."""
    told = "2026-03-20 17:00", "2026-03-23 11:00"
    began, ended = (datetime.fromisoformat(text).replace(tzinfo=WORK.zone).astimezone(UTC) for text in told)
    updates = (Update("a", INVESTIGATING, began), Update("b", RESOLVED, ended))
    states = (("api", State.MAJOR_OUTAGE), ("web", State.MAJOR_OUTAGE))
    entry = Incident("x", "incidents/x.md", "X", "", states, began, updates)
    slow, fast = level(resolve=6 * 60), level(resolve=5 * 60)
    levels = (("api", replace(slow, hours=WORK)), ("web", fast))
    for chosen, kept, hours in ((levels[:1], True, WORK), (levels[1:], False, None), (levels, False, None)):
        (answer,) = [a for a in read_response(entry, chosen, ended).answers if a.measure is RESOLVE]
        assert (answer.kept, answer.hours) == (kept, hours)
    still = replace(entry, updates=updates[:1])
    (answer,) = [a for a in read_response(still, levels, began + 60 * MINUTE).answers if a.measure is RESOLVE]
    assert (answer.kept, answer.due_at) == (None, began + 300 * MINUTE)
