"""How a change moves: the clock, until a person takes over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from statusgen.history.changes import change_status, change_updates, shown_window
from statusgen.history.effects import change_effects
from statusgen.history.occurrences import find_windows, next_window
from statusgen.history.promises import Promise, find_promise
from statusgen.model.entries import Change, Deviation, Update
from statusgen.model.states import ChangeStatus, IncidentStatus, State

BERLIN = ZoneInfo("Europe/Berlin")
SCHEDULED, IN_PROGRESS, VERIFYING, COMPLETED, CANCELLED = ChangeStatus
WORDS = {"s": SCHEDULED, "p": IN_PROGRESS, "v": VERIFYING, "c": COMPLETED, "x": CANCELLED}


def at(hour: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-03T{hour}+00:00")


def change(told: str = "", automatic: bool = True) -> Change:
    """In [12:00, 14:00); `told` is what people posted, such as `s11 p13`."""
    updates = tuple(Update(word, WORDS[word[0]], at(f"{word[1:]}:00")) for word in told.split())
    return Change("c", "changes/c.md", "C", "", (), at("12:00"), at("14:00"), updates, automatic=automatic)


@pytest.mark.parametrize(
    ("told", "now", "expected"),
    [
        ("", "11:59", ""),
        ("", "12:00", "in_progress 12"),
        ("", "13:59", "in_progress 12"),
        ("", "14:00", "in_progress 12, completed 14"),
        ("s10", "15:00", "scheduled 10, in_progress 12, completed 14"),
        ("s10 s11", "11:00", "scheduled 10, scheduled 11"),
        ("s12", "12:00", "scheduled 12, in_progress 12"),
        ("p11", "15:00", "in_progress 11"),
        ("p12", "15:00", "in_progress 12"),
        ("p13", "15:00", "in_progress 12, in_progress 13"),
        ("v13", "15:00", "in_progress 12, verifying 13"),
        ("p11 c15", "14:30", "in_progress 11"),
        ("c13", "15:00", "in_progress 12, completed 13"),
        ("c14", "15:00", "in_progress 12, completed 14"),
        ("c15", "14:59", "in_progress 12, completed 14"),
        ("c15", "15:00", "in_progress 12, completed 15"),
        ("c15 c16", "17:00", "in_progress 12, completed 15, completed 16"),
        ("v15 c16", "15:00", "in_progress 12, verifying 15"),
        ("v15 c16", "16:00", "in_progress 12, verifying 15, completed 16"),
        ("x11", "15:00", "cancelled 11"),
        ("x12", "15:00", "cancelled 12"),
        ("x13", "12:30", "in_progress 12"),
        ("p15", "16:00", "in_progress 12, in_progress 15"),
        ("s13", "13:30", "in_progress 12, in_progress 13"),
        ("s13", "15:00", "in_progress 12, in_progress 13, completed 14"),
        ("s15", "16:00", "in_progress 12, completed 14, completed 15"),
        ("x15", "16:00", "in_progress 12, completed 14, cancelled 15"),
        ("x13 s15", "16:00", "in_progress 12, cancelled 13, scheduled 15"),
        ("p13 s15", "16:00", "in_progress 12, in_progress 13, scheduled 15"),
    ],
)
def test_the_clock_moves_a_change_until_a_person_does(told: str, now: str, expected: str) -> None:
    updates = change_updates(change(told), at(now))
    assert ", ".join(f"{update.status} {update.at:%H}" for update in updates) == expected
    assert [update.automatic for update in updates] == [update.id.startswith("clock-") for update in updates]
    last = expected.split(", ")[-1].split(" ")[0] or "scheduled"
    assert change_status(change(told), BERLIN, at(now)) == last


@pytest.mark.parametrize(("told", "expected"), [("", "scheduled"), ("p13", "in_progress"), ("p13 c14", "completed")])
def test_without_the_clock_only_people_move_it(told: str, expected: str) -> None:
    by_hand = change(told, automatic=False)
    assert change_status(by_hand, BERLIN, at("15:00")) == expected
    assert change_updates(by_hand, at("15:00")) == by_hand.updates


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (None, [State.UNDER_MAINTENANCE, State.DEGRADED_PERFORMANCE, State.PARTIAL_OUTAGE, State.MAJOR_OUTAGE]),
        (True, [State.MAJOR_OUTAGE, State.DEGRADED_PERFORMANCE, State.PARTIAL_OUTAGE, State.MAJOR_OUTAGE]),
        (False, [State.OPERATIONAL] * 4),
    ],
)
def test_only_maintenance_counts_for_more_than_it_says(rule: bool | None, expected: list[State]) -> None:
    states = tuple((state.value, state) for state in State)
    effects = list(change_effects(replace(change(), states=states, counts_as_downtime=rule), BERLIN, at("15:00")))
    assert [effect.state for effect in effects] == list(State)[1:]
    assert [effect.counted for effect in effects] == expected


def test_windows_keep_the_wall_clock_and_their_length() -> None:
    gone = datetime.fromisoformat("2026-11-01T02:30+01:00")
    excepted = Deviation(gone.replace(tzinfo=None), gone, gone + timedelta(hours=2), cancelled=True)
    weekly = replace(
        change(),
        starts_at=datetime.fromisoformat("2026-10-18T02:30+02:00"),
        ends_at=datetime.fromisoformat("2026-10-18T04:30+02:00"),
        repeat="FREQ=WEEKLY;COUNT=4",
        deviations=(excepted,),
    )
    windows = list(find_windows(weekly, BERLIN))
    walls = [window.start.astimezone(BERLIN).isoformat() for window in windows]
    assert walls == ["2026-10-18T02:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-11-08T02:30:00+01:00"]
    assert {window.end - window.start for window in windows} == {timedelta(hours=2)}


def test_a_series_moves_with_its_windows() -> None:
    daily = replace(change(), repeat="FREQ=DAILY;COUNT=2")
    moments = ("03T11:59", "03T12:00", "03T14:00", "04T12:00", "04T14:00")
    times = [datetime.fromisoformat(f"2026-11-{text}+00:00") for text in moments]
    statuses = [change_status(daily, BERLIN, now) for now in times]
    assert statuses == [SCHEDULED, IN_PROGRESS, SCHEDULED, IN_PROGRESS, COMPLETED]
    assert [shown_window(daily, BERLIN, now).start.day for now in times] == [3, 3, 4, 4, 4]
    assert next_window(daily, BERLIN, times[-1]) is None


def test_a_person_ends_a_series_for_good() -> None:
    endless = replace(change("x13"), repeat="FREQ=DAILY")
    assert change_status(endless, BERLIN, at("12:30")) == IN_PROGRESS
    assert change_status(endless, BERLIN, at("13:00")) == CANCELLED
    later = at("12:30") + timedelta(days=40)
    assert change_status(endless, BERLIN, later) == CANCELLED
    assert shown_window(endless, BERLIN, later) == next(islice(find_windows(endless, BERLIN), 1))


def test_a_promise_stands_until_it_is_kept_or_nothing_is_left_to_say() -> None:
    given = Update("u1", IncidentStatus.INVESTIGATING, at("12:00"), next_at=at("13:00"))
    answered = Update("u2", IncidentStatus.IDENTIFIED, at("12:30"))
    by_clock = Update("u3", IN_PROGRESS, at("12:40"), automatic=True)

    def promise(*updates: Update, now: str = "12:50") -> Promise | None:
        return find_promise(updates[-1].status, updates, at(now))

    assert promise(given) == Promise(at("13:00"), False)
    assert promise(given, now="13:00") == Promise(at("13:00"), True)
    assert promise(given, answered) is None
    assert promise(replace(given, status=IncidentStatus.RESOLVED)) is None
    assert promise(given, by_clock) == Promise(at("13:00"), False)
    assert promise(given, replace(by_clock, status=COMPLETED)) is None
    assert promise(by_clock) is None
