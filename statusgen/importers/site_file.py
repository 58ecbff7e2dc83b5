"""site.yaml: what an import writes into a new one, and what it knows from one that is there."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from statusgen.importers.entries import Declared, SiteFacts
from statusgen.importers.text import quote, quote_or

_NAME_IN_FEED = re.compile(r"\{([^{}]+)\}")


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
        lines += [f"    {quote(path)}: {_feed(feed, ids)}" for path, feed in site.feeds_also]
    if site.links:
        lines += ["", "links:", *(f"  {quote(name)}: {quote(url)}" for name, url in site.links)]
    return "\n".join(lines) + "\n"


def read_known(data: bytes | None) -> tuple[dict[str, str], str]:
    """Name -> id of the components that a site.yaml declares; and what is wrong with it, "" if nothing is."""
    try:
        site: Any = yaml.load(data or b"", Loader=yaml.BaseLoader)  # noqa: S506  (it makes strings only)
    except (yaml.YAMLError, RecursionError):
        return {}, "not readable, so its component ids are not known"
    components = site.get("components") if isinstance(site, dict) else None
    known: dict[str, str] = {}
    for component, value in components.items() if isinstance(components, dict) else ():
        name = value.get("name") if isinstance(value, dict) else value
        if isinstance(name, str) and isinstance(component, str):
            known.setdefault(name or component, component)
    return known, ""


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


def _feed(path: str, ids: Mapping[str, str]) -> str:
    return _NAME_IN_FEED.sub(lambda match: ids[match[1]], path)
