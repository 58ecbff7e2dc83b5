"""How wide texts are reckoned, and how they are cut."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.render.badges.text import ADVANCES, ELLIPSIS, shorten, width_of

FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("iiii", 4 * 28),
        ("WWWW", 4 * 99),
        ("API", 68 + 60 + 29),
        ("ÄÄ", 2 * 68),
        ("A\u0308", 68),
        ("状態", 200),
        ("👩🏽", 125),
        (FAMILY, 125),
        ("✔\ufe0f", 125),
        ("Статус", 6 * 68),
    ],
)
def test_widths(text: str, width: int) -> None:
    assert width_of(text, 100) == width


def test_every_letter_of_latin_1_has_an_advance() -> None:
    letters = [chr(code) for code in (*range(32, 127), *range(160, 256)) if chr(code) != "\u00ad"]
    assert [letter for letter in letters if letter not in ADVANCES] == []


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("API", 200, "API"),
        ("iiiiiiiiii", 280, "iiiiiiiiii"),
        ("iiiiiiiiii", 279, "iiiiii…"),
        ("one two three", 400, "one t…"),
        ("one two three", 355, "one…"),
        ("A\u0308" * 9, 68 * 3 + 100, "A\u0308" * 3 + "…"),
        (FAMILY * 4, 125 + 110, FAMILY + "…"),
        ("W", 10, "…"),
    ],
)
def test_shortened(text: str, limit: float, shown: str) -> None:
    assert shorten(text, limit, 100) == shown


@given(st.text(), st.floats(50, 2000))
def test_what_is_shortened_fits_and_is_a_begin(text: str, limit: float) -> None:
    shown = shorten(text, limit, 11)
    assert width_of(shown, 11) <= limit + 1e-6
    if shown != text:
        begin = shown.removesuffix(ELLIPSIS)
        assert text.startswith(begin) and len(shown) <= len(text) + 1
        assert not begin.endswith("\u200d")
        assert not text[len(begin) :][:1] or unicodedata.category(text[len(begin)]) != "Mn" or text[len(begin)] == " "
