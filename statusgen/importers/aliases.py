"""Old addresses of entries: each leads to one page, and to none that has it itself."""

from collections.abc import Iterable
from dataclasses import replace

from statusgen.importers.entries import Entry


def without_clashes(entries: Iterable[Entry]) -> tuple[list[Entry], list[str]]:
    """(entries, notes): the first of those that had one address keeps it."""
    entries = list(entries)
    taken = {_address(entry) for entry in entries}
    kept, notes = [], []
    for entry in entries:
        free = tuple(alias for alias in entry.aliases if alias.casefold() not in taken)
        lost = [alias for alias in entry.aliases if alias not in free and alias.casefold() != _address(entry)]
        notes += [f"left out: the address {alias} of {entry.title}, which something else has" for alias in lost]
        taken.update(alias.casefold() for alias in free)
        kept.append(replace(entry, aliases=free))
    return kept, notes


def _address(entry: Entry) -> str:
    return f"/{entry.kind}s/{entry.slug_id}/".casefold()
