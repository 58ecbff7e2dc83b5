"""Whatever authors write comes out of a calendar as they wrote it, and never as anything else."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Event
from reading import events_of, make_calendars, read_calendar
from sites import parse_files

from statusgen.model.states import ChangeStatus
from statusgen.render.calendar.lines import clean, text, to_text
from statusgen.render.calendar.maintnote import add_maintnote

CHANGE = "---\ntitle: {}\nstarts: 2026-11-22 05:00\nduration: 2h\ncomponents: [web]\n---\n\n{}\n"
HOSTILE = (
    *("a, b; c: d", "C:\\New\\network", "\\n\\N\\,\\;\\\\", "END:VEVENT", 'say "x"', "^n ^' ^^", "a\tb"),
    *("🛠️" * 40, "שלום " * 30, "é" * 200, "x" * 10_000, "\\" * 301, ";" * 75, "日本" * 99),
)


def unescape(value: str) -> str:
    """By RFC 5545 (3.3.11), a character after the other."""
    found, rest = [], iter(value)
    for character in rest:
        if character == "\\":
            after = next(rest)
            assert after in "\\;,nN"
            found.append("\n" if after in "nN" else after)
        else:
            assert character not in ";,"
            found.append(character)
    return "".join(found)


def fold(name: str, value: str) -> str:
    """The lines of one property, as a calendar has them."""
    event = Event()
    event[name] = text(value)
    return to_text(event).removeprefix("BEGIN:VEVENT\r\n").removesuffix("END:VEVENT\r\n")


def unfold(data: str) -> str:
    return data.replace("\r\n ", "").removesuffix("\r\n")


@pytest.mark.parametrize("title", HOSTILE)
def test_titles(title: str) -> None:
    safe = title.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    data = make_calendars({"changes/x.md": CHANGE.format(f'"{safe}"', "Soon.")})["calendar.ics"]
    (event,) = events_of(data)
    lines = unfold(data.decode()).split("\r\n")
    (summary,) = (one.removeprefix("SUMMARY:") for one in lines if one.startswith("SUMMARY:"))
    assert unescape(summary).split() == title.split()
    assert str(event["STATUS"]) == "CONFIRMED"


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=200) | st.text('\\;,:\n\r"nN é🛠', max_size=200))
def test_any_text_means_the_same(value: str) -> None:
    data = fold("SUMMARY", value)
    assert all(len(part.encode()) <= 75 for part in data.split("\r\n"))
    assert not any(part.endswith("\\") and not part.endswith("\\\\") for part in data.split("\r\n")[:-2])
    read = unescape(unfold(data).removeprefix("SUMMARY:"))
    kept = [c for c in value.replace("\r\n", "\n") if c.isprintable() or c in "\t\n" or ord(c) > 0x9F]
    plain = "".join("\n" if c in "\u2028\u2029" else c for c in kept if not "\ud800" <= c <= "\udfff")
    # Ends of lines that other systems have are ends of lines.
    assert read.replace("\n", "") == plain.replace("\n", "")
    assert "\r" not in read


def _can_be_read(name: str) -> bool:
    """The library takes `\\,` in a parameter for an escape, which RFC 5545 and RFC 6868 do not have there."""
    return not re.search(r"\\[\\,;:nN]", name)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=150).filter(_can_be_read))
def test_a_site_of_any_name(name: str) -> None:
    content, event = parse_files({"changes/x.md": CHANGE.format("Work", "")}), Event()
    add_maintnote(event, content.changes[0], replace(content.site, name=name), ChangeStatus.SCHEDULED, {})
    read = Event.from_ical(to_text(event))
    assert str(read["ORGANIZER"]) == content.site.url
    assert read["ORGANIZER"].params["CN"].split() == clean(name).split()


def test_folding_is_between_characters() -> None:
    for length in range(60, 90):
        for character in ("é", "日", "🛠", "\\"):
            folded = fold("SUMMARY", "x" * length + character * 3)
            parts = folded.removesuffix("\r\n").split("\r\n")
            escaped = character.replace("\\", "\\\\")
            assert unfold(folded) == f"SUMMARY:{'x' * length}{escaped * 3}"
            assert max(len(part.encode()) for part in parts) <= 75
            assert all((len(part) - len(part.rstrip("\\"))) % 2 == 0 for part in parts)


def test_addresses_stay_whole_where_they_can() -> None:
    for length in range(100):
        address = "https://a.example/" + "x" * (length % 56)
        folded = fold("DESCRIPTION", "é" * length + f", {address}\nhttp://{'y' * 200}")
        assert address in folded
        assert max(len(part.encode()) for part in folded.split("\r\n")) <= 75
        assert unfold(folded) == f"DESCRIPTION:{'é' * length}\\, {address}\\nhttp://{'y' * 200}"


def test_markup_becomes_plain_text() -> None:
    body = """\
We *move* the [cache](../../pages/about/), in `eu-1`:

- first, the keys
- then, the rest

<b>No</b> downtime &amp; no loss.

```
make a
make b
```

## scheduled @ 2026-11-10 10:00

Two lines
of one paragraph.

Another one.
"""
    (event,) = events_of(make_calendars({"changes/x.md": CHANGE.format("New cache", body)})["calendar.ics"])
    found = str(event["DESCRIPTION"]).split("\n")
    assert found == [
        "We move the cache, in eu-1:", "", "- first, the keys", "- then, the rest", "", "No downtime & no loss.", "",
        "make a", "make b", "",
        "Scheduled: Two lines of one paragraph.", "", "Another one.", "",
        "https://status.acme.example/status/changes/x/",
    ]  # fmt: skip


def test_a_calendar_without_events_tells_its_zone() -> None:
    for data in make_calendars({}).values():
        calendar = read_calendar(data)
        assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]
        assert calendar["X-PUBLISHED-TTL"] == "PT1H"
