"""site.yaml: what an import writes into a new one, and what it knows from one that is there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from statusgen.importers.entries import Declared, SiteFacts
from statusgen.importers.text import quote, quote_or


@dataclass(frozen=True, slots=True)
class Known:
    """What a site.yaml declares: ids by the names of components and of groups, old addresses and paths of old feeds,
    both without outer slashes. `wrong`: what is wrong with it, "" if nothing is."""

    components: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    aliases: frozenset[str] = frozenset()
    feeds: frozenset[str] = frozenset()
    wrong: str = ""


def render_site(site: SiteFacts, ids: Mapping[str, str], group_ids: Mapping[str, str]) -> str:
    """`ids` is name -> id of all components, those that the source does not declare included."""
    lines = [f"name: {quote_or(site.name, 'Status')}", f"url: {quote(site.url or 'https://status.example')}"]
    lines += [f"time_zone: {site.zone}"]
    lines += [f"description: {quote(site.description)}"] if site.description else []
    lines += [f"id: {site.page_id}"] if site.page_id else []
    lines.append("")
    if site.groups:
        lines += ["groups:", *_group_lines(site, group_ids), ""]
    lines += _component_lines(site, ids, group_ids)
    if site.feeds_also:
        lines += ["", "feeds:", "  also:"]
        lines += [f"    {line}" for line in _feed_lines(site, ids).values()]
    if site.links:
        lines += ["", "links:", *(f"  {quote(name)}: {quote(url)}" for name, url in site.links)]
    return "\n".join(lines) + "\n"


def read_known(data: bytes | None) -> Known:
    """Of the bytes of a site.yaml, None where there is none."""
    try:
        site: Any = yaml.load(data or b"", Loader=yaml.BaseLoader)  # noqa: S506  (it makes strings only)
    except (yaml.YAMLError, RecursionError):
        return Known(wrong="not readable, so its component ids are not known")
    components, groups, feeds = _mapping(site, "components"), _mapping(site, "groups"), _mapping(site, "feeds")
    aliases = [one.get("aliases") for one in components.values() if isinstance(one, dict)]
    texts = [one for listed in aliases for one in (listed if isinstance(listed, list) else [listed])]
    return Known(
        _ids_by_name(components),
        _ids_by_name(groups),
        frozenset(_bare(one) for one in texts if isinstance(one, str)),
        frozenset(_bare(one) for one in _mapping(feeds, "also") if isinstance(one, str)),
    )


def find_missing(site: SiteFacts, ids: Mapping[str, str], known: Known) -> list[str]:
    """What a site.yaml that is kept lacks: a line for each."""
    lines = [
        f"add the component `{component}: {quote(name)}`"
        for name, component in sorted(ids.items())
        if component not in known.components.values()
    ]
    for one in site.components:
        lost = [alias for alias in one.aliases if _bare(alias) not in known.aliases]
        lines += [f"add to `aliases` of the component `{ids[one.name]}` its old address `{alias}`" for alias in lost]
    feeds = _feed_lines(site, ids)
    return lines + [
        f"add to `feeds: also:` the line `{feeds[path]}`" for path in feeds if _bare(path) not in known.feeds
    ]


def _mapping(value: Any, key: str) -> dict[Any, Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _ids_by_name(declared: Mapping[Any, Any]) -> dict[str, str]:
    known: dict[str, str] = {}
    for one, value in declared.items():
        name = value.get("name") if isinstance(value, dict) else value
        if isinstance(name, str) and isinstance(one, str):
            known.setdefault(name or one, one)
    return known


def _bare(address: str) -> str:
    return address.strip("/").casefold()


def _feed_lines(site: SiteFacts, ids: Mapping[str, str]) -> dict[str, str]:
    """By the path of the old feed."""
    feeds = {path: f"components/{ids[name]}/{feed}" if name else feed for path, name, feed in site.feeds_also}
    return {path: f"{quote(path)}: {feed}" for path, feed in feeds.items()}


def _group_lines(site: SiteFacts, group_ids: Mapping[str, str]) -> list[str]:
    lines = []
    for group in site.groups:
        name, description = quote_or(group.name, group_ids[group.name]), quote(group.description)
        lines.append(f"  {group_ids[group.name]}:" + ("" if group.description else f" {name}"))
        lines += [f"    name: {name}", f"    description: {description}"] if group.description else []
    return lines


def _component_lines(site: SiteFacts, ids: Mapping[str, str], group_ids: Mapping[str, str]) -> list[str]:
    if not ids:
        return ["# The source names no components. Add them here: `api: Public API`.", "components: {}"]
    declared = {component.name: component for component in site.components}
    lines = ["components:"]
    for component in site.components:
        lines += _one_component(component, ids, group_ids)
    others = [name for name in ids if name not in declared]
    if others and declared:
        lines.append("  # Not declared by the source, but named in its entries:")
    return lines + [f"  {ids[name]}: {quote_or(name, ids[name])}" for name in others]


def _one_component(component: Declared, ids: Mapping[str, str], group_ids: Mapping[str, str]) -> list[str]:
    more = []
    key = ids[component.name]
    name = quote_or(component.name, key)
    if component.description:
        more.append(f"    description: {quote(component.description)}")
    if component.group:
        more.append(f"    group: {group_ids[component.group]}")
    if component.since:
        more.append(f"    since: {component.since}")
    if component.aliases:
        more += ["    aliases:", *(f"      - {quote(alias)}" for alias in component.aliases)]
    if not more:
        return [f"  {key}: {name}"]
    return [f"  {key}:", f"    name: {name}", *more]
