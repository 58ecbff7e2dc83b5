"""Feeds -> content files in a folder, again and again: what a person edited is kept, what is equal is not touched."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import yaml

from statusgen.importers.feed.document import plan_component_ids, plan_path, quote, render_entry, render_site
from statusgen.importers.feed.entry import Entry, parse_entry
from statusgen.importers.feed.read import Feeds, Progress, read_feeds
from statusgen.importers.feed.record import (
    NAME,
    Record,
    digest,
    get_target,
    read_bytes,
    read_record,
    render_record,
    write_bytes,
)

_SITE = "site.yaml"
_Done = Literal["written", "unchanged", "kept", "removed"]


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did. `written`, `unchanged`, `kept` (edited by a person) and `removed` (by one) count files.

    A note is one line."""

    incidents: int
    changes: int
    updates: int
    written: int
    unchanged: int
    kept: int
    removed: int
    notes: tuple[str, ...]


def import_feeds(sources: Sequence[str], into: Path, progress: Progress = lambda what, done, total: None) -> Report:
    """Import files and addresses into a content folder, which is made if need be.

    `progress` is told what is done, how much of it, and of how much.

    Raises Error for a source that cannot be read or is no feed (nothing is written then) and a folder that cannot be
    written.
    """
    feeds = read_feeds(sources, progress)
    entries, notes = _parse(feeds)
    record = read_record(into)
    known = _read_components(into, notes)
    names = [name for entry in entries for name, _ in entry.components]
    ids = plan_component_ids(names, known)

    done: list[_Done] = []
    try:
        for number, entry in enumerate(entries, 1):
            text, guesses = render_entry(entry, ids)
            notes += (_note(entry.title, entry.slug_id, guess) for guess in guesses)
            path = record.entries.setdefault(entry.feed_id, plan_path(entry))
            done.append(_write(into, path, text, record))
            if done[-1] == "kept":
                notes.append(f"{path}: edited by hand, kept as it is")
            elif done[-1] == "removed":
                notes.append(f"{path}: moved or removed by hand, not written again; without {NAME} it would be")
            progress("writing", number, len(entries))
        done.append(_write(into, _SITE, render_site(feeds.title, feeds.url, ids), record))
    finally:
        # Even when a write failed: else the next import would take its own files for edited ones.
        if read_bytes(into / NAME) != render_record(record):
            write_bytes(into / NAME, render_record(record))
    if done[-1] == "kept":
        missing = sorted(set(names) - known.keys())
        notes.append(f"{_SITE}: edited by hand, kept as it is")
        notes += (f"{_SITE}: add the component `{ids[name]}: {quote(name)}`" for name in missing)
    if not names:
        notes.append("the feed names no components: uptime does not count these incidents until you add them")
    return Report(
        incidents=sum(entry.kind == "incident" for entry in entries),
        changes=sum(entry.kind == "change" for entry in entries),
        updates=sum(len(entry.updates) for entry in entries),
        written=done.count("written"),
        unchanged=done.count("unchanged"),
        kept=done.count("kept"),
        removed=done.count("removed"),
        notes=tuple(notes),
    )


def _parse(feeds: Feeds) -> tuple[list[Entry], list[str]]:
    """Entries, oldest first, each with an id of its own; and the notes."""
    entries: list[Entry] = []
    notes: list[str] = []
    for raw in feeds.entries:
        entry, guesses = parse_entry(raw)
        notes += (_note(raw.title, raw.slug_id, guess) for guess in guesses)
        if entry is not None:
            entries.append(entry)
    entries.sort(key=lambda entry: (entry.updates[0].at, entry.feed_id))
    taken: set[str] = set()
    for index, entry in enumerate(entries):
        slug_id, number = entry.slug_id, 2
        while slug_id.lower() in taken:
            slug_id, number = f"{entry.slug_id}-{number}", number + 1
        taken.add(slug_id.lower())
        if slug_id != entry.slug_id:
            notes.append(_note(entry.title, slug_id, "another entry has the same address; is it imported twice?"))
            entries[index] = replace(entry, slug_id=slug_id)
    return entries, notes


def _note(title: str, slug_id: str, text: str) -> str:
    return f"{title} ({slug_id}): {text}"


def _write(into: Path, path: str, text: str, record: Record) -> _Done:
    """Write one file unless it is equal, or a person edited or removed it; the record learns what was written."""
    target = get_target(into, path)
    data = text.encode()
    found = read_bytes(target)
    if found == data:
        record.files[path] = digest(data)
        return "unchanged"
    if found is not None and record.files.get(path) != digest(found):
        return "kept"
    if found is None and path in record.files and path != _SITE:
        return "removed"
    write_bytes(target, data)
    record.files[path] = digest(data)
    return "written"


def _read_components(into: Path, notes: list[str]) -> dict[str, str]:
    """Name -> id of the components that the folder's site.yaml declares."""
    data = read_bytes(into / _SITE)
    if data is None:
        notes.append(f"{into}: there was no {_SITE}, so a new site was made here")
    try:
        site: Any = yaml.load(data or b"", Loader=yaml.BaseLoader)  # noqa: S506  (it makes strings only)
    except (yaml.YAMLError, RecursionError):
        notes.append(f"{_SITE}: not readable, so its component ids are not known")
        return {}
    components = site.get("components") if isinstance(site, dict) else None
    known: dict[str, str] = {}
    for component, value in components.items() if isinstance(components, dict) else ():
        name = value.get("name") if isinstance(value, dict) else value
        if isinstance(name, str) and isinstance(component, str):
            known.setdefault(name or component, component)
    return known
