"""The promise of the next update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from statusgen.model.entries import Update
from statusgen.model.states import FINAL, Status


@dataclass(frozen=True, slots=True)
class Promise:
    """The next update is due `at`; `overdue` from that instant on."""

    at: datetime
    overdue: bool


def find_promise(status: Status, updates: Sequence[Update], now: datetime) -> Promise | None:
    """The promise that stands at `now`; `updates` are those published by then, oldest first.

    Any later update of a person replaces it. None where none was given, and where nothing is left to say."""
    if status in FINAL:
        return None
    # Only people answer customers: what the clock posts on its own keeps no promise and takes none back.
    posted = next((update for update in reversed(updates) if not update.automatic), None)
    if posted is None or posted.next_at is None:
        return None
    return Promise(posted.next_at, posted.next_at <= now)
