"""Feeds -> content files in a folder."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from statusgen.importers.entries import Entry, SiteFacts, Taken
from statusgen.importers.feed.entry import parse_entry
from statusgen.importers.feed.read import Feeds, Progress, read_feeds
from statusgen.importers.report import Report
from statusgen.importers.takeover import take_over


def import_feeds(
    sources: Sequence[str],
    into: Path,
    progress: Progress = lambda what, done, total: None,
    dry_run: bool = False,
) -> Report:
    """Import files and addresses into a content folder, which is made if need be.

    `progress` is told what is done, how much of it, and of how much.

    Raises Error for a source that cannot be read or is no feed (nothing is written then) and a folder that cannot be
    written.
    """
    return take_over(take_feeds(read_feeds(sources, progress)), into, dry_run, progress)


def take_feeds(feeds: Feeds) -> Taken:
    entries, notes = _parse(feeds)
    name = re.sub(r"\s+[-–—]\s+(?:Incident History|Scheduled Maintenance|Status History)$", "", feeds.title)
    if not any(entry.components for entry in entries):
        notes.append("the feed names no components: uptime does not count these incidents until you add them")
    return Taken(SiteFacts(name, feeds.url), tuple(entries), notes=tuple(notes), newest_only=True)


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
