"""A component's timeline: at every instant the worst of the states that apply. Overlaps do not add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from statusgen.history.effects import Effect
from statusgen.model.states import State

STATES = tuple(State)


@dataclass(frozen=True, slots=True)
class Segment:
    """[start, end) in one state that is not operational; the gaps between segments are operational."""

    start: datetime
    end: datetime
    state: State


def merge_effects(effects: Iterable[Effect], state_of: Callable[[Effect], State]) -> tuple[Segment, ...]:
    """Segments in the order of time; neighbours of one state are one segment. `effects` are of one component."""
    edges: list[tuple[datetime, int, int]] = []
    for effect in effects:
        rank = state_of(effect).rank
        if rank:
            edges += [(effect.start, rank, 1), (effect.end, rank, -1)]
    edges.sort(key=lambda edge: edge[0])
    open_counts = [0] * len(STATES)
    segments: list[Segment] = []
    current, since = 0, None
    for index, (at, rank, step) in enumerate(edges):
        open_counts[rank] += step
        if index + 1 < len(edges) and edges[index + 1][0] == at:
            continue
        now_worst = max((rank for rank, count in enumerate(open_counts) if count), default=0)
        if now_worst != current:
            if current and since:
                segments.append(Segment(since, at, STATES[current]))
            current, since = now_worst, at
    return tuple(segments)


def shown(effect: Effect) -> State:
    return effect.state


def counted(effect: Effect) -> State:
    return effect.counted


def current_state(effects: Iterable[Effect]) -> State:
    return max(
        (effect.state for effect in effects if effect.ongoing), key=lambda state: state.rank, default=State.OPERATIONAL
    )
