"""What git tells of one file, found in its versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from statusgen.history.corrections import find_corrections
from statusgen.history.event_marks import find_event_mark
from statusgen.history.retold import find_deviations, find_moves, find_removals, find_rewordings
from statusgen.history.versions import Version, read_line
from statusgen.model.audit import Correction, Removal
from statusgen.model.revisions import Commit, EventMark, Move


@dataclass(frozen=True, slots=True)
class Story:
    """`published`: the step with which customers first saw what the file is now; None where that is not known.
    `shown_at`, `window_since`, `reworded`, `moves`, `deviated` and `event` as in a Record."""

    corrections: tuple[Correction, ...]
    removals: tuple[Removal, ...]
    published: Commit | None
    shown_at: datetime | None
    window_since: datetime | None
    reworded: tuple[tuple[str, datetime], ...]
    moves: tuple[Move, ...]
    deviated: tuple[tuple[tuple[datetime, datetime, datetime, bool], datetime], ...]
    event: EventMark | None


def read_story(versions: Sequence[Version], zone: ZoneInfo, now: datetime) -> Story:
    """`versions` are oldest first, each with all that it follows. `now` matters to what is dated later."""
    line = read_line(versions, now)
    return Story(
        corrections=find_corrections(line, zone),
        removals=find_removals(line),
        published=line.last.published,
        shown_at=line.last.shown_at,
        window_since=line.window_since(len(versions) - 1) if versions else None,
        reworded=find_rewordings(line),
        moves=find_moves(line),
        deviated=find_deviations(line),
        event=find_event_mark(versions, zone),
    )
