"""Days of a bar on pages of very many components: neighbours on which nothing happened are one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from statusgen.history.days import Day
from statusgen.model.language import ENGLISH, Language
from statusgen.render.words import describe_day, format_day


def find_runs(days: Sequence[Day]) -> list[tuple[Day, ...]]:
    """The same days in order; what one day shows and its neighbour does not stands alone."""
    found: list[tuple[Day, ...]] = []
    for (_, is_quiet), group in groupby(days, key=lambda day: (day.known, not day.seconds and not day.causes)):
        some = tuple(group)
        found += [some] if is_quiet else [(day,) for day in some]
    return found


def describe_run(run: Sequence[Day], language: Language = ENGLISH) -> str:
    """As that of a day, from the first to the last one."""
    first, last = run[0], run[-1]
    if first is last:
        return describe_day(first, language)
    on = f"{format_day(first.on, language)} – {format_day(last.on, language)}"
    return (
        language.say("{day}: no downtime recorded", day=on) if first.known else language.say("{day}: no data", day=on)
    )
