"""The filters that templates can use, for a site and a language."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from markupsafe import Markup, escape

from statusgen.history.figures import Figure
from statusgen.history.uptime import format_percent
from statusgen.history.wording import format_exact, format_hours
from statusgen.model.language import Language
from statusgen.model.site import Site
from statusgen.render import response_words, uptime_words, words
from statusgen.render.addresses import component_path, entry_path, group_path, month_path, uptime_path, webcal_address
from statusgen.render.day_runs import describe_run, find_runs
from statusgen.render.drawing import draw
from statusgen.render.formats import formats_of
from statusgen.render.markdown import focus_wide, lift_links, move_links, render_markdown, words_of
from statusgen.render.month_grids import weeks_of
from statusgen.render.names import name_impact, name_of, name_status, name_within
from statusgen.render.output import mark_safe, trim
from statusgen.render.record import short_id, tell_correction
from statusgen.render.tags import NO_MARK, commit_tag, day_tag, edge_tag, full_time_tag, mark_language, turn_marks
from statusgen.render.turns import find_turns


def make_filters(site: Site, language: Language, tree: str = "") -> dict[str, Any]:
    """`tree` is the folder of the language's pages, "" at the root."""
    found = _plain_filters() | _path_filters(tree) | _word_filters(language) | _time_filters(site, language)
    return found | {"markdown": partial(_markdown, lift_links if tree else _as_it_is)}


def _path_filters(tree: str) -> dict[str, Any]:
    paths: dict[str, Callable[[Any], str]] = {
        "path": entry_path,
        "component_path": component_path,
        "group_path": group_path,
        "month_path": month_path,
        "uptime_path": uptime_path,
    }
    return {name: partial(_in_tree, tree, find) for name, find in paths.items()} if tree else paths


def _in_tree(tree: str, find: Callable[[Any], str], value: Any) -> str:
    return tree + find(value)


def _plain_filters() -> dict[str, Any]:
    """The same in every language."""
    return {
        "excerpt": _excerpt,
        "webcal": webcal_address,
        "meter": uptime_words.meter_value,
        "height": uptime_words.height_of,
        "tone": uptime_words.tone_of,
        "short": short_id,
        "trim": trim,
        "drawing": draw,
        "runs": find_runs,
        "turns": lambda view: turn_marks(*find_turns(view)),
        "disrupted": lambda days: sum(1 for day in days if day.known and day.seconds),
    }


def _word_filters(language: Language) -> dict[str, Any]:
    formats = formats_of(language)
    return {
        # What comes again on every page is kept by the filter itself: then no Python is called for it.
        "name": lru_cache(maxsize=256)(partial(name_of, language=language)),
        "impact": lru_cache(maxsize=256)(partial(name_impact, language=language)),
        "duration": lru_cache(maxsize=4096)(lambda length: words.format_duration(length, language)),
        "said": language.find,
        "lang": partial(_mark, language),
        "day": lambda day: words.format_day(day, language),
        "month": lambda day: words.format_month(day, language),
        "days_of_month": lambda days: words.format_days(days, language),
        "percent": lambda share: formats.number(format_percent(share)),
        "percentage": lambda of: formats.percent(
            uptime_words.format_share(of) if isinstance(of, Figure) else format_percent(of)
        ),
        "exact": lambda value: formats.number(format_exact(value)),
        "exact_percentage": lambda share: formats.percent(format_exact(share * 100)),
        "within": lambda state: name_within(state, language),
        "headline": lambda status: name_status(status, language),
        "describe": lambda day: words.describe_day(day, language),
        "describe_run": lambda run: describe_run(run, language),
        "states": lambda day: words.describe_states(day, language),
        "share": lambda figure: formats.number(uptime_words.format_share(figure)),
        "length_of": lambda seconds: uptime_words.format_lost(seconds, language),
        "left_of": lambda seconds: uptime_words.format_left(seconds, language),
        "signed": lambda seconds: uptime_words.format_signed(seconds, language),
        "reason": lambda piece: uptime_words.reason_of(piece, language),
        "verdict": lambda figure: uptime_words.verdict_of(figure, language),
        "promise": lambda level: uptime_words.promise_of(level, language),
        "period": lambda period: uptime_words.format_period(period, language),
        "hours": lambda hours: format_hours(hours, formats.weekdays),
        "response_lines": lambda response: response_words.response_lines(response, language),
        "response_cells": lambda response: response_words.response_cells(response, language),
        "wait": lambda seconds: response_words.format_wait(seconds, language),
        "mean": lambda spread: response_words.format_mean(spread, language),
        "median": lambda spread: response_words.format_median(spread, language),
        "weeks": lambda days: weeks_of(days, formats.first_weekday),
        "between": lambda seconds: response_words.format_between(seconds, language),
    }


def _time_filters(site: Site, language: Language) -> dict[str, Any]:
    zone = site.zone
    return {
        # An incident's own times are those of its first and last update, and its timeline tells them again.
        "time": lru_cache(maxsize=4096)(partial(full_time_tag, zone=zone, language=language)),
        "from_day": lambda at: edge_tag(at, zone, language),
        "to_day": lambda at: edge_tag(at, zone, language, back=1),
        "local": lambda at: at.astimezone(zone),
        "date": lambda at: day_tag(at.astimezone(zone).date(), language),
        "source": lambda commit: commit_tag(commit, zone, language),
        "changes": lambda correction: tell_correction(correction, site, language),
    }


def _mark(language: Language, of: Any, dir: bool = True) -> Markup:  # noqa: A002 as HTML has it
    tag = of if isinstance(of, str) else of.lang
    return mark_language(tag, language, dir) if tag else NO_MARK


def _markdown(lift: Callable[[str], str], text: str, level: int, way: str = "") -> Markup:
    return mark_safe(focus_wide(move_links(lift(render_markdown(text, level)), way)))


def _as_it_is(html: str) -> str:
    return html


# An update's first words stand on its page, in its month and on the front page.
@lru_cache(maxsize=4096)
def _excerpt(text: str) -> Markup:
    """The first 200 characters of a text's words, for descriptions."""
    plain = words_of(text)
    return escape(plain if len(plain) <= 200 else plain[:199].rsplit(" ", 1)[0] + "…")
