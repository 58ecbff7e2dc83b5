"""A new update in a file: where it stands among the others, and how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from statusgen.author.lines import Lines
from statusgen.author.moments import write_moment
from statusgen.author.plan import Existing, read_back
from statusgen.errors import Error
from statusgen.model.entries import Change, Incident, States, Update
from statusgen.model.states import FINAL, State, Status
from statusgen.parse.fields import value_of
from statusgen.parse.front_matter import Document
from statusgen.parse.headings import Heading, split_updates
from statusgen.parse.times import Clock
from statusgen.parse.updates import HeadingTimes

FINAL_WORDS = [str(status) for status in FINAL]


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """`text` is markdown; `next_text` is the promise of the next update, as in `next=30m`, or ""."""

    status: Status
    at: datetime
    text: str
    states: States = ()
    next_text: str = ""

    def as_read(self) -> Update:
        """Of what is over, every component is operational, and other states are not kept."""
        over = self.status in FINAL
        states = tuple(pair for pair in self.states if not over or pair[1] is State.OPERATIONAL)
        return Update("", self.status, self.at, read_back(self.text), states)


def update_lines(update: NewUpdate, clock: Clock) -> list[str]:
    attributes = [f"{name}={state.value}" for name, state in update.states]
    attributes += [f"next={update.next_text}"] if update.next_text else []
    braces = f" {{{' '.join(attributes)}}}" if attributes else ""
    heading = f"## {update.status.value} @ {write_moment(update.at, clock)}{braces}"
    return [heading, *(["", *update.text.split("\n")] if update.text else [])]


def insert_update(
    lines: Lines, document: Document, existing: Existing[Incident] | Existing[Change], update: NewUpdate, clock: Clock
) -> Lines:
    """In the order in which the file is written: the newest one last or, where the author does so, first."""
    _, headings = split_updates(document.body, document.body_line)
    times = [_time_of(heading, existing.times, clock) for heading in headings]
    newest_first = bool(headings) and _is_newest_first(headings, times)
    later = (number for number, at in enumerate(times) if (at <= update.at if newest_first else at > update.at))
    before = next(later, None)
    index = len(lines.lines) if before is None else headings[before].line - 1
    return lines.insert(index, update_lines(update, clock))


def _time_of(heading: Heading, times: HeadingTimes, clock: Clock) -> datetime:
    """The file has no error, so that each heading has one."""
    return clock.parse_time(heading.time) if heading.time else times.by_line[heading.line]


def _is_newest_first(headings: list[Heading], times: list[datetime]) -> bool:
    """As parsing has it: of updates of one time, an end above the others says it."""
    if times[0] == times[-1]:
        first, last = (value_of(heading.status) in FINAL_WORDS for heading in (headings[0], headings[-1]))
        return first and not last
    return times[0] > times[-1]


def check_promise(status: Status, next_text: str) -> None:
    """Raises Error for a promise that the page would not show."""
    if next_text and status in FINAL:
        raise Error(f"with the status {status.value} no next update is promised; leave out --next")


def question_twice(update: NewUpdate, latest: Update) -> list[str]:
    """Somebody may have pressed Enter twice."""
    same = update.as_read()
    if (same.status, same.body, same.states) == (latest.status, latest.body, latest.states):
        return ["the latest update says just the same."]
    return []


def check_text(text: str) -> str:
    """The text of an update; raises Error for one that would begin another update."""
    _, headings = split_updates(text, 1)
    if headings:
        raise Error(f"line {headings[0].line} of the text begins with `##`, which would be an update of its own; "
                    "use `###` for a heading inside one")  # fmt: skip
    return text
