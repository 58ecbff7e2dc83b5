"""How a language writes dates, times, lengths, numbers and lists: CLDR's ways, as Babel has them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Protocol

from statusgen.history.wording import WEEKDAYS, format_unit
from statusgen.model.language import Language

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


# So many letters of a weekday stand above a day.
WIDEST = 5


class Formats(Protocol):
    def day(self, day: date) -> str: ...
    def month(self, day: date) -> str: ...
    def month_name(self, day: date) -> str:
        """As it stands beside days."""

    def clock(self, local: datetime) -> str:
        """With seconds only where they are not zero."""

    def joined(self, day: str, time: str) -> str: ...
    def unit(self, count: int, unit: str) -> str:
        """`unit` is day, hour, minute or second."""

    def listed(self, parts: Sequence[str]) -> str: ...
    @property
    def weekdays(self) -> Sequence[str]:
        """Short names from Monday on."""

    def number(self, text: str) -> str:
        """`text` has a point before its decimals."""

    def percent(self, text: str) -> str: ...
    @property
    def day_heads(self) -> Sequence[str]:
        """The same, short enough for the columns of a calendar."""

    @property
    def first_weekday(self) -> int:
        """0 is Monday."""


class English:
    """CLDR's English of Europe, with the symbols of units. By hand, because most sites have no other language and
    Babel takes longer to load than a page takes to make."""

    first_weekday = 0
    weekdays: Sequence[str] = WEEKDAYS
    day_heads: Sequence[str] = WEEKDAYS

    def day(self, day: date) -> str:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def month(self, day: date) -> str:
        return f"{MONTHS[day.month - 1]} {day.year}"

    def month_name(self, day: date) -> str:
        return MONTHS[day.month - 1]

    def clock(self, local: datetime) -> str:
        # By hand because strftime takes three times as long.
        return f"{local.hour:02d}:{local.minute:02d}" + (f":{local.second:02d}" if local.second else "")

    def joined(self, day: str, time: str) -> str:
        return f"{day}, {time}"

    def unit(self, count: int, unit: str) -> str:
        return format_unit(count, unit)

    def listed(self, parts: Sequence[str]) -> str:
        return " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)

    def number(self, text: str) -> str:
        return text

    def percent(self, text: str) -> str:
        return f"{text} %"


class Local:
    """Any other language. Digits are those of the data, which is copied into programs."""

    def __init__(self, tag: str) -> None:
        from babel.core import Locale, get_global  # where it is used

        self._locale = Locale.parse(tag, sep="-")
        symbols = self._locale.number_symbols["latn"]
        self._decimal = symbols["decimal"]
        pattern = self._locale.percent_formats[None].pattern
        self._percent = pattern.replace("#,##,##0", "{}").replace("#,##0", "{}")
        likely = get_global("likely_subtags").get(tag.replace("-", "_"), tag)
        self.first_weekday: int = Locale.parse(likely, sep="_" if "_" in likely else "-").first_week_day
        names = self._locale.days["stand-alone"]["abbreviated"]
        self.weekdays: Sequence[str] = [str(names[number]) for number in range(7)]
        heads = names if max(map(len, self.weekdays)) <= WIDEST else self._locale.days["stand-alone"]["narrow"]
        self.day_heads: Sequence[str] = [str(heads[number]) for number in range(7)]

    def day(self, day: date) -> str:
        from babel.dates import format_date

        return format_date(day, "long", self._locale)

    def month(self, day: date) -> str:
        from babel.dates import format_skeleton

        return format_skeleton("yMMMM", datetime(day.year, day.month, 1), locale=self._locale)  # noqa: DTZ001 a month

    def month_name(self, day: date) -> str:
        # Chinese spells the number of a month out where no day follows, and writes dates with digits.
        width = "abbreviated" if self._locale.language == "zh" else "wide"
        return str(self._locale.months["format"][width][day.month])

    def clock(self, local: datetime) -> str:
        from babel.dates import format_time

        return format_time(local.time(), "medium" if local.second else "short", locale=self._locale)

    def joined(self, day: str, time: str) -> str:
        return str(self._locale.datetime_formats["long"]).replace("'", "").replace("{1}", day).replace("{0}", time)

    def unit(self, count: int, unit: str) -> str:
        from babel.units import format_unit

        return format_unit(count, f"duration-{unit}", "short", locale=self._locale)

    def listed(self, parts: Sequence[str]) -> str:
        from babel.lists import format_list

        return format_list(parts, locale=self._locale)

    def number(self, text: str) -> str:
        return text.replace(".", self._decimal)

    def percent(self, text: str) -> str:
        return str(self._percent.format(self.number(text)))


@lru_cache(maxsize=64)
def formats_of(language: Language) -> Formats:
    return English() if language.tag == "en" else Local(language.tag)
