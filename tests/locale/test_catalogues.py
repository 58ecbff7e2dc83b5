"""Catalogues are whole, and pages say nothing that is not in them."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import catalogues
import pytest
from babel.messages.catalog import Catalog, Message

from statusgen.model.language import PLACEHOLDER
from statusgen.model.languages import LANGUAGES
from statusgen.model.states import ChangeStatus, Impact, IncidentStatus, ProblemStatus, State
from statusgen.render.catalogue import read_language
from statusgen.render.names import NAMES

TEMPLATES = sorted((catalogues.ROOT / "themes").glob("*/templates/*.html"))
# Names, which are the same in all languages; and a page for those who write programs, which is in English.
FIXED = {
    "Google",
    "Calendar",
    "Outlook",
    "MTBF",
    "ID",
    "feed",
    "subscribe",
    "article",
    "Field",
    "Meaning",
    "none",
    "maintenance",
}
IN_ENGLISH = {"formats.html"}


@cache
def wanted() -> Catalog:
    return catalogues.extract()


def ids_of(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, list | tuple) else (str(message.id),)


def forms_of(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, list | tuple) else (str(message.string),)


def test_there_is_one_for_every_language() -> None:
    assert {path.stem for path in catalogues.FOLDER.glob("*.po")} == set(catalogues.TAGS)
    assert len(LANGUAGES) >= 17


@pytest.mark.parametrize("tag", catalogues.TAGS)
def test_it_has_every_message_and_no_other(tag: str) -> None:
    found = {ids_of(message) for message in catalogues.read(tag) if message.id}
    assert found == {ids_of(message) for message in wanted() if message.id}, "run tests/locale/catalogues.py"


@pytest.mark.parametrize("tag", catalogues.TAGS)
def test_every_message_is_translated_with_its_placeholders(tag: str) -> None:
    catalogue = catalogues.read(tag)
    for message in catalogue:
        if not message.id:
            continue
        ids, forms = ids_of(message), forms_of(message)
        assert len(forms) == (catalogue.num_plurals if len(ids) > 1 else 1), message.id
        for form in forms:
            assert form and not message.fuzzy, message.id
            assert "<" not in form and ">" not in form, form
            found, there = PLACEHOLDER.findall(form), PLACEHOLDER.findall(ids[-1])
            missing = set(there) - set(found)
            assert sorted(found) == sorted(there) or (len(ids) > 1 and missing == {"n"} and set(found) <= set(there)), (
                form
            )


@pytest.mark.parametrize("tag", catalogues.TAGS)
def test_it_is_read_with_all_its_messages_and_plurals(tag: str) -> None:
    text = (catalogues.FOLDER / f"{tag}.po").read_bytes()
    language, catalogue = read_language(tag, (text,)), catalogues.read(tag)
    assert len(language.messages) == len([message for message in wanted() if message.id])
    places = {language.plural(number) for number in range(1_000_001 if tag in ("fr", "es", "it", "pt-BR") else 200)}
    assert places == set(range(catalogue.num_plurals))


def test_every_state_and_status_has_a_name() -> None:
    kinds = (State, IncidentStatus, ChangeStatus, ProblemStatus, Impact)
    assert {str(one.value) for kind in kinds for one in kind} == NAMES.keys()


class _Words(HTMLParser):
    """Text, and attributes that people hear or see."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("title", "alt", "aria-label", "placeholder")]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.parent.name}/{path.name}")
def test_templates_have_no_words_of_their_own(path: Path) -> None:
    if path.name in IN_ENGLISH:
        return
    text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", " ", path.read_text("utf-8"), flags=re.DOTALL)
    words = _Words()
    words.feed(re.sub(r"<code>.*?</code>", "", text, flags=re.DOTALL))
    said = {word for part in words.found for word in re.findall("[A-Za-z]{2,}", part)}
    assert said - FIXED == set()
