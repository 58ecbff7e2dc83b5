"""A remote's branch, fetched every so often by a git of its own, while the watcher goes on."""

from __future__ import annotations

from datetime import datetime, timedelta

from statusgen.errors import Error
from statusgen.source.git import Repository
from statusgen.source.remote import Fetch, start_fetch

LIMIT = timedelta(minutes=5)
LATE = "it came to no end within five minutes"


class Fetcher:
    """Brings `branch` of `remote` into the ref `target`. `error` is how the last try ended, "" where it did well."""

    def __init__(self, repository: Repository, remote: str, branch: str, target: str, every: timedelta) -> None:
        self.remote = remote
        self.every = every
        self.at: datetime | None = None
        self.error = ""
        self._what = (repository, remote, branch, target)
        self._fetch: Fetch | None = None
        self._is_late = False

    def tend(self, now: datetime) -> bool:
        """Starts what is due, and takes note of what has ended: then True."""
        fetch = self._fetch
        if fetch is None:
            if self.at is None or not self.at <= now < self.at + self.every:
                return not self._start(now)
            return False
        code = fetch.poll()
        if code is None:
            if self.at and not self.at <= now < self.at + LIMIT:
                self._is_late = True
                fetch.kill()
            return False
        self.error = (LATE if self._is_late else _reason(fetch.read(), code)) if code else ""
        self.close()
        return True

    def _start(self, now: datetime) -> bool:
        self.at, self._is_late = now, False
        try:
            self._fetch = start_fetch(*self._what)
        except Error as error:
            # Such as too many processes on this machine: the next time it may be better.
            self.error = str(error)
            return False
        return True

    def close(self) -> None:
        if self._fetch:
            self._fetch.close()
            self._fetch = None


def _reason(said: str, code: int) -> str:
    """The first line that is none by the way: what git says at the end is advice on access rights."""
    lines = [line for line in said.splitlines() if line and not line.casefold().startswith(("warning: ", "hint: "))]
    return (lines or [f"git ended with code {code}"])[0].removeprefix("fatal: ")
