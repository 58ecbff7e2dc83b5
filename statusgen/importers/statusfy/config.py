"""config.js and locales/en.json of a Statusfy site. The first is a program, so it is searched and not run."""

import re
from collections.abc import Mapping

from statusgen.importers.entries import Declared, SiteFacts, Source
from statusgen.importers.front_matter import decode
from statusgen.importers.json_values import parse_json
from statusgen.parse.web_address import is_web_address

CONFIGS = ("config.js", "config.json", "statusfy.config.js", "config.yml", "config.yaml", "config.toml")
_SYSTEMS = re.compile(r"[\"']?systems[\"']?\s*[:=]\s*\[([^\]]*)\]")
_SYSTEM = re.compile(r"[\"']([^\"'\n]+)[\"']")
_COMMENT = re.compile(r"(?m)^\s*//[^\n]*$|/\*.*?\*/", re.DOTALL)


def read_config(path: str, data: bytes, titles: Mapping[str, str]) -> tuple[SiteFacts, str, Source]:
    """(site, default language, what became of the file). `titles` are those of systems, by their keys."""
    text = _COMMENT.sub("", decode(data)[0])
    notes = ["guessed: it is a program: what looks like title, description, baseUrl and systems is taken from it"]
    url = _find(text, "baseUrl").rstrip("/")
    if url and (not is_web_address(url) or re.search(r"[\s\"'<>?#@\\]", url)):
        notes.append(f"guessed: `{url}` is no address of a site: write the right one into site.yaml")
        url = ""
    found = _SYSTEMS.search(text)
    keys = list(dict.fromkeys(_SYSTEM.findall(found[1]))) if found else []
    site = SiteFacts(
        name=_find(text, "title"),
        url=url,
        description=_find(text, "description"),
        components=declare(keys, titles),
    )
    return site, _find(text, "defaultLocale") or "en", Source(path, as_what="the settings", notes=tuple(notes))


def read_titles(path: str, data: bytes) -> tuple[dict[str, str], Source]:
    """The titles of systems by their keys."""
    value, wrong = parse_json(data)
    systems = value.get("systems") if isinstance(value, dict) else None
    if wrong or not isinstance(systems, dict):
        return {}, Source(path, left_out=wrong or "no titles of systems are in it")
    titles = {
        key: " ".join(title.split()) for key, title in systems.items() if isinstance(title, str) and title.strip()
    }
    return titles, Source(path, as_what="titles of systems")


def declare(keys: list[str], titles: Mapping[str, str]) -> tuple[Declared, ...]:
    """Each system once; where two have one title, the key is behind it."""
    found: dict[str, Declared] = {}
    for key in keys:
        name = titles.get(key, key)
        name = f"{name} ({key})" if name in found else name
        found[name] = Declared(name, old_id=key if re.fullmatch("[a-z0-9][a-z0-9-]{0,60}", key) else "")
    return tuple(found.values())


def _find(text: str, key: str) -> str:
    """The first text that is given for a key."""
    pattern = rf"(?m)(?:^|[{{,\s])[\"']?{key}[\"']?\s*[:=]\s*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\"'\s,{{\[][^\n,]*))"
    match = re.search(pattern, text)
    return " ".join(next((part for part in match.groups() if part), "").split()) if match else ""
