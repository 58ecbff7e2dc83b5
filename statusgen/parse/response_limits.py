"""`response:` of a promise in site.yaml: how soon customers hear of an incident, and how soon it is over."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import yaml

from statusgen.model.service_level import Limit, Measure
from statusgen.model.states import Impact
from statusgen.parse.fields import Fields
from statusgen.parse.yaml_nodes import line_of

EXAMPLE = "`critical: {first_update: 15m, between_updates: 30m, resolve: 4h}`"
# The line that an impact stands in, and its limits.
_Limits = tuple[int, dict[Measure, timedelta]]


def read_limits(part: Fields) -> tuple[Limit, ...]:
    """Of each impact that is named, the worst first; what is wrong is told and left out."""
    node, before = part.node("response"), len(part.problems)
    if isinstance(node, yaml.MappingNode) and not node.value:
        part.complain(line_of(node), "wrong-type", "`response` must say what is promised", EXAMPLE)
    by_impact: dict[Impact, _Limits] = {}
    for name, line, value in part.pairs("response"):
        impact = part.choose(Impact, name, line, "unknown-impact")
        told = len(part.problems)
        limits = line, _read_measures(part.section(value)) if isinstance(value, yaml.MappingNode) else {}
        if not limits[1] and len(part.problems) == told:
            part.complain(line_of(value), "wrong-type", f"`{name}` must say what is promised", EXAMPLE)
        if impact and by_impact.setdefault(impact, limits) is not limits:
            hint = f"first in line {by_impact[impact][0]}"
            part.complain(line, "duplicate-key", f"`{impact}` is here twice", hint)
    if len(part.problems) == before:
        _check_order(part, by_impact)
    return tuple(
        Limit(impact, measure, allowed_for)
        for impact in reversed(Impact)
        if impact in by_impact
        for measure, allowed_for in by_impact[impact][1].items()
    )


def _read_measures(section: Fields) -> dict[Measure, timedelta]:
    found = {measure: section.duration(measure.value) for measure in Measure}
    section.finish()
    limits = {measure: length for measure, length in found.items() if length}
    whole = limits.get(Measure.RESOLVE)
    for measure in (Measure.FIRST_UPDATE, Measure.BETWEEN_UPDATES):
        if whole and limits.get(measure, whole) > whole:
            section.complain(section.line_of_key(measure.value), "bad-response",
                             f"`{measure}` is longer than `resolve`, so it promises nothing",
                             "at most the time to resolve")  # fmt: skip
    return limits


def _check_order(part: Fields, by_impact: dict[Impact, _Limits]) -> None:
    """Warns where customers are promised more of what hurts them less."""
    for milder, worse in pairwise(Impact):
        line, limits = by_impact.get(milder, (0, {}))
        worse_line, worse_limits = by_impact.get(worse, (line, {}))
        for measure, allowed_for in limits.items():
            most = worse_limits.get(measure)
            if most is None or most > allowed_for:
                how = "promises nothing, unlike" if most is None else "allows longer than"
                message = f"{measure}: `{worse}` {how} the milder `{milder}`"
                part.warn(worse_line, "lax-response", message, "write the same there, or less")
