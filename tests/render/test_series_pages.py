"""Series on pages: what is ahead, what deviates, and a row for each month."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from html_reader import read_html
from sites import make_site

from statusgen.render.words import format_days

HEAD = "---\ntitle: Backup\ncomponents: [api]\nstarts: 2026-09-03 02:00\nduration: 1h\nrepeat: FREQ=WEEKLY\n"
TOLD = "---\n\n## scheduled @ 2026-09-01 09:00\n"
MOVED = "{on: 2026-11-26, starts: 2026-11-27 03:00, reason: a sale}"
CANCELLED = "{on: 2026-11-26, cancelled: true, reason: a sale}"
FILE = """\
---
title: A longer backup
components: {api: partial_outage}
starts: 2026-11-28 02:00
duration: 4h
occurrence: {of: backup, on: 2026-11-26}
---

## scheduled @ 2026-11-10 09:00

It takes longer.
"""


def words(pages: dict[str, bytes], path: str) -> str:
    return re.sub(r"\s+", " ", "".join(read_html(pages[f"{path}index.html"]).text))


def site(except_: str = "", more: dict[str, str] | None = None) -> dict[str, bytes]:
    extra = f"except:\n- 2026-10-08\n- {except_}\n" if except_ else ""
    return make_site({"changes/backup.md": HEAD + extra + TOLD, **(more or {})})


def test_a_moved_occurrence_is_shown_at_its_new_time() -> None:
    pages = site(MOVED)
    said = "27 November 2026, 03:00–04:00 CET, moved from 26 November 2026, 02:00–03:00 CET (a sale)"
    assert all(said in words(pages, path) for path in ("", "changes/backup/", "history/2026-11/"))
    assert "4 windows: 5, 12, 19 and 27 November" in words(pages, "history/2026-11/")


def test_windows_that_run_at_once_are_told_apart_from_what_comes() -> None:
    text = HEAD.replace("02:00", "12:30").replace("1h", "2h").replace("WEEKLY", "DAILY")
    pages = make_site({"changes/backup.md": text + "except: [{on: 2026-11-21, starts: 2026-11-20 12:45}]\n" + TOLD})
    listed = words(pages, "changes/backup/").partition("Repeats")[2]
    assert listed.lstrip().startswith("In progress 20 November 2026, 12:45–14:45 CET")
    assert listed.count("In progress") == 1


def test_a_cancelled_occurrence_is_not_silently_missing() -> None:
    pages = site(CANCELLED)
    said = "Cancelled 26 November 2026, 02:00–03:00 CET (a sale)"
    assert all(said in words(pages, path) for path in ("", "changes/backup/", "history/2026-11/"))
    assert "3 windows: 5, 12 and 19 November" in words(pages, "history/2026-11/")
    assert "Cancelled 8 October 2026" in words(pages, "changes/backup/").partition("Windows that were different")[2]


def test_the_last_one_of_a_series_that_is_cancelled_is_still_listed() -> None:
    text = HEAD.replace("WEEKLY", "WEEKLY;UNTIL=20261126") + f"except: [{CANCELLED}]\n" + TOLD
    home = words(make_site({"changes/backup.md": text}), "")
    assert "Cancelled 26 November 2026" in home.partition("Planned work")[2]


def test_a_file_and_its_series_lead_to_each_other() -> None:
    pages = site(more={"changes/longer.md": FILE})
    assert "28 November 2026, 02:00–06:00 CET" in words(pages, "")
    assert "Instead of the window of Backup on 26 November 2026, 02:00–03:00 CET." in words(pages, "changes/longer/")
    assert "../../changes/backup/" in read_html(pages["changes/longer/index.html"]).addresses
    assert "../../changes/longer/" in read_html(pages["changes/backup/index.html"]).addresses
    assert "3 windows: 5, 12 and 19 November" in words(pages, "history/2026-11/")


def test_a_cancelled_file_cancels_the_occurrence() -> None:
    pages = site(more={"changes/longer.md": f"{FILE}\n## cancelled @ 2026-11-12 09:00\n\nNo.\n"})
    assert re.search("Cancelled 28 November 2026.* A longer backup", words(pages, "changes/backup/"))
    assert re.search("Cancelled 28 November 2026.* A longer backup", words(pages, ""))


def test_nothing_is_said_of_what_would_have_come_after_the_end() -> None:
    text = f"{HEAD}except: [{CANCELLED}]\n{TOLD}\n## cancelled @ 2026-11-13 09:00\n\nNo more.\n"
    pages = make_site({"changes/backup.md": text})
    assert "2 windows: 5 and 12 November" in words(pages, "history/2026-11/")
    assert not any("26 November" in words(pages, path) for path in ("", "changes/backup/", "history/2026-11/"))


def test_what_is_not_told_yet_is_not_shown() -> None:
    files = {"changes/backup.md": HEAD + TOLD, "changes/longer.md": FILE}
    pages = make_site(files, datetime(2026, 11, 9, tzinfo=UTC))
    assert "26 November 2026, 02:00–03:00 CET" in words(pages, "changes/backup/")
    assert "changes/longer/index.html" not in pages


def test_a_series_is_listed_in_each_month_of_its_windows() -> None:
    pages = site()
    listed = [path for path in pages if path.startswith("history/2") and path.endswith("/index.html")]
    # Up to the month of the last window that its page lists.
    assert sorted(path[8:15] for path in listed) == ["2026-09", "2026-10", "2026-11", "2026-12"]
    assert "4 windows: 3, 10, 17 and 24 September" in words(pages, "history/2026-09/")
    assert "../../history/2026-11/" in read_html(pages["changes/backup/index.html"]).addresses
    assert "1 change" in words(pages, "history/")


@pytest.mark.parametrize(
    ("rule", "months"),
    [
        ("FREQ=DAILY", ["2026-11"]),
        ("FREQ=YEARLY", ["2026-11", *(f"{year}-11" for year in range(2027, 2033))]),
        ("FREQ=DAILY;COUNT=2", ["2026-11"]),
    ],
)
def test_no_series_is_listed_without_an_end(rule: str, months: list[str]) -> None:
    text = HEAD.replace("2026-09-03", "2026-11-01").replace("FREQ=WEEKLY", rule) + TOLD.replace("-09-", "-10-")
    pages = make_site({"changes/backup.md": text})
    assert (
        sorted(path[8:15] for path in pages if path.startswith("history/2") and path.endswith("/index.html")) == months
    )


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([4], "4 October"),
        ([4, 5], "4 and 5 October"),
        ([4, 11, 18], "4, 11 and 18 October"),
        ([*range(1, 25), 26, 27, 31], "1–24, 26, 27 and 31 October"),
        (range(1, 32), "1–31 October"),
    ],
)
def test_days_of_a_month(numbers: list[int], expected: str) -> None:
    assert format_days([date(2026, 10, number) for number in numbers]) == expected
