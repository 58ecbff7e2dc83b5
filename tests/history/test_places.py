"""Files that stand for an occurrence of a series: which one, from when on, and what it looks like until then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest

from statusgen.history.occurrences import find_windows
from statusgen.history.places import link_occurrences
from statusgen.history.snapshot import take_snapshot
from statusgen.history.transitions import next_transition
from statusgen.model.entries import Change, Deviation, OccurrenceName, Update
from statusgen.model.site import Component, Content, Site
from statusgen.model.states import ChangeStatus, State

HOUR = timedelta(hours=1)
SITE = Site("Acme", "https://a.example/", ZoneInfo("UTC"), components=(Component("api", "API"),))
WORK = (("api", State.UNDER_MAINTENANCE),)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}+00:00")


def wall(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}")


def told(when: str, status: ChangeStatus = ChangeStatus.SCHEDULED) -> Update:
    return Update(f"u{when}", status, at(when))


SERIES = Change(
    "s", "changes/s.md", "S", "", WORK, at("02T22:00"), at("02T23:00"), (told("01T09:00"),), repeat="FREQ=DAILY"
)


def file(starts: str, on: str, *updates: Update, name: str = "f") -> Change:
    named = OccurrenceName("s", wall(on), by_day=on.endswith("00:00"))
    begin = at(starts)
    return Change(name, f"changes/{name}.md", "F", "", WORK, begin, begin + HOUR, updates, occurrence=named)


def link(*changes: Change) -> dict[str, Change]:
    return {change.id: change for change in link_occurrences(Content(SITE, changes=changes)).changes}


def days(series: Change) -> list[int]:
    windows = takewhile(lambda window: window.start < at("08T00:00"), find_windows(series, SITE.zone))
    return [window.start.day for window in windows]


def test_a_file_takes_the_place_of_an_occurrence() -> None:
    found = link(SERIES, file("05T10:00", "04T00:00"))
    assert days(found["s"]) == [2, 3, 5, 6, 7]
    place = found["f"].place
    assert place and (place.series, place.title, place.starts_at) == ("s", "S", at("04T22:00"))
    assert place.announced == ()


def test_what_stays_within_the_window_was_announced_with_the_series() -> None:
    place = link(SERIES, file("04T22:00", "04T22:00"))["f"].place
    assert place and place.announced == (at("01T09:00"),)


@pytest.mark.parametrize("on", ["01T00:00", "04T21:00"])
def test_what_names_no_occurrence_is_a_change_like_any_other(on: str) -> None:
    found = link(SERIES, file("05T10:00", on))
    assert found["f"].place is None and not found["s"].deviations


def test_of_two_files_the_first_one_by_its_path_stands() -> None:
    found = link(SERIES, file("05T10:00", "04T00:00", name="g"), file("05T12:00", "04T22:00", name="f"))
    assert found["f"].place and found["g"].place is None
    assert [one.change and one.change.id for one in found["s"].deviations] == ["f"]


def test_a_file_goes_before_an_exception() -> None:
    gone = Deviation(wall("04T22:00"), at("04T22:00"), at("04T23:00"), cancelled=True)
    (deviation,) = link(replace(SERIES, deviations=(gone,)), file("05T10:00", "04T00:00"))["s"].deviations
    assert deviation.change and deviation.change.id == "f"


def test_the_same_values_give_the_very_same_ones() -> None:
    content = Content(SITE, changes=(SERIES, file("05T10:00", "04T00:00")))
    first, again = link_occurrences(content), link_occurrences(content)
    assert all(one is other for one, other in zip(first.changes, again.changes, strict=True))
    plain = Content(SITE, changes=(SERIES,))
    assert link_occurrences(plain) is plain


def test_until_it_is_told_the_rule_is_followed() -> None:
    content = Content(SITE, changes=(SERIES, file("05T10:00", "04T00:00", told("04T22:30"))))
    linked = link_occurrences(content)
    for now, states in (("04T22:10", State.UNDER_MAINTENANCE), ("04T22:40", State.OPERATIONAL)):
        assert take_snapshot(linked, at(now)).components["api"].state is states
    assert next_transition(linked, at("04T22:10")) == at("04T22:30")
    assert next_transition(linked, at("05T09:00")) == at("05T10:00")


def test_a_moved_occurrence_begins_and_ends_where_it_was_moved_to() -> None:
    moved = Deviation(wall("04T22:00"), at("05T10:00"), at("05T12:00"), states=(("api", State.MAJOR_OUTAGE),))
    content = Content(SITE, changes=(replace(SERIES, deviations=(moved,)),))
    assert next_transition(content, at("04T21:00")) == at("05T00:00")
    assert next_transition(content, at("05T00:00")) == at("05T10:00")
    assert next_transition(content, at("05T10:00")) == at("05T12:00")
    state = {text: take_snapshot(content, at(text)).components["api"].state for text in ("04T22:30", "05T11:00")}
    assert state == {"04T22:30": State.OPERATIONAL, "05T11:00": State.MAJOR_OUTAGE}
