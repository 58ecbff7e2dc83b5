"""`promises:` in site.yaml: what is promised of which components."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar
from zoneinfo import ZoneInfo

import yaml

from statusgen.model.hours import Hours
from statusgen.model.service_level import WEIGHTS, Cycle, ResponseLevel, ServiceLevel
from statusgen.model.site import Component, Group
from statusgen.model.states import State
from statusgen.parse.fields import Fields
from statusgen.parse.hours import read_hours
from statusgen.parse.response_limits import read_limits
from statusgen.parse.yaml_nodes import line_of
from statusgen.problems import suggest

# Digits enough for five nines and more, and few enough for figures that can be read.
NUMBER = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,6}))?")
HUNDRED = Fraction(100)
# What means nothing without a target.
ABOUT_TARGET = ("period", "credits", "weights", "changes")

L = TypeVar("L", ServiceLevel, ResponseLevel)
ByComponent = tuple[tuple[str, L], ...]


def read_levels(
    fields: Fields, groups: Sequence[Group], components: Sequence[Component], zone: ZoneInfo
) -> tuple[ByComponent[ServiceLevel], ByComponent[ResponseLevel]]:
    """(component id, level) in the order of the components, of uptime and of responses, each for itself. One that names
    a component goes before one that names its group, and that before one that names neither and is for all the rest."""
    levels: list[dict[str, ServiceLevel]] = [{}, {}, {}]
    responses: list[dict[str, ResponseLevel]] = [{}, {}, {}]
    for name, line, value in fields.pairs("promises"):
        if not isinstance(value, yaml.MappingNode):
            message = f"the promise `{name}` must have `target: 99.9` or `response:` and more below it"
            fields.complain(line, "wrong-type", message)
            continue
        part = fields.section(value)
        limits = read_limits(part)
        hours = read_hours(part, zone)
        level = _read_level(part, name, hours)
        named = _read_names(part, "components", [component.id for component in components])
        grouped = _read_names(part, "groups", [group.id for group in groups])
        part.finish()
        members = [component.id for component in components if component.group in grouped]
        everything = [] if named or grouped else [component.id for component in components]
        ranked = (named, members, everything)
        overlaps = [*_claim(levels, level, ranked)] if level else []
        overlaps += _claim(responses, ResponseLevel(name, limits, hours), ranked) if limits else ()
        for component_id, other in overlaps:
            message = f"`{component_id}` is promised by `{other}` and by `{name}`"
            fields.complain(line, "overlapping-promises", message, "let one of them name other components")
    return _merge(levels, components), _merge(responses, components)


def _claim(ranks: list[dict[str, L]], level: L, ranked: tuple[list[str], ...]) -> Iterable[tuple[str, str]]:
    """(component id, name of its level) where another one was first, the first one of each rank."""
    for rank, ids in zip(ranks, ranked, strict=True):
        for component_id in ids:
            other = rank.setdefault(component_id, level)
            if other is not level:
                yield component_id, other.name
                break


def _merge(ranks: list[dict[str, L]], components: Sequence[Component]) -> ByComponent[L]:
    merged = {**ranks[2], **ranks[1], **ranks[0]}
    return tuple((component.id, merged[component.id]) for component in components if component.id in merged)


def _read_level(part: Fields, name: str, hours: Hours | None) -> ServiceLevel | None:
    """None where no uptime is promised, or it cannot be read."""
    about_response_only = part.node("response") is not None and not any(part.node(key) for key in ABOUT_TARGET)
    text = part.text("target", required=not about_response_only)
    target = _read_percent(part, "target", text, part.line_of_key("target"))
    cycle = part.choice("period", Cycle) or Cycle.MONTH
    weights = _read_weights(part)
    owed = _read_credits(part, target)
    notice_for = allowance_for = None
    node = part.node("changes")
    if isinstance(node, yaml.MappingNode):
        changes = part.section(node)
        notice_for, allowance_for = changes.duration("announced"), changes.duration("allowance")
        changes.finish()
    elif node is not None:
        part.complain(line_of(node), "wrong-type", "`changes` must be `announced: 48h` or `allowance: 4h` below it")
    if target is None:
        return None
    return ServiceLevel(name, target, cycle, weights, owed, notice_for, allowance_for, hours)


def _read_percent(part: Fields, key: str, text: str, line: int) -> Fraction | None:
    """A share of 0 to 1; None where it is none, which is told unless there is no text at all."""
    match = NUMBER.fullmatch(text.removesuffix("%").strip())
    share = Fraction(match[0]) / HUNDRED if match else None
    if share is not None and share <= 1:
        return share
    if text:
        part.complain(line, "bad-percent", f"{key}: `{text}` is not a percentage", "0 to 100, as in `99.95`")
    return None


def _read_weights(part: Fields) -> tuple[tuple[State, Fraction], ...]:
    """What is not named keeps its weight."""
    weights = dict(WEIGHTS)
    for name, line, value in part.pairs("weights"):
        state = part.choose(State, name, line, "unknown-state")
        text = part.plain(name, value)
        match = NUMBER.fullmatch(text)
        if not match or Fraction(match[0]) > 1:
            part.complain(line, "bad-weight", f"`{text}` is not a weight", "0 (does not count) to 1 (counts in full)")
        elif state is State.OPERATIONAL:
            part.complain(line, "bad-weight", "what is operational is up and has no weight", "leave it out")
        elif state:
            weights[state] = Fraction(match[0])
    return tuple(sorted(weights.items(), key=lambda item: -item[0].rank))


def _read_credits(part: Fields, target: Fraction | None) -> tuple[tuple[Fraction, Fraction], ...]:
    owed: dict[Fraction, Fraction] = {}
    for name, line, value in part.pairs("credits"):
        below = _read_percent(part, "credits", name, line)
        share = _read_percent(part, "credits", part.plain(name, value), line)
        if below is None or share is None:
            if not part.plain(name, value):
                part.complain(line, "bad-percent", f"credits: what is owed below {name} % is missing", "`99.9: 10`")
            continue
        if below in owed:
            part.complain(line, "duplicate-key", f"credits: {name} % is here twice", "keep one")
        if target is not None and below > target:
            part.complain(line, "bad-credits", f"a credit below {name} % is owed while the promise is kept",
                          "at most the target")  # fmt: skip
        owed[below] = share
    tiers = sorted(owed.items())
    for (_, more), (_, less) in pairwise(tiers):
        if less > more:
            part.complain(part.line_of_key("credits"), "bad-credits", "a lower uptime is owed less",
                          "the lower the figure, the higher its credit")  # fmt: skip
            break
    return tuple(tiers)


def _read_names(part: Fields, key: str, known: Sequence[str]) -> list[str]:
    found = []
    for name, line in part.texts(key):
        if name in known:
            found.append(name)
        else:
            part.complain(line, f"unknown-{key[:-1]}", f"there is no {key[:-1]} `{name}`", suggest(name, known))
    if part.node(key) is not None and not part.texts(key):
        message = f"`{key}` names none, so nothing is promised"
        part.complain(part.line_of_key(key), "empty-list", message, "leave it out where the promise is for all")
    return found
