"""The template environment: what themes can use besides their data."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template, TemplateRuntimeError, nodes, pass_context

from statusgen.model.language import ENGLISH, Language
from statusgen.model.site import Site
from statusgen.model.theme import Theme
from statusgen.render.assets import Assets
from statusgen.render.cards import make_cards
from statusgen.render.compiled import Compiled
from statusgen.render.fast_templates import FastEnvironment
from statusgen.render.filters import make_filters
from statusgen.render.looks import find_icon
from statusgen.render.messages import Translator, make_counter
from statusgen.render.response_words import kept_of
from statusgen.render.tags import window_tag
from statusgen.render.words import format_window, name_weekdays


class _Environment(FastEnvironment):
    language = ENGLISH

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._known: dict[str, Template] = {}

    def _generate(self, source: nodes.Template, *more: Any, **named: Any) -> str:
        return super()._generate(Translator(self.language, self).visit(source), *more, **named)

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> Template:  # noqa: A002
        """Found by its name, where Jinja makes a key of it first. No template here has globals of its own."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = super()._load_template(name, globals)
        return known

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A dict, where Jinja has a ChainMap that it copies for every page, which takes ten times as long."""
        return {**self.globals, **(d or {})}


def make_environment(
    theme: Theme, assets: Assets, site: Site, language: Language = ENGLISH, tree: str = ""
) -> Environment:
    """What a template can use: the filters of `make_filters`, and the functions `_`, `_n`, `window`, `window_text`,
    `kept_of`, `asset` and `icon`."""
    zone = site.zone
    environment = _Environment(
        loader=FunctionLoader(lambda name: _find_template(theme, name)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=Compiled(language, site.zone, tree),
        # A theme has few of them, which a plain dict finds sooner.
        cache_size=-1,
    )
    environment.language = language
    environment.filters.update(make_filters(site, language, tree))
    cards = make_cards(assets, language)
    # With the context, as Jinja would keep the outcome for one indicator, and pictures may be others the next time.
    environment.filters["card"] = pass_context(lambda _, indicator: cards.get(indicator))
    functions: dict[str, Callable[..., Any]] = {
        "_n": make_counter(language),
        "window": lambda start, end: window_tag(start, end, zone, language),
        "window_text": lambda start, end: format_window(start, end, zone, language),
        "kept_of": lambda kept, of: kept_of(kept, of, language),
        "icon": lru_cache(maxsize=16)(lambda indicator="": find_icon(site.looks, assets.names, indicator)),
        "asset": lambda name: _find_asset(assets, name),
    }
    environment.globals |= {**functions, "weekdays": name_weekdays(language), "zone": zone.key}
    environment.trusted = frozenset(map(id, functions.values()))
    return environment


def _find_template(theme: Theme, name: str) -> tuple[str, str, None] | None:
    """With its place for a file's name, so that a traceback tells which template is wrong."""
    return (theme.templates[name], theme.place_of(name), None) if name in theme.templates else None


def _find_asset(assets: Assets, name: str) -> str:
    if name not in assets.names:
        raise TemplateRuntimeError(f"the theme has no asset `{name}`")
    return assets.names[name]
