"""A diff as JSON, for programs. Keys stay what they are; a new one may come. `version` is another one when they do not.

version         1
at              as of when both sides were looked at; times are in UTC, as in 2026-11-03T09:20:00Z
base, head      {name, commit (null: the working tree), shown (whether there is anything to show), why_none}
status, banner  null where they stay, else {before, after}, each {indicator, description} or null
components      [{id, name, before, after}], states as in site.yaml's words, null: not on the page
entries         [{kind, events, id, old_id, path, title, url, edits: [{field, before, after}]}]
                kind: incident, change, notice, problem, page
                events: opens, closes, reopens, appears, disappears, moves, cancelled, renamed, edited
translations    [{path, language, event}]; path is that of a translation or a site.LANG.yaml, language its tag, event
                appears, disappears or edited
later           [{kind, id, path, title, before, after}]: when what customers do not see yet appears by itself
feeds           {announced, revised, withdrawn}, each [{guid, title, url, at}], newest first
uptime          [{kind, id, name, period (null: the last 90 days), before, after, kept_before, kept_after}],
                percentages floored to two decimals
pages           {vanished, added}, each [{path, title}], addresses below the site's
problems        {introduced, mended}, each [{path, line, code, message, hint, severity}]
stand_ins       [{path, commit}]: files with errors, of which an earlier version is shown; null: nothing is
ignored         [path]: files that git would not take into a commit, which are not compared

Paths of files are those in the content folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from statusgen.diff.entries import EntryDiff
from statusgen.diff.plan import Address, Diff
from statusgen.diff.side import Seen
from statusgen.history.status import PageStatus
from statusgen.model.states import State
from statusgen.problems import Problem
from statusgen.render.feeds.items import Item
from statusgen.render.words import format_utc

VERSION = 1


def render_json(diff: Diff) -> str:
    data = {
        "version": VERSION,
        "at": format_utc(diff.now),
        "base": _seen(diff.base),
        "head": _seen(diff.head),
        "status": _pair(diff.status),
        "banner": _pair(diff.banner),
        "components": [
            {"id": flip.id, "name": flip.name, "before": _state(flip.before), "after": _state(flip.after)}
            for flip in diff.components
        ],
        "entries": [_entry(entry, diff) for entry in diff.entries],
        "translations": [
            {"path": one.path, "language": one.language, "event": one.became.value} for one in diff.words
        ],
        "later": [
            asdict(one) | {"before": _value(one.before), "after": _value(one.after)} for one in diff.later
        ],
        "feeds": {
            "announced": _items(diff.news.announced),
            "revised": _items(diff.news.revised),
            "withdrawn": _items(diff.news.withdrawn),
        },
        "uptime": [
            asdict(one)
            | {"period": one.period or None, "before": _number(one.before), "after": _number(one.after)}
            for one in diff.uptime
        ],
        "pages": {"vanished": _pages(diff.vanished), "added": _pages(diff.added)},
        "problems": {"introduced": _problems(diff.introduced), "mended": _problems(diff.mended)},
        "stand_ins": [{"path": path, "commit": commit} for path, commit in diff.stand_ins],
        "ignored": list(diff.ignored),
    }  # fmt: skip
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _seen(seen: Seen) -> dict[str, Any]:
    why = seen.why_none or None
    return {"name": seen.name, "commit": seen.commit or None, "shown": seen.side is not None, "why_none": why}


def _pair(pair: tuple[PageStatus | None, PageStatus | None] | None) -> dict[str, Any] | None:
    if pair is None:
        return None
    before, after = (asdict(status) if status else None for status in pair)
    return {"before": before, "after": after}


def _state(state: State | None) -> str | None:
    return state.value if state else None


def _entry(entry: EntryDiff, diff: Diff) -> dict[str, Any]:
    path = diff.address_of(entry)
    return {
        "kind": entry.kind,
        "events": [event.value for event in entry.events],
        "id": entry.id,
        "old_id": entry.old_id or None,
        "path": entry.path,
        "title": entry.title,
        "url": path,
        "edits": [
            {"field": edit.field, "before": _value(edit.before), "after": _value(edit.after)} for edit in entry.edits
        ],
    }


def _value(value: str | datetime | None) -> str | None:
    return format_utc(value) if isinstance(value, datetime) else value


def _number(percent: str | None) -> float | None:
    return None if percent is None else float(percent)


def _items(items: Iterable[Item]) -> list[dict[str, str]]:
    return [
        {"guid": item.guid, "title": item.title, "url": item.link, "at": format_utc(item.told_at)} for item in items
    ]


def _pages(pages: Iterable[Address]) -> list[dict[str, str]]:
    return [{"path": page.path, "title": page.title} for page in pages]


def _problems(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [asdict(problem) for problem in problems]
