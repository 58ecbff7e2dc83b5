"""Updates dated later than now, which nobody sees yet: most are slips, of the zone or of the year."""

from __future__ import annotations

from datetime import datetime, timedelta

from statusgen.model.entries import Change, Entry, Incident
from statusgen.parse.fields import Fields
from statusgen.parse.headings import Heading
from statusgen.parse.times import TIME, Clock

DAY = timedelta(days=1)
# Around a year, as in January with the year of last month.
ABOUT_A_YEAR = (timedelta(days=300), timedelta(days=430))
LAST_OFFSET = timedelta(hours=14)


def may_lie_ahead(entry: Entry, now: datetime) -> bool:
    """Whether an entry of which nothing was later than some time may have something later than `now`."""
    if not isinstance(entry, Incident | Change):
        return False
    if isinstance(entry, Change) and any(one.announced_at and one.announced_at > now for one in entry.deviations):
        return True
    if entry.updates:
        return entry.updates[-1].at > now
    return isinstance(entry, Change) and (entry.starts_at > now or bool(entry.repeat))


def check_future(fields: Fields, heading: Heading, at: datetime, clock: Clock, now: datetime) -> None:
    """Warns where `at`, the instant of the heading, is later than `now`."""
    if at <= now:
        return
    ahead = at - now
    message = f"this update is {_length(ahead)} ahead of now and is not shown until then"
    hint = _hint(heading, ahead, clock, at)
    fields.warn(heading.line, "future-time", message, hint)


def check_told_ahead(fields: Fields, announced_at: datetime, now: datetime) -> None:
    """Warns where an exception is said to be told later than `now`."""
    if announced_at > now:
        message = f"this is announced {_length(announced_at - now)} ahead of now, and the rule is followed until then"
        fields.warn(fields.line_of_key("announced"), "future-time", message, "is the time right?")


def _length(ahead: timedelta) -> str:
    minutes = -(-int(ahead.total_seconds()) // 60)
    if minutes < 100:
        return f"{minutes} min"
    return f"{round(minutes / 60)} h" if ahead < 2 * DAY else f"{round(ahead / DAY)} days"


def _hint(heading: Heading, ahead: timedelta, clock: Clock, at: datetime) -> str:
    written = TIME.fullmatch(" ".join((heading.time or "").split()))
    if not written:
        return "its commit has this time"
    if ABOUT_A_YEAR[0] < ahead < ABOUT_A_YEAR[1]:
        return "is the year right?"
    if ahead < DAY and not written["offset"]:
        local = _likely_offset(at, ahead, clock)
        return f"is it a local time? write its offset, as in `{written['date']} {written['time']} {local}`"
    return "is the time right?" if ahead < DAY else "is the day right?"


def _likely_offset(at: datetime, ahead: timedelta, clock: Clock) -> str:
    """Of a clock that shows at most an hour less than `at` now, as `+02:00`."""
    own = at.astimezone(clock.zone).utcoffset() or timedelta(0)
    offset = min(own + timedelta(hours=-(-ahead // timedelta(hours=1))), LAST_OFFSET)
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"{'-' if offset < timedelta(0) else '+'}{hours:02}:{minutes:02}"
