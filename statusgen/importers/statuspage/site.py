"""The page and its components, as the API tells them."""

import re
from collections.abc import Iterable
from zoneinfo import available_timezones

from statusgen.importers.entries import Declared, SiteFacts
from statusgen.importers.json_values import Object, text
from statusgen.model.names import KEPT
from statusgen.parse.web_address import is_web_address


def read_site(page: Object, components: Iterable[Object], notes: list[str]) -> tuple[SiteFacts, dict[str, str]]:
    """The site, and the names of components by their ids. A name that two have is told with that of its group."""
    found = sorted(components, key=lambda one: (bool(text(one, "group_id")), _position(one)))
    groups = {
        text(one, "id"): _name(one) for one in found if one.get("group") is True and text(one, "id") and _name(one)
    }
    plain = [one for one in found if one.get("group") is not True and _name(one)]
    names: dict[str, str] = {}
    for one in plain:
        group = groups.get(text(one, "group_id"), "")
        same = sum(_name(other) == _name(one) for other in plain) > 1
        name = f"{group}: {_name(one)}" if same and group else _name(one)
        if name in names.values() or name in groups.values():
            name = f"{name} ({text(one, 'id')})"
        names[text(one, "id")] = name
    places = {text(one, "id"): _position(one) for one in found}
    plain.sort(key=lambda one: (places.get(text(one, "group_id"), _position(one)), _position(one)))
    declared = tuple(_declare(one, names, groups) for one in plain)
    hidden = [names[text(one, "id")] for one in plain if one.get("only_show_if_degraded") is True]
    if hidden:
        notes.append(f"left out: that these are shown only while something is wrong: {', '.join(hidden)}")
    described = {text(one, "id"): text(one, "description") for one in found}
    zone = text(page, "time_zone")
    if zone not in available_timezones():
        notes += [f"guessed: the time zone `{zone}` is unknown: UTC is taken"] if zone else []
        zone = "UTC"
    url = text(page, "url")
    page_id = text(page, "id")
    site = SiteFacts(
        name=" ".join(text(page, "name").split()),
        url=url if is_web_address(url) and not re.search(r"[\s\"'<>?#@\\]", url) else "",
        zone=zone,
        groups=tuple(Declared(name, described[one], old_id=_kept(one)) for one, name in groups.items()),
        components=declared,
        page_id=page_id if KEPT.fullmatch(page_id) else "",
    )
    return site, names


def _declare(one: Object, names: dict[str, str], groups: dict[str, str]) -> Declared:
    return Declared(
        name=names[text(one, "id")],
        description=text(one, "description"),
        group=groups.get(text(one, "group_id"), ""),
        old_id=_kept(text(one, "id")),
        since=text(one, "start_date") if re.fullmatch(r"\d{4}-\d\d-\d\d", text(one, "start_date")) else "",
    )


def _kept(old_id: str) -> str:
    return old_id if KEPT.fullmatch(old_id) else ""


def _name(one: Object) -> str:
    return " ".join(text(one, "name").split())


def _position(one: Object) -> int:
    position = one.get("position")
    return position if isinstance(position, int) else 0
