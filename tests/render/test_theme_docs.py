"""themes/README.md tells of all that templates are given, and of nothing else. `theme_docs.py` reads what there is."""

from __future__ import annotations

import re
import typing
from functools import cache

from command import ROOT, run_statusgen
from sites import default_theme, parse_files
from theme_docs import hints_of, known_classes, shown_type

from statusgen.render import contexts
from statusgen.render.assets import render_assets
from statusgen.render.templates import make_environment

TEXT = (ROOT / "themes/README.md").read_text("utf-8")
ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (.*) \|$", re.MULTILINE)


@cache
def sections() -> dict[str, str]:
    """The text below each heading, by its words."""
    parts = re.split(r"^#{2,3} (.+)\n", TEXT, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_value_is_told_with_its_type_and_meaning() -> None:
    told, known = set(), set()
    for name, kind in known_classes().items():
        known |= {(name, key, shown_type(hint)) for key, hint in hints_of(kind).items()}
        rows = ROW.findall(sections().get(name, ""))
        assert all(meaning.strip() for _, _, meaning in rows), name
        told |= {(name, key, kind) for key, kind, _ in rows}
    assert told - known == set(), "there is no such value any more"
    assert known - told == set(), "add a row for it to themes/README.md, below the heading of its kind"


def test_no_heading_is_left_over() -> None:
    data = TEXT.partition("\n## Data\n")[2]
    assert set(re.findall(r"^### (\w+)$", data, re.MULTILINE)) == {
        name for name, kind in known_classes().items() if hints_of(kind)
    }


def test_every_template_is_told_with_its_page_and_blocks() -> None:
    rows = re.findall(r"^\| `([\w.]+\.html)` \| (.*?) \| (.+?) \| (.*?) \|$", sections()["Templates"], re.MULTILINE)
    templates = {name: text for name, text in default_theme().templates.items() if "/" not in name}
    assert {name for name, *_ in rows} == templates.keys()
    for name, _, _, blocks in rows:
        assert re.findall(r"`(\w+)`", blocks) == list(dict.fromkeys(re.findall(r"{% block (\w+)", templates[name]))), (
            name
        )
    pages = {match for _, page, _, _ in rows for match in re.findall(r"\[(\w+)\]", page)}
    assert pages == {page.__name__ for page in typing.get_args(contexts.PageContext)}


def test_every_filter_and_function_is_told() -> None:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    theme, plain = default_theme(), ImmutableSandboxedEnvironment()
    environment = make_environment(theme, render_assets(theme), parse_files({}).site)
    filters = set(re.findall(r"^\| `(\w+)` \|", sections()["Filters"], re.MULTILINE))
    assert filters == environment.filters.keys() - (plain.filters.keys() - filters)
    functions = set(re.findall(r"^\| `(\w+)", sections()["Functions"], re.MULTILINE))
    # `_` is gone once a template is compiled.
    assert functions == (environment.globals.keys() - plain.globals.keys()) | {"_"}


def test_the_command_prints_it() -> None:
    assert run_statusgen("theme", "docs").stdout == TEXT
