"""Where each entry goes and what its id is: as before, else as it asks for; each path and each id once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from statusgen.importers.document import plan_path
from statusgen.importers.entries import Entry
from statusgen.importers.record import Record
from statusgen.importers.there import There
from statusgen.model.names import KEPT
from statusgen.parse.slug import slug_of


@dataclass(slots=True)
class Placed:
    """`entries` have their keys, paths and ids. `moved`: the path of a file of which another kind was made, by that
    of the new one."""

    entries: list[Entry] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def place_entries(
    entries: Iterable[Entry], record: Record, there: Mapping[str, There], is_ours: Callable[[str], bool]
) -> Placed:
    """The record learns of it. `there` are the files that it does not know, and those of which it has no id; `is_ours`
    says of a path whether its file is as an import wrote it."""
    entries = [replace(entry, key=_known_key(entry, record)) for entry in entries]
    _part_shared(record)
    ids = {key: record.ids.get(key) or _id_there(path, there) for key, path in record.entries.items()}
    known = set(record.entries.values())
    others = {path: file for path, file in there.items() if path not in known}
    taken_paths = {path.casefold() for path in (*known, *record.files, *others)}
    taken_ids = {_claim(record.entries[key], slug_id) for key, slug_id in ids.items()}
    taken_ids |= {_claim(path, file.slug_id) for path, file in others.items()}
    told = {mark: path for path, file in others.items() for mark in _marks(file.feed_id, file.aliases)}
    placed = Placed()
    seen: set[str] = set()
    for entry in entries:
        key = _free(entry.key, lambda one: one in seen)
        seen.add(key)
        old = record.entries.get(key, "")
        if old and (old.startswith(f"{entry.kind}s/") or not is_ours(old)):
            placed.entries.append(replace(entry, key=key, path=old, slug_id=ids[key]))
        elif not old and (same := _find_same(entry, others, told)) and same not in known:
            known.add(same)
            placed.entries.append(replace(entry, key=key, path=same, slug_id=others[same].slug_id))
        else:
            fresh = _place_new(entry, ids.get(key, ""), taken_paths, taken_ids, placed.notes)
            if old:
                placed.moved[fresh.path] = old
                record.aliases[key] = f"{record.aliases.get(key, '')} /{old.partition('/')[0]}/{ids[key]}/".lstrip()
            placed.entries.append(replace(fresh, key=key))
    for number, entry in enumerate(placed.entries):
        record.entries[entry.key], record.ids[entry.key] = entry.path, entry.slug_id
        aliases = (*entry.aliases, *record.aliases.get(entry.key, "").split())
        placed.entries[number] = replace(entry, aliases=tuple(dict.fromkeys(aliases)))
    return placed


def _place_new(entry: Entry, old_id: str, paths: set[str], ids: set[str], notes: list[str]) -> Entry:
    wanted = entry.slug_id or old_id
    path = entry.path or plan_path(entry)
    slug_id = wanted and _free(wanted, lambda one: _claim(path, one) in ids)
    if slug_id != wanted and not entry.path:
        path = plan_path(replace(entry, slug_id=slug_id))
    stem = _free(path.removesuffix(".md"), lambda one: f"{one}.md".casefold() in paths)
    slug_id = slug_id or _free(slug_of(f"{stem}.md"), lambda one: _claim(path, one) in ids)
    asked = wanted or slug_of(path)
    if slug_id != asked:
        notes.append(f"{entry.title} ({slug_id}): it is not `{asked}`, because something else is")
    paths.add(f"{stem}.md".casefold())
    ids.add(_claim(path, slug_id))
    return replace(entry, path=f"{stem}.md", slug_id=slug_id)


def _part_shared(record: Record) -> None:
    """Of entries that an earlier version put into one file, the first keeps it."""
    owners: dict[str, str] = {}
    for key, path in list(record.entries.items()):
        if owners.setdefault(path.casefold(), key) != key:
            del record.entries[key]
            record.ids.pop(key, None)


def _known_key(entry: Entry, record: Record) -> str:
    """What it goes by from now on; what it went by before is renamed."""
    key = entry.key or entry.feed_id
    old = next((one for one in entry.old_keys if one in record.entries), None)
    if key not in record.entries and old is not None:
        record.entries[key] = record.entries.pop(old)
        if old in record.ids:
            record.ids[key] = record.ids.pop(old)
    return key


def _find_same(entry: Entry, others: Mapping[str, There], told: Mapping[str, str]) -> str:
    """The path of this very entry where a person, or an import without a record, has it already; "" if none has."""
    path = entry.path or plan_path(entry)
    folder = f"{entry.kind}s/"
    for mark in _marks(entry.feed_id, entry.aliases):
        if mark in told and told[mark].startswith(folder):
            return told[mark]
    found = others.get(path)
    return path if found and (not found.title or found.title == entry.title) else ""


def _marks(feed_id: str, aliases: Iterable[str]) -> list[str]:
    """What only one entry can have."""
    return ([f"id:{feed_id}"] if feed_id else []) + [f"at:{alias.strip('/').casefold()}" for alias in aliases]


def _id_there(path: str, there: Mapping[str, There]) -> str:
    return there[path].slug_id if path in there else slug_of(path)


def _claim(path: str, slug_id: str) -> str:
    """Ids are those of one kind, but for those of other tools, which the API tells as they are."""
    kind = path.partition("/")[0]
    return slug_id.casefold() if KEPT.fullmatch(slug_id) else f"{kind}/{slug_id}".casefold()


def _free(name: str, is_taken: Callable[[str], bool]) -> str:
    """The name, or with a number behind it."""
    free, number = name, 2
    while is_taken(free):
        free, number = f"{name}-{number}", number + 1
    return free
