"""The one loop: what the branch is now, and what time it is, against what is published."""

from __future__ import annotations

import gc
import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from statusgen.build.live import LiveSite, Report
from statusgen.errors import Error
from statusgen.publish.folder import Output
from statusgen.publish.stage import write_whole
from statusgen.source.commits import Commits
from statusgen.watch.decide import Done, Failed, count_failure, is_due
from statusgen.watch.fetch import Fetcher
from statusgen.watch.flag import Flag
from statusgen.watch.notify import notify
from statusgen.watch.status import Status, render_status

# A clock that was set, a machine that slept and an output folder that was emptied are noticed within this, in seconds.
TICK = 1.0
# So many publications leave so much behind that it is worth a look through all that is in memory.
TIDY_AFTER = 100
STATUS_EVERY = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched, and who is told. `say` gets lines for people; `clock` gives the time in whole seconds."""

    branch: str
    ref: str
    commits: Commits
    site: LiveSite
    output: Output
    clock: Callable[[], datetime]
    say: Callable[[str], None]
    flag: Flag
    status_file: Path | None = None
    fetcher: Fetcher | None = None
    pause: float = TICK
    quiet: bool = False


class Loop:
    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._done = Done()
        self._failed: Failed | None = None
        self._report: Report | None = None
        self._message = ""
        self._since_tidied = 0
        self._status: Status | None = None
        self._said: set[str] = set()

    def begin(self, resting: bool = False) -> bool:
        """The first turn, from what an earlier process left. With `resting`, nothing is done where nothing changed."""
        watch = self._watch
        try:
            commit = watch.commits.find(watch.ref)
            found = watch.site.find_published(commit, watch.clock()) if resting and commit else None
            if found:
                self._tell_problems(found)
                if not watch.quiet:
                    watch.say(f"{found.commit[:12]} is published, and nothing has changed since")
                self._report = found
                self._write_status(watch.clock())
                return True
            watch.site.resume()
        except Error as error:
            # All is made anew then.
            watch.say(f"what was published before is not taken over: {error}")
        return self.turn()

    def run(self) -> None:
        """Until it is told to stop. Nothing that happens to the branch or the disk ends it."""
        notify("READY=1")
        while not self._watch.flag.is_over:
            self.turn()
            notify("WATCHDOG=1")
            if not self._watch.flag.wait(self._watch.pause):
                self._tidy()
        notify("STOPPING=1")

    def turn(self) -> bool:
        """Publishes what is due, and tells what is new. False where the branch could not be published."""
        watch, now = self._watch, self._watch.clock()
        self.fetch(now)
        try:
            # Without a branch, time goes on for what is published.
            found = watch.commits.find(watch.ref)
            commit = found or self._done.commit
            if self._failed and self._failed.commit != commit:
                # The branch went on, or back to what is published: nothing is wrong with that.
                self._failed = None
            shallow = watch.commits.shallow()
            if commit and is_due(self._done, self._failed, commit, now, watch.output.is_ours(), shallow):
                self._publish(commit, now, shallow)
            if not found:
                raise Error(f"there is no branch {watch.branch}, or it has no commit yet; what is published stays")
            if not self._failed:
                self._message = ""
        except Error as error:
            if str(error) != self._message:
                watch.say(str(error))
            self._message = str(error)
        self._write_status(now)
        return not self._message

    def fetch(self, now: datetime) -> bool:
        """Whether the remote's branch is as it was a moment ago, or has been found out of reach: that is said once."""
        fetcher = self._watch.fetcher
        if fetcher is None:
            return True
        before = fetcher.error
        if not fetcher.tend(now):
            return False
        if fetcher.error and fetcher.error != before:
            self._watch.say(f"cannot fetch from {fetcher.remote}: {fetcher.error}")
        return True

    def _publish(self, commit: str, now: datetime, shallow: frozenset[str]) -> None:
        try:
            report = self._watch.site.publish(commit, now)
        except Error:
            self._failed = count_failure(self._failed, commit, now)
            raise
        except Exception as error:
            # A bug of ours: what is published stays, and the next commit may well do better.
            self._failed = count_failure(self._failed, commit, now)
            raise Error(f"a bug in statusgen, please report it: {traceback.format_exc()}") from error
        self._tell(report)
        self._done, self._failed = Done(commit, now, report.refresh_at, shallow), None
        self._report = report
        self._since_tidied += 1

    def _tidy(self) -> None:
        """Throws away what is not needed any more while nobody waits. What stays is not looked through again, which
        would take long in the middle of publishing."""
        if self._since_tidied >= TIDY_AFTER:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            self._since_tidied = 0

    def _tell_problems(self, report: Report) -> None:
        """Of what is wrong, only what is new."""
        before = set(self._report.problems) if self._report else set()
        for problem in report.problems:
            if problem not in before:
                self._watch.say(str(problem))

    def _tell(self, report: Report) -> None:
        self._tell_problems(report)
        done = report.published
        if not self._watch.quiet and (done.written or done.deleted or report.commit != self._done.commit):
            took = sum(report.seconds.values()) * 1000
            files = f"{done.written} files written, {done.deleted} deleted"
            following = f"the next change by time is at {report.next_at:%Y-%m-%dT%H:%M:%SZ}"
            self._watch.say(f"published {report.commit[:12]} in {took:.0f} ms: {files}; {following}")

    def _write_status(self, now: datetime) -> None:
        """Where something is new, and every few seconds: one that stays as it is tells that nobody watches."""
        watch = self._watch
        if not watch.status_file:
            return
        fetcher = watch.fetcher
        fetch = {"remote": fetcher.remote, "error": fetcher.error or None} if fetcher else {}
        status = Status(watch.branch, now, self._report, self._message, fetch)
        old = self._status
        if old and replace(old, checked_at=now) == status and old.checked_at <= now < old.checked_at + STATUS_EVERY:
            return
        self._status = status
        try:
            write_whole(watch.status_file, render_status(status, os.getpid()))
        except Error as error:
            # The page matters more than the word about it.
            self._say_once(str(error))

    def _say_once(self, text: str) -> None:
        if text not in self._said:
            self._said.add(text)
            self._watch.say(text)
