"""Times as people write them: each is right, or told as a guess."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from statusgen.importers.cstate.parts import split_body
from statusgen.importers.dates import read_time

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "expected", "note"),
    [
        ("2024-05-07 01:00", "06 23:00", ""),
        ("2024-05-07 01:00 UTC", "07 01:00", ""),
        ("2024-05-07 01:00 PM", "07 11:00", "no proper time: taken as 2024-05-07 11:00:00 UTC"),
        ("2024-05-07 1:00pm UTC", "07 13:00", "no proper time: taken"),
        ("2024-05-07 12:30 a.m. UTC", "07 00:30", "no proper time: taken"),
        ("2024-05-07 12:30 PM +02:00", "07 10:30", "no proper time: taken"),
        ("2024-05-07 13:30 PM UTC", "07 13:30", "no proper time: taken"),
        ("2024-05-07 11:00 AEST", "07 01:00", "no proper time: taken"),
        ("2024-05-07 11:00 IST", "07 05:30", "no proper time: taken"),
        ("2024-05-07 11:00 EST", "07 16:00", "no proper time: taken"),
        ("2024-05-07 11:00 XYZT", "07 09:00", "no proper time, its zone `XYZT` is not known: taken as"),
        ("2024-05-07 11:00 and later", "07 09:00", "no proper time: taken"),
    ],
)
def test_times(text: str, expected: str, note: str) -> None:
    at, guess = read_time(text, BERLIN)
    assert f"{at:%d %H:%M}" == expected
    assert (note in guess) and bool(note) == bool(guess)


@pytest.mark.parametrize(
    ("body", "hour", "note"),
    [
        ('*Update* - A {{< track "2024-05-07 02:30 PM" >}}', 14, "`2024-05-07 02:30 PM` is no proper time: taken as"),
        ("- 2024-05-07 02:30 PM: A", 14, "`2024-05-07 02:30 PM` is no proper time"),
        ("- Tue May 7 14:30 XYZT: A", 14, "the zone of `Tue May 7 14:30 XYZT` is not known: taken as UTC"),
        ('*Update* - A {{< track "2024-05-07 14:30" >}}', 14, ""),
    ],
)
def test_times_of_updates(body: str, hour: int, note: str) -> None:
    notes: list[str] = []
    (part,) = split_body(body, datetime(2024, 5, 7, tzinfo=UTC), UTC, notes)
    assert part.at and part.at.hour == hour
    assert len(notes) == bool(note) and note in "".join(notes)
