"""Catalogues: PO files as GNU gettext has them, one for each language."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from gettext import c2py

from statusgen.model.language import ENGLISH, Language, names_in
from statusgen.problems import suggest

FORMS = re.compile(rb"nplurals\s*=\s*(\d{1,9})", re.IGNORECASE)
MOST_FORMS = 10
# Babel takes what is not closed for closed, and loses its last letter.
LINE = re.compile(r'\s*(?:#.*|(?:msg(?:id|str|id_plural|ctxt)(?:\[\d{1,2}\])?\s*)?"(?:[^"\\]|\\.)*")?\s*')
PLURALS = "(n != 1)"


class CatalogueError(ValueError):
    """A file that is no catalogue; `place` is its path in a theme's folder."""

    def __init__(self, message: str, place: str) -> None:
        super().__init__(message)
        self.place = place


@lru_cache(maxsize=64)
def read_language(tag: str, texts: tuple[bytes, ...]) -> Language:
    """The very same language for the same catalogues. Raises CatalogueError."""
    if not texts and tag == ENGLISH.tag:
        return ENGLISH
    try:
        return parse_catalogue(tag, *texts)
    except ValueError as error:
        raise CatalogueError(str(error), f"locale/{tag}.po") from None


def parse_catalogue(tag: str, *texts: bytes) -> Language:
    """A language of its catalogues, of which later ones have the last word. Raises ValueError for what is no PO file.

    What is marked as fuzzy was guessed, so it is left out, as is what has other placeholders than its message."""
    messages: dict[str, tuple[str, ...]] = {}
    rule = PLURALS
    for text in texts:
        entries, own_rule = _read(text)
        rule = own_rule or rule
        messages |= {ids[0]: forms for _, ids, forms in entries if not find_wrong_names(ids, forms)}
    return Language(tag, messages, _read_rule(rule))


def check_catalogue(text: bytes, known: Collection[str]) -> Iterator[tuple[int, str]]:
    """(line, what is wrong with it), of messages that will not be taken. `known` are those that somebody says. Raises
    ValueError for what is no PO file."""
    entries, rule = _read(text)
    _read_rule(rule or PLURALS)
    for line, ids, forms in entries:
        if ids[0] not in known:
            near = suggest(ids[0], known)
            yield line, f"there is no message `{ids[0]}`{f'; {near}' if near else ''}"
        elif wrong := find_wrong_names(ids, forms):
            yield line, f"`{ids[0]}` has other placeholders: {', '.join(f'`{{{name}}}`' for name in sorted(wrong))}"


def find_wrong_names(ids: tuple[str, ...], forms: tuple[str, ...]) -> frozenset[str]:
    """Placeholders that are too many or missing. A form for several things may leave out their number."""
    wanted, free = names_in(ids[-1]), {"n"} if len(ids) > 1 else set()
    return frozenset(name for form in forms for name in (names_in(form) ^ wanted) - free)


def _read(text: bytes) -> tuple[list[tuple[int, tuple[str, ...], tuple[str, ...]]], str]:
    """(line, message with its plural, forms) of what is translated, and the rule for plurals, "" where it has none."""
    from babel.messages.pofile import PoFileError, read_po  # where it is used: most sites have no other language

    if any(int(found[1]) > MOST_FORMS for found in FORMS.finditer(text)):
        raise ValueError(f"no language has more than {MOST_FORMS} plural forms")
    try:
        lines = text.decode("utf-8").splitlines(keepends=True)
        for number, line in enumerate(lines, 1):
            if not LINE.fullmatch(line):
                raise ValueError(f"line {number} is none of a catalogue: {line.strip()[:60]}")
        catalogue = read_po(lines, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from None
    entries = []
    for message in catalogue:
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        said = message.string
        forms = tuple(map(str, said)) if isinstance(said, tuple | list) else (str(said or ""),)
        if ids[0] and not message.fuzzy and all(forms):
            entries.append((message.lineno or 0, ids, forms))
    return entries, catalogue.plural_expr if b"plural-forms" in text.lower() else ""


def _read_rule(expression: str) -> Callable[[int], int]:
    """Which form so many things have. A catalogue may come with a push, and what is divided by nothing is told at once
    or, where it comes to that for a rare number only, is the first form of all."""
    rule = c2py(expression)
    try:
        wrong = next((number for number in range(1000) if rule(number) < 0), None)
    except ArithmeticError as error:
        raise ValueError(f"the rule of plurals fails: {error}") from None
    if wrong is not None:
        raise ValueError(f"the rule of plurals gives no form for {wrong}")

    def choose(number: int) -> int:
        try:
            return max(0, rule(number))
        except ArithmeticError:
            return 0

    return choose
