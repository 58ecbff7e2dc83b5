"""Figures as text: the one edge at which they are rounded, always down."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from statusgen.history.figures import Figure
from statusgen.history.periods import Period
from statusgen.history.wording import format_exact, format_length
from statusgen.history.working import Piece, Reason
from statusgen.model.language import ENGLISH, Language, mark
from statusgen.model.service_level import Cycle, ServiceLevel
from statusgen.render.formats import formats_of
from statusgen.render.words import format_month

REASONS = {
    Reason.STATE: mark("its state"),
    Reason.LEFT_OUT: mark("planned work that its author left out"),
    Reason.ANNOUNCED: mark("planned work, announced in time"),
    Reason.LATE: mark("planned work, not announced in time"),
    Reason.OUTSIDE: mark("planned work outside its window"),
    Reason.ALLOWANCE: mark("planned work beyond the month's allowance"),
    Reason.HOURS: mark("outside the promised hours"),
}


def format_share(figure: Figure) -> str:
    """Percent, floored; with as many decimals as the promise has, two at least: `99.93`, `100.00` only for all."""
    places = _places_of(figure.level.target) if figure.level else 2
    # In whole numbers, as there are thousands of figures and fractions are slow.
    whole = figure.total * figure.down.denominator
    value = (whole - figure.down.numerator) * 10 ** (places + 2) // whole if whole else 10 ** (places + 2)
    return f"{value // 10**places}.{value % 10**places:0{places}d}"


@lru_cache(maxsize=256)
def _places_of(target: Fraction) -> int:
    places = 2
    while (target * 10 ** (places + 2)).denominator > 1 and places < 6:
        places += 1
    return places


def format_lost(seconds: Fraction, language: Language = ENGLISH) -> str:
    """`1 h 43 min 12 s`, rounded up to whole seconds."""
    return format_length(-(-seconds.numerator // seconds.denominator), formats_of(language).unit)


def format_left(seconds: Fraction, language: Language = ENGLISH) -> str:
    """The same, rounded down: what may still be lost."""
    return format_length(seconds.numerator // seconds.denominator, formats_of(language).unit)


def format_signed(seconds: Fraction, language: Language = ENGLISH) -> str:
    """`+13 min`, `-1 h 12 s`, `0 s`: more or less lost than before, rounded up to whole seconds."""
    sign = "+" if seconds > 0 else "-" if seconds < 0 else ""
    return sign + format_lost(abs(seconds), language)


def reason_of(piece: Piece, language: Language = ENGLISH) -> str:
    return language.find(REASONS[piece.reason])


def verdict_of(figure: Figure, language: Language = ENGLISH) -> str:
    """Whether a promise was kept; "" where there is none about such a period."""
    if not figure.promise:
        return ""
    if figure.kept is None:
        so_far = figure.share >= figure.promise.target
        return language.say("kept so far") if so_far else language.say("can still be kept")
    return language.say("kept") if figure.kept else language.say("missed")


def promise_of(promise: ServiceLevel, language: Language = ENGLISH) -> str:
    """`99.9 % of each month`."""
    message = {
        Cycle.MONTH: mark("{share} of each month"),
        Cycle.QUARTER: mark("{share} of each quarter"),
        Cycle.YEAR: mark("{share} of each year"),
    }[promise.cycle]
    return language.say(message, share=formats_of(language).percent(format_exact(promise.target * 100)))


def format_period(period: Period, language: Language = ENGLISH) -> str:
    """`November 2026`, `Q4 2026`, `2026`."""
    if period.cycle is Cycle.MONTH:
        return format_month(period.first, language)
    year, _, rest = period.key.partition("-")
    return language.say("Q{quarter} {year}", quarter=rest.removeprefix("Q"), year=year) if rest else year


def height_of(figure: Figure) -> int:
    """Of a bar, 2 to 20: the upper tenth of all that can be."""
    up, whole = figure.share.numerator, figure.share.denominator
    return 2 + 18 * max(0, 10 * up - 9 * whole) // whole


def tone_of(figure: Figure) -> str:
    """`good`, `fair` or `bad`: by the promise where there is one, else by what was lost."""
    if figure.share == 1:
        return "good"
    target = figure.level.target if figure.level else Fraction(999, 1000)
    return "fair" if figure.share >= target else "bad"


def meter_value(seconds: Fraction) -> int:
    """Whole seconds for a bar, which ends at nothing."""
    return max(0, seconds.numerator // seconds.denominator)
