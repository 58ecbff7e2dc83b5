"""Badges: /badges/status, and for each component its state and its uptime, each as SVG and for shields.io."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from statusgen.history.snapshot import ComponentHistory, Snapshot
from statusgen.history.uptime import format_percent, window_days
from statusgen.model.site import Site
from statusgen.model.states import State
from statusgen.render.badges.svg import TONES, render_svg
from statusgen.render.names import name_of

FOLDER, PAGE, UPTIME = "badges/", "status", "-uptime"
OF_INDICATOR = {"none": "good", "maintenance": "work", "minor": "minor", "major": "major", "critical": "critical"}
OF_STATE = {
    State.OPERATIONAL: "good",
    State.UNDER_MAINTENANCE: "work",
    State.DEGRADED_PERFORMANCE: "minor",
    State.PARTIAL_OUTAGE: "major",
    State.MAJOR_OUTAGE: "critical",
}
# From which share on an uptime has which tone.
OF_SHARE = ((Fraction("0.999"), "good"), (Fraction("0.99"), "minor"), (Fraction("0.95"), "major"))


@dataclass(frozen=True, slots=True)
class BadgePlan:
    """`name` is whose badge it is, `of` what of it is told; `tone` is one of TONES. `history` is what it was made of,
    if it is a component's."""

    path: str
    name: str
    of: str
    message: str
    tone: str
    history: ComponentHistory | None = field(default=None, compare=False, repr=False)


def plan_badges(snapshot: Snapshot, before: tuple[BadgePlan, ...] = ()) -> tuple[BadgePlan, ...]:
    """`before` are those of any earlier snapshot: what a component had is taken over while its history is the same."""
    known: dict[int, list[BadgePlan]] = {}
    for badge in before:
        if badge.history:
            known.setdefault(id(badge.history), []).append(badge)
    status = snapshot.status
    found = list(_pair(PAGE, snapshot.content.site.name, "", status.description, OF_INDICATOR[status.indicator]))
    for history in snapshot.components.values():
        # The very same history is of the same component on the same day.
        found += known.get(id(history)) or _plan_component(history, snapshot.today)
    return tuple(found)


def _plan_component(history: ComponentHistory, today: date) -> Iterator[BadgePlan]:
    """A young component says of how many days its uptime is."""
    component, share = history.component, history.uptime
    yield from _pair(component.id, component.name, "", name_of(history.state), OF_STATE[history.state], history)
    days = len(window_days(today, component.since))
    of, message = ("uptime", "no data yet") if share is None else (f"{days}-day uptime", f"{format_percent(share)} %")
    yield from _pair(component.id + UPTIME, component.name, of, message, _tone_of(share), history)


def _tone_of(share: Fraction | None) -> str:
    if share is None:
        return "unknown"
    return next((tone for least, tone in OF_SHARE if share >= least), "critical")


def _pair(
    stem: str, name: str, of: str, message: str, tone: str, history: ComponentHistory | None = None
) -> Iterator[BadgePlan]:
    for form in (".svg", ".json"):
        yield BadgePlan(f"{FOLDER}{stem}{form}", name, of, message, tone, history)


def render_badge(plan: BadgePlan, site: Site) -> bytes:
    tone = TONES[plan.tone]
    if plan.path.endswith(".svg"):
        return render_svg(plan.name, plan.of, plan.message, tone)
    # The endpoint of shields.io (https://shields.io/badges/endpoint-badge).
    label = f"{plan.name} {plan.of}".rstrip()
    found = {"schemaVersion": 1, "label": label, "message": plan.message, "color": tone.shields}
    return (json.dumps(found, ensure_ascii=False) + "\n").encode()
