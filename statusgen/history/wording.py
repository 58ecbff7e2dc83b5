"""Exact values as text: nothing of them is rounded."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby

from statusgen.model.hours import Hours

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


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


def format_length(seconds: int) -> str:
    """Exact: nothing is left out."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{count} {unit}" for count, unit in ((hours, "h"), (minutes, "min"), (rest, "s")) if count]
    return " ".join(parts) or "0 s"


def format_hours(hours: Hours) -> str:
    """`Mon–Fri 08:00–18:00, Sat 10:00–14:00`."""
    parts = []
    for spans, days in groupby(range(7), key=lambda day: hours.week[day]):
        found = list(days)
        if spans:
            first, last = found[0], found[-1]
            name = WEEKDAYS[first] if first == last else f"{WEEKDAYS[first]}–{WEEKDAYS[last]}"
            parts.append(f"{name} {', '.join(f'{_clock(begin)}–{_clock(end)}' for begin, end in spans)}")
    return ", ".join(parts)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
