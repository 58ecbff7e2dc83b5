"""What is written is read back as it was meant: titles, times, names of files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statusgen.author.asked import clean_title, make_slug, place_of
from statusgen.author.front import quote
from statusgen.author.lines import split_lines
from statusgen.author.message import say_duration, say_when
from statusgen.author.moments import read_moment, read_next, write_moment
from statusgen.errors import Error
from statusgen.model.site import Site
from statusgen.parse.front_matter import parse_document
from statusgen.parse.slug import slug_of
from statusgen.parse.times import Clock

BERLIN = Clock(ZoneInfo("Europe/Berlin"))
NOW = datetime(2026, 11, 3, 8, 20, 30, tzinfo=UTC)  # 09:20:30 in Berlin
# In the night in which clocks go back, and in that in which they go forward.
NIGHTS = (datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2027, 3, 27, 22, tzinfo=UTC))


@settings(max_examples=300, deadline=None)
@given(st.text(min_size=1))
def test_titles(text: str) -> None:
    try:
        title = clean_title(text)
    except Error:
        return
    try:
        data = f"---\ntitle: {quote(title)}\n---\n".encode()
    except UnicodeEncodeError:
        return  # half of a character, which no terminal gives
    document, problems = parse_document("incidents/x.md", data)
    assert problems or (document and " ".join(document.header.value[0][1].value.split()) == title), data
    assert not problems or not title.isprintable()


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(NIGHTS), st.integers(0, 6 * 3600))
def test_times(night: datetime, seconds: int) -> None:
    at = night + timedelta(seconds=seconds)
    assert BERLIN.parse_time(write_moment(at, BERLIN)) == at


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["a", "\n", "\r", "\r\n", "\x85", "\u2028", "\ufeff", "## x", ""])))
def test_lines_keep_every_byte(parts: list[str]) -> None:
    data = "".join(parts).encode()
    assert split_lines(data).encode() == data


@pytest.mark.parametrize(
    ("text", "towards", "read"),
    [
        ("09:20", "past", "2026-11-03 08:20"),
        ("9:25", "past", "2026-11-03 08:25"),
        ("09:26", "past", "2026-11-02 08:26"),
        ("23:50", "past", "2026-11-02 22:50"),
        ("22:00", "future", "2026-11-03 21:00"),
        ("09:00", "future", "2026-11-04 08:00"),
        ("2026-11-03 09:00 UTC", "past", "2026-11-03 09:00"),
        ("2026-11-03T09:00", "future", "2026-11-03 08:00"),
        ("now", "past", "2026-11-03 08:20"),
    ],
)
def test_times_of_day_are_the_nearest(text: str, towards: str, read: str) -> None:
    at = read_moment(text, "--at", BERLIN, NOW, "past" if towards == "past" else "future")
    assert f"{at:%Y-%m-%d %H:%M}" == read


@pytest.mark.parametrize(
    ("now", "text", "towards", "read"),
    [
        # Days of 25 and of 23 hours.
        ("2026-10-25 11:00", "00:30", "future", "2026-10-25 23:30"),
        ("2026-10-24 22:10", "00:30", "past", "2026-10-23 22:30"),
        ("2026-03-29 22:10", "00:30", "past", "2026-03-28 23:30"),
        ("2026-03-29 10:00", "00:30", "future", "2026-03-29 22:30"),
    ],
)
def test_the_day_before_and_after_is_one_of_the_calendar(now: str, text: str, towards: str, read: str) -> None:
    instant = datetime.fromisoformat(now).replace(tzinfo=UTC)
    at = read_moment(text, "--at", BERLIN, instant, "past" if towards == "past" else "future")
    assert f"{at:%Y-%m-%d %H:%M}" == read


@pytest.mark.parametrize(
    ("text", "promised"),
    [("30m", "08:50"), ("1 h", "09:20"), ("10:30", "09:30"), ("9:10", "08:10"), ("0m", None), ("x", None)],
)
def test_promises(text: str, promised: str | None) -> None:
    if promised is None:
        with pytest.raises(Error, match="--next"):
            read_next(text, NOW, BERLIN)
    else:
        assert f"{read_next(text, NOW, BERLIN)[1]:%H:%M}" == promised


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Errors on the API", "errors-on-the-api"),
        ("It's down: 50 %", "its-down-50"),
        ("Ärger", "arger"),
        ("停電", ""),
        ("../../etc/passwd", "etc-passwd"),
        ("x" * 200, "x" * 60),
        ("word " * 40, "-".join(["word"] * 12)),
    ],
)
def test_names_of_files(title: str, slug: str) -> None:
    name, same = make_slug("2026-11-03", title, ["2026-11-03-Taken"])
    assert (name, same) == (f"2026-11-03-{slug}".strip("-"), "") and slug_of(f"incidents/{name}.md") == name
    assert make_slug("2026-11-03", title, [name, f"{name}-2"]) == (f"{name}-3", name)


def test_places_of_files() -> None:
    assert place_of("incidents", "2026-11-03-x", ["incidents/old.md"]) == "incidents/2026-11-03-x.md"
    assert place_of("incidents", "2026-11-03-x", ["incidents/2025/old.md"]) == "incidents/2026/2026-11-03-x.md"


def test_times_in_sentences() -> None:
    site = Site("Acme", "https://x/", BERLIN.zone)
    assert say_when(NOW, site, NOW) == "09:20 CET"
    assert say_when(NOW + timedelta(days=1), site, NOW) == "4 November 2026, 09:20 CET"
    sao_paulo = Site("Acme", "https://x/", ZoneInfo("America/Sao_Paulo"))
    assert say_when(NOW, sao_paulo, NOW) == "05:20 UTC-03"
    assert [say_duration(timedelta(minutes=minutes)) for minutes in (1, 90, 1440, 0)] == [
        "1 minute", "1 hour and 30 minutes", "1 day", "a moment",
    ]  # fmt: skip
