"""What was taken -> content files in a folder, again and again: what a person edited is kept, what is equal is not
touched."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from statusgen.importers.aliases import without_clashes
from statusgen.importers.component_ids import is_free, plan_component_ids
from statusgen.importers.document import names_of, plan_path, render_entry
from statusgen.importers.entries import Taken
from statusgen.importers.record import (
    NAME,
    Record,
    digest,
    get_target,
    read_bytes,
    read_record,
    render_record,
    write_bytes,
)
from statusgen.importers.report import Report
from statusgen.importers.site_file import read_known, render_site
from statusgen.importers.text import quote

Progress = Callable[[str, int, int], None]
_SITE = "site.yaml"
_Done = Literal["written", "unchanged", "kept", "removed"]


def take_over(
    taken: Taken, into: Path, dry_run: bool = False, progress: Progress = lambda what, done, total: None
) -> Report:
    """Writes into a content folder, which is made if need be; nothing in a dry run.

    Raises Error for a folder that cannot be written."""
    record = read_record(into)
    entries, clashes = without_clashes(taken.entries)
    notes = [*taken.notes, *clashes]
    ids, group_ids, declared = _plan_ids(taken, into, record, notes)
    folder = _Folder(into, record, dry_run)
    done: list[_Done] = []
    paths: dict[str, str] = {}
    try:
        for number, entry in enumerate(entries, 1):
            key = entry.key or entry.feed_id
            path = paths[key] = record.entries.setdefault(key, plan_path(entry))
            text, guesses = render_entry(entry, ids, path)
            notes += (f"{entry.title} ({entry.slug_id}): {guess}" for guess in guesses)
            done.append(folder.put(path, text))
            if done[-1] == "kept":
                notes.append(f"{path}: edited by hand, kept as it is")
            elif done[-1] == "removed":
                notes.append(f"{path}: moved or removed by hand, not written again; without {NAME} it would be")
            progress("writing", number, len(entries))
        done.append(folder.put(_SITE, render_site(taken.site, ids, group_ids)))
    finally:
        # Even when a write failed: else the next import would take its own files for edited ones.
        record.components = ids
        if not dry_run and read_bytes(into / NAME) != render_record(record):
            write_bytes(into / NAME, render_record(record))
    if done[-1] == "kept":
        missing = sorted(name for name, component in ids.items() if component not in declared)
        notes.append(f"{_SITE}: edited by hand, kept as it is")
        notes += (f"{_SITE}: add the component `{ids[name]}: {quote(name)}`" for name in missing)
    kinds = [entry.kind for entry in taken.entries]
    return Report(
        incidents=kinds.count("incident"),
        changes=kinds.count("change"),
        notices=kinds.count("notice"),
        pages=kinds.count("page"),
        updates=sum(len(entry.updates) for entry in taken.entries),
        components=len(ids),
        written=done.count("written"),
        unchanged=done.count("unchanged"),
        kept=done.count("kept"),
        removed=done.count("removed"),
        notes=tuple(notes),
        sources=taken.sources,
        paths=tuple(paths.items()),
        dry_run=dry_run,
    )


def _plan_ids(
    taken: Taken, into: Path, record: Record, notes: list[str]
) -> tuple[dict[str, str], Mapping[str, str], set[str]]:
    """Ids of components and of groups, by name; and those that a site.yaml that is there declares."""
    data = read_bytes(into / _SITE)
    if data is None:
        notes.append(f"{into}: there was no {_SITE}, so a new site was made here")
    there, wrong = read_known(data)
    if wrong:
        notes.append(f"{_SITE}: {wrong}")
    # What a person has given another name since keeps its id, and what earlier imports named stays declared.
    ours = set(record.components.values())
    known = {**{name: component for name, component in there.items() if component not in ours}, **record.components}
    names = [component.name for component in taken.site.components]
    names += [name for entry in taken.entries for name in names_of(entry)]
    wanted = {one.name: one.old_id for one in taken.site.components if is_free(one.old_id)}
    ids = plan_component_ids(names, {**wanted, **known})
    ids = {name: ids[name] for name in dict.fromkeys([*names, *known])}
    old = {group.name: group.old_id for group in taken.site.groups if group.old_id}
    groups = plan_component_ids((group.name for group in taken.site.groups), old, ids.values())
    return ids, groups, set(there.values())


class _Folder:
    """Writes files, and lets the record learn what was written."""

    def __init__(self, into: Path, record: Record, dry_run: bool) -> None:
        self._into, self._record, self._dry_run = into, record, dry_run

    def put(self, path: str, text: str) -> _Done:
        """Write one file unless it is equal, or a person edited or removed it."""
        target = get_target(self._into, path)
        data = text.encode()
        found = read_bytes(target)
        files = self._record.files
        if found == data:
            files[path] = digest(data)
            return "unchanged"
        if found is not None and files.get(path) != digest(found):
            return "kept"
        if found is None and path in files and path != _SITE:
            return "removed"
        if not self._dry_run:
            write_bytes(target, data)
            files[path] = digest(data)
        return "written"
