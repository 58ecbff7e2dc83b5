"""An entry -> the text of a content file."""

from collections.abc import Mapping

from statusgen.importers.entries import Component, Entry, Update
from statusgen.importers.markdown import fit, shield
from statusgen.importers.text import clean_text, quote, quote_or, slugify, write_time
from statusgen.model.names import KEPT
from statusgen.parse.slug import slug_of

_TITLE_LENGTH = 50


def plan_path(entry: Entry) -> str:
    """Where a new entry's file goes, relative to the content folder, with forward slashes."""
    if entry.path:
        return entry.path
    at = entry.starts_at or (entry.updates[0].at if entry.updates else None)
    day = f"{at:%Y-%m-%d}" if at else ""
    stem = "-".join(filter(None, (day, slugify(entry.title, _TITLE_LENGTH), entry.slug_id)))
    return f"{entry.kind}s/{f'{at:%Y}/' if at else ''}{stem}.md"


def render_entry(entry: Entry, ids: Mapping[str, str], path: str) -> tuple[str, tuple[str, ...]]:
    """(text of the file, notes); `ids` has an id for every component the entry names."""
    guessed = [name for name, state in entry.components if state is None and entry.kind == "incident"]
    default = "degraded_performance" if entry.kind == "incident" else "under_maintenance"
    lines = ["---", f"title: {quote_or(entry.title, 'Untitled')}"]
    if entry.slug_id != slug_of(path):
        lines.append(f"id: {entry.slug_id}")
    if entry.feed_id and entry.kind in ("incident", "change"):
        lines.append(f"feed_id: {quote(entry.feed_id)}")
    lines += _time_lines(entry)
    if entry.components and entry.kind == "notice":
        lines += ["components:", *(f"  - {ids[name]}{_comment(name, ids)}" for name, _ in entry.components)]
    elif entry.components:
        states = {name: state or default for name, state in entry.components}
        lines += ["components:", *(f"  {ids[name]}: {state}{_comment(name, ids)}" for name, state in states.items())]
    if entry.impact:
        lines.append(f"impact: {entry.impact}")
    lines += [f"{key}: true" for key, flag in (("pinned", entry.pinned), ("draft", entry.draft)) if flag]
    if entry.aliases:
        lines += ["aliases:", *(f"  - {quote(alias)}" for alias in entry.aliases)]
    lines.append("---")
    if entry.body:
        lines += ["", fit(entry.body) if entry.kind in ("incident", "change") else shield(entry.body)]
    for update in entry.updates:
        lines += ["", f"## {update.status} @ {write_time(update.at)}{_attributes(update, ids)}"]
        if update.markdown:
            lines += ["", fit(update.markdown)]
    notes = (f"how bad it was for {', '.join(guessed)} is not told: taken as {default}",) if guessed else ()
    return "\n".join(lines) + "\n", notes


def names_of(entry: Entry) -> list[str]:
    """The components that it names, in order, once."""
    named: list[Component] = [*entry.components, *(pair for update in entry.updates for pair in update.states)]
    return list(dict.fromkeys(name for name, _ in named))


def _time_lines(entry: Entry) -> list[str]:
    starts, ends = entry.starts_at, entry.ends_at
    keys = {"change": ("starts", "ends"), "notice": ("publish", "expires"), "incident": ("started", "")}
    first, last = keys.get(entry.kind, ("", ""))
    if entry.kind == "incident" and entry.updates and starts == entry.updates[0].at:
        starts = None
    return [f"{key}: {write_time(at)}" for key, at in ((first, starts), (last, ends)) if key and at]


def _comment(name: str, ids: Mapping[str, str]) -> str:
    """The name, behind an id of another tool that says nothing."""
    text = " ".join(clean_text(name).split())
    return "" if not KEPT.fullmatch(ids[name]) or slugify(name) == ids[name] else f"  # {text}"


def _attributes(update: Update, ids: Mapping[str, str]) -> str:
    if not update.states:
        return ""
    return f" {{{' '.join(f'{ids[name]}={state}' for name, state in update.states)}}}"
