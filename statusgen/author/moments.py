"""Times as they are typed at a command and written into a file, and which of them are likely slips."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from statusgen.errors import Error
from statusgen.parse.times import CLOCK_TIME, Clock, Complaint, parse_duration

MINUTE = timedelta(minutes=1)
# Clocks differ by so much.
SLACK = timedelta(minutes=5)
LONG_AGO = timedelta(days=1)
FAR_AHEAD = timedelta(days=365)
LONG_WORK = timedelta(days=7)
Towards = Literal["past", "future"]


def read_moment(text: str, option: str, clock: Clock, now: datetime, towards: Towards) -> datetime:
    """An instant from `2026-11-03 09:20`, `now` or `09:20`, the nearest one `towards` the past or the future.

    Raises Error, which names the option."""
    written = text.strip()
    if written.casefold() == "now":
        return now
    try:
        if not CLOCK_TIME.fullmatch(written):
            return clock.parse_time(written)
        # A day of the calendar, which may have 23 or 25 hours.
        today = date.fromisoformat(clock.write_time(now)[:10])
        at = clock.parse_time(f"{today} {written.zfill(5)}")
        if towards == "past" and at > now + SLACK:
            at = clock.parse_time(f"{today - timedelta(days=1)} {written.zfill(5)}")
        elif towards == "future" and at < now - SLACK:
            at = clock.parse_time(f"{today + timedelta(days=1)} {written.zfill(5)}")
    except Complaint as complaint:
        raise Error(f"{option}: {complaint.message}; {complaint.hint}") from None
    return at


def read_length(text: str, option: str) -> timedelta:
    """`2h`, `1h30m`. Raises Error, which names the option."""
    try:
        return parse_duration(text)
    except Complaint as complaint:
        raise Error(f"{option}: {complaint.message}; {complaint.hint}") from None


def write_moment(at: datetime, clock: Clock) -> str:
    """As a person would write it, with seconds where it has some."""
    written = clock.write_time(at)
    return f"{written[:16]}:{at:%S}{written[16:]}" if at.second else written


def moment_after(latest: datetime | None, now: datetime) -> datetime:
    """Now, to the minute; to the second where the latest update is of this very minute."""
    minute = now.replace(second=0)
    return now if latest and minute <= latest else minute


def question_past(at: datetime, now: datetime, what: str, clock: Clock) -> list[str]:
    """For what has happened: it cannot be later than now, and is seldom told much later."""
    if at > now + SLACK:
        return [f"{what} is {clock.write_time(at)}, which is {say_length(at - now)} ahead of now."]
    if at < now - LONG_AGO:
        return [f"{what} is {clock.write_time(at)}, which is {say_length(now - at)} ago."]
    return []


def question_future(at: datetime, now: datetime, what: str, clock: Clock) -> list[str]:
    """For what is planned."""
    if at < now - SLACK:
        return [f"{what} is {clock.write_time(at)}, which is {say_length(now - at)} ago."]
    if at > now + FAR_AHEAD:
        return [f"{what} is {clock.write_time(at)}, which is {say_length(at - now)} ahead of now."]
    return []


def say_length(length: timedelta) -> str:
    """`12 min`, `3 h`, `5 days`."""
    minutes = max(1, length // MINUTE)
    if minutes < 100:
        return f"{minutes} min"
    return f"{round(minutes / 60)} h" if minutes < 2 * 24 * 60 else f"{round(minutes / (24 * 60))} days"


def read_next(text: str, at: datetime, clock: Clock) -> tuple[str, datetime]:
    """`30m`, `10:30` or `2026-11-03T10:30`, as an update's heading has it, and the instant that it promises.

    Raises Error for one that is not after `at`."""
    written = "".join(text.split())
    try:
        if CLOCK_TIME.fullmatch(written):
            promised = read_moment(written, "--next", clock, at + SLACK + MINUTE, "future")
        elif "T" in written.upper():
            promised = clock.parse_time(written)
        else:
            promised = at + parse_duration(written)
    except Complaint as complaint:
        raise Error(f"--next: {complaint.message}; write `30m` or `10:30`") from None
    if promised <= at:
        raise Error(f"--next: {clock.write_time(promised)} is not after this update")
    return written, promised


def question_next(promised: datetime, at: datetime, clock: Clock) -> list[str]:
    if promised - at <= LONG_AGO:
        return []
    return [f"the next update is promised for {clock.write_time(promised)}, in {say_length(promised - at)}."]
