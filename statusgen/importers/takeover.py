"""What was taken -> content files in a folder, again and again. All is planned before anything is written."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from statusgen.errors import Error
from statusgen.importers.aliases import without_clashes
from statusgen.importers.component_ids import is_free, plan_component_ids
from statusgen.importers.document import names_of, render_entry
from statusgen.importers.entries import SiteFacts, Taken
from statusgen.importers.folder import SITE, Done, Folder
from statusgen.importers.gone import settle_gone
from statusgen.importers.places import place_entries
from statusgen.importers.record import NAME, Record, read_bytes, read_record
from statusgen.importers.report import Report
from statusgen.importers.site_file import Known, find_missing, read_known, render_site
from statusgen.importers.there import read_there

Progress = Callable[[str, int, int], None]


def take_over(
    taken: Taken, into: Path, dry_run: bool = False, progress: Progress = lambda what, done, total: None
) -> Report:
    """Writes into a content folder, which is made if need be; nothing in a dry run.

    Raises Error for a folder that cannot be written, and for one with what was imported from another site."""
    record = read_record(into)
    _recognise(taken.site, record, into)
    folder = Folder(into, record, dry_run)
    there = read_there(into, {path for key, path in record.entries.items() if key in record.ids})
    placed = place_entries(taken.entries, record, there, folder.is_ours)
    entries, clashes = without_clashes(placed.entries)
    notes = [*taken.notes, *placed.notes, *clashes]
    site_there = read_bytes(into / SITE)
    known = read_known(site_there)
    if site_there is None:
        notes.append(f"{into}: there was no {SITE}, so a new site {'would be' if dry_run else 'was'} made here")
    elif known.wrong:
        notes.append(f"{SITE}: {known.wrong}")
    ids, group_ids = _plan_ids(taken, record, known)
    texts = {}
    for entry in entries:
        texts[entry.path], guesses = render_entry(entry, ids, entry.path)
        notes += (f"{entry.title} ({entry.slug_id}): {guess}" for guess in guesses)
    site = render_site(taken.site, ids, group_ids)
    record.components, record.groups = ids, {**record.groups, **group_ids}
    done: list[Done] = []
    try:
        for number, (path, text) in enumerate(texts.items(), 1):
            done.append(folder.put(path, text))
            if done[-1] == "kept":
                notes.append(f"{path}: edited by hand, kept as it is")
            elif done[-1] == "removed":
                notes.append(f"{path}: moved or removed by hand, not written again; without {NAME} it would be")
            if old := placed.moved.get(path):
                folder.remove(old)
                notes.append(f"{path}: was {old}; the source has made another kind of it")
            progress("writing", number, len(texts))
        done.append(folder.put(SITE, site))
        notes += settle_gone(taken, record, folder, {entry.key for entry in entries})
    finally:
        # Even when a write failed: else the next import would take its own files for edited ones.
        folder.keep_record()
    if done[-1] == "kept":
        notes.append(f"{SITE}: edited by hand, kept as it is")
        notes += (f"{SITE}: {line}" for line in find_missing(taken.site, ids, known))
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
        warnings=taken.warnings,
        paths=tuple((entry.key, entry.path) for entry in entries),
        dry_run=dry_run,
    )


def _recognise(site: SiteFacts, record: Record, into: Path) -> None:
    """Raises Error where the record knows another source; what the source does not tell of itself says nothing."""
    now = {"url": re.sub(r"^https?://", "", site.url.casefold()).rstrip("/"), "name": " ".join(site.name.split())}
    part = next((key for key in ("url", "name") if now[key] and record.site.get(key)), "")
    if part and now[part] != record.site[part]:
        raise Error(
            f"{into}: holds what was imported from {record.site[part]}, and this is {now[part]}: give another folder "
            f"with --into; or, if it is the same under a new {part}, remove `site` from {into / NAME}."
        )
    record.site |= {key: text for key, text in now.items() if text}


def _plan_ids(taken: Taken, record: Record, known: Known) -> tuple[dict[str, str], dict[str, str]]:
    """Ids of components and of groups, by name; those of earlier imports stay."""
    # What a person has given another name since keeps its id, and what earlier imports named stays declared.
    ours = set(record.components.values())
    named = {**{name: one for name, one in known.components.items() if one not in ours}, **record.components}
    names = [component.name for component in taken.site.components]
    names += [name for entry in taken.entries for name in names_of(entry)]
    old_groups = {**known.groups, **record.groups}
    taken_ids = set(old_groups.values())
    wanted = {
        one.name: one.old_id for one in taken.site.components if is_free(one.old_id) and one.old_id not in taken_ids
    }
    ids = plan_component_ids(names, {**wanted, **named}, taken_ids)
    ids = {name: ids[name] for name in dict.fromkeys([*names, *named])}
    return ids, _plan_group_ids(taken.site, old_groups, ids)


def _plan_group_ids(site: SiteFacts, old: Mapping[str, str], ids: Mapping[str, str]) -> dict[str, str]:
    wanted = {group.name: group.old_id for group in site.groups if group.old_id}
    found = plan_component_ids((group.name for group in site.groups), {**wanted, **old}, ids.values())
    return {group.name: found[group.name] for group in site.groups}
