"""The response to incidents in words. Waits are rounded up, what lies between failures is rounded down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from statusgen.history.response import Answer, Response
from statusgen.history.response_months import Spread
from statusgen.history.wording import format_hours, format_length
from statusgen.model.service_level import Measure
from statusgen.render.words import format_duration


# There are five for each incident, and a frozen dataclass takes ten times as long to make.
class ResponseLine(NamedTuple):
    """What an incident's page says of one measure. `figure` is "" where it grows with every second. `promise` and
    `verdict` are "" where nothing is promised; `due_at` is when it will be missed."""

    label: str
    figure: str
    promise: str = ""
    verdict: str = ""
    missed: bool = False
    due_at: datetime | None = None


def response_lines(response: Response) -> Iterator[ResponseLine]:
    answers = {answer.measure: answer for answer in response.answers}
    open_ = response.resolve is None
    first = format_wait(response.first_update)
    yield _line("First update", f"after {first}" if response.first_update else "at once",
                answers.get(Measure.FIRST_UPDATE))  # fmt: skip
    if response.identify is not None:
        yield ResponseLine("Identified", f"after {format_wait(response.identify)}")
    yield _line("Resolved", "not yet" if open_ else f"after {format_wait(response.resolve)}",
                answers.get(Measure.RESOLVE))  # fmt: skip
    between = answers.get(Measure.BETWEEN_UPDATES)
    if between or not (open_ or response.silence is None):
        yield _line("Longest silence", "" if open_ else format_wait(response.silence), between)
    if response.next_due:
        yield ResponseLine("Promised next updates", f"{kept_of(response.next_kept, response.next_due)} in time")


def _line(label: str, figure: str, answer: Answer | None) -> ResponseLine:
    if answer is None:
        return ResponseLine(label, figure)
    how = "at most" if answer.measure is Measure.BETWEEN_UPDATES else "within"
    hours = f" of {format_hours(answer.hours)}" if answer.hours else ""
    promise = f"promised: {how} {format_duration(answer.allowed_for)}{hours}"
    return ResponseLine(label, figure, promise, verdict_of(answer), answer.kept is False, answer.due_at)


def response_cells(response: Response) -> Iterator[tuple[str, str, str]]:
    """(figure, mark, verdict) in the columns of a month: first update, identified, resolved, longest silence. Without a
    mark where nothing is promised or decided."""
    answers = {answer.measure: answer for answer in response.answers}
    yield _cell(response.first_update, answers.get(Measure.FIRST_UPDATE))
    yield _cell(response.identify, None)
    yield _cell(response.resolve, answers.get(Measure.RESOLVE))
    yield _cell(response.silence, answers.get(Measure.BETWEEN_UPDATES))


def _cell(seconds: int | None, answer: Answer | None) -> tuple[str, str, str]:
    if answer is None or answer.kept is None:
        return format_wait(seconds), "", ""
    return format_wait(seconds), "✓" if answer.kept else "✗", verdict_of(answer)


def verdict_of(answer: Answer) -> str:
    return {True: "kept", False: "missed", None: "can still be kept"}[answer.kept]


# Lengths are whole minutes mostly, so few of them are new.
@lru_cache(maxsize=4096)
def format_wait(seconds: int | None) -> str:
    """`8 min`, `–` for what did not happen."""
    return "–" if seconds is None else format_length(seconds)


def format_mean(spread: Spread | None) -> str:
    return format_wait(round_up(spread.mean)) if spread else "–"


def format_median(spread: Spread | None) -> str:
    return format_wait(round_up(spread.median)) if spread else "–"


def format_between(seconds: Fraction | None) -> str:
    """`6 d 3 h`: the two largest units."""
    return "–" if seconds is None else format_duration(timedelta(seconds=round_down(seconds)))


def kept_of(kept: int, of: int) -> str:
    """`2 of 3`, `–` for none of none."""
    return f"{kept} of {of}" if of else "–"


def round_up(seconds: Fraction) -> int:
    return -(-seconds.numerator // seconds.denominator)


def round_down(seconds: Fraction) -> int:
    return seconds.numerator // seconds.denominator
