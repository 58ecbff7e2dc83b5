"""Times as people write them in other tools' files: with a digit too few or too many, with or without a zone."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from statusgen.parse.times import YEARS, ZONE_OFFSETS

TIME_PATTERN = (
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"(?:(?:T|\s+|\s*,\s*)(?P<hour>\d{1,3}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z\b|[+-]\d{1,2}(?::?\d{2})?\b|\b[A-Z]{3,4}\b)?)?"
)
_TIME = re.compile(TIME_PATTERN, re.IGNORECASE | re.ASCII)
_PROPER = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|UTC|[+-]\d\d:?\d\d)?)?", re.ASCII)
_A_DAY = timedelta(days=1)


def read_time(text: str, zone: tzinfo) -> tuple[datetime | None, str]:
    """(instant in UTC, what was guessed, "" if nothing was); (None, "") where no time is in the text.

    A date alone is the first instant of its day in `zone`, as is a time without a zone; seconds are not rounded."""
    text = " ".join(text.split())
    match = _TIME.search(text)
    at = _instant(match, zone) if match else None
    if at is None or match is None:
        return None, ""
    proper = _PROPER.fullmatch(text) and int(match["month"]) <= 12
    return at, "" if proper else f"`{text}` is no proper time: taken as {at:%Y-%m-%d %H:%M:%S} UTC"


def read_date(text: str) -> date | None:
    """The first date in a text, such as the name of a file."""
    for match in _TIME.finditer(text):
        try:
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            continue
    return None


def _instant(match: re.Match[str], zone: tzinfo) -> datetime | None:
    year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    if month > 12 >= day:
        month, day = day, month
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    try:
        at = datetime(year, month, day, tzinfo=_zone(match["zone"] or "", zone))
        # Of what the zone skips, the time after it.
        at = (at + timedelta(hours=hour, minutes=minute, seconds=second)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    in_range = hour <= 24 and minute < 60 and second <= 60 and at.year in YEARS
    return at if in_range else None


def _zone(text: str, default: tzinfo) -> tzinfo:
    name = text.upper()
    if name in ("Z", "UTC", "GMT"):
        return UTC
    offset = re.fullmatch(r"([+-])(\d{1,2}):?(\d{2})?", ZONE_OFFSETS.get(name, name))
    if offset is None:
        return default
    length = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(-length if offset[1] == "-" else length) if length < _A_DAY else default
