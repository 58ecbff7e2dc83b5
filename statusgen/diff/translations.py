"""What is read in other languages, where it is not what it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from statusgen.diff.side import Side
from statusgen.model.translations import SiteWords, Translation


class Became(StrEnum):
    NEW = "appears"
    GONE = "disappears"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class WordsDiff:
    """`path` is that of a translation, or of a site.LANG.yaml."""

    path: str
    language: str
    became: Became


def compare_words(old: Side | None, new: Side | None) -> Iterator[WordsDiff]:
    """In the order of their paths."""
    before, after = (_words_of(side) if side else {} for side in (old, new))
    for path in sorted(before.keys() | after.keys()):
        was, now = before.get(path), after.get(path)
        if one := now or was:
            became = Became.EDITED if was and now else Became.NEW if now else Became.GONE
            if was != now:
                yield WordsDiff(path, one.language, became)


def _words_of(side: Side) -> Mapping[str, Translation | SiteWords]:
    """Those of what customers see, in the languages that there are pages in."""
    content = side.snapshot.content
    groups = (content.incidents, content.changes, content.notices, content.reports, content.pages)
    shown = {entry.path for group in groups for entry in group}
    found: list[Translation | SiteWords] = [
        # An update with another time has another id, and the same words.
        replace(one, updates=tuple(("", text) for _, text in one.updates))
        for one in content.translations
        if one.of in shown
    ]
    return {one.path: one for one in (*found, *content.site.words) if one.language in content.site.languages}
