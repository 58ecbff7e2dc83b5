"""Times and durations as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from statusgen.model.zone import read_wall_time, to_instant

# ASCII digits only, because Python counts those of every script as digits and then cannot read a time of them.
DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
TIME = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})(?:[Tt]|\s+)(?P<time>\d{2}:\d{2}(?::\d{2})?)"
    r"\s*(?P<offset>UTC|GMT|Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE | re.ASCII,
)
DURATION = re.compile(r"(?:(\d{1,4})w)?(?:(\d{1,4})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m(?:in)?)?(?:(\d{1,7})s)?", re.ASCII)
WALL_TIME = re.compile(r"\d{2}:\d{2}(?::\d{2})?", re.ASCII)
CLOCK_TIME = re.compile(r"\d{1,2}:\d{2}", re.ASCII)
# A time with a digit too few, or with words behind it.
NEAR_TIME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt]| )(\d{1,2})(:\d{2}(?::\d{2})?)(.*)", re.ASCII)
# Some of these mean other zones elsewhere; these are the usual ones.
ZONE_OFFSETS = {
    "PST": "-08:00",
    "PDT": "-07:00",
    "MST": "-07:00",
    "MDT": "-06:00",
    "CST": "-06:00",
    "CDT": "-05:00",
    "EST": "-05:00",
    "EDT": "-04:00",
    "BRT": "-03:00",
    "WET": "+00:00",
    "WEST": "+01:00",
    "BST": "+01:00",
    "CET": "+01:00",
    "CEST": "+02:00",
    "EET": "+02:00",
    "EEST": "+03:00",
    "MSK": "+03:00",
    "IST": "+05:30",
    "ICT": "+07:00",
    "WIB": "+07:00",
    "SGT": "+08:00",
    "HKT": "+08:00",
    "JST": "+09:00",
    "KST": "+09:00",
    "AEST": "+10:00",
    "AEDT": "+11:00",
    "NZST": "+12:00",
    "NZDT": "+13:00",
}
YEARS = range(1990, 2101)
TIME_HINT = "write `2026-11-03 09:20`, and `UTC` or `+07:00` behind it for another zone than the site's"


class Complaint(Exception):  # noqa: N818
    """Why a text is not what was asked for. Raised inside this room only; readers turn it into a Problem."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


@dataclass(frozen=True, slots=True)
class Clock:
    """How wall times are read: in `zone`, and moved by whole days on a demonstration site, whose dates are relative."""

    zone: ZoneInfo
    shift_days: int = 0

    def parse_time(self, text: str) -> datetime:
        """An instant in UTC; raises Complaint for what is not one time that the zone has exactly once."""
        match = TIME.fullmatch(" ".join(text.split()))
        if not match:
            raise Complaint("bad-time", _time_message(text), _time_hint(text))
        date_part, time_part, offset = match.groups()
        day = _parse_date(date_part)
        try:
            time_of_day = _parse_time_of_day(time_part)
        except ValueError:
            raise Complaint("bad-time", f"`{text}` is not a time of day", TIME_HINT) from None
        if offset:
            instant = datetime.combine(day, time_of_day, _parse_offset(offset.upper())).astimezone(UTC)
            return instant + timedelta(days=self.shift_days) if self.shift_days else instant
        wall = datetime.combine(day, time_of_day)
        instant = self._read_once(wall, text)
        if not self.shift_days:
            return instant
        # A moved time may fall into a gap that its author never saw, so it is read leniently.
        return to_instant(wall + timedelta(days=self.shift_days), self.zone)

    def _read_once(self, wall: datetime, text: str) -> datetime:
        readings = read_wall_time(wall, self.zone)
        if readings.kind == "once":
            return readings.earlier
        happens = "happens twice" if readings.kind == "twice" else "does not exist"
        both = [_with_offset(instant, self.zone) for instant in (readings.earlier, readings.later)]
        code = "ambiguous-time" if readings.kind == "twice" else "nonexistent-time"
        raise Complaint(
            code,
            f"`{text}` {happens} in {self.zone.key}, because clocks change; it can be read as {both[0]} or {both[1]}",
            "write the one that is meant, with its offset",
        )

    def write_time(self, instant: datetime) -> str:
        """As a person would write it, to the minute; in UTC where the zone does not have that time just once."""
        shift = timedelta(days=self.shift_days)
        wall = instant.astimezone(self.zone).replace(tzinfo=None) - shift
        if read_wall_time(wall, self.zone).kind == "once":
            return f"{wall:%Y-%m-%d %H:%M}"
        return f"{instant.astimezone(UTC) - shift:%Y-%m-%d %H:%M} UTC"

    def parse_date(self, text: str) -> date:
        """A date, for what has no time of day; raises Complaint."""
        if not DATE.fullmatch(text.strip()):
            raise Complaint("bad-date", f"`{text}` is not a date", "write `2026-11-03`")
        return _parse_date(text.strip()) + timedelta(days=self.shift_days)

    def parse_occurrence(self, text: str) -> tuple[datetime, bool]:
        """The wall time that names an occurrence of a series, and whether only its day is given; raises Complaint.

        The zone may skip that time or have it twice: it is what the rule says, and not when the window begins."""
        day, _, time_of_day = " ".join(text.split()).replace("T", " ").partition(" ")
        if not time_of_day:
            return datetime.combine(self.parse_date(day), time()), True
        if not WALL_TIME.fullmatch(time_of_day):
            message = f"`{time_of_day}` is not a time of the site's wall clock"
            raise Complaint("bad-time", message, "write `2026-11-03 09:20`, as the rule has it")
        try:
            return datetime.combine(self.parse_date(day), _parse_time_of_day(time_of_day)), False
        except ValueError:
            raise Complaint("bad-time", f"`{text}` is not a time of day", TIME_HINT) from None


