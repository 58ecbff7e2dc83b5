"""/uptime/ and one page a month with the working: from a figure to the minutes behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from statusgen.history.figures import SHOWN_MONTHS, Figure
from statusgen.history.snapshot import Snapshot
from statusgen.model.service_level import Cycle, ServiceLevel
from statusgen.model.site import Component, Group

FOLDER = "uptime/"


@dataclass(frozen=True, slots=True)
class UptimeRow:
    """A component's figures: `months` are the last twelve, newest first, `quarters` and `years` likewise.

    `current` is the running period of which something is promised, if any. `share` is of the last 90 days."""

    component: Component
    level: ServiceLevel | None
    share: Fraction | None
    current: Figure | None
    months: tuple[Figure, ...]
    quarters: tuple[Figure, ...]
    years: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class UptimeGroup:
    """Rows under one heading, and the mean of their months by key; `group` is None for those without one."""

    group: Group | None
    rows: tuple[UptimeRow, ...]
    months: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class UptimePage:
    """`month_keys` are the columns, newest first."""

    month_keys: tuple[str, ...]
    groups: tuple[UptimeGroup, ...]


@dataclass(frozen=True, slots=True)
class WorkingPage:
    """One month: each component with its figure, and with the longer period that ends with it, if that is promised."""

    month: date
    figures: tuple[tuple[Component, Figure, Figure | None], ...]
    newer: date | None
    older: date | None


def uptime_path(key: str) -> str:
    return f"{FOLDER}{key}/"


def plan_uptime(snapshot: Snapshot) -> Iterator[tuple[str, str, str, UptimePage | WorkingPage]]:
    """(path, template, title, context) of every page."""
    site = snapshot.content.site
    rows = {component.id: _row(component, snapshot) for component in site.components}
    groups: list[UptimeGroup] = []
    for group in (*site.groups, None):
        members = tuple(rows[member.id] for member in site.members(group.id if group else ""))
        if members:
            groups.append(UptimeGroup(group, members, _mean_months(members) if group and len(members) > 1 else ()))
    keys = {figure.period.key for row in rows.values() for figure in row.months}
    page = UptimePage(tuple(sorted(keys, reverse=True)), tuple(groups))
    yield f"{FOLDER}index.html", "uptime.html", "Uptime", page
    by_month: dict[date, list[tuple[Component, Figure, Figure | None]]] = {}
    for component in site.components:
        history, level = snapshot.components[component.id], site.level_of(component.id)
        longer = {Cycle.QUARTER: history.quarters, Cycle.YEAR: history.years}.get(level.cycle, ()) if level else ()
        ends = {figure.last: figure for figure in longer}
        for figure in history.months:
            found = component, figure, ends.get(figure.period.first)
            by_month.setdefault(figure.period.first, []).append(found)
    order = sorted(by_month, reverse=True)
    for number, month in enumerate(order):
        context = WorkingPage(
            month=month,
            figures=tuple(by_month[month]),
            newer=order[number - 1] if number else None,
            older=order[number + 1] if number + 1 < len(order) else None,
        )
        yield f"{uptime_path(f'{month:%Y-%m}')}index.html", "working.html", f"Uptime in {month:%Y-%m}", context


def _row(component: Component, snapshot: Snapshot) -> UptimeRow:
    history, level = snapshot.components[component.id], snapshot.content.site.level_of(component.id)
    of_cycle = {Cycle.MONTH: history.months, Cycle.QUARTER: history.quarters, Cycle.YEAR: history.years}
    promised = of_cycle[level.cycle] if level else ()
    return UptimeRow(
        component=component,
        level=level,
        share=history.uptime,
        current=promised[-1] if promised else None,
        months=history.months[-SHOWN_MONTHS:][::-1],
        quarters=history.quarters[-4:][::-1],
        years=history.years[-2:][::-1],
    )


def _mean_months(rows: tuple[UptimeRow, ...]) -> tuple[tuple[str, Fraction], ...]:
    """By the rule for groups: the mean of the members' exact values."""
    shares: dict[str, list[Fraction]] = {}
    for row in rows:
        for figure in row.months:
            shares.setdefault(figure.period.key, []).append(figure.share)
    return tuple((key, sum(found, Fraction(0)) / len(found)) for key, found in shares.items())
