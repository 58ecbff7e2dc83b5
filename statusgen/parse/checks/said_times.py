"""Times in texts that cannot be right beside those of their entry. Only what names a day or a zone is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from statusgen.model.entries import Change, Incident
from statusgen.model.states import ChangeStatus, IncidentStatus
from statusgen.parse.checks.subject import Line, Subject, Told, prose_of
from statusgen.parse.times import TIME, Clock, Complaint
from statusgen.problems import Problem

CODE = "text-time"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
# `Thursday, 3 December 2026`, `Thursday, December 3rd, 2026`, `Thursday 2026-12-03`.
NAMED_DAY = re.compile(
    rf"\b({'|'.join(WEEKDAYS)}),?\s+(?:the\s+)?"
    rf"(?:(\d{{4}})-(\d{{2}})-(\d{{2}})|(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH},?\s+(\d{{4}})"
    rf"|{MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}))\b",
    re.IGNORECASE | re.ASCII,
)
FULL_TIME = re.compile(rf"(?<![\w-]){TIME.pattern}(?!\w)", re.IGNORECASE | re.ASCII)
ANY_TIME = re.compile(r"\d:\d\d", re.ASCII)
CLOCK_TIME = re.compile(r"(?<![\d:-])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?\s*(UTC|GMT)\b", re.IGNORECASE | re.ASCII)
# Of what is still to come, a text about what is over may speak, too.
AHEAD = re.compile(
    r"\b(?:will|by|until|till|next|tomorrow|before|plan\w*|expect\w*|from now|follow\w*|schedul\w*)\b", re.IGNORECASE
)
NEAR = timedelta(days=2)
SLACK = timedelta(minutes=15)
HOUR = timedelta(hours=1)
# Of a line that names days, nobody knows which of its times is on which.
ANY_DAY = re.compile(
    rf"\b(?:{'|'.join(WEEKDAYS)}|yesterday|previous day|{MONTH}\s+\d|\d\w*\s+{MONTH})\b|\d{{4}}-\d\d-\d\d",
    re.IGNORECASE,
)


def check_said_times(subject: Subject) -> Iterator[Problem]:
    if subject.may_have(NAMED_DAY):
        yield from _check_weekdays(subject)
    if not subject.may_have(ANY_TIME):
        return
    if isinstance(subject.parsed.entry, Change):
        yield from _check_window(subject, subject.parsed.entry)
    elif isinstance(subject.parsed.entry, Incident):
        for told in subject.updates:
            if told.status is IncidentStatus.RESOLVED:
                yield from _check_end(subject, told)


def _check_weekdays(subject: Subject) -> Iterator[Problem]:
    for number, line in subject.prose:
        for found in NAMED_DAY.finditer(line):
            day = _day_of(found)
            right = day and WEEKDAYS[day.weekday()]
            if day and right != found[1].casefold():
                message = f"`{found[0]}` does not exist: {day} is a {str(right).capitalize()}"
                yield subject.warn(number, CODE, message, "correct the day of the week, or the date")


def _day_of(found: re.Match[str]) -> date | None:
    _, year, month, day, day_2, month_2, year_2, month_3, day_3, year_3 = found.groups()
    name = (month_2 or month_3 or "").casefold()
    number = MONTHS.index(name) + 1 if name else int(month)
    try:
        return date(int(year or year_2 or year_3), number, int(day or day_2 or day_3))
    except ValueError:
        return None


def _check_window(subject: Subject, change: Change) -> Iterator[Problem]:
    """The newest text that announces the work. Times far from it are of something else."""
    if change.repeat:
        return
    announced = [told for told in subject.updates if told.status is ChangeStatus.SCHEDULED]
    lines = prose_of(max(announced, key=lambda told: told.at)) if announced else subject.summary
    said = [(number, text, at) for number, text, at in _full_times(lines, subject.clock)]
    begin, end = change.starts_at, change.ends_at
    near = [one for one in said if begin - NEAR <= one[2] <= end + NEAR]
    if near and not any(begin <= at <= end for _, _, at in near):
        number, text, _ = near[0]
        window = f"{subject.clock.write_time(begin)} to {subject.clock.write_time(end)}"
        message = f"the text says `{text}`, and the window is from {window}"
        yield subject.warn(number, CODE, message, "correct `starts:` and `ends:`, or the text")


def _check_end(subject: Subject, told: Told) -> Iterator[Problem]:
    """What is told of as over cannot be later than the words about it. Looked at is how far a heading in UTC that is
    read in the site's zone would be off, and an hour more."""
    offset = told.at.astimezone(subject.clock.zone).utcoffset() or timedelta(0)
    far = max(offset, timedelta(0)) + HOUR
    lines = tuple((number, line) for number, line in prose_of(told) if not AHEAD.search(line))
    said = [*_full_times(lines, subject.clock), *_clock_times(lines, told.at)]
    for number, text, at in said:
        if told.at + SLACK < at <= told.at + far:
            message = f"the text says `{text}`, which is later than its update of {subject.clock.write_time(told.at)}"
            yield subject.warn(number, CODE, message, "is the heading's time in the site's zone, or is it in UTC?")


def _full_times(lines: tuple[Line, ...], clock: Clock) -> Iterator[tuple[int, str, datetime]]:
    for number, line in lines:
        for found in FULL_TIME.finditer(line):
            try:
                yield number, found[0].strip(), clock.parse_time(found[0])
            except Complaint:
                continue


def _clock_times(lines: tuple[Line, ...], near: datetime) -> Iterator[tuple[int, str, datetime]]:
    """Times of a day that is not said: on the day on which they are nearest. `near` is in UTC."""
    for number, line in lines:
        if ANY_DAY.search(line):
            continue
        for found in CLOCK_TIME.finditer(line):
            at = datetime.combine(near.date(), time(int(found[1]), int(found[2])), near.tzinfo)
            days = (timedelta(days=number) for number in (-1, 0, 1))
            yield number, found[0], min((at + day for day in days), key=lambda one: abs(one - near))
