"""Times as people write them in other tools' files: with a digit too few or too many, with or without a zone."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from statusgen.importers.feed.times import find_offset
from statusgen.parse.times import YEARS, ZONE_OFFSETS

TIME_PATTERN = (
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"(?:(?:T|\s+|\s*,\s*)(?P<hour>\d{1,3}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\b\.?)?\s*(?P<zone>Z\b|[+-]\d{1,2}(?::?\d{2})?\b|\b[A-Z]{3,5}\b)?)?"
)
_TIME = re.compile(TIME_PATTERN, re.IGNORECASE | re.ASCII)
_PROPER = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|UTC|[+-]\d\d:?\d\d)?)?", re.ASCII)


def read_time(text: str, zone: tzinfo) -> tuple[datetime | None, str]:
    """(instant in UTC, what was guessed, "" if nothing was); (None, "") where no time is in the text.

    A date alone is the first instant of its day in `zone`, as is a time without a zone; seconds are not rounded."""
    text = " ".join(text.split())
    match = _TIME.search(text)
    at = _instant(match, zone) if match else None
    if at is None or match is None:
        return None, ""
    if _PROPER.fullmatch(text) and int(match["month"]) <= 12:
        return at, ""
    name = match["zone"] or ""
    unknown = f", its zone `{name}` is not known" if name.isupper() and _find_zone(name) is None else ""
    return at, f"`{text}` is no proper time{unknown}: taken as {at:%Y-%m-%d %H:%M:%S} UTC"


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
    if match["half"] and hour <= 12:
        hour = hour % 12 + (12 if match["half"] in "Pp" else 0)
    try:
        at = datetime(year, month, day, tzinfo=_find_zone(match["zone"] or "") or zone)
        # Of what the zone skips, the time after it.
        at = (at + timedelta(hours=hour, minutes=minute, seconds=second)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    in_range = hour <= 24 and minute < 60 and second <= 60 and at.year in YEARS
    return at if in_range else None


def _find_zone(text: str) -> tzinfo | None:
    """None for what is no zone, and for one that is not known."""
    name = text.upper()
    if name in ("Z", "UTC", "GMT"):
        return UTC
    offset = find_offset(ZONE_OFFSETS.get(name, name))
    return None if offset is None else timezone(offset)
