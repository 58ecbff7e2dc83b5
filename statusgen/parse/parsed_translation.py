"""What the parser of a translation gives back: it knows the file alone, and not yet what it is a translation of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from statusgen.model.entries import States
from statusgen.model.states import Status
from statusgen.model.translations import Translation


@dataclass(frozen=True)
class TranslatedUpdate:
    """An update's heading, and the text below it. `at` is None where the heading has no time. `states` and `next_at`
    are what its attributes say, which the original has to say as well."""

    line: int
    status: Status
    at: datetime | None
    body: str
    states: States = ()
    next_at: datetime | None = None


@dataclass(frozen=True)
class ParsedTranslation:
    """`words` is without the texts of updates, which have no id yet."""

    words: Translation
    updates: tuple[TranslatedUpdate, ...] = ()
    draft: bool = False
    actions_line: int = 1
