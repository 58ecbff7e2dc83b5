"""A folder with a Statusfy site -> all that is in it, file by file."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from statusgen.errors import Error
from statusgen.importers.document import names_of
from statusgen.importers.entries import Entry, SiteFacts, Source, Taken
from statusgen.importers.source_files import read_files
from statusgen.importers.statusfy.config import CONFIGS, declare, read_config, read_titles
from statusgen.importers.statusfy.incident import read_incident
from statusgen.importers.wanted_path import wanted_path

_FOLDERS = {
    "public": "pictures and such; put those that texts need where they have an address",
    "assets": "the look of the old site",
    "dist": "what Statusfy made",
}
_SUFFIXES = (".md", ".js", ".json", ".yml", ".yaml", ".toml")


def take_statusfy(source: Path) -> Taken:
    """`source` is the folder of the site. Raises Error where it has no folder content."""
    files = read_files(source, _FOLDERS, _SUFFIXES)
    if not any(path.startswith("content/") for path in files.data):
        raise Error(f"{source}: not a Statusfy site: no folder content with files is in it.")
    if any(path.startswith("content/issues/") for path in files.data) and not set(CONFIGS[:3]) & files.data.keys():
        raise Error(f"{source}: a cState site, as it seems; it has its own command, `statusgen import cstate`.")
    sources = list(files.others)
    site, language, titles = _read_settings(files.data, sources)
    told = {one.path for one in sources}
    names = {component.old_id or component.name: component.name for component in site.components}
    entries: list[Entry] = []
    for path, data in files.data.items():
        if path in told:
            continue
        if why := _why_not(path, data, files.data, language):
            sources.append(Source(path, left_out=why))
            continue
        place = path.removeprefix("content/")
        entry, notes = read_incident(place, data, lambda key: names.get(key, titles.get(key, key)), site.url)
        if entry is None:
            sources.append(Source(path, left_out=notes[0]))
            continue
        entries.append(replace(entry, path=wanted_path(entry.kind, place)))
        sources.append(Source(path, (entry.key,), notes=tuple(notes)))
    sources.sort(key=lambda one: one.path)
    return Taken(site, tuple(entries), tuple(sources), tuple(_undeclared(site, entries)))


def _read_settings(data: Mapping[str, bytes], sources: list[Source]) -> tuple[SiteFacts, str, dict[str, str]]:
    """(site, default language, titles of systems by their keys)."""
    titles: dict[str, str] = {}
    config = next((path for path in CONFIGS if path in data), None)
    site, language = SiteFacts(), "en"
    if config:
        language = read_config(config, data[config], {})[1]
    if (locale := f"locales/{language}.json") in data:
        titles, told = read_titles(locale, data[locale])
        sources.append(told)
    if config:
        site, _, told = read_config(config, data[config], titles)
        sources.append(told)
    if not site.components:
        site = replace(site, components=declare(list(titles), titles))
    return site, language, titles


def _why_not(path: str, data: bytes, beside: Mapping[str, bytes], language: str) -> str:
    folder, _, rest = path.partition("/")
    if folder != "content" or not path.endswith(".md") or PurePosixPath(path).name.upper().startswith("README"):
        return "not content"
    if not data.strip():
        return "empty"
    sub, _, name = rest.partition("/")
    if name and (f"content/{name}" in beside or (sub != language and f"content/{language}/{name}" in beside)):
        return "a translation: write it anew"
    return ""


def _undeclared(site: SiteFacts, entries: list[Entry]) -> list[str]:
    declared = {component.name for component in site.components}
    others = dict.fromkeys(name for entry in entries for name in names_of(entry) if name not in declared)
    return [f"guessed: systems that no setting declares are declared: {', '.join(others)}"] if others else []
