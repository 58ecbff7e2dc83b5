"""What updates made of components: the course of an entry by itself, whatever else there was at the time."""

from __future__ import annotations

from statusgen.history.effects import Steps, change_steps, incident_steps
from statusgen.model.entries import Change
from statusgen.model.states import State
from statusgen.render.api.values import Told

Move = tuple[str, State, State]


def read_moves(told: Told) -> list[list[Move]]:
    """For each update, the components that it moves: (id, state before, state after).

    The first one of an incident brings what holds from its begin. A series moves nothing by what is posted."""
    entry = told.entry
    if isinstance(entry, Change):
        steps: Steps = [] if entry.repeat else change_steps(entry, told.updates)
    else:
        steps = incident_steps(entry, told.updates)[1:]
    if not steps:
        return [[] for _ in told.updates]
    moves: list[list[Move]] = []
    before: dict[str, State] = {}
    for _, after in steps:
        names = {**before, **after} if before != after else ()
        pairs = [(name, before.get(name, State.OPERATIONAL), after.get(name, State.OPERATIONAL)) for name in names]
        moves.append([move for move in pairs if move[1] is not move[2]])
        before = after
    return moves
