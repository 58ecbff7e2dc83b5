"""The template environment: what themes can use besides their data."""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template, TemplateRuntimeError, nodes
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from statusgen.history.uptime import format_percent
from statusgen.history.wording import format_exact, format_hours
from statusgen.model.language import ENGLISH, Language
from statusgen.model.looks import Looks
from statusgen.model.revisions import Commit
from statusgen.model.theme import Theme
from statusgen.model.zone import day_of, day_start
from statusgen.render import response_words, uptime_words, words
from statusgen.render.addresses import component_path, entry_path, group_path, month_path, uptime_path, webcal_address
from statusgen.render.assets import Assets
from statusgen.render.looks import find_icon
from statusgen.render.markdown import move_links, render_markdown, words_of
from statusgen.render.messages import Translator, make_counter
from statusgen.render.output import FastTemplates, escape_output, escape_text
from statusgen.render.record import short_id
from statusgen.render.turns import find_turns


class _Environment(ImmutableSandboxedEnvironment):
    """A theme may come with a push: whoever can write it cannot run code where the site is built."""

    code_generator_class = FastTemplates
    escape_output = staticmethod(escape_output)
    escape_text = staticmethod(escape_text)
    language = ENGLISH

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._known: dict[str, Template] = {}

    def _generate(self, source: nodes.Template, *more: Any, **named: Any) -> str:
        return super()._generate(Translator(self.language).visit(source), *more, **named)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Most of what is called are macros: they are as safe as what calls them, and it is known what they take."""
        if type(__obj) is not Macro:
            return super().call(__context, __obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __obj(__context.eval_ctx, *args, **kwargs)

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
    theme: Theme,
    assets: Assets,
    zone: ZoneInfo,
    looks: Looks = Looks(),  # noqa: B008
    language: Language = ENGLISH,
) -> Environment:
    """What a template can use: the filters below, and the functions `_`, `_n`, `window`, `window_text`, `kept_of`,
    `asset` and `icon`."""
    environment = _Environment(
        loader=FunctionLoader(lambda name: _find_template(theme, name)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        # A theme has few of them, which a plain dict finds sooner.
        cache_size=-1,
    )
    filters: dict[str, Any] = {
        "markdown": lambda text, level, way="": Markup(move_links(render_markdown(text, level), way)),  # noqa: S704
        "excerpt": _excerpt,
        "time": lambda at: _full_time_tag(at, zone),
        "from_day": lambda at: _edge_tag(at, words.format_first(at, zone), zone),
        "to_day": lambda at: _edge_tag(at, words.format_last(at, zone), zone, back=1),
        "local": lambda at: at.astimezone(zone),
        "date": lambda at: _day_tag(at.astimezone(zone).date()),
        "day": words.format_day,
        "month": words.format_month,
        "days_of_month": words.format_days,
        "duration": words.format_duration,
        "percent": format_percent,
        "name": words.name_of,
        "path": entry_path,
        "component_path": component_path,
        "group_path": group_path,
        "webcal": webcal_address,
        "month_path": month_path,
        "uptime_path": uptime_path,
        "describe": words.describe_day,
        "states": words.describe_states,
        "share": uptime_words.format_share,
        "exact": format_exact,
        "length_of": uptime_words.format_lost,
        "left_of": uptime_words.format_left,
        "meter": uptime_words.meter_value,
        "reason": uptime_words.reason_of,
        "verdict": uptime_words.verdict_of,
        "period": uptime_words.format_period,
        "hours": format_hours,
        "height": uptime_words.height_of,
        "tone": uptime_words.tone_of,
        "response_lines": response_words.response_lines,
        "wait": response_words.format_wait,
        "mean": response_words.format_mean,
        "median": response_words.format_median,
        "between": response_words.format_between,
        "response_cells": response_words.response_cells,
        "short": short_id,
        "source": lambda commit: _commit_tag(commit, zone),
        "signed": uptime_words.format_signed,
        "turns": lambda view: _turn_marks(*find_turns(view)),
        "disrupted": lambda days: sum(1 for day in days if day.known and day.seconds),
    }
    environment.language = language
    environment.filters.update(filters)
    environment.globals["_n"] = make_counter(language)
    environment.globals["window"] = lambda start, end: _window_tag(start, end, zone)
    environment.globals["window_text"] = lambda start, end: words.format_window(start, end, zone)
    environment.globals["kept_of"] = response_words.kept_of
    environment.globals["zone"] = zone.key
    environment.globals["icon"] = lambda indicator="": find_icon(looks, assets.names, indicator)
    environment.globals["asset"] = lambda name: _find_asset(assets, name)
    return environment


def _find_template(theme: Theme, name: str) -> tuple[str, str, None] | None:
    """With its place for a file's name, so that a traceback tells which template is wrong."""
    return (theme.templates[name], theme.place_of(name), None) if name in theme.templates else None


def _time_tag(local: datetime, text: str) -> Markup:
    """The words are our own, and no zone's abbreviation has anything to escape."""
    return Markup(f'<time datetime="{local.isoformat()}">{text}</time>')  # noqa: S704


def _day_tag(day: date) -> Markup:
    """A day is the site's: it has no instant that could be told in another zone."""
    return Markup(f'<time datetime="{day.isoformat()}">{words.format_day(day)}</time>')  # noqa: S704


def _edge_tag(at: datetime, text: str, zone: ZoneInfo, back: int = 0) -> Markup:
    """The first instant of a day stands for that one, or for the one so many days `back`, as its text has it."""
    day = day_of(at, zone)
    return _day_tag(day - timedelta(days=back)) if at == day_start(day, zone) else _time_tag(at.astimezone(zone), text)


# An incident's own span stands in the figures of each component that it affects.
@lru_cache(maxsize=4096)
def _window_tag(start: datetime, end: datetime, zone: ZoneInfo) -> Markup:
    """One element with both ends, so that a script can tell the same in another zone."""
    first, last = start.astimezone(zone).isoformat(), end.astimezone(zone).isoformat()
    text = words.format_window(start, end, zone)
    return Markup(f'<time datetime="{first}" data-until="{last}">{text}</time>')  # noqa: S704


def _turn_marks(starts_at: datetime | None, ends_at: datetime | None) -> Markup:
    marks = (("starts", starts_at), ("ends", ends_at))
    return Markup("".join(f' data-{name}="{words.format_utc(at)}"' for name, at in marks if at))  # noqa: S704


# An incident's own times are those of its first and last update, and lists show them again.
@lru_cache(maxsize=4096)
def _full_time_tag(at: datetime, zone: ZoneInfo) -> Markup:
    local = at.astimezone(zone)
    return _time_tag(local, words.format_local(local))


# The spans of one incident have the same commit.
@lru_cache(maxsize=4096)
def _commit_tag(commit: Commit, zone: ZoneInfo) -> Markup:
    local = commit.authored_at.astimezone(zone)
    return Markup(f"<code>{short_id(commit)}</code>, {_day_tag(local.date())}")  # noqa: S704


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
