"""site.yaml."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

import yaml

from statusgen.model.names import KEPT
from statusgen.model.site import Component, Group, Site
from statusgen.model.zone import day_of
from statusgen.parse.aliases import FOLDERS, address_of, read_aliases
from statusgen.parse.checks.levels import read_levels as read_check_levels
from statusgen.parse.feed_rules import read_feed_rules
from statusgen.parse.fields import Fields, open_fields
from statusgen.parse.languages import read_languages
from statusgen.parse.looks import read_looks
from statusgen.parse.report_rule import read_report_rule
from statusgen.parse.service_levels import read_levels
from statusgen.parse.times import Clock
from statusgen.parse.web_address import is_web_address
from statusgen.parse.yaml_nodes import line_of
from statusgen.problems import Problem, suggest

PATH = "site.yaml"
# Names that mean whatever the machine is set to, so that the same content would give another site elsewhere.
NO_ZONES = frozenset({"Factory", "localtime", "posixrules"})
# What people call a zone that has summer time, where it is no zone's name or would be a fixed offset.
ABBREVIATIONS = {
    "CEST": "Europe/Berlin", "BST": "Europe/London", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles",
    "EDT": "America/New_York", "CST": "America/Chicago", "CDT": "America/Chicago", "MDT": "America/Denver",
    "EEST": "Europe/Helsinki", "IST": "Asia/Kolkata", "JST": "Asia/Tokyo", "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney", "NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland",
}  # fmt: skip
# As browsers know e-mail addresses (HTML, 4.10.5.1.5), less what would mean something else in a link.
EMAIL = re.compile(r"[A-Za-z0-9.!$'*+=_~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)+")
COMPONENT_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")


def parse_site(data: bytes, now: datetime) -> tuple[Site | None, list[Problem]]:
    """`now` matters to a demonstration site only: `demo_today: DATE` moves its times so that DATE is today."""
    fields, problems = open_fields(PATH, data)
    if fields is None:
        return None, problems
    zone = _read_zone(fields)
    demo_today = fields.date("demo_today", Clock(zone))
    shift_days = (day_of(now, zone) - demo_today).days if demo_today else 0
    clock = Clock(zone, shift_days)
    groups = _read_groups(fields)
    components = _read_components(fields, clock, {group.id for group in groups})
    _check_names(fields, groups, components)
    levels, responses = read_levels(fields, groups, components, zone)
    feeds = read_feed_rules(fields, groups, components)
    language, languages = read_languages(fields)
    site = Site(
        name=fields.title("name"),
        url=_read_url(fields),
        zone=zone,
        description=" ".join(fields.text("description").split()),
        groups=groups,
        components=components,
        links=_read_links(fields),
        shift_days=shift_days,
        levels=levels,
        responses=responses,
        is_demo=demo_today is not None,
        report_rule=read_report_rule(fields, clock),
        hub=feeds.hub,
        announces_begins=feeds.begins,
        contact=_read_contact(fields),
        id=_read_page_id(fields),
        feeds_also=feeds.also,
        checks=read_check_levels(fields),
        looks=read_looks(fields),
        language=language,
        languages=languages,
    )
    fields.finish()
    return (None if any(p.severity == "error" for p in problems) else site), problems


def _read_zone(fields: Fields) -> ZoneInfo:
    name = fields.text("time_zone") or "UTC"
    zones = available_timezones() - NO_ZONES
    if name in zones:
        return ZoneInfo(name)
    usual = ABBREVIATIONS.get(name.upper())
    hint = f"did you mean `{usual}`?" if usual else suggest(name, zones) or "a name such as `Europe/Berlin`"
    fields.complain(fields.line_of_key("time_zone"), "unknown-zone", f"`{name}` is not a time zone", hint)
    return ZoneInfo("UTC")


def _read_url(fields: Fields) -> str:
    url = fields.text("url")
    if not is_web_address(url) or re.search(r"[\s\"'<>?#@\\]", url):
        message = f"`{url}` is not an address" if url else "`url` is missing"
        fields.complain(fields.line_of_key("url"), "bad-url", message,
                        "where customers will find the page: `url: https://status.example.com/`")  # fmt: skip
    return url.rstrip("/") + "/"


def _read_contact(fields: Fields) -> str:
    contact = fields.text("contact")
    if contact and not EMAIL.fullmatch(contact):
        line, hint = fields.line_of_key("contact"), "where customers can write to: `contact: status@example.com`"
        fields.complain(line, "bad-contact", f"`{contact}` is not an e-mail address", hint)
    return contact


def _read_page_id(fields: Fields) -> str:
    text = fields.text("id")
    if text and not KEPT.fullmatch(text):
        fields.complain(fields.line_of_key("id"), "bad-id", f"`{text}` cannot be the id of a page",
                        "12 characters of a–z and 0–9, as Statuspage gave it; without `id:` one is made")  # fmt: skip
        return ""
    return text


def _read_groups(fields: Fields) -> tuple[Group, ...]:
    groups = []
    for name, line, value in fields.pairs("groups"):
        _check_id(fields, name, line)
        if isinstance(value, yaml.MappingNode):
            group = fields.section(value)
            groups.append(Group(name, group.title("name"), group.text("description")))
            group.finish()
        else:
            groups.append(Group(name, _label(fields, name, value)))
    return tuple(groups)


def _read_components(fields: Fields, clock: Clock, groups: set[str]) -> tuple[Component, ...]:
    components = []
    seen: dict[str, int] = {}
    pairs = fields.pairs("components")
    ids = {name for name, _, _ in pairs}
    for name, line, value in pairs:
        _check_id(fields, name, line)
        _check_badge(fields, name, line, ids)
        if name in groups:
            fields.complain(line, "duplicate-id", f"`{name}` is a group too", "give one of them another id")
        if not isinstance(value, yaml.MappingNode):
            components.append(Component(name, _label(fields, name, value)))
            continue
        part = fields.section(value)
        group = part.text("group")
        if group and group not in groups:
            part.complain(part.line_of_key("group"), "unknown-group", f"there is no group `{group}`",
                          suggest(group, groups))  # fmt: skip
        since, aliases = part.date("since", clock), _read_component_aliases(part, seen)
        components.append(Component(name, part.title("name"), part.text("description"), group, since, aliases))
        part.finish()
    return tuple(components)


def _read_component_aliases(part: Fields, seen: dict[str, int]) -> tuple[str, ...]:
    """`seen` are those of other components, with their lines."""
    aliases = read_aliases(part)
    for alias, line in aliases:
        if alias.casefold().split("/")[0] in FOLDERS:
            part.complain(line, "alias-taken", f"`/{address_of(alias)}` is kept for entries", "take it out")
        elif first := seen.get(alias.casefold()):
            part.complain(line, "duplicate-alias", f"the alias `/{address_of(alias)}` is there twice",
                          f"first in line {first}; an address leads to one page only")  # fmt: skip
        seen.setdefault(alias.casefold(), line)
    return tuple(alias for alias, _ in aliases)


def _check_names(fields: Fields, groups: tuple[Group, ...], components: tuple[Component, ...]) -> None:
    """In the API groups stand among components, and there are tools that know both by their names alone."""
    owners: dict[str, str] = {}
    known = [key for key, found in (("groups", groups), ("components", components)) if found]
    lines = {name: line for key in known for name, line, _ in fields.pairs(key)}
    parts: tuple[Group | Component, ...] = (*groups, *components)
    for part in parts:
        owner = owners.setdefault(part.name, part.id)
        if part.name and owner != part.id:
            fields.warn(lines[part.id], "duplicate-name", f"`{part.id}` has the same name as `{owner}`: {part.name}",
                        "tools that go by names, such as exporters of metrics, take them for one")  # fmt: skip


def _label(fields: Fields, name: str, value: yaml.Node) -> str:
    if isinstance(value, yaml.ScalarNode):
        return fields.plain(name, value) or name
    fields.complain(line_of(value), "wrong-type", f"`{name}` must be a name, or `name:` and more below it")
    return name


def _check_id(fields: Fields, name: str, line: int) -> None:
    if not COMPONENT_ID.fullmatch(name) or name == "next":
        fields.complain(line, "bad-id", f"`{name}` cannot be an id", "a–z, 0–9, `-` and `_`; `next` is taken")


def _check_badge(fields: Fields, name: str, line: int, ids: set[str]) -> None:
    """A component has two badges, /badges/ID and /badges/ID-uptime, and no two badges have one address."""
    owner = name.removesuffix("-uptime")
    if name == "status":
        fields.complain(line, "bad-id", "`status` cannot be a component's id: /badges/status.svg shows the whole page",
                        "give it another id, such as `status-page`")  # fmt: skip
    elif owner != name and owner in ids:
        fields.complain(line, "bad-id", f"`{name}` cannot be an id: /badges/{name}.svg shows the uptime of `{owner}`",
                        f"give it another id, such as `uptime-{owner}`")  # fmt: skip


def _read_links(fields: Fields) -> tuple[tuple[str, str], ...]:
    links = []
    for name, line, value in fields.pairs("links"):
        target = str(value.value) if isinstance(value, yaml.ScalarNode) else ""
        if not target.startswith(("https://", "http://", "mailto:")):
            fields.complain(line, "bad-url", f"the link `{name}` has no address", "`Website: https://example.com`")
        links.append((name, target))
    return tuple(links)
