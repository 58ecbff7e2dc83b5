"""Between now and the next transition nothing that customers can see changes; at the transition something does."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_content import Moment, contents, moments, some

from statusgen.history.snapshot import take_snapshot
from statusgen.history.transitions import next_transition
from statusgen.history.visible import is_current, visible_content
from statusgen.model.entries import Change, Deviation, Incident, Notice, ProblemReport, Update
from statusgen.model.site import Content, Site
from statusgen.model.states import ChangeStatus, IncidentStatus, ProblemStatus, State
from statusgen.model.zone import day_of, day_start
from statusgen.render.api.plan import plan_api
from statusgen.render.api.render import render_document
from statusgen.render.api.values import DocumentPlan
from statusgen.render.feeds.plan import plan_feeds
from statusgen.render.feeds.render import render_feed
from statusgen.render.pages import plan_pages
from statusgen.render.views import view_change

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
UTC = ZoneInfo("UTC")
NOW = datetime.fromisoformat("2026-11-03T12:00:00+00:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}+00:00")


# Figures that grow with every second; a day's end and every transition bring them up to date. And what nobody sees.
COUNTED = {
    "lasted_for", "silence", "between", "uptime", "effects", "seconds", "counted_work", "settled",
    "months", "quarters", "years", "down", "excluded", "pieces", "share",
}  # fmt: skip


def look(content: Content, now: datetime) -> list[object]:
    """What pages, feeds and the API tell at `now`, without what counts seconds."""
    snapshot = take_snapshot(content, now)
    feeds = [render_feed(feed, content.site) for feed in plan_feeds(snapshot).by_path.values()]
    pages = plan_pages(snapshot)
    files = chain(pages.others, *pages.entries.files)
    data = [render_document(plan, content.site) for plan in plan_api(snapshot) if isinstance(plan, DocumentPlan)]
    return [*(_steady(plan) for plan in files), *feeds, *data]


def _steady(value: object) -> object:
    if is_dataclass(value):
        seen = [field.name for field in fields(value) if field.compare and field.name not in COUNTED]
        return {name: _steady(getattr(value, name)) for name in seen}
    return [_steady(part) for part in value] if isinstance(value, tuple) else value


def check(data: st.DataObject, moment: Moment) -> None:
    content = data.draw(contents(moment))
    now, zone = moment.now, moment.zone
    after = next_transition(content, now)
    assert now < after <= day_start(day_of(now, zone) + DAY, zone)
    before = look(content, now)
    last = after - SECOND
    between = now + data.draw(st.integers(0, int((last - now).total_seconds()))) * SECOND
    assert look(content, between) == before
    assert look(content, last) == before
    assert look(content, after) != before


@some(150)
@given(st.data())
def test_nothing_differs_before_the_transition(data: st.DataObject) -> None:
    check(data, data.draw(moments(MINUTE, 3 * DAY, 3 * DAY)))


@some(100)
@given(st.data())
def test_nor_by_the_second(data: st.DataObject) -> None:
    check(data, data.draw(moments(SECOND, 5 * MINUTE, 5 * MINUTE)))


def site(zone: str = "UTC") -> Site:
    return Site("Acme", "https://a.example/", ZoneInfo(zone))


def incident(*updates: Update) -> Incident:
    return Incident("i", "incidents/i.md", "I", "", (), updates[0].at, updates)


def update(status: IncidentStatus | ChangeStatus, when: datetime, next_at: datetime | None = None) -> Update:
    return Update(f"u{when:%H%M%S}", status, when, next_at=next_at)


def change(starts: datetime, ends: datetime, *updates: Update, repeat: str = "") -> Change:
    return Change("c", "changes/c.md", "C", "", (), starts, ends, updates, repeat=repeat)


def test_an_empty_site_changes_at_the_end_of_its_day() -> None:
    berlin = Content(site("Europe/Berlin"))
    assert next_transition(berlin, NOW) == at("03T23:00")
    assert next_transition(berlin, at("03T23:00")) == at("04T23:00")


@pytest.mark.parametrize(
    ("zone", "now", "expected"),
    [
        ("Europe/Berlin", "2026-10-25T00:30Z", "2026-10-25T23:00Z"),
        ("Europe/Berlin", "2026-03-29T00:30Z", "2026-03-29T22:00Z"),
        ("Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-30T10:00Z"),
        ("Pacific/Apia", "2011-12-30T10:00Z", "2011-12-31T10:00Z"),
        ("America/Sao_Paulo", "2018-11-04T02:00Z", "2018-11-04T03:00Z"),
        ("America/St_Johns", "2006-10-29T02:40Z", "2006-10-30T03:30Z"),
    ],
)
def test_days_end_where_the_zone_ends_them(zone: str, now: str, expected: str) -> None:
    found = next_transition(Content(site(zone)), datetime.fromisoformat(now))
    assert found == datetime.fromisoformat(expected)


def test_a_promise_falls_due_also_when_later_updates_are_known() -> None:
    promised = update(IncidentStatus.INVESTIGATING, at("03T11:50"), at("03T12:20"))
    later = update(IncidentStatus.RESOLVED, at("03T15:00"))
    assert next_transition(Content(site(), (incident(promised),)), NOW) == at("03T12:20")
    assert next_transition(Content(site(), (incident(promised, later),)), NOW) == at("03T12:20")


def test_a_promise_that_was_kept_or_has_no_further_use_is_no_transition() -> None:
    promised = update(IncidentStatus.INVESTIGATING, at("03T11:50"), at("03T12:20"))
    kept = update(IncidentStatus.IDENTIFIED, at("03T11:55"))
    over = update(IncidentStatus.RESOLVED, at("03T11:55"), at("03T12:20"))
    for updates in ((promised, kept), (promised, over)):
        assert next_transition(Content(site(), (incident(*updates),)), NOW) == at("04T00:00")


def test_a_change_promises_too() -> None:
    promised = update(ChangeStatus.IN_PROGRESS, at("03T11:50"), at("03T12:20"))
    content = Content(site(), changes=(change(at("03T11:50"), at("03T13:00"), promised),))
    assert next_transition(content, NOW) == at("03T12:20")


def test_the_clock_keeps_no_promise() -> None:
    promised = update(ChangeStatus.SCHEDULED, at("03T11:00"), at("03T12:20"))
    content = Content(site(), changes=(change(at("03T11:50"), at("03T13:00"), promised),))
    assert next_transition(content, NOW) == at("03T12:20")
    completed = replace(content.changes[0], ends_at=at("03T12:10"))
    assert next_transition(Content(site(), changes=(completed,)), NOW) == at("03T12:10")
    assert next_transition(Content(site(), changes=(completed,)), at("03T12:10")) == at("04T00:00")


@pytest.mark.parametrize("status", [ChangeStatus.IN_PROGRESS, ChangeStatus.COMPLETED, ChangeStatus.CANCELLED])
def test_a_window_that_a_person_moved_has_no_edges(status: ChangeStatus) -> None:
    taken_over = change(at("03T12:30"), at("03T13:00"), update(status, NOW))
    assert next_transition(Content(site(), changes=(taken_over,)), NOW) == at("04T00:00")


def test_planned_work_that_nobody_began_leaves_the_list_when_its_window_ends() -> None:
    forgotten = replace(change(at("03T12:30"), at("03T13:00")), automatic=False)
    assert next_transition(Content(site(), changes=(forgotten,)), NOW) == at("03T13:00")


def test_a_change_that_is_not_announced_yet_has_no_edges() -> None:
    late = change(at("03T12:30"), at("03T13:00"), update(ChangeStatus.SCHEDULED, at("03T12:40")))
    assert next_transition(Content(site(), changes=(late,)), NOW) == at("03T12:40")


@pytest.mark.parametrize("status", [ChangeStatus.IN_PROGRESS, ChangeStatus.COMPLETED, ChangeStatus.CANCELLED])
def test_a_change_whose_end_is_written_in_advance_is_announced(status: ChangeStatus) -> None:
    content = Content(site(), changes=(change(at("03T12:30"), at("03T14:00"), update(status, at("03T13:00"))),))
    assert [(seen.starts_at, seen.updates) for seen in visible_content(content, NOW).changes] == [(at("03T12:30"), ())]
    assert next_transition(content, NOW) == at("03T12:30")
    assert next_transition(content, at("03T12:30")) == at("03T13:00")


def test_a_series_that_was_ended_rests() -> None:
    ended = change(at("01T12:30"), at("01T13:00"), update(ChangeStatus.CANCELLED, NOW), repeat="FREQ=DAILY")
    content = Content(site(), changes=(ended,))
    assert next_transition(content, NOW) == at("04T00:00")
    month_later = take_snapshot(content, NOW + 30 * DAY)
    view = view_change(month_later.courses[0], ended, month_later.seen)
    assert (view.status, view.starts_at, view.ahead) == (ChangeStatus.CANCELLED, at("03T12:30"), ())


def test_a_window_that_begins_while_another_of_its_series_runs_is_an_edge() -> None:
    """It may do something else to components."""
    moved = Deviation(
        datetime.fromisoformat("2026-11-04T11:00"),
        at("03T12:30"),
        at("03T14:00"),
        states=(("api", State.MAJOR_OUTAGE),),
    )
    series = replace(change(at("01T11:00"), at("01T13:00"), repeat="FREQ=DAILY"), deviations=(moved,))
    content = Content(site(), changes=(series,))
    edges = [NOW]
    for _ in range(3):
        edges.append(next_transition(content, edges[-1]))
    assert edges[1:] == [at("03T12:30"), at("03T13:00"), at("03T14:00")]


def test_windows_begin_and_end() -> None:
    content = Content(site(), changes=(change(at("03T12:30"), at("03T13:00")),))
    assert next_transition(content, NOW) == at("03T12:30")
    assert next_transition(content, at("03T12:30")) == at("03T13:00")
    assert next_transition(content, at("03T13:00")) == at("04T00:00")


def test_a_repeated_window_begins_and_ends_every_time() -> None:
    content = Content(site(), changes=(change(at("01T12:30"), at("01T13:00"), repeat="FREQ=DAILY"),))
    assert next_transition(content, NOW) == at("03T12:30")
    assert next_transition(content, at("03T12:30")) == at("03T13:00")


def test_a_notice_appears_and_expires() -> None:
    notice = Notice("n", "notices/n.md", "N", "", at("03T12:10"), at("03T12:40"))
    content = Content(site(), notices=(notice,))
    assert next_transition(content, NOW) == at("03T12:10")
    assert next_transition(content, at("03T12:10")) == at("03T12:40")
    assert [is_current(notice, at(f"03T12:{minute}")) for minute in ("09:59", "10:00", "39:59", "40:00")] == [
        False,
        True,
        True,
        False,
    ]


def test_nothing_shows_before_its_time() -> None:
    seen = update(IncidentStatus.INVESTIGATING, NOW)
    ahead = update(IncidentStatus.RESOLVED, NOW + SECOND)
    unposted = update(ChangeStatus.SCHEDULED, NOW + SECOND)
    content = Content(
        site(),
        (incident(seen, ahead), incident(ahead)),
        (change(NOW + HOUR, NOW + 2 * HOUR, unposted), change(NOW + HOUR, NOW + 2 * HOUR)),
        (Notice("n", "notices/n.md", "N", "", NOW + SECOND),),
    )
    visible = visible_content(content, NOW)
    assert [entry.updates for entry in visible.incidents] == [(seen,)]
    assert visible.changes == content.changes[1:]
    assert visible.notices == ()
    assert visible_content(content, NOW + SECOND) == content


def test_a_report_names_only_incidents_that_show() -> None:
    old, new = update(IncidentStatus.INVESTIGATING, NOW), update(IncidentStatus.INVESTIGATING, NOW + SECOND)
    first = Incident("first", "incidents/first.md", "I", "", (), old.at, (old,))
    second = Incident("second", "incidents/second.md", "I", "", (), new.at, (new,))

    def report(name: str, *about: str) -> ProblemReport:
        return ProblemReport(name, f"problems/{name}.md", "P", "", ProblemStatus.OPEN, about)

    reports = (report("both", "first", "second"), report("later", "second"), report("alone"))
    content = Content(site(), (first, second), reports=reports)
    assert visible_content(content, NOW).reports == (report("both", "first"), report("alone"))
    assert visible_content(content, NOW + SECOND).reports == reports
