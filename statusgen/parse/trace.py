"""When each update heading was brought in, followed through the versions of its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from statusgen.model.revisions import FileHistory, Revision, Version
from statusgen.parse.alignment import match_updates
from statusgen.parse.headings import Heading, split_updates
from statusgen.parse.text import LINE_END, drop_invisible
from statusgen.parse.updates import HeadingTimes

UNCOMMITTED = "this update is not committed yet, so it has no time"
CUT_OFF = ("this heading has no time, and the history that could tell is cut off (shallow clone); "
           "`git fetch --unshallow` completes it")  # fmt: skip
EITHER = "this update is not committed yet, or the history that could tell is cut off (shallow clone)"
# Sorts before every time that is known.
BEFORE_HISTORY = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Traced:
    updates: Sequence[Heading]
    times: Sequence[datetime]


def has_untimed_updates(data: bytes) -> bool:
    """Whether a file has an update that takes its time from its commit."""
    return any(update.time is None for update in _read_updates(data))


def trace_headings(
    path: str, data: bytes, history: FileHistory, now_for_uncommitted: datetime | None = None
) -> HeadingTimes:
    """The times of the headings of a file that have none, by its lines.

    An update that HEAD does not have gets `now_for_uncommitted`, or no time where that is None.
    """
    if history.why_none:
        return HeadingTimes({}, history.why_none)
    updates = _read_updates(data)
    chain = history.chains.get(path, ())
    committed = _trace_chain(chain, history.texts)[chain[-1].version] if chain else _Traced((), ())
    matches = match_updates(committed.updates, updates)
    by_line: dict[int, datetime] = {}
    reasons = set()
    for index, update in enumerate(updates):
        match = matches.get(index)
        at = committed.times[match.place] if match else now_for_uncommitted
        if update.time is not None:
            continue
        if at is None:
            reasons.add(UNCOMMITTED)
        elif at == BEFORE_HISTORY:
            reasons.add(CUT_OFF)
        else:
            by_line[update.line] = at
    return HeadingTimes(by_line, EITHER if len(reasons) > 1 else next(iter(reasons), UNCOMMITTED))


def _trace_chain(chain: Sequence[Revision], texts: Mapping[str, bytes]) -> dict[Version, _Traced]:
    known: dict[Version, _Traced] = {}
    for revision in chain:
        updates = _read_updates(texts.get(revision.version[1], b""))
        parents = [known[version] for version in revision.made_from if version in known]
        known[revision.version] = _Traced(updates, _times(updates, revision.authored_at, parents))
    return known


def _times(updates: Sequence[Heading], authored_at: datetime | None, parents: Sequence[_Traced]) -> list[datetime]:
    """Of several parents that had an update, the likest says its time; of equal ones the one that knew it first."""
    best: dict[int, tuple[float, datetime]] = {}
    for parent in parents:
        for index, match in match_updates(parent.updates, updates).items():
            candidate = (-match.likeness, parent.times[match.place])
            best[index] = min(candidate, best.get(index, candidate))
    return [best[index][1] if index in best else authored_at or BEFORE_HISTORY for index in range(len(updates))]


def _read_updates(data: bytes) -> list[Heading]:
    """Forgiving, because an old version may be broken in ways that were mended since."""
    lines = LINE_END.sub("\n", data.decode("utf-8-sig", "replace")).split("\n")
    fences = (number for number, line in enumerate(lines) if drop_invisible(line).rstrip() == "---")
    first = next((number for number, line in enumerate(lines) if drop_invisible(line).strip()), 0)
    start = next(fences, None)
    body_line = (next(fences, first) if start == first else first - 1) + 1
    return split_updates("\n".join(lines[body_line:]), body_line + 1)[1]
