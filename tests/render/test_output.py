"""What stands on a page for a value is what Jinja's own escaping gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined, UndefinedError
from markupsafe import Markup, escape

from statusgen.model.states import Impact
from statusgen.render.output import FastTemplates, escape_output, escape_text


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


def test_what_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        escape_output(StrictUndefined(name="nothing"))


TEMPLATE = """
{% macro m(x) %}<{{ x }}>{% if caller %}{{ caller() }}{% endif %}{% endmacro %}
{% set s %}{{ a }}{% endset %}
{{ s }}{{ m(a) }}{{ a ~ b }}{{ b }}{{ a|safe }}{{ m(a)|upper }}{{ "<" ~ 1 }}{{ [a] }}
{% filter upper %}{{ a }}{% endfilter %}
{% autoescape false %}{{ a }}{{ m(a) }}{% endautoescape %}
{% call m(b) %}{{ a }}{% endcall %}
"""


class _Fast(Environment):
    code_generator_class = FastTemplates
    escape_output = staticmethod(escape_output)
    escape_text = staticmethod(escape_text)


def test_templates_give_the_same() -> None:
    data = {"a": "<a href='x'>&\"", "b": Markup("<b>")}
    slow, fast = (kind(autoescape=True).from_string(TEMPLATE) for kind in (Environment, _Fast))
    assert fast.render(data) == slow.render(data)
    assert "escape_output(" in _Fast(autoescape=True).compile(TEMPLATE, raw=True)
