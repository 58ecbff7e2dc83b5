"""config.yml of a cState site: its name, address, systems and categories."""

import re
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo, available_timezones

from statusgen.importers.cstate.addresses import hugo_path
from statusgen.importers.entries import Declared, SiteFacts, Source
from statusgen.importers.front_matter import Value, decode, flag_of, read_fields, text_of
from statusgen.parse.aliases import is_reserved, place_of
from statusgen.parse.web_address import is_web_address

NAMES = ("hugo", "config")
_FORMS = {".yml": "yaml", ".yaml": "yaml", ".toml": "toml", ".json": "json"}
_USED = frozenset({"title", "baseurl", "params", "timezone", "theme"})
_USED_PARAMS = frozenset({"systems", "categories", "description", "customtabs"})


def is_config(path: str) -> bool:
    name, dot, form = path.rpartition("/")[2].partition(".")
    return (name in NAMES and dot + form in _FORMS and path.count("/") == 0) or path.startswith("config/_default/hugo.")


def read_config(path: str, data: bytes) -> tuple[SiteFacts, Source]:
    text, note = decode(data)
    fields, wrong = read_fields(text, _FORMS[path[path.rindex(".") :]])
    fields = _lower(fields)
    params = fields.get("params")
    params = _lower(params) if isinstance(params, dict) else {}
    notes = [note] if note else []
    notes += [f"it cannot be read whole ({wrong}): what looks well is taken"] if wrong else []
    groups, unnamed = _read_groups(params.get("categories"))
    systems = _read_systems(params.get("systems"), {group.name for group in groups}, unnamed, notes)
    zone = text_of(fields.get("timezone")) or "UTC"
    if zone not in available_timezones():
        notes.append(f"guessed: the time zone `{zone}` is unknown: UTC is taken")
        zone = "UTC"
    url = text_of(fields.get("baseurl"))
    if not is_web_address(url) or re.search(r"[\s\"'<>?#@\\]", url):
        notes.append(f"guessed: `{url}` is no address of a site: write the right one into site.yaml")
        url = ""
    site = SiteFacts(
        name=text_of(fields.get("title")),
        url=url,
        zone=ZoneInfo(zone).key,
        description=text_of(params.get("description")),
        groups=groups,
        components=systems,
        links=tuple(_read_links(params.get("customtabs"), notes)),
    )
    left_out = [key for key in fields if key not in _USED] + [key for key in params if key not in _USED_PARAMS]
    if left_out:
        notes.append(f"left out, because statusgen has no such setting: {', '.join(left_out)}")
    return site, Source(path, as_what="name, address, systems and categories", notes=tuple(notes))


def system_aliases(name: str) -> tuple[tuple[str, ...], str]:
    """Where the page of a system was, and its feed, "" where that cannot be kept."""
    address = f"/affected/{hugo_path(name)}/"
    place = place_of(address)
    good = place is not None and not is_reserved(place)
    return ((address,), f"{address}index.xml") if good else ((), "")


def _read_groups(value: Value | None) -> tuple[tuple[Declared, ...], set[str]]:
    """The categories, and the names of those that are not shown."""
    groups: dict[str, Declared] = {}
    unnamed = set()
    for part in _mappings(value):
        name = text_of(part.get("name"))
        if name and flag_of(part.get("untitled")):
            unnamed.add(name)
        elif name:
            groups.setdefault(name, Declared(name, text_of(part.get("description"))))
    return tuple(groups.values()), unnamed


def _read_systems(value: Value | None, groups: set[str], unnamed: set[str], notes: list[str]) -> tuple[Declared, ...]:
    systems: dict[str, Declared] = {}
    for part in _mappings(value):
        name, category = text_of(part.get("name")), text_of(part.get("category"))
        if not name or name in systems:
            notes.append(f"left out: a system {f'with the name `{name}` again' if name else 'without a name'}")
            continue
        if category and category not in groups and category not in unnamed:
            notes.append(f"guessed: `{name}` is in the category `{category}`, which is not there: it is in none")
        if link := text_of(part.get("link")):
            notes.append(f"left out: the link of `{name}`, {link}")
        group = category if category in groups else ""
        systems[name] = Declared(name, text_of(part.get("description")), group, aliases=system_aliases(name)[0])
    return tuple(systems.values())


def _read_links(value: Value | None, notes: list[str]) -> Iterable[tuple[str, str]]:
    links: dict[str, str] = {}
    for part in _mappings(value):
        name, link = text_of(part.get("name")), text_of(part.get("link"))
        if name and name not in links and link.startswith(("https://", "http://", "mailto:")):
            links[name] = link
        else:
            notes.append(f"left out: the tab `{name}`, which leads to `{link}`")
    return links.items()


def _mappings(value: Value | None) -> list[dict[str, Value]]:
    return [_lower(part) for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _lower(fields: Mapping[str, Value]) -> dict[str, Value]:
    """Hugo does not mind the case of keys."""
    return {key.lower(): value for key, value in fields.items()}
