"""The figures as data: /api/uptime.json with its schema, and /uptime.csv."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from statusgen.history.figures import Figure
from statusgen.history.response_months import ResponseMonth
from statusgen.history.snapshot import ComponentHistory, Snapshot
from statusgen.history.uptime import DAY_SECONDS, format_percent, window_days
from statusgen.history.wording import format_exact
from statusgen.model.site import Component, Site
from statusgen.render.json_text import to_json
from statusgen.render.response_data import RESPONSE_SCHEMA, response_json
from statusgen.render.uptime_words import format_share

JSON, CSV, SCHEMA = "api/uptime.json", "uptime.csv", "api/uptime.schema.json"
COLUMNS = (
    "component", "name", "group", "period", "starts_on", "ends_before", "running", "seconds", "excluded_seconds",
    "down_seconds", "percent", "promise", "target", "kept", "budget_seconds", "budget_left_seconds", "credit_percent",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ComponentFigures:
    """`periods`: months, then quarters, then years, each oldest first. `last_90` is (share, days), None before the
    component's first day. What was made of it is kept, as most components stay from one build to the next."""

    history: ComponentHistory
    periods: tuple[Figure, ...]
    last_90: tuple[Fraction, int] | None
    kept: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def component(self) -> Component:
        return self.history.component


@dataclass(frozen=True, slots=True)
class DataPlan:
    """A file of figures, by its path."""

    path: str
    components: tuple[ComponentFigures, ...] = ()
    responses: tuple[ResponseMonth, ...] = ()


def plan_uptime_data(snapshot: Snapshot, before: tuple[DataPlan, ...] = ()) -> tuple[DataPlan, ...]:
    """`before` are the same files of any earlier snapshot: what has not changed is taken over from them."""
    components = tuple(read_component_figures(snapshot, before[0].components if before else ()))
    responses = tuple(found.month for found in snapshot.responses)
    return DataPlan(JSON, components, responses), DataPlan(CSV, components), DataPlan(SCHEMA)


def read_component_figures(snapshot: Snapshot, known: Iterable[ComponentFigures] = ()) -> Iterator[ComponentFigures]:
    by_history = {id(figures.history): figures for figures in known}
    for history in snapshot.components.values():
        # The very same history is of the same day.
        if same := by_history.get(id(history)):
            yield same
            continue
        days = len(window_days(snapshot.today, history.component.since))
        last_90 = None if history.uptime is None else (history.uptime, days)
        yield ComponentFigures(history, history.months + history.quarters + history.years, last_90)


def render_data(plan: DataPlan, site: Site) -> bytes:
    if plan.path == CSV:
        return render_csv(plan.components)
    if plan.path == JSON:
        return render_json(plan.components, plan.responses, site)
    return f"{to_json(SCHEMA_TEXT)}\n".encode()


def render_json(components: tuple[ComponentFigures, ...], responses: tuple[ResponseMonth, ...], site: Site) -> bytes:
    head = to_json({"$schema": f"{site.url}{SCHEMA}", "time_zone": site.zone.key})
    parts = ",".join(_keep(figures, "json", _component_json) for figures in components)
    return f'{head[:-1]},"components":[{parts}],"response":{response_json(responses)}}}\n'.encode()


def render_csv(components: tuple[ComponentFigures, ...]) -> bytes:
    """RFC 4180, with exact seconds."""
    head = ",".join(COLUMNS) + "\r\n"
    return (head + "".join(_keep(figures, "csv", _component_csv) for figures in components)).encode()


def _keep(figures: ComponentFigures, form: str, render: Callable[[ComponentFigures], str]) -> str:
    if form not in figures.kept:
        figures.kept[form] = render(figures)
    return figures.kept[form]


def _component_json(figures: ComponentFigures) -> str:
    component = figures.component
    found = {
        "id": component.id,
        "name": component.name,
        "group": component.group or None,
        "last_90_days": _last_90(figures.last_90),
        "periods": [_period(figure) for figure in figures.periods],
    }
    return to_json(found)


