"""A language that pages are written in, and its words for the messages of templates and code, which are in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from statusgen.model.languages import get_language

PLACEHOLDER = re.compile(r"\{(/?\w+)\}")


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """`messages` has each message's translation with the same placeholders, and one form for each plural that `plural`
    chooses among.

    Two are the same only if they are one and the same, so what is kept by language is found at once."""

    tag: str = "en"
    messages: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    plural: Callable[[int], int] = field(default=lambda number: int(number != 1), repr=False)

    @property
    def is_rtl(self) -> bool:
        return get_language(self.tag).is_rtl

    def find(self, message: str) -> str:
        """The message in this language with its placeholders; as it is where there is no translation."""
        found = self.messages.get(message)
        return found[0] if found else message

    def find_plural(self, number: int, one: str, many: str) -> str:
        """The form for so many. A form may leave out the number, as English does with `an incident`."""
        forms = self.messages.get(one, ())
        place = self.plural(number)
        if place < len(forms):
            return forms[place]
        return one if number == 1 else many

    def say(self, message: str, **parts: object) -> str:
        """Plain text, with `parts` in the place of `{name}`."""
        return fill(self.find(message), parts)

    def count(self, number: int, one: str, many: str, **parts: object) -> str:
        """The same for `{n}` things."""
        return fill(self.find_plural(number, one, many), {"n": number, **parts})


ENGLISH = Language()


def names_in(message: str) -> frozenset[str]:
    return frozenset(PLACEHOLDER.findall(message))


def fill(message: str, parts: Mapping[str, object]) -> str:
    """Text that looks like a placeholder in what is put in stays as it is."""
    if not parts:
        return message
    pieces = list(_split(message))
    for place in range(1, len(pieces), 2):
        pieces[place] = str(parts[pieces[place]])
    return "".join(pieces)


@lru_cache(maxsize=1024)
def _split(message: str) -> tuple[str, ...]:
    """What stands around placeholders, with their names between."""
    return tuple(PLACEHOLDER.split(message))


def mark(message: str) -> str:
    """Marks a message for translation where it is written, not where it is said."""
    return message