def parse_duration(text: str) -> timedelta:
    """`90s`, `30m`, `2h`, `1h30m`, `1d` (24 hours), `1w`; raises Complaint."""
    compact = re.sub(r"\s+", "", text.casefold())
    match = DURATION.fullmatch(compact)
    if not compact or not match:
        raise Complaint("bad-duration", f"`{text}` is not a duration", "write `30m`, `2h`, `1h30m` or `1d`")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    if not timedelta(0) < length <= timedelta(days=366):
        raise Complaint("bad-duration", f"`{text}` is too short or too long", "more than nothing, at most a year")
    return length


def _parse_time_of_day(text: str) -> time:
    """Raises ValueError."""
    # Python 3.14 reads it, as the midnight before.
    if text.startswith("24"):
        raise ValueError
    return time.fromisoformat(text)


def _parse_date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Complaint("bad-date", f"`{text}` is not in the calendar", "year-month-day, as in `2026-11-03`") from None
    if day.year not in YEARS:
        raise Complaint("bad-date", f"the year {day.year} cannot be right", "1990 to 2100")
    return day


def _parse_offset(text: str) -> timezone:
    if text in ("UTC", "GMT", "Z"):
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 14 or minutes > 59:
        raise Complaint("bad-time", f"`{text}` is not an offset from UTC", TIME_HINT)
    length = timedelta(hours=hours, minutes=minutes)
    return timezone(-length if text[0] == "-" else length)


def _time_message(text: str) -> str:
    dates = DATE.findall(text)
    if len(dates) > 1:
        return f"`{text}` holds two times, one is wanted"
    if len(dates) == 1 and DATE.fullmatch(text.strip()):
        return f"`{text}` has a date but no time of day"
    return f"`{text}` is not a time"


def _time_hint(text: str) -> str:
    match = NEAR_TIME.fullmatch(" ".join(text.split()))
    if not match:
        return TIME_HINT
    year, month, day, hour, minutes, behind = match.groups()
    rest = behind.strip()
    half = rest.upper().replace(".", "")
    if half in ("AM", "PM"):
        rest = ""
        # `13:20 PM` is written, too.
        if int(hour) <= 12:
            hour = str(int(hour) % 12 + 12 * (half == "PM"))
    written = f"{year}-{month:0>2}-{day:0>2} {hour:0>2}{minutes}"
    if rest.isalpha() and rest.upper() not in ("UTC", "GMT", "Z"):
        offset = ZONE_OFFSETS.get(rest.upper())
        return f"write the offset, as in `{written} {offset or '+07:00'}`"
    meant = f"{written} {rest}".strip()
    return f"did you mean `{meant}`?" if TIME.fullmatch(meant) else TIME_HINT


def _with_offset(instant: datetime, zone: ZoneInfo) -> str:
    text = instant.astimezone(zone).isoformat(" ", "minutes")
    return f"`{text[:16]} {text[16:]}` ({instant:%H:%M} UTC)"
