"""An entry -> the text of a content file, and the components' names -> site.yaml."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime

from statusgen.importers.feed.entry import Entry
from statusgen.importers.feed.inline import clean_text

_TITLE_LENGTH = 50
# `next=30m` in a heading is a promise, so no component can be called that.
_RESERVED = frozenset({"next"})
# What YAML reads as this very string without quotes.
_PLAIN = re.compile(r"[A-Za-z0-9](?:[\w ./()+,–’'-]|:(?=[^\s]))*(?<! )")


def slugify(text: str, length: int = 64) -> str:
    """Lower-case ASCII letters, digits and single hyphens; `""` if nothing is left."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:length].strip("-")


def plan_path(entry: Entry) -> str:
    """Where a new entry's file goes, relative to the content folder, with forward slashes."""
    at = entry.starts_at or entry.updates[0].at
    stem = "-".join(filter(None, (f"{at:%Y-%m-%d}", slugify(entry.title, _TITLE_LENGTH), entry.slug_id)))
    return f"{entry.kind}s/{at:%Y}/{stem}.md"


def plan_component_ids(names: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """Name -> id for each name: as `known` says, else a slug that no other name has."""
    ids = dict(known)
    taken = {*ids.values(), *_RESERVED}
    for name in sorted(set(names) - ids.keys()):
        slug = slugify(name) or f"component-{hashlib.sha256(name.encode()).hexdigest()[:6]}"
        number, free = 2, slug
        while free in taken:
            free, number = f"{slug}-{number}", number + 1
        taken.add(free)
        ids[name] = free
    return ids


def render_entry(entry: Entry, ids: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """(text of the file, notes); `ids` has an id for every component the entry names."""
    default = "degraded_performance" if entry.kind == "incident" else "under_maintenance"
    guessed = [name for name, state in entry.components if state is None and entry.kind == "incident"]
    lines = ["---", f"title: {quote(entry.title)}", f"id: {entry.slug_id}", f"feed_id: {quote(entry.feed_id)}"]
    if entry.starts_at and entry.ends_at:
        lines += [f"starts: {_time(entry.starts_at)}", f"ends: {_time(entry.ends_at)}"]
    if entry.components:
        states = {ids[name]: state or default for name, state in entry.components}
        lines += ["components:", *(f"  {component}: {state}" for component, state in states.items())]
    lines.append("---")
    for update in entry.updates:
        lines += ["", f"## {update.status} @ {_time(update.at)}"]
        if update.markdown:
            lines += ["", update.markdown]
    notes = (f"how bad it was for {', '.join(guessed)} is not told: taken as {default}",) if guessed else ()
    return "\n".join(lines) + "\n", notes


def render_site(title: str, url: str, ids: Mapping[str, str]) -> str:
    """The text of site.yaml; `ids` is name -> id of all components."""
    name = re.sub(r"\s+[-–—]\s+(?:Incident History|Scheduled Maintenance|Status History)$", "", title)
    lines = [f"name: {quote(name or 'Status')}", f"url: {quote(url or 'https://status.example')}", "time_zone: UTC", ""]
    if ids:
        lines += ["components:", *(f"  {component}: {quote(name)}" for name, component in ids.items())]
    else:
        lines += ["# The feed names no components. Add them here: `api: Public API`.", "components: {}"]
    return "\n".join(lines) + "\n"


def quote(text: str) -> str:
    """A YAML scalar that reads as this very string; white space is collapsed, control characters are dropped."""
    text = " ".join(clean_text(text).split())
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC" if at.second else f"{at:%Y-%m-%d %H:%M} UTC"
