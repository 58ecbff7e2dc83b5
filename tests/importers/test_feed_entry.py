"""Entries of the shapes met in the wild -> incidents and changes."""

import time
from datetime import UTC, datetime

import pytest

from statusgen.importers.entries import Entry
from statusgen.importers.feed.components import split_names, take_components
from statusgen.importers.feed.entry import parse_entry
from statusgen.importers.feed.read import RawEntry
from statusgen.importers.feed.times import find_stamp, get_before, get_nearest


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def raw(html: str, published: str = "2026-08-21 00:37") -> RawEntry:
    return RawEntry("tag:x,2005:Incident/1", "abc", "https://x.example/incidents/abc", "A title", at(published), html)


def part(time: str, label: str, text: str = "Text.") -> str:
    return f"<p><small>{time}</small><br><strong>{label}</strong> - {text}</p>"


def parse(html: str, published: str = "2026-08-21 00:37") -> tuple[Entry, str]:
    entry, notes = parse_entry(raw(html, published))
    assert entry is not None
    return entry, "; ".join(notes)


@pytest.mark.parametrize(
    ("published", "stamps", "expected"),
    [
        ("2026-08-21 00:37", ["Aug 21, 00:37 UTC", "Aug 20, 15:01 UTC"], ["2026-08-21 00:37", "2026-08-20 15:01"]),
        ("2026-01-02 01:00", ["Jan  2, 01:00 UTC", "Dec 31, 23:00 UTC"], ["2026-01-02 01:00", "2025-12-31 23:00"]),
        ("2025-12-31 23:59", ["Jan  1, 00:01 UTC"], ["2026-01-01 00:01"]),
        ("2026-01-01 00:01", ["Dec 31, 23:59 UTC"], ["2025-12-31 23:59"]),
        ("2026-03-01 00:00", ["Mar 1, 00:00 UTC", "Jul 1, 00:00 UTC", "Aug 1, 00:00 UTC"],
         ["2026-03-01 00:00", "2025-07-01 00:00", "2024-08-01 00:00"]),
        ("2024-03-01 00:00", ["Mar 1, 00:00 UTC", "Feb 29, 12:00 UTC"], ["2024-03-01 00:00", "2024-02-29 12:00"]),
        ("2025-03-01 00:00", ["Feb 29, 12:00 UTC"], ["2024-02-29 12:00"]),
        ("2026-08-21 06:30", ["Aug 20, 23:30 PDT", "Aug 20, 22:00 PDT"], ["2026-08-21 06:30", "2026-08-21 05:00"]),
        ("2026-01-01 03:00", ["Dec 31, 19:00 PST", "Dec 31, 20:00 EST"], ["2026-01-01 03:00", "2026-01-01 01:00"]),
        ("2026-08-28 22:33", ["Aug 28, 10:33 PM UTC", "Aug 28, 12:05 AM UTC"],
         ["2026-08-28 22:33", "2026-08-28 00:05"]),
        ("2026-08-28 22:33", ["Aug 20, 2024 - 10:33 +07"], ["2024-08-20 03:33"]),
    ],
)  # fmt: skip
def test_years(published: str, stamps: list[str], expected: list[str]) -> None:
    entry, _ = parse("".join(part(stamp, "Update") for stamp in stamps), published)
    assert sorted(update.at for update in entry.updates) == sorted(map(at, expected))


def test_a_day_that_no_year_has() -> None:
    stamp = find_stamp("Feb 30, 10:00 UTC")
    assert stamp is not None
    assert get_nearest(stamp, at("2026-01-01")) is None
    assert get_before(stamp, at("2026-01-01")) is None
    assert "is not understood" in parse(part("Feb 30, 10:00 UTC", "Resolved"))[1]


def test_guesses_are_told() -> None:
    assert "unknown: taken as UTC" in parse(part("Aug 21, 00:37 XYZ", "Resolved"))[1]
    assert "'dreaming' is unknown" in parse(part("Aug 21, 00:37 UTC", "Dreaming"))[1]
    long_silence = part("Aug 21, 00:37 UTC", "Resolved") + part("Sep 21, 00:37 UTC", "Investigating")
    assert "the year of 'Sep 21, 00:37 UTC' is a guess: 2025" in parse(long_silence)[1]
    assert parse(part("Aug <var data-var='date'>21</var>, <var>00:37</var> UTC", "Resolved"))[1] == ""


def test_update_repeats_the_status_and_order_is_oldest_first() -> None:
    labels = ["Postmortem", "Resolved", "Update", "Monitoring", "Update", "Identified", "Update"]
    entry, notes = parse("".join(part("Aug 21, 00:37 UTC", label, label) for label in labels))
    assert [update.status for update in entry.updates] == [
        "investigating", "identified", "identified", "monitoring", "monitoring", "resolved", "resolved"
    ]  # fmt: skip
    assert [update.markdown for update in entry.updates] == labels[::-1]
    assert (entry.kind, entry.starts_at, entry.ends_at, notes) == ("incident", None, None, "")


def test_what_was_written_up_within_one_minute_is_over() -> None:
    labels = ["Investigating", "Resolved"]
    entry, _ = parse("".join(part("Aug 21, 21:24 UTC", label, label) for label in labels))
    assert [update.markdown for update in entry.updates] == labels


