"""The calendar of /history/: a table for each month, whose days lead to what happened."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePosixPath

import pytest
from html_reader import read_html
from sites import NOW, SITE, make_sample, make_site

from statusgen.render.calendar_contexts import CalendarDay
from statusgen.render.month_grids import weeks_of

OPEN = "---\ntitle: {0}\ncomponents: {{api: {1}}}\n---\n\n## investigating @ {2}\n\nx\n"
OVER = OPEN + "\n## resolved @ {3}\n\nx\n"
WORK = "---\ntitle: W\nstarts: {0} 22:00\nends: {0} 23:00\ncomponents: [api]\n---\n"
TABLE = re.compile(r"<table>\n<caption>(.*?)</caption>.*?</table>", re.DOTALL)
DAY = timedelta(days=1)


def calendar(page: bytes) -> dict[str, str]:
    """Each month's table by its name, in their order."""
    return {"".join(read_html(found[1]).text): found[0] for found in TABLE.finditer(page.decode())}


def cells(table: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td.*?</td>", table)]


def links(table: str) -> list[tuple[str, str, str]]:
    """(what is said, class without `state`, address) of each day that has something."""
    found = [attributes for tag, attributes in read_html(table).elements if tag == "a" and "aria-label" in attributes]
    return [(one["aria-label"], one["class"].removeprefix("state "), one["href"]) for one in found]


def history(files: dict[str, str], now: datetime = NOW) -> dict[str, str]:
    return calendar(make_site(files, now)["history/index.html"])


@pytest.mark.parametrize("first_weekday", range(7))
def test_weeks_have_seven_days_and_begin_on_any(first_weekday: int) -> None:
    for number in range(40):
        first = date(2025 + number // 12, number % 12 + 1, 1)
        last = (first + 31 * DAY).replace(day=1) - DAY
        days = [CalendarDay(first + back * DAY, True) for back in range((last - first).days + 1)]
        rows = list(weeks_of(days, first_weekday))
        assert {len(row) for row in rows} == {7}
        assert [cell for row in rows for cell in row if cell] == days
        for row in rows:
            assert any(row)
            assert all(not cell or cell.on.weekday() == (first_weekday + at) % 7 for at, cell in enumerate(row))


def test_months_come_newest_first_up_to_twelve_and_not_before_the_record() -> None:
    old = OVER.format("Old", "major_outage", "2024-03-01 09:00", "2024-03-01 10:00")
    names = list(history({"incidents/old.md": old}))
    assert (names[0], names[-1], len(names)) == ("November 2026", "December 2025", 12)
    assert list(history({"incidents/x.md": OPEN.format("X", "major_outage", "2026-10-30 09:00")})) == [
        *("November 2026", "October 2026")
    ]


def test_days_before_the_record_and_days_to_come_are_empty() -> None:
    (table,) = history({"incidents/x.md": OPEN.format("X", "major_outage", "2026-11-18 09:00")}).values()
    assert [text for text in cells(table) if text] == ["18", "19", "20"]
    assert len(cells(table)) == 42
    since = SITE.replace("api: API", "api: {name: API, since: 2026-10-15}")
    (november, october) = history({"site.yaml": since}).values()
    assert [text for text in cells(october) if text] == [str(day) for day in range(15, 32)]
    assert not links(november)


def test_a_day_says_what_was_worst_and_leads_to_it() -> None:
    files = {
        "incidents/a.md": OVER.format("A", "degraded_performance", "2026-11-03 09:00", "2026-11-04 10:00"),
        "incidents/b.md": OVER.format("B", "major_outage", "2026-11-04 09:30", "2026-11-04 09:40"),
        "changes/w.md": WORK.format("2026-11-09"),
        "incidents/note.md": "---\ntitle: N\ncomponents: {}\n---\n\n## resolved @ 2026-11-11 09:00\n\nx\n",
    }
    (table,) = history(files).values()
    assert links(table) == [
        ("3 November 2026: Degraded performance, 1 incident", "degraded_performance", "../incidents/a/"),
        ("4 November 2026: Major outage, 2 incidents", "major_outage", "../history/2026-11/#incidents/b/"),
        ("9 November 2026: Under maintenance", "under_maintenance", "../changes/w/"),
        ("11 November 2026: 1 incident", "open", "../incidents/note/"),
    ]


def test_tables_name_their_columns_and_their_month() -> None:
    (table,) = history({"incidents/x.md": OPEN.format("X", "major_outage", "2026-11-18 09:00")}).values()
    heads = re.findall(r'<th scope="col">(\w+)</th>', table)
    assert heads == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert '<caption><a href="../history/2026-11/">November 2026</a></caption>' in table


def test_every_address_of_the_sample_leads_somewhere() -> None:
    site = make_sample()
    found = [link for table in calendar(site["history/index.html"]).values() for link in links(table)]
    assert len(found) > 20
    for _, _, address in found:
        path, _, place = address.removeprefix("../").partition("#")
        page = read_html(site[str(PurePosixPath(path) / "index.html")])
        assert not place or place in page.ids


def test_a_site_without_a_record_shows_today() -> None:
    (table,) = history({}, datetime(2026, 11, 20, 23, 30, tzinfo=UTC)).values()
    assert [text for text in cells(table) if text] == ["21"]
