"""Exact values as text: nothing of them is rounded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import groupby

from statusgen.model.hours import Hours

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SYMBOLS = {"day": "d", "hour": "h", "minute": "min", "second": "s"}


def format_unit(count: int, unit: str) -> str:
    """`unit` is one of SYMBOLS."""
    return f"{count} {SYMBOLS[unit]}"


def format_exact(value: Fraction) -> str:
    """A fraction whose denominator divides a power of ten, as weights and targets make them: `40`, `12.6`, `-3.25`."""
    if value.denominator == 1:
        return str(value.numerator)
    places = 1
    while (value * 10**places).denominator > 1:
        places += 1
    whole, sign = abs(value.numerator * 10**places // value.denominator), "-" if value < 0 else ""
    digits = f"{whole:0{places + 1}d}"
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def format_length(seconds: int, unit: Callable[[int, str], str] = format_unit) -> str:
    """Exact: nothing is left out. `unit` writes so many of one of SYMBOLS."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [unit(count, name) for count, name in ((hours, "hour"), (minutes, "minute"), (rest, "second")) if count]
    return " ".join(parts) or unit(0, "second")


def format_hours(hours: Hours, weekdays: Sequence[str] = WEEKDAYS) -> str:
    """`Mon–Fri 08:00–18:00, Sat 10:00–14:00`."""
    parts = []
    for spans, days in groupby(range(7), key=lambda day: hours.week[day]):
        found = list(days)
        if spans:
            first, last = found[0], found[-1]
            name = weekdays[first] if first == last else f"{weekdays[first]}–{weekdays[last]}"
            parts.append(f"{name} {', '.join(f'{_clock(begin)}–{_clock(end)}' for begin, end in spans)}")
    return ", ".join(parts)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