def test_change_takes_its_window_from_its_updates() -> None:
    html = part("Mar 1, 02:00 UTC", "Completed") + part("Feb 28, 17:00 UTC", "In progress")
    entry, notes = parse(html + part("Feb 27, 21:09 UTC", "Scheduled"), "2025-03-01 02:00")
    assert (entry.kind, entry.starts_at, entry.ends_at) == ("change", at("2025-02-28 17:00"), at("2025-03-01 02:00"))
    assert [update.status for update in entry.updates] == ["scheduled", "in_progress", "completed"]
    assert notes == ""


@pytest.mark.parametrize(
    ("window", "scheduled", "starts", "ends"),
    [
        ("Mar <var>3</var>, <var>01:00</var> - <var>02:00</var> UTC",
         "Mar 1, 09:00 UTC", "2026-03-03 01:00", "2026-03-03 02:00"),
        ("Mar 3, 23:00 - Mar 4, 02:00 UTC", "Mar 1, 09:00 UTC", "2026-03-03 23:00", "2026-03-04 02:00"),
        ("Mar 3, 23:00 - 02:00 UTC", "Mar 1, 09:00 UTC", "2026-03-03 23:00", "2026-03-04 02:00"),
        ("Mar 3, 17:00 - 18:00 PST", "Mar 1, 09:00 UTC", "2026-03-04 01:00", "2026-03-04 02:00"),
        ("Dec 31, 23:00 - Jan 1, 02:00 UTC", "Dec 1, 09:00 UTC", "2025-12-31 23:00", "2026-01-01 02:00"),
        ("Jan 3, 01:00 - 02:00 UTC", "Dec 20, 09:00 UTC", "2026-01-03 01:00", "2026-01-03 02:00"),
        ("Nov 3, 01:00 - 02:00 UTC", "Mar 1, 09:00 UTC", "2026-11-03 01:00", "2026-11-03 02:00"),
    ],
)  # fmt: skip
def test_stated_window(window: str, scheduled: str, starts: str, ends: str) -> None:
    published = "2025-12-20 09:00" if scheduled.startswith("Dec") else "2026-03-01 09:00"
    html = f"<p><strong>THIS IS A SCHEDULED EVENT {window}</strong></p>" + part(scheduled, "Scheduled", "We will work.")
    entry, notes = parse(html, published)
    assert (entry.kind, entry.starts_at, entry.ends_at) == ("change", at(starts), at(ends))
    assert ([update.markdown for update in entry.updates], notes) == (["We will work."], "")


def test_change_without_an_end_lasts_a_minute() -> None:
    entry, notes = parse(part("Aug 21, 00:37 UTC", "In progress"))
    assert (entry.starts_at, entry.ends_at) == (at("2026-08-21 00:37"), at("2026-08-21 00:38"))
    assert "one minute" in notes


@pytest.mark.parametrize("break_", ["<br/><br/>", "<br/>"])
def test_incident_io(break_: str) -> None:
    html = (
        f"<b>Status: Monitoring</b>{break_}We are <i>watching</i>.{break_}<b>Affected components</b>\n <ul>\n"
        "<li>Search (Degraded performance)</li><li>API (EU) (Full outage)</li>"
        "<li>Login (Operational)</li><li>Web</li></ul>"
    )
    entry, _ = parse(html)
    assert [(update.status, update.markdown) for update in entry.updates] == [("monitoring", "We are *watching*.")]
    assert entry.components == (
        ("Search", "degraded_performance"), ("API (EU)", "major_outage"), ("Login", None), ("Web", None)
    )  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "<p>This incident affected: Git, API &amp; Web (EU, US (East)).</p>",
        "<p><small>This incident affects: Git, API &amp; Web (EU, US (East)).</small></p>",
    ],
)
def test_affected_line(line: str) -> None:
    entry, _ = parse(part("Aug 21, 00:37 UTC", "Resolved", "It works. This incident affected users.") + line)
    assert [name for name, _ in entry.components] == ["Git", "API & Web: EU", "API & Web: US (East)"]
    assert [update.markdown for update in entry.updates] == ["It works. This incident affected users."]


def test_names_and_nothing() -> None:
    assert split_names("A, B (C, D)") == ["A", "B: C", "B: D"]
    assert split_names("") == []
    assert take_components("<p>Nothing affected: all well.</p>") == ("<p>Nothing affected: all well.</p>", ())


def test_entry_without_any_time_is_left_out() -> None:
    entry, notes = parse_entry(RawEntry("1", "abc", "", "A title", None, "<p>Words.</p>"))
    assert entry is None
    assert notes == ("left out: it has no time",)


def test_long_runs_of_blanks_and_breaks_end_soon_and_mean_one() -> None:
    short = part("Aug 21, 00:37 UTC", "Resolved", "One two\nthree\n\n<pre>a\n\nb</pre><br> end.")
    began = time.process_time()
    long, _ = parse(short.replace(" two", " " * 20_000 + "two").replace("<br> end", "<br> " * 3000 + "end"))
    assert time.process_time() - began < 30
    assert long == parse(short)[0]
