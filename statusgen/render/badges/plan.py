"""Badges: /badges/status, and for each component its state and its uptime, each as SVG and for shields.io."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from statusgen.history.snapshot import ComponentHistory, Snapshot
from statusgen.history.uptime import format_percent, window_days
from statusgen.model.language import ENGLISH, Language, mark
from statusgen.model.site import Site
from statusgen.model.states import State
from statusgen.render.badges.svg import TONES, render_svg
from statusgen.render.formats import formats_of
from statusgen.render.names import NAMES

FOLDER, PAGE, UPTIME = "badges/", "status", "-uptime"
NO_DATA = mark("no data yet")
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
    """`name` is whose badge it is. `message` is one for translation, or the percent that it was up in so many `days`;
    `tone` is one of TONES. `history` is what it was made of, if it is a component's."""

    path: str
    name: str
    days: int | None
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
    found = list(_pair(PAGE, snapshot.content.site.name, None, status.description, OF_INDICATOR[status.indicator]))
    for history in snapshot.components.values():
        # The very same history is of the same component on the same day.
        found += known.get(id(history)) or _plan_component(history, snapshot.today)
    return tuple(found)


def _plan_component(history: ComponentHistory, today: date) -> Iterator[BadgePlan]:
    """A young component says of how many days its uptime is."""
    component, share = history.component, history.uptime
    yield from _pair(component.id, component.name, None, NAMES[history.state.value], OF_STATE[history.state], history)
    days, message = (0, NO_DATA) if share is None else (len(window_days(today, component.since)), format_percent(share))
    yield from _pair(component.id + UPTIME, component.name, days, message, _tone_of(share), history)


def _tone_of(share: Fraction | None) -> str:
    if share is None:
        return "unknown"
    return next((tone for least, tone in OF_SHARE if share >= least), "critical")


def _pair(
    stem: str, name: str, days: int | None, message: str, tone: str, history: ComponentHistory | None = None
) -> Iterator[BadgePlan]:
    for form in (".svg", ".json"):
        yield BadgePlan(f"{FOLDER}{stem}{form}", name, days, message, tone, history)


def render_badge(plan: BadgePlan, site: Site, language: Language = ENGLISH) -> bytes:
    tone = TONES[plan.tone]
    of, message = "", language.find(plan.message)
    if plan.days:
        of = language.count(plan.days, "{n}-day uptime", "{n}-day uptime")
        message = formats_of(language).percent(plan.message)
    elif plan.days is not None:
        of = language.say("uptime")
    if plan.path.endswith(".svg"):
        return render_svg(plan.name, of, message, tone)
    # The endpoint of shields.io (https://shields.io/badges/endpoint-badge).
    found = {"schemaVersion": 1, "label": f"{plan.name} {of}".rstrip(), "message": message, "color": tone.shields}
    return (json.dumps(found, ensure_ascii=False) + "\n").encode()
