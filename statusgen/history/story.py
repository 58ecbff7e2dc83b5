"""What git tells of one file, found in its versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from statusgen.history.corrections import find_corrections
from statusgen.history.event_marks import find_event_mark, last_sequence
from statusgen.history.retold import find_deviations, find_moves, find_removals, find_rewordings
from statusgen.history.versions import Version, read_line
from statusgen.model.audit import Correction, Removal
from statusgen.model.entries import Change
from statusgen.model.revisions import Commit, Record, Step


@dataclass(frozen=True, slots=True)
class Story:
    """`record` is None where nothing is known of the file's commits."""

    corrections: tuple[Correction, ...]
    removals: tuple[Removal, ...]
    record: Record | None


def read_story(versions: Sequence[Version], zone: ZoneInfo, now: datetime) -> Story:
    """`versions` are oldest first, each with all that it follows. `now` matters to what is dated later."""
    line = read_line(versions, now)
    commits = commits_of(version.step for version in versions)
    record = Record(
        commits=commits,
        published=line.last.published,
        shown_at=line.last.shown_at,
        window_since=line.window_since(len(versions) - 1) if versions else None,
        reworded=find_rewordings(line),
        moves=find_moves(line),
        deviated=find_deviations(line),
        event=find_event_mark(versions, zone),
    )
    removals = tuple(
        replace(removal, sequence=last_sequence(versions, zone, removal.at))
        if isinstance(removal.entry, Change)
        else removal
        for removal in find_removals(line)
    )
    return Story(find_corrections(line, zone), removals, record if commits else None)


def commits_of(steps: Iterable[Step]) -> tuple[Commit, ...]:
    """Those of which it is known what they made."""
    return tuple(commit for step in steps if (commit := commit_of(step)))


def commit_of(step: Step) -> Commit | None:
    return Commit(step.commit, step.authored_at) if step.authored_at else None
