"""Catalogues: PO files as GNU gettext has them, one for each language."""

from __future__ import annotations

from functools import lru_cache
from gettext import c2py

from statusgen.model.language import ENGLISH, Language


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

    What is marked as fuzzy was guessed, so it is left out."""
    from babel.messages.pofile import PoFileError, read_po  # where it is used: most sites have no other language

    messages: dict[str, tuple[str, ...]] = {}
    rule = "(n != 1)"
    for text in texts:
        try:
            catalogue = read_po(text.decode("utf-8").splitlines(keepends=True), abort_invalid=True)
        except (PoFileError, UnicodeDecodeError) as error:
            raise ValueError(str(error)) from None
        rule = catalogue.plural_expr if b"Plural-Forms" in text else rule
        for message in catalogue:
            said = message.string
            forms = tuple(map(str, said)) if isinstance(said, tuple | list) else (str(said or ""),)
            name = message.id if isinstance(message.id, str) else message.id[0]
            if name and not message.fuzzy and all(forms):
                messages[name] = forms
    return Language(tag, messages, c2py(rule))
