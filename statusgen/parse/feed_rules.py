"""`feeds:` in site.yaml: what feeds announce, and the hub that passes it on."""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from statusgen.parse.fields import Fields
from statusgen.parse.web_address import is_web_address
from statusgen.parse.yaml_nodes import line_of

EXAMPLE = "`feeds: {hub: https://hub.example.com/, begins: false}`"


@dataclass(frozen=True, slots=True)
class FeedRules:
    """`hub` is the address of a WebSub hub, or "". `begins`: whether it is news that work has begun as planned."""

    hub: str = ""
    begins: bool = True


def read_feed_rules(fields: Fields) -> FeedRules:
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
    part.finish()
    return FeedRules(hub, begins is not False)


def _is_address(text: str) -> bool:
    return is_web_address(text) and text.isprintable() and not set(text) & set(" \"'<>\\")
