"""When to publish, decided from values alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

# After a failure, the same commit is tried again after 1 s, 2 s, 4 s … and then once a minute.
LONGEST_PAUSE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Done:
    """What was published last: `commit` as of `at`, when the parents of the `shallow` commits were missing. It is to be
    published again at `next_at`."""

    commit: str = ""
    at: datetime | None = None
    next_at: datetime | None = None
    shallow: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Failed:
    """A commit that could not be published, so many times, the last time `at`."""

    commit: str
    at: datetime
    times: int = 1


def is_due(
    done: Done, failed: Failed | None, commit: str, now: datetime, is_ours: bool, shallow: frozenset[str]
) -> bool:
    """Whether `commit`, that of the branch, is to be published at `now`. `is_ours`: nobody else wrote the output.
    `shallow` are the commits without parents now; with more of its history, a commit may make another page."""
    if failed and failed.commit == commit:
        # A clock that was set back would make the pause a long one.
        return not failed.at <= now < retry_at(failed)
    if commit != done.commit or shallow != done.shallow or not is_ours or done.at is None or done.next_at is None:
        return True
    return now >= done.next_at or now < done.at


def is_look_due(looked_at: datetime | None, poll: timedelta, now: datetime) -> bool:
    """Whether the branch is to be looked at again, so long after the last time; a length of nothing is always over."""
    # A clock that was set back would make it a long time.
    return looked_at is None or not looked_at <= now < looked_at + poll


def retry_at(failed: Failed) -> datetime:
    return failed.at + min(timedelta(seconds=2 ** min(failed.times - 1, 10)), LONGEST_PAUSE)


def count_failure(failed: Failed | None, commit: str, now: datetime) -> Failed:
    if failed and failed.commit == commit:
        return replace(failed, at=now, times=failed.times + 1)
    return Failed(commit, now)
