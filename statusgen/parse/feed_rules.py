"""`feeds:` in site.yaml: what feeds announce, the hub that passes it on, and the addresses that they had before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from statusgen.model.site import Component, Group
from statusgen.parse.aliases import feed_place_of, is_reserved
from statusgen.parse.fields import Fields
from statusgen.parse.web_address import is_web_address
from statusgen.parse.yaml_nodes import line_of
from statusgen.problems import suggest

EXAMPLE = "`feeds: {hub: https://hub.example.com/, begins: false}`"
ALSO_EXAMPLE = "the path of a feed, as in `/index.xml: history.rss`"
UPDATES = ("feed.rss", "feed.atom", "feed.json")


@dataclass(frozen=True, slots=True)
class FeedRules:
    """`hub` is the address of a WebSub hub, or "". `begins`: whether it is news that work has begun as planned.
    `also`: by the path of a file, the feed that is published there too."""

    hub: str = ""
    begins: bool = True
    also: tuple[tuple[str, str], ...] = ()


def read_feed_rules(
    fields: Fields, groups: tuple[Group, ...] = (), components: tuple[Component, ...] = ()
) -> FeedRules:
    node = fields.node("feeds")
    if node is None:
        return FeedRules()
    if not isinstance(node, yaml.MappingNode):
        fields.complain(line_of(node), "wrong-type", "`feeds` says what feeds announce", EXAMPLE)
        return FeedRules()
    part = fields.section(node)
    hub, begins = part.text("hub"), part.flag("begins")
    if hub and not _is_address(hub):
        part.complain(part.line_of_key("hub"), "bad-url", f"`{hub}` is not an address", EXAMPLE)
    also = _read_also(part, set(_feeds_of(groups, components)))
    part.finish()
    return FeedRules(hub, begins is not False, also)


def _is_address(text: str) -> bool:
    return is_web_address(text) and text.isprintable() and not set(text) & set(" \"'<>\\")


def _read_also(part: Fields, known: set[str]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    seen: set[str] = set()
    for text, line, value in part.pairs("also"):
        place, feed = feed_place_of(text), part.plain(text, value).lstrip("/")
        if place is None:
            part.complain(line, "bad-alias", f"`{text}` cannot be the address of a feed", ALSO_EXAMPLE)
        elif is_reserved(place):
            part.complain(line, "alias-taken", f"`{text}` is an address of the site itself", "take it out")
        elif place.casefold() in seen:
            part.complain(line, "duplicate-alias", f"`{text}` is there twice", "keep one")
        elif feed not in known:
            part.complain(line, "unknown-feed", f"there is no feed `{feed}`", suggest(feed, known))
        else:
            found[place] = feed
        seen.add((place or text).casefold())
    return tuple(found.items())


def _feeds_of(groups: tuple[Group, ...], components: tuple[Component, ...]) -> Iterator[str]:
    """A test compares this with what is published."""
    yield from (*UPDATES, "history.rss", "history.atom")
    for name in UPDATES:
        yield f"changes/{name}"
        yield from (f"groups/{group.id}/{name}" for group in groups)
        yield from (f"components/{component.id}/{name}" for component in components)
    yield from (f"components/{component.id}/history.rss" for component in components)
