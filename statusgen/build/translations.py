"""Translations, brought together with what they are translations of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from statusgen.model.entries import Entry
from statusgen.model.languages import get_language
from statusgen.model.site import Site
from statusgen.model.translations import Translation
from statusgen.parse.content import PARSERS, kind_of, language_of, original_of
from statusgen.parse.matching import match_translation
from statusgen.parse.parsed import Parsed
from statusgen.parse.parsed_translation import ParsedTranslation
from statusgen.parse.times import Clock
from statusgen.problems import Problem


class Matcher:
    """Matches time after time: of what did not change, nothing is looked at again, and the values are the very same."""

    def __init__(self) -> None:
        self._clock: Clock | None = None
        self._kept: dict[str, tuple[ParsedTranslation, Entry, Translation, list[Problem]]] = {}

    def match(
        self, worded: Mapping[str, ParsedTranslation], parsed: Mapping[str, Parsed], clock: Clock, drafts: bool = False
    ) -> tuple[tuple[Translation, ...], list[Problem]]:
        """Both by path. Translations sorted by path, those of drafts only if asked for; and what is wrong with them.

        Of one whose original cannot be read nothing is said."""
        known, self._kept = self._kept if clock == self._clock else {}, {}
        self._clock = clock
        found, problems = [], []
        for path in sorted(worded):
            words = worded[path]
            original = parsed.get(words.words.of)
            if original is None:
                continue
            match = known.get(path)
            if not match or match[0] is not words or match[1] is not original.entry:
                match = words, original.entry, *match_translation(words, original, clock)
            self._kept[path] = match
            problems += match[3]
            if drafts or not (words.draft or original.draft):
                found.append(match[2])
        return tuple(found), problems


def match_shown(
    matcher: Matcher,
    worded: Mapping[str, ParsedTranslation],
    shown: Iterable[Parsed],
    clock: Clock,
    drafts: bool = False,
) -> tuple[Translation, ...]:
    """The same of all that is shown, about which nothing is to be said."""
    if not worded:
        return ()
    wanted = {words.words.of for words in worded.values()}
    parsed = {one.entry.path: one for one in shown if one.entry.path in wanted}
    return matcher.match(worded, parsed, clock, drafts)[0]


def check_languages(site: Site, worded: Mapping[str, ParsedTranslation]) -> Iterator[Problem]:
    for path, words in worded.items():
        if words.words.language not in site.languages:
            yield from check_language(site, path, words.words.language, words.words.of)


def check_language(site: Site, path: str, tag: str, original: str) -> Iterator[Problem]:
    """Warns of a translation into a language that there are no pages in, or into the one of the originals."""
    language = get_language(tag).english
    if tag == site.language:
        message = f"this is in {language}, as {original} is by `language` in site.yaml"
        yield Problem(path, 0, "other-language", message, "name it by another language, or delete it", "warning")
    elif tag not in site.languages:
        message = f"there are no pages in {language}, so this is not shown"
        hint = f"write `languages: [{', '.join([*site.languages, tag])}]` into site.yaml"
        yield Problem(path, 0, "other-language", message, hint, "warning")


def tell_orphans(site: Site, files: Iterable[str], problems: list[Problem]) -> list[Problem]:
    """The problems, and translations of what is not there: of these it is all that is said."""
    orphans = {problem.path: problem for problem in _find_orphans(site, files)}
    return [*(one for one in problems if one.path not in orphans), *orphans.values()] if orphans else problems


def _find_orphans(site: Site, files: Iterable[str]) -> Iterator[Problem]:
    for path in files if site.languages else ():
        original = original_of(path)
        if not original or original in files or kind_of(path) not in PARSERS:
            continue
        tag = language_of(path)
        if tag in site.languages and path.endswith(f".{tag}.md"):
            language = get_language(tag).english
            message = f"this is named as a translation to {language}, and there is no {original}"
            hint = "rename it like its original, or delete it; what is no translation needs another name"
            yield Problem(path, 0, "no-original", message, hint)


def without_orphans(parsed: Iterable[Parsed], problems: Iterable[Problem]) -> tuple[Parsed, ...]:
    """What names components is more than the words of another entry, whatever it is called."""
    orphans = {problem.path for problem in problems if problem.code == "no-original"}
    return tuple(one for one in parsed if one.mentions or one.entry.path not in orphans)
