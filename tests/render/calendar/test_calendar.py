"""Which events stand in which calendar, and what each says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from reading import events_of, make_calendars, read_calendar
from sites import NOW, SITE, make_sample

from statusgen.model.names import short_name

HEAD = "---\ntitle: New cache\nstarts: {}\nduration: 2h\ncomponents: {}\n"
PLAIN = HEAD.format("2026-11-22 05:00", "{web: under_maintenance, db: degraded_performance}") + "---\n\n"
SERIES = HEAD.format("2026-10-01 02:00", "[db]") + "id: backup\nrepeat: {}\n{}---\n\n"
TOLD = "## scheduled @ 2026-09-10 10:00\n\nSoon.\n"
NAME = "changes/cache.md"
HOST = "status.acme.example"


def events(files: dict[str, str], path: str = "calendar.ics", now: datetime = NOW) -> list[Any]:
    return events_of(make_calendars(files, now)[path])


def field(event: Any, name: str) -> str:
    return str(event[name].to_ical(), "utf-8")


def objects(event: Any) -> dict[str, str]:
    found = event["X-MAINTNOTE-OBJECT-ID"]
    some = found if isinstance(found, list) else [found]
    return {str(one): one.params["X-MAINTNOTE-OBJECT-IMPACT"] for one in some}


def test_every_calendar_of_the_sample_is_read() -> None:
    sample = make_sample()
    paths = [path for path in sample if path.endswith(".ics")]
    assert len(paths) == 1 + 13
    names = [str(read_calendar(sample[path])["X-WR-CALNAME"]) for path in paths]
    assert len(set(names)) == len(names)
    assert sum(len(events_of(sample[path])) for path in paths) > 20


def test_an_event() -> None:
    (event,) = events({NAME: PLAIN + TOLD})
    assert {name: field(event, name) for name in ("UID", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP", "URL")} == {
        "UID": f"{short_name('change', 'cache')}@{HOST}",
        "DTSTART": "20261122T040000Z",
        "DTEND": "20261122T060000Z",
        "SUMMARY": "New cache",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
        "URL": f"https://{HOST}/status/changes/cache/",
    }
    assert field(event, "DTSTAMP") == field(event, "LAST-MODIFIED") == "20260910T080000Z"
    assert event["CATEGORIES"].cats == ["Website", "Database"]
    assert objects(event) == {"web": "OUTAGE", "db": "DEGRADED"}
    noted = {name: str(event[f"X-MAINTNOTE-{name}"]) for name in ("PROVIDER", "ACCOUNT", "MAINTENANCE-ID", "IMPACT")}
    assert noted == {
        "PROVIDER": HOST, "ACCOUNT": "all-customers", "MAINTENANCE-ID": short_name("change", "cache"),
        "IMPACT": "OUTAGE",
    }  # fmt: skip
    assert (event["ORGANIZER"], event["ORGANIZER"].params["CN"]) == (f"https://{HOST}/status/", "Acme")


def test_who_organises_it() -> None:
    files = {"site.yaml": SITE + "contact: noc@acme.example\n", NAME: PLAIN}
    assert events(files)[0]["ORGANIZER"] == "mailto:noc@acme.example"


@pytest.mark.parametrize(
    ("updates", "now", "status", "noted"),
    [
        ("", "2026-11-20 12:00", "CONFIRMED", "CONFIRMED"),
        ("", "2026-11-22 04:00", "CONFIRMED", "IN-PROCESS"),
        ("", "2026-11-22 06:00", "CONFIRMED", "COMPLETED"),
        ("## verifying @ 2026-11-22 06:00\n", "2026-11-22 09:00", "CONFIRMED", "IN-PROCESS"),
        ("## completed @ 2026-11-22 05:30\n", "2026-11-22 04:40", "CONFIRMED", "COMPLETED"),
        ("## cancelled @ 2026-11-19 05:30\n", "2026-11-20 12:00", "CANCELLED", "CANCELLED"),
        ("## cancelled @ 2026-11-22 05:30\n", "2026-11-23 12:00", "CANCELLED", "CANCELLED"),
    ],
)
def test_status(updates: str, now: str, status: str, noted: str) -> None:
    """The window is the plan, whatever became of it."""
    (event,) = events({NAME: PLAIN + TOLD + updates}, now=datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert (str(event["STATUS"]), str(event["X-MAINTNOTE-STATUS"])) == (status, noted)
    assert str(event["SUMMARY"]) == ("CANCELLED: New cache" if status == "CANCELLED" else "New cache")
    assert (field(event, "DTSTART"), field(event, "DTEND")) == ("20261122T040000Z", "20261122T060000Z")


@pytest.mark.parametrize(
    ("components", "found", "whole"),
    [
        ("{}", {HOST: "NO-IMPACT"}, "NO-IMPACT"),
        ("{web: operational}", {"web": "NO-IMPACT"}, "NO-IMPACT"),
        ("{web: operational, db: partial_outage}", {"web": "NO-IMPACT", "db": "DEGRADED"}, "DEGRADED"),
        ("{api: major_outage, db: partial_outage}", {"api": "OUTAGE", "db": "DEGRADED"}, "OUTAGE"),
        ("[api]", {"api": "OUTAGE"}, "OUTAGE"),
    ],
)
def test_impact(components: str, found: dict[str, str], whole: str) -> None:
    (event,) = events({NAME: HEAD.format("2026-11-22 05:00", components) + "---\n\n"})
    assert (objects(event), str(event["X-MAINTNOTE-IMPACT"])) == (found, whole)


def test_an_update_makes_it_worse() -> None:
    told = PLAIN + "## in_progress @ 2026-11-20 10:00 {db=major_outage, api=degraded_performance}\n"
    assert objects(events({NAME: told})[0]) == {"web": "OUTAGE", "db": "OUTAGE", "api": "DEGRADED"}


def test_what_was_over_a_year_ago_goes_at_the_end_of_a_day() -> None:
    files = {NAME: HEAD.format("2025-11-20 22:30", "[web]") + "---\n\n"}
    for now, there in (("2026-11-20T22:59", True), ("2026-11-21T22:59", True), ("2026-11-21T23:00", False)):
        found = make_calendars(files, datetime.fromisoformat(now).replace(tzinfo=UTC))
        assert [bool(events_of(found[path])) for path in ("calendar.ics", "components/web/calendar.ics")] == [there] * 2


def test_work_that_nobody_ended_stays() -> None:
    text = HEAD.format("2024-11-20 22:30", "[web]") + "auto: false\n---\n\n## in_progress @ 2024-11-20 22:30\n"
    assert len(events({NAME: text})) == 1


def test_a_component_has_what_names_it() -> None:
    files = {NAME: PLAIN, "changes/api.md": HEAD.format("2026-11-23 05:00", "[api]") + "---\n\n"}
    found = make_calendars(files)
    counts = {path: len(events_of(data)) for path, data in found.items()}
    assert counts == {
        "calendar.ics": 2, "components/api/calendar.ics": 1, "components/web/calendar.ics": 1,
        "components/db/calendar.ics": 1,
    }  # fmt: skip


def test_nothing_before_it_is_announced() -> None:
    text = PLAIN + "## scheduled @ 2026-11-21 10:00\n\nSecret.\n"
    assert all(b"VEVENT" not in data for data in make_calendars({NAME: text}).values())


def test_the_same_bytes_while_nothing_changes() -> None:
    files = {NAME: PLAIN + TOLD, "changes/backup.md": SERIES.format("FREQ=WEEKLY", "") + TOLD}
    first = make_calendars(files)
    assert make_calendars(files, NOW + timedelta(hours=9)) == first
    later = make_calendars({"incidents/x.md": "---\ntitle: X\n---\n\n## resolved @ 2026-11-19 10:00\n", **files})
    assert later == first
