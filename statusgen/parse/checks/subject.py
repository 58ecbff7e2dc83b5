"""An entry beside the text that it was read from: what rules look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from statusgen.model.entries import Change, Incident
from statusgen.model.states import Status
from statusgen.model.zone import day_of
from statusgen.parse.headings import Heading, split_updates
from statusgen.parse.markup import lines_outside_code, without_code
from statusgen.parse.outline import read_layout
from statusgen.parse.parsed import Parsed
from statusgen.parse.times import Clock, Complaint
from statusgen.parse.updates import HeadingTimes
from statusgen.problems import Problem

Line = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Told:
    """An update as it is written: its heading's line, and what the entry has of it."""

    line: int
    status: Status
    at: datetime
    body: str


@dataclass(frozen=True)
class Subject:
    """`updates` are in the file's order. `header` and `summary` are lines with their numbers; the summary is the whole
    body where the entry has no updates."""

    parsed: Parsed
    clock: Clock
    header: tuple[Line, ...]
    summary: tuple[Line, ...]
    updates: tuple[Told, ...]

    @property
    def path(self) -> str:
        return self.parsed.entry.path

    def warn(self, line: int, code: str, message: str, hint: str) -> Problem:
        return Problem(self.path, line, code, message, hint, "warning")

    def day_of(self, instant: datetime) -> date:
        """As people write it in this content: a demonstration site's dates are moved only when they are read."""
        return day_of(instant, self.clock.zone) - timedelta(days=self.clock.shift_days)

    def may_have(self, pattern: re.Pattern[str]) -> bool:
        """Whether the texts are worth a closer look: taking the code out of them takes many times as long."""
        return any(pattern.search(told.body) for told in self.updates) or any(
            pattern.search(line) for _, line in self.summary
        )

    @cached_property
    def prose(self) -> tuple[Line, ...]:
        """The lines of all texts, without code, in which anything may stand."""
        return (*_prose(self.summary), *(line for told in self.updates for line in prose_of(told)))


def make_subject(parsed: Parsed, data: bytes, times: HeadingTimes | None, clock: Clock) -> Subject:
    """Of a file without errors, whose headings are all updates. `times` are those that git knows."""
    layout = read_layout(data)
    header = tuple(enumerate(layout.header, 1))
    if not isinstance(parsed.entry, Incident | Change):
        return Subject(parsed, clock, header, tuple(enumerate(layout.body.split("\n"), layout.body_line)), ())
    summary, headings = split_updates(layout.body, layout.body_line)
    known = {update.at: update for update in parsed.entry.updates}
    told = []
    for heading in headings:
        at = _time_of(heading, times, clock)
        if at in known:
            told.append(Told(heading.line, _status_at(parsed.entry, at, heading), at, heading.body))
    return Subject(parsed, clock, header, tuple(enumerate(summary.split("\n"), layout.body_line)), tuple(told))


def prose_of(told: Told) -> tuple[Line, ...]:
    return _prose(tuple(enumerate(told.body.split("\n"), told.line + 1)))


def _time_of(heading: Heading, times: HeadingTimes | None, clock: Clock) -> datetime | None:
    if heading.time is None:
        return times.by_line.get(heading.line) if times else None
    try:
        return clock.parse_time(heading.time)
    except Complaint:
        return None


def _status_at(entry: Incident | Change, at: datetime, heading: Heading) -> Status:
    """Of two updates of one time, the one with the same words."""
    same = [update for update in entry.updates if update.at == at]
    return next((update for update in same if update.body == heading.body.strip("\n")), same[0]).status


def _prose(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    first = lines[0][0] if lines else 0
    found: Iterator[Line] = lines_outside_code([line for _, line in lines])
    return tuple((first + number, without_code(line)) for number, line in found)
