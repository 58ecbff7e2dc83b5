"""A folder with a cState site -> all that is in it, file by file."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from statusgen.errors import Error
from statusgen.importers.cstate.addresses import old_addresses
from statusgen.importers.cstate.config import is_config, read_config, system_aliases
from statusgen.importers.cstate.everything import warn_of_all
from statusgen.importers.cstate.issue import Surroundings, read_issue
from statusgen.importers.document import names_of
from statusgen.importers.entries import Declared, Entry, SiteFacts, Source, Taken
from statusgen.importers.front_matter import decode, flag_of, read_front_matter, text_of
from statusgen.importers.markdown import tidy
from statusgen.importers.source_files import Files, read_files
from statusgen.importers.wanted_path import wanted_path
from statusgen.parse.content import original_of
from statusgen.parse.text import MAX_BYTES

ISSUES = "content/issues"
_FOLDERS = {
    "themes": "the theme of cState",
    "public": "what Hugo made",
    "resources": "what Hugo made",
    "static": "pictures and such; put those that texts need where they have an address",
    "assets": "the look of the old site",
    "layouts": "the look of the old site",
    "i18n": "words of the old site",
}
_SUFFIXES = (".md", ".yml", ".yaml", ".toml", ".json")


def take_cstate(source: Path, now: datetime, planned: Collection[str] = ()) -> Taken:
    """`source` is the folder of the site, or one that has it in it. `planned` are the keys of what an earlier import
    took as planned work. Raises Error where there is none."""
    root = _find_root(source)
    prefix = root.relative_to(source).as_posix() if root != source else ""
    inside = f"{prefix}/" if prefix not in ("", ".") else ""
    folders = {f"{inside}{folder}": why for folder, why in _FOLDERS.items()}
    files = read_files(source, folders, _SUFFIXES)
    site, config = _read_site(files, inside)
    names = {component.name.casefold(): component.name for component in site.components}
    zone = ZoneInfo(site.zone)
    zone_or_utc = zone if zone.key != "UTC" else UTC
    around = Surroundings(now, zone_or_utc, site.url, lambda name: _system_of(name, names), planned)
    entries: list[Entry] = []
    sources = [*config, *files.others]
    told = {one.path for one in config}
    for path, data in files.data.items():
        if path in told:
            continue
        entry, taken = _take(path, path.removeprefix(inside), data, files.data, around)
        if entry is not None:
            entries.append(replace(entry, path=wanted_path(entry.kind, entry.key.partition(":")[2])))
            taken = replace(taken, keys=(entry.key,))
        sources.append(taken)
    sources.sort(key=lambda one: one.path)
    notes = [] if config else ["guessed: there is no config.yml, so write name, url and components into site.yaml"]
    whole = _with_others(site, entries)
    others = [component.name for component in whole.components[len(site.components) :]]
    if others:
        notes.append(f"guessed: systems that issues name and no setting declares are declared: {', '.join(others)}")
    warnings = tuple(warn_of_all(others, entries))
    return Taken(whole, tuple(entries), tuple(sources), tuple(notes), warnings=warnings)


def _find_root(source: Path) -> Path:
    if not source.is_dir():
        raise Error(f"{source}: {'not a folder' if source.exists() else 'no such folder'}.")
    for root in (source, source / "exampleSite", *sorted(path for path in source.iterdir() if path.is_dir())):
        if (root / ISSUES).is_dir():
            return root
    hint = f"give the folder that has {ISSUES}"
    raise Error(f"{source}: not a cState site: no {ISSUES} is in it; {hint}.")


def _read_site(files: Files, inside: str) -> tuple[SiteFacts, list[Source]]:
    found = [path for path in files.data if path.startswith(inside) and is_config(path.removeprefix(inside))]
    if not found:
        return SiteFacts(), []
    site, source = read_config(found[0], files.data[found[0]])
    return site, [source, *(Source(path, left_out=f"{found[0]} is taken") for path in found[1:])]


def _system_of(name: str, names: Mapping[str, str]) -> str:
    return names.get(name.casefold(), name)


def _take(
    path: str, place: str, data: bytes, beside: Mapping[str, bytes], around: Surroundings
) -> tuple[Entry | None, Source]:
    """`place` is the path from the folder of the site."""
    folder, _, rest = place.partition("/")
    name = PurePosixPath(place).name
    if folder != "content":
        return None, Source(path, left_out="not content")
    if len(data) > MAX_BYTES // 2:
        return None, Source(path, left_out=f"larger than {MAX_BYTES // 2000} kB")
    if not data.strip():
        return None, Source(path, left_out="empty")
    if name.startswith(".") or ((original := original_of(path)) and original in beside):
        return None, Source(path, left_out="hidden" if name.startswith(".") else "a translation: write it anew")
    if name == "_index.md":
        what = "the page of a system: put its text into `description` in site.yaml"
        return None, Source(path, left_out=what if rest.startswith("affected/") else "the page of a list")
    if not name.endswith(".md") and "." in re.sub(r"^\d{4}-\d\d-\d\d", "", name):
        return None, Source(path, left_out="not content")
    if rest.startswith("issues/"):
        entry, notes = read_issue(rest, data, around)
        return (entry, Source(path, notes=tuple(notes))) if entry else (None, Source(path, left_out=notes[0]))
    return _take_page(path, rest, data)


def _take_page(path: str, place: str, data: bytes) -> tuple[Entry | None, Source]:
    text, guess = decode(data)
    front = read_front_matter(text)
    body, more = tidy(front.body)
    notes = [f"guessed: {note}" for note in (guess, *front.notes) if note] + more
    unused = [key for key in front.fields if key not in ("title", "slug", "url", "aliases", "draft", "date")]
    notes += [f"left out: {', '.join(unused)}"] if unused else []
    kept, lost = old_addresses(place, front.fields)
    notes += [f"left out: the address {address}, which statusgen cannot keep" for address in lost]
    title = text_of(front.fields.get("title")) or PurePosixPath(place).stem
    draft = flag_of(front.fields.get("draft"))
    entry = Entry("", "", title, "page", key=f"cstate:{place}", body=body, aliases=kept, draft=draft)
    return entry, Source(path, notes=tuple(notes))


def _with_others(site: SiteFacts, entries: list[Entry]) -> SiteFacts:
    """Systems that entries name without being declared, and the feeds that cState had."""
    declared = {component.name for component in site.components}
    named = dict.fromkeys(name for entry in entries for name in names_of(entry))
    others = tuple(Declared(name, aliases=system_aliases(name)[0]) for name in named if name not in declared)
    systems = (*site.components, *others)
    seen: set[str] = set()
    feeds = [("/index.xml", "", "history.rss"), ("/issues/index.xml", "", "history.rss")]
    unique = []
    for system in systems:
        (address, *_), feed = system.aliases or ("",), system_aliases(system.name)[1]
        clashes = address.casefold() in seen
        seen.add(address.casefold())
        unique.append(replace(system, aliases=()) if clashes else system)
        feeds += [(feed, system.name, "history.rss")] if feed and not clashes else []
    return replace(site, components=tuple(unique), feeds_also=tuple(feeds))
