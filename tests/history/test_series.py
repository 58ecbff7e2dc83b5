"""A series of many years: its windows are found from any instant on, and each is worked out once."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from itertools import islice
from types import FrameType
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from random_content import changes, moments, some

from statusgen.history.changes import shown_window
from statusgen.history.occurrences import find_windows, next_window, past_windows
from statusgen.history.snapshot import take_snapshot
from statusgen.history.transitions import next_transition
from statusgen.model.entries import Change
from statusgen.model.site import Component, Content, Site
from statusgen.model.states import State
from statusgen.render.pages import plan_pages

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# More windows than begin within 100 days and the longest length of one.
FAR = 600


@some(300)
@given(st.data())
def test_windows_from_an_instant_on_are_those_of_the_whole_that_end_later(data: st.DataObject) -> None:
    moment = data.draw(moments(MINUTE, 40 * DAY, 40 * DAY))
    change, zone = data.draw(changes(moment)), moment.zone
    whole = list(islice(find_windows(change, zone), FAR))
    for at in (*moment.pool, *(edge for window in whole[:100:20] for edge in (window.start, window.end))):
        later = [window for window in whole if window.end > at]
        assert list(islice(find_windows(change, zone, at), 5)) == later[:5]
        assert next_window(change, zone, at) == next(iter(later), None)
        assert list(past_windows(change, zone, at)) == [window for window in whole if window.start <= at]
        if whole and not change.updates:
            assert shown_window(change, zone, at) == (later or whole[-1:])[0]


def test_every_window_is_worked_out_once() -> None:
    """Counted in dateutil's own code, for the snapshot, the pages and the next transition together."""
    start, now = datetime(2006, 5, 4, 1, tzinfo=UTC), datetime(2026, 11, 20, 1, 10, tzinfo=UTC)
    states = (("api", State.UNDER_MAINTENANCE),)
    series = Change("c", "changes/c.md", "C", "", states, start, start + 30 * MINUTE, (), repeat="FREQ=DAILY")
    content = Content(
        Site("Acme", "https://a.example/", ZoneInfo("UTC"), components=(Component("api", "API"),)), changes=(series,)
    )
    worked_out = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal worked_out
        worked_out += event == "call" and frame.f_code.co_qualname == "rrule._iter"

    sys.setprofile(count)
    try:
        plan_pages(take_snapshot(content, now))
        next_transition(content, now)
    finally:
        sys.setprofile(None)
    begun = (now - start).days + 1
    assert begun <= worked_out < begun + 100
