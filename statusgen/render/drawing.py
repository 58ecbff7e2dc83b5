"""How an entry went, as shapes to draw and as what is said beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from statusgen.history.phases import Spell, read_phases
from statusgen.model.entries import Update
from statusgen.model.site import Component
from statusgen.model.spans import whole_seconds
from statusgen.render.contexts import ChangeView, IncidentView
from statusgen.render.output import mark_safe

WIDTH = 100.0
# What is short stays visible: every part has so much of the width, and the rest is shared by length.
LEAST = 0.75
# So many rows are drawn.
DRAWN = 8
UNTOLD = "untold"
# By status or state, from the bottom at 16. Also without colours it shows what was worse, and how near the end was.
TOPS = dict(
    **dict.fromkeys(("major_outage", "investigating", "in_progress"), 0),
    **dict.fromkeys(("partial_outage", "identified"), 4),
    **dict.fromkeys(("degraded_performance", "monitoring", "verifying"), 8),
    **dict.fromkeys(("under_maintenance", "scheduled", UNTOLD), 12),
    **dict.fromkeys(("resolved", "completed", "cancelled"), 15),
)


class Row(NamedTuple):
    """What some components went through alike. `shapes` are the paths of an SVG that is 100 wide and 16 high, each with
    its state as class; none where it is only told."""

    components: tuple[Component, ...]
    spells: tuple[Spell, ...]
    shapes: Markup


class Drawing(NamedTuple):
    """`phases` with the same of their statuses. `rows` are drawn, `more` are only told."""

    phases: tuple[Spell, ...]
    shapes: Markup
    rows: tuple[Row, ...]
    more: tuple[Row, ...]


def draw(view: IncidentView | ChangeView) -> Drawing | None:
    """None where there is nothing to draw. All rows have one scale."""
    updates = view.updates[::-1]
    # Of work only what is over is drawn.
    now = view.entry.started_at + view.lasted_for if isinstance(view, IncidentView) else view.ends_at
    phases = read_phases(view.entry, updates, view.effects, now)
    if phases is None:
        return None
    scale = _scale(updates, phases.statuses[0].start, phases.statuses[-1].end)
    alike: dict[str, list[Component]] = {}
    told: dict[str, tuple[Spell, ...]] = {}
    for component, _ in view.affected:
        spells = phases.states.get(component.id)
        if spells:
            shapes = _shapes(spells, scale)
            alike.setdefault(shapes, []).append(component)
            told[shapes] = spells
    rows = tuple(
        Row(tuple(alike[shapes]), spells, mark_safe(shapes if number < DRAWN else ""))
        for number, (shapes, spells) in enumerate(told.items())
    )
    return Drawing(phases.statuses, mark_safe(_shapes(phases.statuses, scale)), rows[:DRAWN], rows[DRAWN:])


def _scale(updates: Sequence[Update], begin: datetime, end: datetime) -> dict[datetime, str]:
    """Where each instant is at which anything may change."""
    edges = [*dict.fromkeys(update.at for update in updates if begin < update.at < end), end]
    least = min(LEAST, WIDTH / 2 / len(edges))
    share = (WIDTH - least * len(edges)) / whole_seconds(end - begin)
    places = {at: f"{least * number + share * whole_seconds(at - begin):.4g}" for number, at in enumerate(edges, 1)}
    places[begin] = "0"
    return places


def _shapes(spells: tuple[Spell, ...], scale: dict[datetime, str]) -> str:
    """The names of states have nothing to escape."""
    shapes = ""
    for what, start, end, _ in spells:
        name = what.value if what else UNTOLD
        shapes += f'<path class="{name}" d="M{scale[start]} 16V{TOPS[name]}H{scale[end]}V16z"/>'
    return shapes
