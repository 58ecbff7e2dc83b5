"""Files of a Statuspage page -> all that they tell. The newest of what several files tell counts."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from statusgen.errors import Error
from statusgen.importers.entries import Entry, Source, Taken
from statusgen.importers.feed.read import read_feeds
from statusgen.importers.feed.write import take_feeds
from statusgen.importers.json_values import Object, objects, parse_json, text
from statusgen.importers.source_files import Files, read_files
from statusgen.importers.statuspage.entry import read_entry
from statusgen.importers.statuspage.site import read_site

_FEEDS = (".rss", ".atom", ".xml")


@dataclass(slots=True)
class _Found:
    page: Object = field(default_factory=dict)
    components: dict[str, Object] = field(default_factory=dict)
    entries: dict[str, Object] = field(default_factory=dict)
    # The ids of the entries by the files that tell of them.
    told_by: dict[str, list[str]] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)


def take_statuspage(source: Path) -> Taken:
    """`source` is a folder, or one file, of /api/v2/*.json, history.rss or history.atom. Raises Error."""
    files = _read(source)
    found = _Found(sources=list(files.others))
    feeds = []
    for path, data in files.data.items():
        if path.casefold().endswith(_FEEDS):
            feeds.append(path)
        else:
            _read_json(path, data, found)
    if not feeds and not found.page and not found.entries:
        raise Error(f"{source}: nothing of a Statuspage page is in it: no /api/v2/*.json, history.rss or history.atom.")
    return _join(found, feeds, files.root)


def _read(source: Path) -> Files:
    if not source.is_file():
        return read_files(source, {}, (".json", *_FEEDS))
    try:
        return Files(source.parent, {source.name: source.read_bytes()}, ())
    except OSError as error:
        raise Error(f"{source}: cannot be read: {error.strerror}.") from error


def _read_json(path: str, data: bytes, found: _Found) -> None:
    value, wrong = parse_json(data)
    if wrong:
        found.sources.append(Source(path, left_out=wrong))
        return
    top: Object = value if isinstance(value, dict) else {"incidents": value}
    page = top.get("page")
    if isinstance(page, dict) and text(page, "updated_at") >= text(found.page, "updated_at"):
        found.page = page
    components = [one for one in objects(top.get("components")) if text(one, "id") and text(one, "status")]
    found.components |= {text(one, "id"): one for one in components}
    single = [one for key in ("incident", "scheduled_maintenance") if isinstance(one := top.get(key), dict)]
    ids = []
    for one in [*objects(top.get("incidents")), *objects(top.get("scheduled_maintenances")), *single]:
        key = text(one, "id")
        ids.append(key)
        if key not in found.entries or text(found.entries[key], "updated_at") <= text(one, "updated_at"):
            found.entries[key] = one
    if ids:
        found.told_by[path] = ids
    elif isinstance(page, dict) or components:
        what = "the page and its components" if components else "the page"
        found.sources.append(Source(path, as_what=what))
    else:
        found.sources.append(Source(path, left_out="nothing of a Statuspage page is in it"))


def _join(found: _Found, feeds: list[str], root: Path) -> Taken:
    notes: list[str] = []
    site, names = read_site(found.page, found.components.values(), notes)
    from_feeds, feed_sources, fed = _take_feeds(feeds, root)
    by_id = {_id_of(entry, found.entries): entry for entry in from_feeds}
    entries: list[Entry] = []
    keys: dict[str, str] = {}
    own_notes: dict[str, list[str]] = {}
    for entry_id, one in found.entries.items():
        known = by_id.pop(entry_id, None)
        address = _address(site.url, entry_id)
        own_notes[entry_id] = []
        entry, why = read_entry(one, names, address, own_notes[entry_id], known.feed_id if known else address)
        if entry is None:
            own_notes[entry_id].append(f"left out: {text(one, 'name') or entry_id}: {why}")
        else:
            entries.append(replace(entry, old_keys=(entry.feed_id, address)))
            keys[entry_id] = entry.key
    told: set[str] = set()
    sources = [*found.sources, *feed_sources]
    for path, ids in found.told_by.items():
        told_here = [note for one in ids if one not in told for note in own_notes[one]]
        told.update(ids)
        kept = tuple(keys[one] for one in ids if one in keys)
        sources.append(Source(path, kept, "" if kept else "no entry can be made of it", notes=tuple(told_here)))
    if by_id:
        notes.append(f"{len(by_id)} entries are told by the feeds only: of them less is known")
    for entry_id, entry in by_id.items():
        old_keys = (entry.feed_id, _address(site.url, entry_id))
        entries.append(replace(entry, key=f"statuspage:{entry_id}", old_keys=old_keys))
    entries.sort(key=lambda entry: (entry.starts_at or entry.updates[0].at, entry.slug_id))
    if fed and not site.name:
        site = replace(site, name=fed.site.name, url=site.url or fed.site.url)
    sources.sort(key=lambda one: one.path)
    notes += fed.notes if fed and by_id else ()
    return Taken(site, tuple(entries), tuple(sources), tuple(notes), newest_only=True)


def _address(url: str, entry_id: str) -> str:
    return f"{url.rstrip('/')}/incidents/{entry_id}" if url else ""


def _take_feeds(paths: Iterable[str], root: Path) -> tuple[list[Entry], list[Source], Taken | None]:
    """The entries of all feeds together; a feed that is broken is left out."""
    whole, sources = [], []
    for path in paths:
        try:
            feeds = read_feeds([str(root / path)])
        except Error as error:
            sources.append(Source(path, left_out=str(error).partition(": ")[2].rstrip(".")))
        else:
            whole.append(str(root / path))
            sources.append(Source(path, as_what=f"{len(feeds.entries)} entries of a feed"))
    if not whole:
        return [], sources, None
    feeds = read_feeds(whole)
    # An RSS and an Atom feed know the same entry by two ids: Atom's says more.
    by_link = {entry.link: entry for entry in sorted(feeds.entries, key=lambda one: one.feed_id.startswith("tag:"))}
    taken = take_feeds(replace(feeds, entries=tuple(by_link.values())))
    return list(taken.entries), sources, taken


def _id_of(entry: Entry, known: Container[str]) -> str:
    """Of an entry of a feed: the end of its address or of its id, whichever the API knows."""
    tail = entry.feed_id.rpartition("/")[2]
    return tail if entry.slug_id not in known and tail in known else entry.slug_id
