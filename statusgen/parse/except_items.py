"""The items of `except`: what one occurrence of a series is instead, as it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import yaml

from statusgen.model.entries import States
from statusgen.model.states import State
from statusgen.parse.fields import Fields
from statusgen.parse.future import check_told_ahead
from statusgen.parse.parsed import Reading, read_states
from statusgen.parse.times import Clock, Complaint
from statusgen.parse.updates import Mention
from statusgen.parse.yaml_nodes import line_of

EXAMPLE = "`- 2026-12-24` cancels that day; `- {on: 2026-12-31, starts: 2027-01-02 02:00}` moves it"
SAYS_NOTHING = "say what is different: `cancelled: true`, `starts:`, `duration:`, `components:` or `title:`"


@dataclass(frozen=True, slots=True)
class Item:
    """`on` names the occurrence, with `by_day` only by its day. What is None or empty is as the series has it.

    A `plain` item is no more than a day, on which the series does not happen."""

    line: int
    on: datetime
    by_day: bool
    plain: bool = False
    cancelled: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    lasts_for: timedelta | None = None
    states: States | None = None
    title: str = ""
    reason: str = ""
    announced_at: datetime | None = None


def read_items(fields: Fields, reading: Reading) -> tuple[list[Item], tuple[Mention, ...]]:
    """In the order of the file, and the components that they name. Broken ones are left out."""
    items: list[Item] = []
    mentions: list[Mention] = []
    for node in _nodes_of(fields):
        line = line_of(node)
        if isinstance(node, yaml.MappingNode):
            part = fields.section(node)
            item, named = _read_item(part, line, reading)
            part.finish()
            mentions += named
        elif isinstance(node, yaml.ScalarNode):
            item = _read_plain(fields, fields.plain("except", node), line, reading.clock)
        else:
            fields.complain(line, "wrong-type", "an exception is a day, or `on:` with what is different", EXAMPLE)
            continue
        items += [item] if item else []
    return items, tuple(mentions)


def _nodes_of(fields: Fields) -> Iterator[yaml.Node]:
    node = fields.node("except")
    if isinstance(node, yaml.SequenceNode):
        yield from (item for item in node.value if not isinstance(item, yaml.ScalarNode) or item.value.strip())
    elif node is not None:
        yield node


def _read_plain(fields: Fields, text: str, line: int, clock: Clock) -> Item | None:
    on = _read_on(fields, "except", text, line, clock)
    return Item(line, *on, plain=True, cancelled=True) if on else None


def _read_on(fields: Fields, key: str, text: str, line: int, clock: Clock) -> tuple[datetime, bool] | None:
    try:
        return clock.parse_occurrence(text)
    except Complaint as complaint:
        fields.complain(line, complaint.code, f"{key}: {complaint.message}", complaint.hint)
        return None


def read_on(part: Fields, clock: Clock) -> tuple[datetime, bool] | None:
    """The required key `on`: a day, or a wall time where there are several occurrences on it."""
    text = part.text("on")
    if not text and part.node("on") is None:
        part.complain(part.line, "missing-key", "`on` is missing", "the day of the occurrence: `on: 2026-12-31`")
    return _read_on(part, "on", text, part.line_of_key("on"), clock) if text else None


def _read_item(part: Fields, line: int, reading: Reading) -> tuple[Item | None, tuple[Mention, ...]]:
    clock = reading.clock
    on = read_on(part, clock)
    before = len(part.problems)
    cancelled = part.flag("cancelled") is True
    starts_at, ends_at, lasts_for = part.time("starts", clock), part.time("ends", clock), part.duration("duration")
    title, reason = part.text("title"), " ".join(part.text("reason").split())
    announced_at = part.time("announced", clock)
    states, mentions = read_states(part, State.UNDER_MAINTENANCE)
    has_states = part.node("components") is not None
    differs = has_states or bool(title) or any(part.node(key) for key in ("starts", "ends", "duration"))
    if part.node("ends") and part.node("duration"):
        line_of_both = part.line_of_key("duration")
        part.complain(line_of_both, "two-ends", "`ends` and `duration` are both given", "keep one")
    elif cancelled and differs:
        part.complain(line, "bad-except", "what is cancelled has no window, states or title of its own",
                      "keep `cancelled`, with a `reason`, or all else")  # fmt: skip
    elif not cancelled and not differs and len(part.problems) == before:
        part.complain(line, "bad-except", "this exception says nothing of the occurrence", SAYS_NOTHING)
    if announced_at and reading.now:
        check_told_ahead(part, announced_at, reading.now)
    if on is None:
        return None, mentions
    own = states if has_states else None
    title = " ".join(title.split())
    item = Item(line, *on, False, cancelled, starts_at, ends_at, lasts_for, own, title, reason, announced_at)
    return item, mentions
