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
from statusgen.build.workers import collecting_later
from statusgen.errors import Error, in_one_line
from statusgen.publish.folder import Output
from statusgen.publish.stage import write_whole
from statusgen.source.commits import Commits
from statusgen.watch.decide import Done, Failed, count_failure, is_due, is_look_due
from statusgen.watch.fetch import Fetcher
from statusgen.watch.flag import Flag
from statusgen.watch.lines import missing_branch_line, problem_lines, published_line
from statusgen.watch.notify import notify
from statusgen.watch.status import Status, render_status

# A clock that was set, a machine that slept and an output folder that was emptied are noticed within this, in seconds.
TICK = 1.0
# So many publications leave so much behind that it is worth a look through all that is in memory.
TIDY_AFTER = 100
STATUS_EVERY = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched, and who is told. `say` gets lines for people; `clock` gives the time in whole seconds.

    `pause` is that between turns, in seconds; not every turn looks at the branch where `poll` is longer."""

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
    poll: timedelta = timedelta()
    quiet: bool = False


class Loop:
    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._done = Done()
        self._failed: Failed | None = None
        # What is published, where that could not be published again while the branch's commit cannot be.
        self._stuck: Failed | None = None
        self._is_mixed = False
        self._head: str | None = None
        self._looked_at: datetime | None = None
        self._others: list[str] | None = None
        self._shallow: frozenset[str] = frozenset()
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
            # Without a time: nothing is known of its figures, so it is due at once where the branch's commit fails.
            self._done = Done(watch.site.resume())
            if not resting:
                watch.site.make_ready()
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
        if self.fetch(now) and watch.fetcher:
            # What has just come is not to wait.
            self._looked_at = None
        try:
            # Without a branch, time goes on for what is published.
            found = self._find_head(now)
            commit = found or self._done.commit
            shallow = watch.commits.shallow()
            if self._failed and (self._failed.commit != commit or shallow != self._shallow):
                # The branch went on, or back to what is published, or more of its history is there.
                self._failed = self._stuck = None
            self._shallow = shallow
            if commit and is_due(self._done, self._failed, commit, now, watch.output.is_ours(), shallow):
                self._try(commit, now)
            if not found:
                raise Error(missing_branch_line(watch.branch, self._find_others()))
            if not self._failed and self._message:
                watch.say("all is well again")
                self._message = ""
        except Error as error:
            if str(error) != self._message:
                watch.say(str(error))
            self._message = str(error)
        self._keep_current(now)
        self._write_status(now)
        return not self._message

    def _find_head(self, now: datetime) -> str | None:
        """The branch's commit, as it was when it was last looked at. Raises Error where git fails."""
        watch = self._watch
        if is_look_due(self._looked_at, watch.poll, now):
            self._head = watch.commits.find(watch.ref)
            self._looked_at = now
        return self._head

    def _find_others(self) -> list[str]:
        """The branches that there are; asked for once, as time and again would be much for a mere hint."""
        if self._others is None:
            try:
                self._others = self._watch.commits.branches()
            except Error:
                # The branch may be there, and damaged.
                self._others = []
        return self._others

    def fetch(self, now: datetime) -> bool:
        """Whether the remote's branch is as it was a moment ago, or has been found out of reach: that is said once."""
        fetcher = self._watch.fetcher
        if fetcher is None:
            return True
        before = fetcher.error
        if not fetcher.tend(now):
            return False
        if fetcher.error and fetcher.error != before:
            self._watch.say(f"cannot fetch from {in_one_line(fetcher.remote)}: {fetcher.error}")
        return True

    def _try(self, commit: str, now: datetime) -> None:
        output = self._watch.output
        was_ours = output.is_ours()
        try:
            self._publish(commit, now)
        except Error:
            self._failed = count_failure(self._failed, commit, now)
            # What one try left half done is best mended by the next one.
            self._is_mixed = was_ours and not output.is_ours()
            raise
        self._failed = self._stuck = None

    def _keep_current(self, now: datetime) -> None:
        """While the branch's commit cannot be published, time goes on for what is published."""
        done = self._done
        if not self._failed or not done.commit or self._failed.commit == done.commit:
            return
        is_ours = self._is_mixed or self._watch.output.is_ours()
        if is_due(done, self._stuck, done.commit, now, is_ours, self._shallow):
            try:
                self._publish(done.commit, now)
            except Error as error:
                self._stuck = count_failure(self._stuck, done.commit, now)
                if str(error) != self._message:
                    self._say_once(str(error))
            else:
                self._stuck = None

    def _publish(self, commit: str, now: datetime) -> None:
        """Raises Error for bugs of ours, too: what is published stays, and the next commit may well do better."""
        try:
            with collecting_later():
                report = self._watch.site.publish(commit, now)
        except Error:
            raise
        except Exception as error:
            raise Error(f"a bug in statusgen, please report it: {traceback.format_exc()}") from error
        self._tell(report)
        self._done = Done(commit, now, report.refresh_at, report.shallow)
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

    def _tell(self, report: Report) -> None:
        self._tell_problems(report)
        done = report.published
        is_new = self._report is None or report.commit != self._report.commit
        if not self._watch.quiet and (done.written or done.deleted or is_new):
            self._watch.say(published_line(report, self._watch.branch))

    def _tell_problems(self, report: Report) -> None:
        for line in problem_lines(report, self._report):
            self._watch.say(line)

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
