"""The template environment: what themes can use besides their data."""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateRuntimeError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from statusgen.history.uptime import format_percent
from statusgen.model.theme import Theme
from statusgen.render import uptime_words, words
from statusgen.render.addresses import component_path, entry_path, month_path, uptime_path
from statusgen.render.assets import Assets
from statusgen.render.markdown import move_links, render_markdown, words_of
from statusgen.render.output import FastTemplates, escape_output


class _Environment(ImmutableSandboxedEnvironment):
    """A theme may come with a push: whoever can write it cannot run code where the site is built."""

    code_generator_class = FastTemplates
    escape_output = staticmethod(escape_output)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A dict, where Jinja has a ChainMap that it copies for every page, which takes ten times as long."""
        return {**self.globals, **(d or {})}


def make_environment(theme: Theme, assets: Assets, zone: ZoneInfo) -> Environment:
    """What a template can use: the filters below, and the functions `window` and `asset`."""
    environment = _Environment(
        loader=FunctionLoader(lambda name: _find_template(theme, name)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    filters: dict[str, Any] = {
        "markdown": lambda text, level, way="": Markup(move_links(render_markdown(text, level), way)),  # noqa: S704
        "excerpt": _excerpt,
        "time": lambda at: _full_time_tag(at, zone),
        "from_day": lambda at: _time_tag(at, words.format_first(at, zone), zone),
        "to_day": lambda at: _time_tag(at, words.format_last(at, zone), zone),
        "local": lambda at: at.astimezone(zone),
        "date": lambda at: _time_tag(at, words.format_day(at.astimezone(zone).date()), zone),
        "clock": lambda at: _time_tag(at, f"{at.astimezone(zone):%H:%M}", zone),
        "day": words.format_day,
        "month": words.format_month,
        "days_of_month": words.format_days,
        "duration": words.format_duration,
        "percent": format_percent,
        "name": words.name_of,
        "path": entry_path,
        "component_path": component_path,
        "month_path": month_path,
        "uptime_path": uptime_path,
        "describe": words.describe_day,
        "states": words.describe_states,
        "share": uptime_words.format_share,
        "exact": uptime_words.format_exact,
        "length_of": uptime_words.format_lost,
        "left_of": uptime_words.format_left,
        "meter": uptime_words.meter_value,
        "reason": uptime_words.reason_of,
        "verdict": uptime_words.verdict_of,
        "period": uptime_words.format_period,
        "height": uptime_words.height_of,
        "tone": uptime_words.tone_of,
        "disrupted": lambda days: sum(1 for day in days if day.known and day.seconds),
    }
    environment.filters.update(filters)
    environment.globals["window"] = lambda start, end: words.format_window(start, end, zone)
    environment.globals["zone"] = zone.key
    environment.globals["asset"] = lambda name: _find_asset(assets, name)
    return environment


def _find_template(theme: Theme, name: str) -> tuple[str, str, None] | None:
    """With its name for a file's name, so that a traceback tells which template is wrong."""
    return (theme.templates[name], name, None) if name in theme.templates else None


def _time_tag(at: datetime, text: str, zone: ZoneInfo) -> Markup:
    return Markup(f'<time datetime="{at.astimezone(zone).isoformat()}">{escape(text)}</time>')  # noqa: S704


# An incident's own times are those of its first and last update, and lists show them again.
@lru_cache(maxsize=4096)
def _full_time_tag(at: datetime, zone: ZoneInfo) -> Markup:
    return _time_tag(at, words.format_time(at, zone), zone)


def _find_asset(assets: Assets, name: str) -> str:
    if name not in assets.names:
        raise TemplateRuntimeError(f"the theme has no asset `{name}`")
    return assets.names[name]


# An update's first words stand on its page, in its month and on the front page.
@lru_cache(maxsize=4096)
def _excerpt(text: str) -> Markup:
    """The first 200 characters of a text's words, for descriptions."""
    plain = words_of(text)
    return escape(plain if len(plain) <= 200 else plain[:199].rsplit(" ", 1)[0] + "…")
