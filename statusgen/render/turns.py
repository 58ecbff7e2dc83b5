"""When the clock will move planned work, for pages that are looked at later than they were made."""

from __future__ import annotations

from datetime import datetime

from statusgen.history.changes import first_move
from statusgen.model.states import ChangeStatus
from statusgen.render.contexts import ChangeView


def find_turns(view: ChangeView) -> tuple[datetime | None, datetime | None]:
    """The instants from which it will be in progress and completed, as the window that is shown has them; None where
    that is past, or only a person can say so."""
    change, status = view.entry, view.status
    if status not in (ChangeStatus.SCHEDULED, ChangeStatus.IN_PROGRESS):
        return None, None
    # The windows of a series pass whatever is told.
    if not change.repeat and (not change.automatic or first_move(change.updates)):
        return None, None
    return view.starts_at if status is ChangeStatus.SCHEDULED else None, view.ends_at
