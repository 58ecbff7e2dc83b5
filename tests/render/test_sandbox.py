"""A theme comes with whoever can push: a template shows data, and gets at nothing of the program behind it."""

from __future__ import annotations

import pytest
from jinja2 import Environment
from jinja2.exceptions import SecurityError, UndefinedError
from sites import default_theme, parse_files

from statusgen.model.theme import Theme
from statusgen.render.assets import render_assets
from statusgen.render.fast_templates import GUARDED
from statusgen.render.templates import make_environment

ESCAPES = [
    "{{ ''.__class__ }}",
    "{{ ''['__class__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ (1).__class__.__mro__[-1].__subclasses__() }}",
    "{{ [''] | map(attribute='__class__') | first }}",
    "{{ ([''] | groupby('__class__') | first).grouper }}",
    "{{ '{0.__class__}'.format('') }}",
    "{{ '{a.__class__}'.format_map({'a': 1}) }}",
    "{{ ''.format.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('true') }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ asset.__closure__ }}",
    "{{ window.__code__ }}",
    "{% for x in [1] %}{{ loop.__class__ }}{{ loop._iterable }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m.__call__.__globals__ }}{{ m._func }}",
    "{{ site.__class__.__init__.__globals__ }}",
    "{{ site.components.append(1) }}",
    "{% set ns = [] %}{{ ns.append(1) }}",
    "{{ {}.update(a=1) }}",
    "{{ dict.mro() }}",
]


def environment_of(**templates: str) -> Environment:
    theme = Theme("own", {**default_theme().templates, **templates}, default_theme().assets)
    return make_environment(theme, render_assets(theme), parse_files({}).site)


@pytest.mark.parametrize("template", ESCAPES)
def test_what_is_behind_the_data_is_out_of_reach(template: str) -> None:
    with pytest.raises((SecurityError, UndefinedError)):
        environment_of().from_string(template).render(site=type("Site", (), {"components": []})())


def test_a_range_that_fills_the_memory_is_refused() -> None:
    with pytest.raises(OverflowError):
        environment_of().from_string("{{ range(10 ** 9) }}").render()


def test_data_is_read_in_each_way_that_templates_have() -> None:
    data = {"o": type("O", (), {"a": "A", "title": "own"})(), "d": {"a": "A", "items": "hidden"}, "text": "x y"}
    template = "{{ o.a }}{{ o['a'] }}{{ d.a }}{{ d['items'] }}{{ o.title }}{{ text.title() }}{{ '{}'.format(1) }}"
    assert environment_of().from_string(template).render(data) == "AAAhiddenownX Y1"


def test_only_attributes_that_the_sandbox_looks_at_are_asked_for_by_call() -> None:
    assert {"append", "update", "mro", "gi_frame", "cr_code", "ag_frame", "f_globals", "co_code", "tb_frame"} <= GUARDED
    code = environment_of().compile("{{ entry.title }}", raw=True)
    assert "getattr((_o := " in code
    assert "getattr((_o := " not in environment_of().compile("{{ entry.append }}{{ entry._title }}", raw=True)
