"""Between now and the next transition nothing that customers can see changes; at the transition something does."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_content import COMPONENTS, Moment, contents, moments

from statusgen.history.changes import change_status, change_updates, next_window, past_windows
from statusgen.history.effects import Effect, change_effects, incident_effects
from statusgen.history.timeline import current_state
from statusgen.history.transitions import next_transition
from statusgen.history.visible import is_current, visible_content
from statusgen.model.entries import Change, Incident, Notice, ProblemReport, Update
from statusgen.model.site import Content, Site
from statusgen.model.states import ChangeStatus, IncidentStatus, ProblemStatus
from statusgen.model.zone import day_of, day_start

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
UTC = ZoneInfo("UTC")
NOW = datetime.fromisoformat("2026-11-03T12:00:00+00:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}+00:00")


def look(content: Content, now: datetime) -> dict[str, object]:
    """What a page can show at `now` without counting seconds."""
    seen, zone = visible_content(content, now), content.site.zone
    effects: list[Effect] = []
    for incident in seen.incidents:
        effects += incident_effects(incident, now)
    for change in seen.changes:
        effects += change_effects(change, zone, now)
    return {
        "content": seen,
        "states": [current_state(e for e in effects if e.component == component) for component in COMPONENTS],
        "statuses": [change_status(change, zone, now) for change in seen.changes],
        "updates": [change_updates(change, now) for change in seen.changes],
        "windows": [(past_windows(change, zone, now), next_window(change, zone, now)) for change in seen.changes],
        "notices": [is_current(notice, now) for notice in seen.notices],
        "late": {update.id for entry in (*seen.incidents, *seen.changes) for update in _late(entry, now)},
        "day": day_of(now, zone),
    }


def _late(entry: Incident | Change, now: datetime) -> list[Update]:
    ended = (IncidentStatus.RESOLVED, ChangeStatus.COMPLETED, ChangeStatus.CANCELLED)
    newest = entry.updates[-1:]
    return [update for update in newest if update.next_at and update.next_at <= now and update.status not in ended]


def check(data: st.DataObject, moment: Moment) -> None:
    content = data.draw(contents(moment))
    now, zone = moment.now, moment.zone
    after = next_transition(content, now)
    assert now < after <= day_start(day_of(now, zone) + 1 * DAY, zone)
    before = look(content, now)
    last = after - SECOND
    between = now + data.draw(st.integers(0, int((last - now).total_seconds()))) * SECOND
    assert look(content, between) == before
    assert look(content, last) == before
    # The clock does not move every change: one that people moved keeps the edges of its window as transitions.
    edges = {edge for change in content.changes for edge in (change.starts_at, change.ends_at)}
    for change in content.changes:
        windows = past_windows(change, zone, after) if change.repeat else []
        edges |= {edge for window in windows for edge in (window.start, window.end)}
    assert look(content, after) != before or after in edges


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_nothing_differs_before_the_transition(data: st.DataObject) -> None:
    check(data, data.draw(moments(MINUTE, 3 * DAY, 3 * DAY)))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
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

    def report(id: str, *ids: str) -> ProblemReport:
        return ProblemReport(id, f"problems/{id}.md", "P", "", ProblemStatus.OPEN, ids)

    reports = (report("both", "first", "second"), report("later", "second"), report("alone"))
    content = Content(site(), (first, second), reports=reports)
    assert visible_content(content, NOW).reports == (report("both", "first"), report("alone"))
    assert visible_content(content, NOW + SECOND).reports == reports
