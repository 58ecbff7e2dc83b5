"""Series in calendars: rules, where they end, and what of them is otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from expanding import expand
from reading import events_of, make_calendars
from sites import NOW

from statusgen.model.names import short_name

SERIES = """\
---
title: Backup
id: backup
starts: 2026-10-01 02:00
duration: {}
components: [db]
repeat: {}
{}---

Nightly.

"""
TOLD = "## scheduled @ 2026-09-10 10:00\n\nSoon.\n\n"
FILE = """\
---
title: Longer backup
starts: 2026-11-26 01:00
duration: 6h
components: [web]
occurrence: {of: backup, on: 2026-11-26}
---

## scheduled @ 2026-11-12 10:00

Because of the move.
"""
UID = f"{short_name('change', 'backup')}@status.acme.example"


def series(rule: str, more: str = "", updates: str = TOLD, length: str = "1h") -> dict[str, str]:
    return {"changes/backup.md": SERIES.format(length, rule, more) + updates}


def read(files: dict[str, str], path: str = "calendar.ics", now: datetime = NOW) -> list[Any]:
    return events_of(make_calendars(files, now)[path])


def field(event: Any, name: str) -> str:
    return str(event[name].to_ical(), "utf-8")


def state(event: Any) -> tuple[str, str]:
    return str(event["STATUS"]), str(event["X-MAINTNOTE-STATUS"])


ENDED = "## {} @ 2026-10-20 12:00\n\nNo more.\n"


@pytest.mark.parametrize(
    ("rule", "updates", "found"),
    [
        ("FREQ=WEEKLY", "", "FREQ=WEEKLY"),
        ("FREQ=WEEKLY;COUNT=30", "", "FREQ=WEEKLY;COUNT=30"),
        ("FREQ=WEEKLY;UNTIL=20261231", "", "FREQ=WEEKLY;UNTIL=20261231T225959Z"),
        ("FREQ=WEEKLY;UNTIL=20261001T033000", "", "FREQ=WEEKLY;UNTIL=20261001T013000Z"),
        ("FREQ=WEEKLY;UNTIL=99991231", "", "FREQ=WEEKLY"),
        ("FREQ=YEARLY;COUNT=9999", "", "FREQ=YEARLY;COUNT=9999"),
        # Ended by a person, who may come later than the rule does.
        ("FREQ=WEEKLY", "cancelled", "FREQ=WEEKLY;UNTIL=20261020T095959Z"),
        ("FREQ=WEEKLY;COUNT=30", "completed", "FREQ=WEEKLY;UNTIL=20261020T095959Z"),
        ("FREQ=WEEKLY;COUNT=2", "completed", "FREQ=WEEKLY;COUNT=2"),
        ("FREQ=WEEKLY;UNTIL=20261231", "completed", "FREQ=WEEKLY;UNTIL=20261020T095959Z"),
        ("FREQ=WEEKLY;UNTIL=20261009", "completed", "FREQ=WEEKLY;UNTIL=20261009T215959Z"),
    ],
)
def test_rules(rule: str, updates: str, found: str) -> None:
    (event,) = read(series(rule, updates=TOLD + (ENDED.format(updates) if updates else "")))
    own = {part.partition("=")[0]: part for part in field(event, "RRULE").split(";")}
    assert own == {part.partition("=")[0]: part for part in found.split(";")}
    assert event["DTSTART"].dt.isoformat() == "2026-10-01T02:00:00+02:00"
    assert event["DTSTART"].params["TZID"] == event["DTEND"].params["TZID"] == "Europe/Berlin"


@pytest.mark.parametrize(
    ("updates", "found"),
    [
        ("", ("CONFIRMED", "CONFIRMED")),
        (ENDED.format("cancelled"), ("CONFIRMED", "COMPLETED")),
        (ENDED.format("completed"), ("CONFIRMED", "COMPLETED")),
        ("## cancelled @ 2026-09-20 12:00\n", ("CANCELLED", "CANCELLED")),
    ],
)
def test_state(updates: str, found: tuple[str, str]) -> None:
    """What was cancelled before any of it took place is cancelled as a whole."""
    (event,) = read(series("FREQ=WEEKLY", updates=TOLD + updates))
    assert state(event) == found
    assert str(event["SUMMARY"]).startswith("CANCELLED: ") == (found[0] == "CANCELLED")
    assert ("UNTIL" in field(event, "RRULE")) == (found[1] == "COMPLETED")


def test_a_series_whose_last_window_is_over_is_completed() -> None:
    assert state(read(series("FREQ=WEEKLY;COUNT=2"))[0]) == ("CONFIRMED", "COMPLETED")
    assert read(series("FREQ=WEEKLY;COUNT=2"), now=datetime(2027, 10, 9, tzinfo=UTC)) == []
    assert len(read(series("FREQ=WEEKLY;COUNT=2"), now=datetime(2027, 10, 8, tzinfo=UTC))) == 1


def test_a_rule_that_has_no_window_at_its_start() -> None:
    (event,) = read(series("FREQ=WEEKLY;BYDAY=MO"))
    assert event["DTSTART"].dt.isoformat() == "2026-10-05T02:00:00+02:00"


def test_a_window_over_a_clock_change_has_its_true_length() -> None:
    text = SERIES.format("4h", "FREQ=DAILY", "").replace("2026-10-01 02:00", "2026-10-25 01:00") + TOLD
    (event,) = read({"changes/backup.md": text})
    assert event["DTEND"].dt == datetime(2026, 10, 25, 3, tzinfo=UTC)


def test_what_deviates() -> None:
    other = "starts: 2026-11-13 05:00, title: Other, reason: Too *late*, components: [web]"
    more = f"except: [2026-11-19, {{on: 2026-11-12, {other}}}]\n"
    master, moved, cancelled = read(series("FREQ=WEEKLY", more))
    assert [str(one["UID"]) for one in (master, moved, cancelled)] == [UID] * 3
    assert field(cancelled, "RECURRENCE-ID") == "20261119T020000"
    assert cancelled["RECURRENCE-ID"].params["TZID"] == "Europe/Berlin"
    assert state(cancelled) == ("CANCELLED", "CANCELLED") and str(cancelled["SUMMARY"]) == "CANCELLED: Backup"
    assert (field(moved, "DTSTART"), field(moved, "DTEND")) == ("20261113T040000Z", "20261113T050000Z")
    assert str(moved["SUMMARY"]) == "Other" and str(moved["DESCRIPTION"]).startswith("Too late\n\nNightly.")
    assert (str(moved["X-MAINTNOTE-OBJECT-ID"]), moved["CATEGORIES"].cats) == ("web", ["Website"])
    assert {str(one["X-MAINTNOTE-MAINTENANCE-ID"]) for one in (master, moved)} == {short_name("change", "backup")}


def test_what_was_to_come_after_the_end_is_left_out() -> None:
    moved = "{on: 2026-10-15, starts: 2026-10-21 05:00}, {on: 2026-10-22, starts: 2026-10-19 05:00}"
    more = f"except: [2026-10-08, 2026-11-19, {moved}]\n"
    data = make_calendars(series("FREQ=WEEKLY", more, TOLD + ENDED.format("cancelled")))["calendar.ics"]
    shown = expand(data, datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    assert [(f"{start:%m-%d}", status) for _, status, start, _ in sorted(shown, key=lambda one: one[2])] == [
        ("10-01", "CONFIRMED"), ("10-08", "CANCELLED"), ("10-19", "CONFIRMED"), ("10-21", "CANCELLED")
    ]  # fmt: skip


def test_a_file_of_its_own_stands_in_its_series() -> None:
    files = {**series("FREQ=WEEKLY"), "changes/longer.md": FILE}
    master, own = read(files)
    assert (str(own["UID"]), field(own, "RECURRENCE-ID")) == (UID, "20261126T020000")
    assert (field(own, "DTSTART"), field(own, "DTEND")) == ("20261126T000000Z", "20261126T060000Z")
    assert str(own["X-MAINTNOTE-MAINTENANCE-ID"]) == short_name("change", "longer")
    assert str(own["DESCRIPTION"]).endswith("/changes/longer/") and str(own["SUMMARY"]) == "Longer backup"
    assert int(own["SEQUENCE"]) >= int(master["SEQUENCE"])
    # It stands in all calendars that have the series, and is planned work like any other elsewhere.
    assert [str(one["UID"]) for one in read(files, "components/db/calendar.ics")] == [UID] * 2
    (alone,) = read(files, "components/web/calendar.ics")
    assert str(alone["UID"]) == f"{short_name('change', 'longer')}@status.acme.example" and "RECURRENCE-ID" not in alone


def test_a_file_that_cancels_its_occurrence() -> None:
    files = {**series("FREQ=WEEKLY"), "changes/longer.md": FILE + "\n## cancelled @ 2026-11-19 10:00\n"}
    _, own = read(files)
    assert state(own) == ("CANCELLED", "CANCELLED")


def test_one_zone_for_all_series() -> None:
    early = SERIES.format("1h", "FREQ=DAILY;COUNT=900", "").replace("2026-10", "2024-03").replace("backup", "early")
    text = make_calendars({**series("FREQ=WEEKLY"), "changes/early.md": early})["calendar.ics"].decode()
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert "DTSTART:20230101T010000" in text
