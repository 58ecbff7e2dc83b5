"""The newest entries, followed from look to look, are those of a count from nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from statusgen.history.course import Course
from statusgen.model.entries import Change, Incident, Update
from statusgen.model.states import ChangeStatus, IncidentStatus
from statusgen.render.api.recent import Recent, find_recent

FIRST = datetime(2026, 11, 3, tzinfo=UTC)


@st.composite
def courses(draw: st.DrawFn, number: int) -> Course:
    minutes: list[int] = draw(st.lists(st.integers(0, 8), max_size=2))
    times = [FIRST + timedelta(minutes=minute) for minute in sorted(minutes)]
    if draw(st.booleans()) and times:
        told = tuple(Update(f"u{n}", IncidentStatus.RESOLVED, at) for n, at in enumerate(times))
        return Course(Incident(f"i{number}", f"{number}.md", "", "", (), times[0], told), told, (), True)
    planned = tuple(Update(f"u{n}", ChangeStatus.SCHEDULED, at) for n, at in enumerate(times))
    starts = FIRST + timedelta(minutes=draw(st.integers(0, 8)))
    change = Change(f"c{number}", f"{number}.md", "", "", (), starts, starts + timedelta(hours=1), planned)
    return Course(change, planned, (), False)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_looks_follow_each_other(data: st.DataObject) -> None:
    count, known = data.draw(st.integers(1, 4)), Recent()
    every = [data.draw(courses(number)) for number in range(data.draw(st.integers(0, 7)))]
    for _ in range(4):
        known = find_recent(tuple(every), known, count)
        assert known == find_recent(tuple(every), Recent(), count)
        times = [update.at for course in every for update in course.updates]
        assert known.told_at == max(times, default=None)
        firsts = [course.updates[0].at if course.updates else course.entry.starts_at for course in every]  # type: ignore[union-attr]
        paths = [course.entry.path for course in every]
        order = sorted(zip(firsts, paths, strict=True), reverse=True)
        assert [course.entry.path for course in known.newest] == [path for _, path in order[:count]]
        every = [
            data.draw(courses(number)) if not data.draw(st.integers(0, 3)) else one for number, one in enumerate(every)
        ]
        every = [course for course in every if data.draw(st.integers(0, 5))]
