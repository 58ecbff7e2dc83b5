"""Another program finds the windows of series that history has: over clock changes, with all that deviates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile

from expanding import expand
from hypothesis import assume, given
from hypothesis import strategies as st
from random_content import Moment, contents, moments, some

from statusgen.history.changes import change_status, series_end
from statusgen.history.occurrences import find_windows
from statusgen.history.snapshot import Snapshot, take_snapshot
from statusgen.model.states import ChangeStatus
from statusgen.render.calendar.document import render_calendar
from statusgen.render.calendar.plan import plan_calendars

DAY = timedelta(days=1)
# Title, from when, until when.
Window = tuple[str, datetime, datetime]


def expected(snapshot: Snapshot, start: datetime, end: datetime) -> Iterator[Window]:
    """What takes place between two instants; what stands for an occurrence is a change of its own."""
    zone = snapshot.content.site.zone
    for change in snapshot.content.changes:
        over = series_end(change, snapshot.now) if change.repeat else None
        if not change.repeat and change_status(change, zone, snapshot.now) is ChangeStatus.CANCELLED:
            continue
        # Windows are in the order of their begin.
        for window in takewhile(lambda window: window.start < end, find_windows(change, zone)):
            if window.end > start and not (over and window.start >= over.at):
                yield change.title, window.start, window.end


def check(data: st.DataObject, moment: Moment) -> None:
    content, now = data.draw(contents(moment)), moment.now
    # The program takes 03:30 CEST for 01:30 CEST where that one is otherwise, as both are 01:30 to some clock.
    assume(not any(change.deviations and "BYHOUR" in change.repeat for change in content.changes))
    snapshot = take_snapshot(content, now)
    calendar = render_calendar(plan_calendars(snapshot)[0], content.site)
    start, end = moment.begin, moment.pool[-1] + 4 * DAY
    shown = expand(calendar, start, end)
    assert all((status == "CANCELLED") == title.startswith("CANCELLED: ") for title, status, *_ in shown)
    found = {(title, *window) for title, status, *window in shown if status == "CONFIRMED" and window[1] > start}
    wanted = set(expected(snapshot, start, end))
    assert (wanted - found, found - wanted) == (set(), set()), calendar.decode()


@some(150)
@given(st.data())
def test_random_series_near_clock_changes(data: st.DataObject) -> None:
    check(data, data.draw(moments(timedelta(minutes=15), 5 * DAY, 2 * DAY)))
