"""Messages: found by their names, and filled in with what is known of an entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from statusgen.author.find import ManyError, match_names, say_unknown
from statusgen.author.moments import LONG_AGO
from statusgen.author.refused import RefusedError
from statusgen.errors import Error
from statusgen.history.changes import shown_window
from statusgen.history.occurrences import Occurrence
from statusgen.model.entries import Change, Incident, component_ids
from statusgen.model.site import Site
from statusgen.parse.message import PLACEHOLDERS, Message, fill_placeholders, parse_message
from statusgen.problems import has_errors

if TYPE_CHECKING:
    from statusgen.author.desk import Desk

# Which option gives what a message asks for.
OPTIONS = {
    "component": "--component",
    "started": "--started",
    "next": "--next",
    "starts": "--starts",
    "ends": "--ends or --duration",
    "duration": "--duration",
}


def get_message(desk: Desk, name: str) -> Message:
    """By its name, or a begin or a part of it that only one has. Raises Error, and RefusedError for one with errors."""
    paths = [path for path in desk.paths("messages") if path.endswith(".md")]
    found = match_names(name, paths)
    if not found:
        raise Error(say_unknown(name, "message", paths))
    if len(found) > 1:
        raise ManyError(name, "message", found)
    message, problems = parse_message(found[0], desk.read(found[0]))
    if message is None or has_errors(problems):
        raise RefusedError(problems, desk.folder)
    return message


def read_messages(desk: Desk) -> tuple[list[Message], int]:
    """All of them by name, and how many files have errors."""
    read = [parse_message(path, desk.read(path)) for path in desk.paths("messages") if path.endswith(".md")]
    good = [message for message, problems in read if message and not has_errors(problems)]
    return good, len(read) - len(good)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Raises Error where something is to be filled in that is not known."""
    filled, missing = fill_placeholders(text, values)
    if missing:
        name = missing[0]
        how = f"say it with {OPTIONS[name]}" if name in OPTIONS else "write the text with -m"
        known = "" if name in PLACEHOLDERS else f"; known: {', '.join(PLACEHOLDERS)}"
        raise Error(f"the text wants `{{{{ {name} }}}}`, which is not known here; {how}{known}")
    return filled


def values_of(entry: Incident | Change, site: Site, address: str, now: datetime) -> dict[str, str]:
    """What is known of an entry, by placeholder."""
    values = {"site": site.name, "title": entry.title, "url": address,
              "component": name_components(component_ids(entry), site)}  # fmt: skip
    if isinstance(entry, Incident):
        return values | {"started": say_when(entry.started_at, site, now)}
    return values | window_values(shown_window(entry, site.zone, now), site, now)


def window_values(window: Occurrence, site: Site, now: datetime) -> dict[str, str]:
    return {
        "starts": say_when(window.start, site, now),
        "ends": say_when(window.end, site, window.start if window.start > now else now),
        "duration": say_duration(window.end - window.start),
    }


def say_duration(length: timedelta) -> str:
    """`2 hours`, `1 hour and 30 minutes`."""
    minutes = length // timedelta(minutes=1)
    parts = [(minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute")]
    return " and ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in parts if count) or "a moment"


def name_components(ids: Iterable[str], site: Site) -> str:
    """`Public API, Website and Background jobs`."""
    names = {component.id: component.name for component in site.components}
    *most, last = [names.get(name, name) for name in ids] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def say_when(at: datetime, site: Site, now: datetime) -> str:
    """`09:12 UTC`, and the day with it where it is not of these hours: what a customer reads in a sentence."""
    here = at.astimezone(site.zone)
    near = abs(at - now) < LONG_AGO and here.date() == now.astimezone(site.zone).date()
    zone = here.tzname() or site.zone.key
    zone = f"UTC{zone}" if zone[:1] in "+-" else zone
    return f"{here:%H:%M} {zone}" if near else f"{here.day} {here:%B %Y}, {here:%H:%M} {zone}"
