"""From content to a published folder, again and again: only what differs from the last time is rendered and written."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from statusgen.build.rendering import plan_artifacts, stage_artifacts
from statusgen.build.workers import Progress
from statusgen.errors import Error
from statusgen.history.snapshot import Snapshot, take_snapshot
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
    def snapshot(self) -> Snapshot | None:
        return self._plan.pages.snapshot if self._plan else None

    def adopt(self, content: Content, theme: Theme, now: datetime) -> None:
        """Takes what lies in the folder for the site of this content, theme and time, which it is known to be."""
        self._plan = plan_artifacts(take_snapshot(content, now), theme)

    def publish(self, content: Content, theme: Theme, now: datetime) -> Published:
        """Raises ThemeError with nothing published, and Error where the disk refuses; the next call mends what that
        left."""
        if not self._output.is_ours():
            self._output.renew()
            self._plan = None
        try:
            return self._publish(plan_artifacts(take_snapshot(content, now, self.snapshot), theme, self._plan))
        except BaseException:
            # What is staged takes room on the disk, and stands in the way of the next call.
            with suppress(Error):
                self._output.discard()
            raise

    def _publish(self, plan: SitePlan) -> Published:
        before = self._plan
        changed = [*plan.changed, *sorted(self._unsure.intersection(plan.files).difference(plan.changed))]
        staged = stage_artifacts(plan, changed, self._output, self._progress)
        try:
            published = self._output.publish(plan.files.keys(), staged, lambda d, t: self._progress("writing", d, t))
        except BaseException:
            # Some files are new and some are not; which ones is found out by reading them.
            self._unsure.update(changed, before.files.keys() - plan.files.keys() if before else ())
            raise
        self._plan, self._unsure = plan, set()
        return published
