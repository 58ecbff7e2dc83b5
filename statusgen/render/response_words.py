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
from statusgen.model.language import ENGLISH, Language
from statusgen.model.service_level import Measure
from statusgen.render.formats import formats_of
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


def response_lines(response: Response, language: Language = ENGLISH) -> Iterator[ResponseLine]:
    say = language.say
    answers = {answer.measure: answer for answer in response.answers}
    open_ = response.resolve is None
    first = _after(response.first_update, language) if response.first_update else say("at once")
    yield _line(say("First update"), first, answers.get(Measure.FIRST_UPDATE), language)
    if response.identify is not None:
        yield ResponseLine(say("Identified"), _after(response.identify, language))
    yield _line(say("Resolved"), say("not yet") if open_ else _after(response.resolve, language),
                answers.get(Measure.RESOLVE), language)  # fmt: skip
    between = answers.get(Measure.BETWEEN_UPDATES)
    if between or not (open_ or response.silence is None):
        silence = "" if open_ else format_wait(response.silence, language)
        yield _line(say("Longest silence"), silence, between, language)
    if response.next_due:
        kept = kept_of(response.next_kept, response.next_due, language)
        yield ResponseLine(say("Promised next updates"), say("{kept} in time", kept=kept))


# Lengths are whole minutes mostly, so few of them are new.
@lru_cache(maxsize=4096)
def _after(seconds: int | None, language: Language) -> str:
    return language.say("after {length}", length=format_wait(seconds, language))


def _line(label: str, figure: str, answer: Answer | None, language: Language) -> ResponseLine:
    if answer is None:
        return ResponseLine(label, figure)
    length = format_duration(answer.allowed_for, language)
    if answer.hours:
        hours = format_hours(answer.hours, formats_of(language).weekdays)
        length = language.say("{length} of {hours}", length=length, hours=hours)
    if answer.measure is Measure.BETWEEN_UPDATES:
        promise = language.say("promised: at most {length}", length=length)
    else:
        promise = language.say("promised: within {length}", length=length)
    return ResponseLine(label, figure, promise, verdict_of(answer, language), answer.kept is False, answer.due_at)


def response_cells(response: Response, language: Language = ENGLISH) -> Iterator[tuple[str, str, str]]:
    """(figure, mark, verdict) in the columns of a month: first update, identified, resolved, longest silence. Without a
    mark where nothing is promised or decided."""
    answers = {answer.measure: answer for answer in response.answers}
    yield _cell(response.first_update, answers.get(Measure.FIRST_UPDATE), language)
    yield _cell(response.identify, None, language)
    yield _cell(response.resolve, answers.get(Measure.RESOLVE), language)
    yield _cell(response.silence, answers.get(Measure.BETWEEN_UPDATES), language)


def _cell(seconds: int | None, answer: Answer | None, language: Language) -> tuple[str, str, str]:
    if answer is None or answer.kept is None:
        return format_wait(seconds, language), "", ""
    return format_wait(seconds, language), "✓" if answer.kept else "✗", verdict_of(answer, language)


def verdict_of(answer: Answer, language: Language = ENGLISH) -> str:
    if answer.kept is None:
        return language.say("can still be kept")
    return language.say("kept") if answer.kept else language.say("missed")


# Lengths are whole minutes mostly, so few of them are new.
@lru_cache(maxsize=4096)
def format_wait(seconds: int | None, language: Language = ENGLISH) -> str:
    """`8 min`, `–` for what did not happen."""
    return "–" if seconds is None else format_length(seconds, formats_of(language).unit)


def format_mean(spread: Spread | None, language: Language = ENGLISH) -> str:
    return format_wait(round_up(spread.mean), language) if spread else "–"


def format_median(spread: Spread | None, language: Language = ENGLISH) -> str:
    return format_wait(round_up(spread.median), language) if spread else "–"


def format_between(seconds: Fraction | None, language: Language = ENGLISH) -> str:
    """`6 d 3 h`: the two largest units."""
    return "–" if seconds is None else format_duration(timedelta(seconds=round_down(seconds)), language)


def kept_of(kept: int, of: int, language: Language = ENGLISH) -> str:
    """`2 of 3`, `–` for none of none."""
    return language.say("{kept} of {all}", kept=kept, all=of) if of else "–"


def round_up(seconds: Fraction) -> int:
    return -(-seconds.numerator // seconds.denominator)


def round_down(seconds: Fraction) -> int:
    return seconds.numerator // seconds.denominator