def _component_csv(figures: ComponentFigures) -> str:
    lines = Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    component = figures.component
    for figure in figures.periods:
        told = _period(figure)
        budget = told["budget"] or {}
        kept = "" if told["kept"] is None else str(told["kept"]).lower()
        writer.writerow(
            [
                *(as_plain_cell(text) for text in (component.id, component.name, component.group)),
                *(told["period"], told["starts_on"], told["ends_before"], str(told["running"]).lower()),
                *(told["seconds"], told["excluded_seconds"], format_exact(figure.down), format_share(figure)),
                *(as_plain_cell(told["promise"] or ""), "" if told["target"] is None else told["target"], kept),
                *(budget.get("seconds", ""), budget.get("left_seconds", "")),
                "" if told["credit_percent"] is None else told["credit_percent"],
            ]
        )
    return "".join(lines)


class Lines(list[str]):
    """What a writer of CSV writes to."""

    write = list.append


def as_plain_cell(text: str) -> str:
    """A text that a spreadsheet would take for a formula is none (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _period(figure: Figure) -> dict[str, Any]:
    level = figure.promise
    return {
        "period": figure.period.key,
        "starts_on": figure.period.first.isoformat(),
        "ends_before": figure.period.following.isoformat(),
        "running": figure.running,
        "seconds": figure.total,
        "excluded_seconds": figure.excluded,
        "down_seconds": _number(figure.down),
        "percent": float(format_share(figure)),
        "promise": level.name if level else None,
        "target": _number(level.target * 100) if level else None,
        "kept": figure.kept,
        "budget": {"seconds": _number(figure.budget), "left_seconds": _number(figure.left)} if level else None,
        "credit_percent": _number(figure.credit * 100) if level and not figure.running else None,
    }


def _last_90(found: tuple[Fraction, int] | None) -> dict[str, Any] | None:
    if found is None:
        return None
    share, days = found
    down = (1 - share) * days * DAY_SECONDS
    return {"percent": float(format_percent(share)), "down_seconds": _number(down), "days": days}


def _number(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(format_exact(value))


_SECONDS = {"type": "number", "minimum": 0}
_PERIOD = {
    "period": {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}|-Q[1-4])?$"},
    "starts_on": {"type": "string", "format": "date"},
    "ends_before": {"type": "string", "format": "date"},
    "running": {"type": "boolean", "description": "Whether it is not over; seconds are then those up to today's end."},
    "seconds": {"type": "integer", "minimum": 0, "description": "Of the period, from the component's first day on."},
    "excluded_seconds": {"type": "integer", "minimum": 0, "description": "Of planned work that is left out."},
    "down_seconds": {**_SECONDS, "description": "Lost, each second by the weight of its state; exact."},
    "percent": {"type": "number", "minimum": 0, "maximum": 100, "description":
                "100 × (1 − down_seconds ÷ seconds), floored."},
    "promise": {"type": ["string", "null"]},
    "target": {"type": ["number", "null"], "minimum": 0, "maximum": 100},
    "kept": {"type": ["boolean", "null"], "description": "null without a promise, and while it can still be kept."},
    "budget": {"type": ["object", "null"], "required": ["seconds", "left_seconds"],
               "properties": {"seconds": _SECONDS, "left_seconds": {"type": "number"}}},
    "credit_percent": {"type": ["number", "null"], "minimum": 0, "maximum": 100},
}  # fmt: skip
SCHEMA_TEXT = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Uptime by component and calendar period",
    "type": "object",
    "required": ["time_zone", "components"],
    "properties": {
        "time_zone": {"type": "string"},
        "components": {"type": "array", "items": {
            "type": "object",
            "required": ["id", "name", "group", "last_90_days", "periods"],
            "properties": {
                "id": {"type": "string"},
                "name": {"type": "string"},
                "group": {"type": ["string", "null"]},
                "last_90_days": {"type": ["object", "null"], "required": ["percent", "down_seconds", "days"]},
                "periods": {"type": "array", "items": {
                    "type": "object", "required": list(_PERIOD), "properties": _PERIOD}},
            },
        }},
        "response": RESPONSE_SCHEMA,
    },
}  # fmt: skip
