"""Figures that are others than before, as pages show them: floored to two decimals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from statusgen.diff.side import Side
from statusgen.history.figures import Figure
from statusgen.history.snapshot import ComponentHistory
from statusgen.history.uptime import format_percent
from statusgen.model.service_level import Cycle


@dataclass(frozen=True, slots=True)
class UptimeDiff:
    """`kind` is component or group. `period` is "" for the last 90 days, else such as 2026-11. Percentages are texts,
    None where there is no such figure; `kept_*` tell whether a promise about the period was kept, None: none or not
    yet."""

    kind: str
    id: str
    name: str
    period: str
    before: str | None
    after: str | None
    kept_before: bool | None = None
    kept_after: bool | None = None


def compare_uptime(old: Side | None, new: Side | None) -> Iterator[UptimeDiff]:
    """Of what both have: what is new had no figure before that could be another one now."""
    if not old or not new:
        return
    was, now = old.snapshot.components, new.snapshot.components
    for name in (name for name in now if name in was and now[name] is not was[name]):
        before, after = _share(was[name].uptime), _share(now[name].uptime)
        title = now[name].component.name
        if before != after:
            yield UptimeDiff("component", name, title, "", before, after)
        yield from _compare_periods(name, title, _periods(was[name]), _periods(now[name]))
    before_groups = {group.id for group in old.snapshot.content.site.groups}
    for group in new.snapshot.content.site.groups:
        if group.id in before_groups:
            before, after = (_share(side.snapshot.group_uptime(group.id)) for side in (old, new))
            if before != after:
                yield UptimeDiff("group", group.id, group.name, "", before, after)


def _compare_periods(
    component_id: str, name: str, old: Mapping[str, Figure], new: Mapping[str, Figure]
) -> Iterator[UptimeDiff]:
    """Periods of which only one side has a figure had nothing in them that counts, or have not."""
    for key in sorted(old.keys() & new.keys(), reverse=True):
        before, after = old[key], new[key]
        shares = format_percent(before.share), format_percent(after.share)
        if shares[0] != shares[1] or before.kept != after.kept:
            yield UptimeDiff("component", component_id, name, key, *shares, before.kept, after.kept)


def _periods(history: ComponentHistory) -> Mapping[str, Figure]:
    """Its months, and the longer periods about which there is a promise."""
    longer = [figure for cycle in (Cycle.QUARTER, Cycle.YEAR) for figure in history.figures_of(cycle) if figure.promise]
    return {figure.period.key: figure for figure in (*history.months, *longer)}


def _share(share: Fraction | None) -> str | None:
    return None if share is None else format_percent(share)
