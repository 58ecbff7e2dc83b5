"""`aliases:` are addresses that something had before, as on another tool's site: readers are sent on from there."""

from __future__ import annotations

import re

from statusgen.model.entries import Change, Incident, Notice, Page, ProblemReport
from statusgen.parse.fields import Fields

# One part of a path. What begins with a dot or an underscore is hidden by some hosts, or means something to them.
PART = re.compile(r"(?![._])[\w.~+@!,()=&'$; -]{1,120}(?<![. ])")
PAGE_END = (".html", ".htm")
FEED_END = (".xml", ".rss", ".atom", ".json")
FOLDERS: dict[str, type] = {
    "incidents": Incident,
    "changes": Change,
    "notices": Notice,
    "problems": ProblemReport,
    "pages": Page,
}
# What else the site has at its top. A test compares this with a site that has everything.
RESERVED = frozenset([
    "404.html", "api", "assets", "badges", "calendar.ics", "components", "embed", "embed.js", "feed.atom", "feed.json",
    "feed.rss", "groups", "history", "history.atom", "history.rss", "index.html", "robots.txt", "sitemap.xml",
    "sitemaps", "subscribe", "uptime", "uptime.csv",
])  # fmt: skip
EXAMPLE = "a path below the site's address, as in `/issues/2024-05-07-outage/`"


def read_aliases(fields: Fields) -> tuple[tuple[str, int], ...]:
    """The files that send readers on, such as `issues/x/index.html`, with the lines that ask for them."""
    found = []
    for text, line in fields.texts("aliases"):
        path = place_of(text)
        if path is None:
            fields.complain(line, "bad-alias", f"`{text}` cannot be an alias", EXAMPLE)
        elif is_reserved(path):
            fields.complain(line, "alias-taken", f"`{text}` is an address of the site itself", "take it out")
        else:
            found.append((path, line))
    return tuple(found)


def place_of(text: str) -> str | None:
    """The file at an address of a page; None where there is none that is safe."""
    parts = _parts_of(text)
    if not parts or any(part.casefold().endswith((*PAGE_END, *FEED_END)) for part in parts[:-1]):
        return None
    if parts[-1].casefold().endswith(PAGE_END):
        return "/".join(parts)
    return None if parts[-1].casefold().endswith(FEED_END) else "/".join((*parts, "index.html"))


def feed_place_of(text: str) -> str | None:
    """The same for the address of a feed."""
    parts = _parts_of(text)
    good = parts and parts[-1].casefold().endswith(FEED_END) and place_of("/".join(("", *parts[:-1], "x")))
    return "/".join(parts) if good else None


def is_reserved(path: str) -> bool:
    """Whether the site may make this file itself, whatever its content; the pages of entries are another matter."""
    folder, *rest = path.casefold().split("/")
    return folder in RESERVED or (folder in FOLDERS and (len(rest) != 2 or rest[-1] != "index.html"))


def address_of(place: str) -> str:
    return place.removesuffix("index.html")


def _parts_of(text: str) -> list[str]:
    if not text.startswith("/"):
        return []
    parts = text[1:].removesuffix("/").split("/")
    return parts if all(PART.fullmatch(part) for part in parts) and len(text) <= 400 else []
