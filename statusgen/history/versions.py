"""The versions of one file, and what customers saw from each of them on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from statusgen.history.compare import see
from statusgen.history.notice import window_since
from statusgen.history.visible import visible_from
from statusgen.model.audit import What
from statusgen.model.entries import Change, Incident
from statusgen.model.revisions import Commit, Record, Step

_Entry = Incident | Change


@dataclass(frozen=True, slots=True)
class Version:
    """What a step of a file's line made of its entry. With `gone` the entry is not there any more.

    Without an entry and `gone`, nobody saw it: it had errors. `is_open`: it was not read, and was not over."""

    step: Step
    entry: _Entry | None = None
    gone: What | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What customers saw from a version on. `last` is what was there before it was taken away; `number` counts the
    entries that a file of this name has been. `is_known`: nothing is missing of what was before."""

    entry: _Entry | None = None
    last: _Entry | None = None
    is_open: bool = False
    gone: bool = False
    published: Commit | None = None
    shown_at: datetime | None = None
    number: int = 0
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class FileLine:
    """The versions of a file: by when each had been made, whether customers saw it, and what they saw from it on."""

    versions: Sequence[Version]
    times: Sequence[datetime | None]
    seen: Sequence[bool]
    states: Sequence[Shown]

    @property
    def last(self) -> Shown:
        return self.states[-1] if self.states else Shown()

    def window_since(self, place: int) -> datetime | None:
        number = self.states[place].number
        shown = [state.entry or state.last if state.number == number else None for state in self.states]
        return window_since(shown, [version.step.follows for version in self.versions], self.times, place)

    def dated(self, entry: _Entry | None, place: int) -> _Entry | None:
        """With what was known then of its window."""
        since = self.window_since(place) if isinstance(entry, Change) else None
        return replace(entry, record=Record((), None, window_since=since)) if entry and since else entry


def read_line(versions: Sequence[Version], now: datetime) -> FileLine:
    """`versions` are oldest first, each with all that it follows. `now` matters to what is dated later."""
    times = _find_times(versions)
    seen = [_is_seen(place, versions, times, now) for place in range(len(versions))]
    states: list[Shown] = []
    for version, at, is_seen in zip(versions, times, seen, strict=True):
        follows = version.step.follows
        state = states[follows[0]] if follows else Shown(is_known=version.step.is_first)
        states.append(_advance(state, version, at) if is_seen else state)
    return FileLine(versions, times, seen, states)


def _find_times(versions: Sequence[Version]) -> list[datetime | None]:
    """By when each version had been made: what follows another one came after it, whatever its author's clock said."""
    times: list[datetime | None] = []
    for version in versions:
        own = version.step.authored_at
        known = (at for number in version.step.follows if (at := times[number]))
        times.append(max([own, *known]) if own else None)
    return times


def _is_seen(place: int, versions: Sequence[Version], times: Sequence[datetime | None], now: datetime) -> bool:
    """Not what had errors; nor what was dated ahead, for which customers went on to see what was before."""
    version = versions[place]
    if version.entry is None:
        return version.gone is not None or version.is_open
    until = next((at for at in times[place + 1 :] if at), max(now, times[place] or now))
    return place == 0 or see(version.entry, until) is not None


def lies_ahead(versions: Sequence[Version]) -> bool:
    """Whether what is found in versions is another thing once time has come to what the last of them says."""
    last = versions[-1]
    return bool(last.entry and last.step.authored_at and see(last.entry, last.step.authored_at) is None)


def _advance(state: Shown, version: Version, at: datetime | None) -> Shown:
    step = version.step
    if version.gone:
        return replace(state, entry=None, last=state.entry or state.last, is_open=False, gone=True)
    if version.is_open:
        return replace(state, entry=None, is_open=True, gone=False)
    assert version.entry, "it is seen"  # noqa: S101
    other = is_other(state, version)
    is_new = other or (state.last is None and state.entry is None and not state.is_open)
    published, shown_at = state.published, state.shown_at
    if is_new or (at and shown_at and shown_at > at):
        # Where something is missing, it may have been there before.
        is_known = state.is_known or other or not is_new
        published = Commit(step.commit, step.authored_at) if is_known and step.authored_at else None
        shown_at = find_shown(version.entry, published)
    return replace(state, entry=version.entry, last=version.entry, is_open=False, gone=False, published=published,
                   shown_at=shown_at, number=state.number + other)  # fmt: skip


def find_shown(entry: _Entry, published: Commit | None) -> datetime | None:
    """From when on customers saw what a commit published."""
    if published is None:
        return None
    return max(published.authored_at, visible_from(entry) or published.authored_at)


def is_other(state: Shown, version: Version) -> bool:
    """Whether a file that was moved, or came after one of the same name, is another entry. To git, one that was deleted
    and one that was written from the same template are a move."""
    old, new = state.entry or state.last, version.entry
    if old is None or new is None or (old.path == new.path and not state.gone):
        return False
    told = {(update.at, update.body) for update in old.updates if update.body}
    same = old.title == new.title or any((update.at, update.body) in told for update in new.updates)
    return not same and (old.path == new.path or old.id != new.id)
