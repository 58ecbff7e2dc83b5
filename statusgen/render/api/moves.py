"""What updates made of components: the course of an entry by itself, whatever else there was at the time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from statusgen.history.effects import change_steps, incident_steps
from statusgen.model.entries import Change
from statusgen.model.states import State
from statusgen.render.api.components import STATES
from statusgen.render.api.slots import Slot
from statusgen.render.api.values import Told

OPERATIONAL = State.OPERATIONAL


def moves_json(told: Told, slots: Iterable[Slot]) -> list[str]:
    """For each update, the components that it moves, or null. `slots` are those of all that the entry names."""
    found: list[str] = []
    before: Mapping[str, State] = {}
    for after in _states_after(told):
        # Most updates move nothing, and these go on with the very same states.
        found.append("null" if after is before else _describe(before, after, slots))
        before = after
    return found


def _states_after(told: Told) -> Iterable[Mapping[str, State]]:
    """For each update, the states that components have from it on; those that are not named are operational.

    The first one of an incident brings what holds from its begin. A series moves nothing by what is posted."""
    entry = told.entry
    if not isinstance(entry, Change):
        return [states for _, states in incident_steps(entry, told.updates)[1:]]
    return [{}] * len(told.updates) if entry.repeat else [states for _, states in change_steps(entry, told.updates)]


def _describe(before: Mapping[str, State], after: Mapping[str, State], slots: Iterable[Slot]) -> str:
    moves = []
    for slot in slots:
        name = slot.component.id
        old, new = before.get(name, OPERATIONAL), after.get(name, OPERATIONAL)
        if old is not new:
            moves.append(slot.move % (STATES[old.rank], STATES[new.rank]))
    return f"[{','.join(moves)}]" if moves else "null"
