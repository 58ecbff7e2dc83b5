"""Times as feeds print them (no year): `Aug 21, 00:37 UTC`, `Aug 28, 9:33 PM PDT`, `Mar 3, 01:00 - 02:00 UTC`.

A year is chosen next to a time that is known.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}

# Hours from UTC. Where an abbreviation has several meanings, the one that status pages use most.
_ZONES: dict[str, float] = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "NST": -3.5, "NDT": -2.5, "AST": -4, "ADT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10, "IST": 5.5, "PKT": 5, "WIB": 7, "ICT": 7, "SGT": 8,
    "HKT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
    "SAST": 2, "EAT": 3, "WAT": 1, "BRT": -3, "ART": -3,
}  # fmt: skip
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?"
_ZONE = r"(?:\s*\(?(?P<zone>(?:UTC|GMT|(?<=\s))[+-]\d{1,2}(?::?\d{2})?|[A-Z]{1,5})\b)?"
_STAMP = re.compile(
    r"(?P<month>[A-Za-z]{3})[a-z]*\.?\s+(?P<day>\d{1,2})(?:,?\s+(?P<year>\d{4}))?\s*(?:,|-|–|at|\s)\s*" + _CLOCK + _ZONE
)
_UNTIL_CLOCK = re.compile(r"\s*(?:-|–|to|until)\s*" + _CLOCK + _ZONE)
_NO_LEAP_YEAR_FOR = 8


@dataclass(frozen=True, slots=True)
class Stamp:
    """A month, day and time whose year may be unknown; `zone` is the abbreviation, "" if none stands there."""

    month: int
    day: int
    hour: int
    minute: int
    zone: str
    year: int | None = None

    def is_known_zone(self) -> bool:
        return find_offset(self.zone) is not None

    def at_year(self, year: int) -> datetime | None:
        """The instant in UTC; None if that year has no such day."""
        zone = timezone(find_offset(self.zone) or timedelta())
        try:
            return datetime(year, self.month, self.day, self.hour, self.minute, tzinfo=zone).astimezone(UTC)
        except (ValueError, OverflowError):
            return None


def find_stamp(text: str) -> Stamp | None:
    """The first time in a text; None if there is none."""
    match = _STAMP.search(text)
    month = MONTHS.get(match["month"].lower()) if match else None
    if match is None or month is None:
        return None
    year = int(match["year"]) if match["year"] else None
    return Stamp(month, int(match["day"]), *_clock(match), match["zone"] or "", year)


def find_window(text: str) -> tuple[Stamp, Stamp] | None:
    """`Mar 3, 23:00 - Mar 4, 01:00 UTC` or `Mar 3, 01:00 - 02:00 UTC`; the zone at the end is that of both."""
    match, start = _STAMP.search(text), find_stamp(text)
    if match is None or start is None:
        return None
    rest = text[match.end() :]
    if clock := _UNTIL_CLOCK.match(rest):
        end = Stamp(start.month, start.day, *_clock(clock), clock["zone"] or start.zone, start.year)
    elif (later := find_stamp(rest)) is not None:
        end = Stamp(later.month, later.day, later.hour, later.minute, later.zone or start.zone, later.year)
    else:
        return None
    return Stamp(start.month, start.day, start.hour, start.minute, start.zone or end.zone, start.year), end


def get_nearest(stamp: Stamp, near: datetime) -> datetime | None:
    """The instant of the year that lies closest to `near`; None for a day that no year has."""
    around = range(near.year - _NO_LEAP_YEAR_FOR, near.year + _NO_LEAP_YEAR_FOR + 1)
    return min(_instants(stamp, around), key=lambda at: abs(at - near), default=None)


def get_before(stamp: Stamp, newer: datetime) -> datetime | None:
    """The latest instant whose day is not after that of `newer`; the time of that day may be."""
    zone = timezone(find_offset(stamp.zone) or timedelta())
    local = newer.astimezone(zone).date()
    years = range(newer.year + 1, newer.year - _NO_LEAP_YEAR_FOR - 1, -1)
    return next((at for at in _instants(stamp, years) if at.astimezone(zone).date() <= local or stamp.year), None)


def get_after(stamp: Stamp, older: datetime) -> datetime | None:
    """The first instant that is not before `older`."""
    years = range(older.year - 1, older.year + _NO_LEAP_YEAR_FOR + 1)
    return next((at for at in _instants(stamp, years) if at >= older or stamp.year), None)


def _instants(stamp: Stamp, years: Iterable[int]) -> list[datetime]:
    return [at for year in ([stamp.year] if stamp.year else years) if (at := stamp.at_year(year)) is not None]


def _clock(match: re.Match[str]) -> tuple[int, int]:
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"] in "Pp" else 0)
    return hour, int(match["minute"])


def find_offset(zone: str) -> timedelta | None:
    """From UTC, of an abbreviation in capital letters or an offset as it is written; None for what is not known."""
    if zone in _ZONES:
        return timedelta(hours=_ZONES[zone])
    match = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?", zone)
    if match is None:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return (-offset if match[1] == "-" else offset) if offset < timedelta(hours=24) else None
