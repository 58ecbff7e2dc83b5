"""From content to a published folder, again and again: only what differs from the last time is rendered and written."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial

from statusgen.build.rendering import begin_artifacts, one_of_each, plan_artifacts, render_artifacts
from statusgen.build.workers import Progress
from statusgen.errors import Error
from statusgen.history.seen import Seen, read_seen
from statusgen.history.snapshot import complete_snapshot, take_snapshot
from statusgen.model.site import Content
from statusgen.model.theme import Theme
from statusgen.publish.folder import Output, Published
from statusgen.render.site import SitePlan


class Publisher:
    """Keeps the plan of what is published. Equal plans are equal bytes, so what did not change is not asked for."""

    def __init__(self, output: Output, progress: Progress) -> None:
        self._output = output
        self._progress = progress
        self._plan: SitePlan | None = None
        self._unsure: set[str] = set()

    @property
    def plan(self) -> SitePlan | None:
        """That of what was published last."""
        return self._plan

    @property
    def seen(self) -> Seen | None:
        """What customers may see of what was published last."""
        return self._plan.pages.snapshot.seen if self._plan else None

    def adopt(self, content: Content, theme: Theme, now: datetime) -> None:
        """Takes what lies in the folder for the site of this content, theme and time, which it is known to be."""
        self._plan = plan_artifacts(take_snapshot(content, now), theme)

    def make_ready(self) -> None:
        """Makes a page of each kind, so that nobody waits for templates to be compiled. Raises ThemeError."""
        if self._plan:
            render_artifacts(self._plan, one_of_each(self._plan.files))

    def publish(self, content: Content, theme: Theme, now: datetime) -> Published:
        """Raises ThemeError with nothing published, and Error where the disk refuses; the next call mends what that
        left."""
        if not self._output.is_ours():
            self._output.renew()
            self._plan = None
        try:
            before = self._plan
            seen = read_seen(content, now, self.seen)
            with begin_artifacts(seen, theme, before, self._unsure, self._output, self._progress) as complete:
                plan, staged = complete(complete_snapshot(seen, before.pages.snapshot if before else None))
            return self._place(plan, staged)
        except BaseException:
            # What is staged takes room on the disk, and stands in the way of the next call.
            with suppress(Error):
                self._output.discard()
            raise

    def _place(self, plan: SitePlan, staged: Mapping[str, str]) -> Published:
        before = self._plan
        try:
            published = self._output.publish(plan.files.keys(), staged, partial(self._progress, "writing"))
        except BaseException:
            # Some files are new and some are not; which ones is found out by reading them.
            self._unsure.update(staged, plan.changed, before.files.keys() - plan.files.keys() if before else ())
            raise
        self._plan, self._unsure = plan, set()
        return published
