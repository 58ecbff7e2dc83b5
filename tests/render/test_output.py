"""What stands on a page for a value is what Jinja's own escaping gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import StrictUndefined, UndefinedError
from jinja2.filters import do_trim
from markupsafe import Markup, escape

from statusgen.model.states import Impact
from statusgen.render.output import escape_output, mark_safe, trim


class _Html:
    """Also what says itself how it stands in HTML."""

    def __html__(self) -> str:
        return "<b>own</b>"


@given(st.text())
def test_text(text: str) -> None:
    assert escape_output(text) == escape(text)
    assert escape_output(Markup(text)) == text  # noqa: S704


@pytest.mark.parametrize("value", [0, 1, True, 1.5, None, ("<a>",), _Html(), Impact.MINOR])
def test_other_values(value: object) -> None:
    assert escape_output(value) == escape(value)


def test_text_that_is_equal_to_markup_is_still_escaped() -> None:
    assert escape_output(Markup("<i>")) == "<i>"
    assert escape_output("<i>") == "&lt;i&gt;"


@given(st.text())
def test_what_is_safe(text: str) -> None:
    assert type(mark_safe(text)) is Markup
    assert mark_safe(text) == text


@given(st.text(), st.sampled_from([None, " ", "ab"]))
def test_trimmed(text: str, chars: str | None) -> None:
    for value in (text, Markup(text)):  # noqa: S704
        found = trim(value, chars)
        assert (type(found), found) == (type(value), do_trim(value, chars))


def test_what_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        escape_output(StrictUndefined(name="nothing"))
