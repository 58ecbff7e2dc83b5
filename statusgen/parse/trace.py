"""When each update heading was brought in, followed through the versions of its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from statusgen.model.revisions import FileHistory, Place, Revision
from statusgen.parse.alignment import UNCHANGED, is_end, key_of, match_updates
from statusgen.parse.outline import Outline, read_outline
from statusgen.parse.updates import HeadingTimes

UNCOMMITTED = "this update is not committed yet, so it has no time"
NEW_FILE = "this file is not in a commit yet, so this update has no time; `git add` it and commit"
IGNORED = "git ignores this file (see `.gitignore`), so no commit will give this update its time"
CUT_OFF = ("this heading has no time, and the history that could tell is cut off (shallow clone); "
           "`git fetch --unshallow` completes it")  # fmt: skip
EITHER = "this update is not committed yet, or the history that could tell is cut off (shallow clone)"
# These sort before and after every time that is known.
BEFORE_HISTORY = datetime.min.replace(tzinfo=UTC)
NOT_YET = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Traced:
    path: str
    outline: Outline
    times: Sequence[datetime]


@dataclass(frozen=True, slots=True)
class _Past:
    """`lost` has the times of the updates that were taken out, by status and text: they may come back."""

    known: dict[Place, _Traced]
    lost: dict[tuple[str, str], datetime]


def trace_headings(
    path: str, outline: Outline, history: FileHistory, now_for_uncommitted: datetime | None = None
) -> HeadingTimes:
    """The times of the headings of a file that have none, by its lines.

    An update that HEAD does not have gets `now_for_uncommitted`, or no time where that is None.
    """
    if history.why_none:
        return HeadingTimes({}, history.why_none, is_new=sum(update.time is None for update in outline.updates) == 1)
    chain = history.chains.get(path, ())
    past = _trace_chain(chain, history.texts, outline)
    committed = [past.known[chain[-1].place]] if chain else []
    end = chain[-1].path if chain else path
    times = _times(end, outline, NOT_YET, committed, past.lost)
    untimed = {update.line: at for update, at in zip(outline.updates, times, strict=True) if update.time is None}
    by_line = {line: at for line, at in untimed.items() if BEFORE_HISTORY < at < NOT_YET}
    uncommitted = frozenset(line for line, at in untimed.items() if at == NOT_YET)
    if now_for_uncommitted:
        by_line |= dict.fromkeys(uncommitted, now_for_uncommitted)
    cut_off = BEFORE_HISTORY in untimed.values()
    if cut_off:
        why_none = EITHER if uncommitted and not now_for_uncommitted else CUT_OFF
    else:
        why_none = UNCOMMITTED if chain else IGNORED if path in history.ignored else NEW_FILE
    is_new = len(uncommitted) == 1 and not cut_off
    return HeadingTimes(by_line, why_none, uncommitted if now_for_uncommitted else frozenset(), is_new)


def _trace_chain(chain: Sequence[Revision], texts: Mapping[str, bytes], newest: Outline) -> _Past:
    past = _Past({}, {})
    # The newest text is most often the committed one, and reverts bring old ones back.
    outlines = {newest.data: newest}
    for revision in chain:
        data = texts[revision.blob]
        outline = outlines.get(data) or outlines.setdefault(data, read_outline(data))
        parents = [past.known[place] for place in revision.made_from]
        same = [parent for parent in parents if parent.path == revision.path or _is_same(parent.outline, outline)]
        if not same:
            past.lost.clear()
        times = _times(revision.path, outline, revision.authored_at or BEFORE_HISTORY, same, past.lost)
        past.known[revision.place] = _Traced(revision.path, outline, times)
    return past


def _is_same(old: Outline, new: Outline) -> bool:
    """Whether a file that was moved, as git has it, is still the same entry.

    A file deleted and another one written from the same template are a move to git. But an entry does not lose its end
    by a move, and a change that has another date was not announced before.
    """
    kept = {match.place for match in match_updates(old.updates, new.updates).values()}
    lost_end = any(is_end(update) for place, update in enumerate(old.updates) if place not in kept)
    return old.starts == new.starts and not lost_end


def _times(
    path: str,
    outline: Outline,
    authored_at: datetime,
    parents: Sequence[_Traced],
    lost: dict[tuple[str, str], datetime],
) -> list[datetime]:
    """Of several parents that had an update, the likest says its time; of equal ones the one that knew it first.

    `lost` loses what comes back, and gets what the parents had and this version has not.
    """
    best: dict[int, tuple[float, datetime]] = {}
    for parent in parents:
        matches = match_updates(parent.outline.updates, outline.updates)
        renamed = parent.path != path and parent.outline.title != outline.title
        if renamed and not any(match.likeness == UNCHANGED for match in matches.values()):
            # Under another name and title, only the words of an update tell that it is the same entry.
            matches = {}
        for index, match in matches.items():
            candidate = (-match.likeness, parent.times[match.place])
            best[index] = min(candidate, best.get(index, candidate))
        kept = {match.place for match in matches.values()}
        lost |= {
            key_of(update): parent.times[place]
            for place, update in enumerate(parent.outline.updates)
            if place not in kept
        }
    begin = min((at for parent in parents for at in parent.times), default=NOT_YET)
    times = []
    for index, update in enumerate(outline.updates):
        unlikeness, at = best.get(index, (0.0, authored_at))
        if unlikeness != -UNCHANGED:
            back_at = lost.pop(key_of(update), NOT_YET)
            # What began it all did so when that was first said. Anything else was not so in the meantime: a `resolved`
            # that was taken back and given again ended nothing the first time.
            at = min(at, back_at) if back_at < begin else at
        times.append(at)
    return times
