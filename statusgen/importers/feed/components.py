"""The affected components, where an entry's HTML names them.

Two shapes: Statuspage's line `This incident affected: A, B (C, D).` and incident.io's list under "Affected components".
"""

import re

from statusgen.importers.entries import Component
from statusgen.importers.feed.html import to_text

_STATES = {
    "operational": "operational",
    "degraded performance": "degraded_performance",
    "degraded": "degraded_performance",
    "partial outage": "partial_outage",
    "major outage": "major_outage",
    "full outage": "major_outage",
    "under maintenance": "under_maintenance",
    "maintenance": "under_maintenance",
}
_INLINE = r"(?:</?(?:strong|b|em|i|small)>\s*)*"
_LINE = re.compile(
    rf"(?:<p[^>]*>|<br\s*/?>|\A)\s*{_INLINE}This (?:incident|maintenance|event|scheduled (?:maintenance|event))"
    rf" (?:affected|affects|will affect)\s*:\s*{_INLINE}(?P<names>[^<]+?)\.?\s*{_INLINE}(?=</p>|<br|\Z)",
    re.IGNORECASE,
)
_LIST = re.compile(
    rf"(?:<br\s*/?>\s*)*(?:<p[^>]*>)?\s*{_INLINE}Affected components\s*:?\s*{_INLINE}:?\s*(?:<br\s*/?>|</p>|\s)*"
    r"<ul[^>]*>(?P<items>.*?)</ul>",
    re.IGNORECASE | re.DOTALL,
)
_ITEM = re.compile(r"<li[^>]*>(.*?)(?=<li|</li>|\Z)", re.IGNORECASE | re.DOTALL)


def take_components(html: str) -> tuple[str, tuple[Component, ...]]:
    """The HTML without the lines that name components, and (name, state or None) of each, in order, once."""
    found: dict[str, str | None] = {}
    lists = list(_LIST.finditer(html)) if "affected components" in html.lower() else []
    for match in lists:
        for item in _ITEM.findall(match["items"]):
            name, state = _split_state(to_text(item))
            if name:
                found.setdefault(name, state)
    for match in _LINE.finditer(html):
        for name in split_names(to_text(match["names"])):
            found.setdefault(name, None)
    return _LINE.sub("", _LIST.sub("", html) if lists else html), tuple(found.items())


def split_names(text: str) -> list[str]:
    """`A, B (C, D)` -> `A`, `B: C`, `B: D`: members of different groups may bear one name ("EU")."""
    names: list[str] = []
    for part in _split_top(text):
        group, bracket, members = part.partition("(")
        if bracket and members.endswith(")") and group.strip():
            names += [f"{group.strip()}: {member}" for member in _split_top(members[:-1])]
        else:
            names.append(part)
    return names


def _split_top(text: str) -> list[str]:
    """The parts between the commas that stand outside brackets."""
    parts, depth = [""], 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if char == "," and depth <= 0:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts if part.strip()]


def _split_state(text: str) -> tuple[str, str | None]:
    match = re.fullmatch(r"(.+?)\s*\(([^()]*)\)", text)
    state = _STATES.get(match[2].strip().lower()) if match else None
    return (match[1], state) if match and state else (text, None)
