"""Templates give what Jinja's own give, errors included."""

from __future__ import annotations

from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from statusgen.render.fast_templates import FastEnvironment

PLAIN = """
{% import "other" as other %}
{% macro m(x) %}<{{ x }}>{% if caller is defined %}{{ caller() }}{% endif %}{% endmacro %}
{% macro all(x, y="&", z=x) %}{{ x }}{{ y }}{{ z }}{{ varargs }}{{ kwargs }}{% endmacro %}
{% macro few(x, y=1, z=x) %}{{ x }}{{ y }}{{ z }}{% endmacro %}
{% set s %}{{ a }}{% endset %}
{{ s }}{{ m(a) }}{{ a ~ b }}{{ b }}{{ a|safe }}{{ m(a)|upper }}{{ "<" ~ 1 }}{{ [a] }}
{{ all(a) }}{{ all(a, b) }}{{ all(a, z=b) }}{{ all(a, 1, 2, 3, k=a) }}{{ all(*[a, b]) }}{{ all(**{"x": a}) }}
{{ few(a) }}{{ few(a, b) }}{{ few(a, b, a) }}{{ few(x=a, z=b) }}{{ few(few(a), few(b, few(a))) ~ a }}
{% filter upper %}{{ a }}{% endfilter %}
{% set n = namespace() %}
{% autoescape false %}{{ a }}{{ m(a) }}{{ few(a) ~ a }}{{ few(a, z=b)|e }}
{% macro raw(x, y=1) %}{{ x }}{% endmacro %}{% set n.raw = raw %}{{ raw(a)|e }}{% endautoescape %}
{{ n.raw(a) }}{{ n.raw(x=a) }}{{ n.raw(a)|e }}{{ [n.raw(a)]|join }}
{% autoescape a != "" %}{{ n.raw(a) ~ a }}{{ few(a)|e }}{{ n.raw(a)|e }}{% endautoescape %}
{% call m(b) %}{{ a }}{% endcall %}
{% call(n) other.given(2) %}{{ n }}{{ a }}{% endcall %}
{{ other.plain(a) }}{{ a.upper() }}{{ range(3)|list }}{{ dict(a=a)["a"] }}{{ f(a) }}{{ f(a, b=b) }}
{% for x in [a, b] %}{{ loop.index }}{{ m(x) }}{{ loop.cycle(a, b) }}
{% for y in [x] %}{{ few(y) }}{% endfor %}{% endfor %}
{% for x in [1, [2, [3]]] recursive %}{{ loop(x) if x is iterable else few(x) }}{% else %}none{% endfor %}
{{ d.key }}{{ d.items()|list }}{{ d.none is defined }}
"""
LAYOUT = """
{% block head %}<head>{{ a }}{% block title required %}{% endblock %}</head>{% endblock %}
{% for x in [a, b] %}{% block row scoped %}{{ x }}{% endblock %}{% endfor %}
{% set kept %}{% block main %}{{ b }}{% endblock %}{% endset %}{{ kept|trim }}{{ self.title() }}
{% if a %}{% block last %}{{ b }}{% endblock %}{% endif %}
"""
CHILD = """
{% extends "layout" %}
{% import "other" as other %}{% from "other" import plain as p with context %}
{% set word = a %}
not shown
{% block title %}{{ word }}{{ other.plain(b) }}{% endblock %}
{% block row %}{{ super() }}{{ p(x) }}{% endblock %}
{% block main %} {% include "plain" %}{{ super() }}{{ a }} {% endblock %}
"""
OTHER = """{% macro given(n) %}{% for i in range(n) %}{{ caller(i) }}{% endfor %}{% endmacro %}
{% macro plain(x) %}<i>{{ x }}{{ a }}</i>{% endmacro %}"""
MAYBE = """{% if a %}{% extends "layout" %}{% endif %}{% block title %}{{ b }}{% endblock %}seen without"""
TEXTS = {"plain": PLAIN, "layout": LAYOUT, "child": CHILD, "other": OTHER, "maybe": MAYBE}


def _f(one: str, b: str = "-") -> str:
    return f"{one}&{b}"


DATA = {"a": "<a href='x'>&\"", "b": Markup("<b>"), "f": _f, "d": {"key": "<v>", "items2": 1}}


def _render(kind: type[Environment], name: str, data: dict[str, Any], more: str = "") -> str:
    environment = kind(autoescape=True, undefined=StrictUndefined, loader=DictLoader({**TEXTS, "more": more}))
    environment.globals["a"] = "global"
    if isinstance(environment, FastEnvironment):
        environment.trusted = frozenset({id(_f)})
    return environment.get_template(name).render(data)


@pytest.mark.parametrize("name", ["plain", "child", "maybe"])
@pytest.mark.parametrize("a", ["<a href='x'>&\"", ""])
def test_the_same(name: str, a: str) -> None:
    data = {**DATA, "a": a}
    assert _render(FastEnvironment, name, data) == _render(ImmutableSandboxedEnvironment, name, data)


@pytest.mark.parametrize(
    "more",
    [
        "{{ nothing }}",
        "{{ nothing.at.all }}",
        "{{ nothing() }}",
        "{{ d.missing }}",
        "{{ d.missing() }}",
        "{{ [].append(1) }}",
        "{{ d.update(x=1) }}",
        "{{ f.__globals__ }}",
        "{{ f.__call__(a) }}",
        "{{ a.format() }}{{ '{0.__class__}'.format(a) }}",
        "{{ f() }}",
        "{{ f(1, 2, 3) }}",
        "{{ f(class=1) }}",
        "{{ a() }}",
        "{{ [1]() }}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m() }}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(1, 2) }}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(1, x=2) }}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(y=2) }}",
        "{% macro m(x) %}{{ caller() }}{% endmacro %}{{ m(1) }}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{% call m(1) %}{% endcall %}",
        '{% extends "layout" %}',
        "{{ range(10 ** 9) }}",
    ],
)
def test_the_same_error(more: str) -> None:
    def outcome(kind: type[Environment]) -> tuple[type[Exception], str] | str:
        try:
            return _render(kind, "more", DATA, more)
        except Exception as error:
            return type(error), str(error)

    assert outcome(FastEnvironment) == outcome(ImmutableSandboxedEnvironment)


def test_it_is_in_use() -> None:
    assert "escape_output(" in FastEnvironment(autoescape=True).compile(PLAIN, raw=True)
