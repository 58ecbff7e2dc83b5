"""/uptime/ and one page a month with the working: from a figure to the minutes behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from statusgen.history.figures import SHOWN_MONTHS, Figure
from statusgen.history.snapshot import Snapshot
from statusgen.history.uptime import mean_uptime
from statusgen.model.service_level import Cycle
from statusgen.model.site import Component
from statusgen.render.addresses import uptime_path
from statusgen.render.record import view_shifts
from statusgen.render.uptime_contexts import UptimeGroup, UptimePage, UptimeRow, WorkingPage


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
    responses = tuple(found.month for found in snapshot.responses[-SHOWN_MONTHS:][::-1])
    audit = snapshot.content.audit
    told = replace(audit, corrections=(), shown={}) if audit else None
    page = UptimePage(tuple(sorted(keys, reverse=True)), tuple(groups), responses, told)
    yield "uptime/index.html", "uptime.html", "", page
    by_month: dict[date, list[tuple[Component, Figure, Figure | None]]] = {}
    for component in site.components:
        history, level = snapshot.components[component.id], site.level_of(component.id)
        longer = history.figures_of(level.cycle) if level and level.cycle is not Cycle.MONTH else ()
        ends = {figure.last: figure for figure in longer}
        for figure in history.months:
            found = component, figure, ends.get(figure.period.first)
            by_month.setdefault(figure.period.first, []).append(found)
    answered = {found.month.period.first: found for found in snapshot.responses if found.rows}
    corrections = view_shifts(snapshot)
    # An incident that was deleted may have been the only one of its time.
    order = sorted(by_month.keys() | answered.keys() | corrections.keys(), reverse=True)
    for number, month in enumerate(order):
        response = answered.get(month)
        context = WorkingPage(
            month=month,
            figures=tuple(by_month.get(month, ())),
            response=response.month if response else None,
            incidents=response.rows if response else (),
            newer=order[number - 1] if number else None,
            older=order[number + 1] if number + 1 < len(order) else None,
            corrections=corrections.get(month, ()),
        )
        yield f"{uptime_path(month)}index.html", "working.html", "", context


def _row(component: Component, snapshot: Snapshot) -> UptimeRow:
    history, level = snapshot.components[component.id], snapshot.content.site.level_of(component.id)
    promised = history.figures_of(level.cycle) if level else ()
    return UptimeRow(
        component=component,
        level=level,
        share=history.uptime,
        current=promised[-1] if promised else None,
        months=history.months[-SHOWN_MONTHS:][::-1],
        quarters=history.quarters[-4:][::-1],
        years=history.years[-2:][::-1],
    )


def _mean_months(rows: tuple[UptimeRow, ...]) -> tuple[tuple[str, Fraction | None], ...]:
    shares: dict[str, list[Fraction]] = {}
    for row in rows:
        for figure in row.months:
            shares.setdefault(figure.period.key, []).append(figure.share)
    return tuple((key, mean_uptime(found)) for key, found in shares.items())
