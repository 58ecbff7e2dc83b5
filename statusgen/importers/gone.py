"""Entries of earlier imports of which the source tells no more."""

from collections.abc import Collection

from statusgen.importers.entries import Taken
from statusgen.importers.folder import Folder
from statusgen.importers.record import Record


def settle_gone(taken: Taken, record: Record, folder: Folder, seen: Collection[str]) -> list[str]:
    """The notes. Files of which others took the place are removed, unless a person edited them; the rest stays.

    Raises Error where a file cannot be removed."""
    notes, rest = [], 0
    for key, path in list(record.entries.items()):
        if key in seen or not folder.has(path):
            continue
        if key not in taken.replaced:
            rest += taken.newest_only
            notes += [] if taken.newest_only else [f"{path}: the source has it no more; it stays until you remove it"]
        elif folder.is_ours(path):
            notes.append(f"{path}: {'would be ' if folder.dry_run else ''}removed, because others tell of it now")
            folder.remove(path)
            del record.entries[key]
            record.ids.pop(key, None)
        else:
            notes.append(f"{path}: others tell of it now, but you edited it: it stays, and its downtime counts too")
    if rest:
        notes.append(f"no more in the source: {rest} of the entries imported earlier, which stay")
    return notes
