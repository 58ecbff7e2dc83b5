"""A component's timeline: at every instant the worst of the states that apply. Overlaps do not add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from statusgen.history.effects import Effect
from statusgen.model.states import State

STATES = tuple(State)


@dataclass(frozen=True, slots=True)
class Segment:
    """[start, end) in one state that is not operational; the gaps between segments are operational.

    `state` is the one that people were told; with `as_outage` uptime counts it as a major outage all the same."""

    start: datetime
    end: datetime
    state: State
    as_outage: bool = False

    @property
    def counted(self) -> State:
        return State.MAJOR_OUTAGE if self.as_outage else self.state


# What an effect counts as, and its own state, which decides between those that count alike.
View = Callable[[Effect], tuple[State, State]]


def merge_effects(effects: Iterable[Effect], view: View) -> tuple[Segment, ...]:
    """Segments in the order of time; neighbours that look alike are one segment. `effects` are of one component."""
    edges: list[tuple[datetime, int, int]] = []
    for effect in effects:
        counts_as, own = view(effect)
        if counts_as.rank:
            level = counts_as.rank * len(STATES) + own.rank
            edges += [(effect.start, level, 1), (effect.end, level, -1)]
    edges.sort(key=lambda edge: edge[0])
    open_counts: Counter[int] = Counter()
    segments: list[Segment] = []
    current, since = 0, None
    for index, (at, level, step) in enumerate(edges):
        open_counts[level] += step
        if index + 1 < len(edges) and edges[index + 1][0] == at:
            continue
        now_worst = max((level for level, count in open_counts.items() if count), default=0)
        if now_worst != current:
            if current and since:
                counts, own_rank = divmod(current, len(STATES))
                segments.append(Segment(since, at, STATES[own_rank], as_outage=counts != own_rank))
            current, since = now_worst, at
    return tuple(segments)


def shown(effect: Effect) -> tuple[State, State]:
    return effect.state, effect.state


def counted(effect: Effect) -> tuple[State, State]:
    return effect.counted, effect.state


def current_state(effects: Iterable[Effect]) -> State:
    return max(
        (effect.state for effect in effects if effect.ongoing), key=lambda state: state.rank, default=State.OPERATIONAL
    )
