"""The site of a working tree, planned anew at every change, with what was last good in place of what has errors."""

from __future__ import annotations

import os
import traceback
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from statusgen.build.advice import FreshAdvice
from statusgen.build.cache import Cache
from statusgen.build.last_good import UNKNOWN, settle_references
from statusgen.build.read import Read
from statusgen.build.reader import Reader
from statusgen.build.rendering import one_of_each, plan_artifacts, render_artifacts
from statusgen.build.trails import Trails
from statusgen.build.translations import Matcher, match_shown, without_orphans
from statusgen.build.workers import Progress
from statusgen.errors import Error
from statusgen.history.places import link_occurrences
from statusgen.history.snapshot import take_snapshot
from statusgen.history.transitions import REFRESH_AFTER, next_transition, refresh_at
from statusgen.model.site import Content, Site
from statusgen.model.theme import Theme
from statusgen.model.translations import SiteWords
from statusgen.parse.content import make_content
from statusgen.parse.parsed import Parsed
from statusgen.parse.parsed_translation import ParsedTranslation
from statusgen.problems import Problem, has_errors
from statusgen.render.site import SitePlan
from statusgen.source.folder import Folder
from statusgen.source.layers import DEFAULT
from statusgen.source.theme import read_theme


@dataclass(frozen=True, slots=True)
class State:
    """What can be shown, None where there is nothing, and what is wrong. At `due_at` time alone changes it.

    Paths of problems are those by which the files are found from here. `trace` tells of a bug of ours."""

    plan: SitePlan | None = None
    problems: tuple[Problem, ...] = ()
    due_at: datetime | None = None
    trace: str = ""


class Preview:
    """Makes state after state. Nothing that is wrong with the content, the theme or git ends it."""

    def __init__(
        self,
        content: Path,
        theme: str | None,
        cache: Cache,
        progress: Progress,
        drafts: bool = False,
        present: bool = True,
    ) -> None:
        """`theme` None: the one that site.yaml names. With `present`, the times that it is
        asked for are those of the clock."""
        self._content = content
        self._theme_name = theme
        self._drafts = drafts
        self._present = present
        self._folder = Folder(content)
        self._cache = cache
        self._begin(progress)
        self._state = State()
        self._site: Site | None = None
        self._theme: Theme | None = None
        self._good: dict[str, Parsed | ParsedTranslation] = {}
        self._matcher = Matcher()
        self._seen_at: dict[str, datetime] = {}

    def build(self, now: datetime) -> State:
        try:
            self._state = self._build(now)
        except Error as error:
            self._fail(Problem(self._content.as_posix(), 0, "unreadable", str(error)), "", now)
        except Exception as error:
            message = f"a bug in statusgen, please report it: {type(error).__name__}: {error}"
            self._fail(Problem(self._content.as_posix(), 0, "bug", message), traceback.format_exc(), now)
        return self._state

    def close(self) -> None:
        self._folder.close()

    def _begin(self, progress: Progress) -> None:
        self._reader = Reader(self._cache, progress, preview=True)
        self._trails = Trails(self._cache, self._reader, progress)
        self._advice = FreshAdvice()

    def _fail(self, problem: Problem, trace: str, now: datetime) -> None:
        # It may have been stopped halfway, so what it keeps of the files is not to be trusted.
        self._begin(lambda *_: None)
        self._state = replace(self._state, problems=(problem,), due_at=now + REFRESH_AFTER, trace=trace)

    def _build(self, now: datetime) -> State:
        source = self._folder.read()
        read = self._reader.read(source, now, self._present, lambda: self._site, self._find_words)
        self._trails.read(source, read, now)
        advice = self._advice.find(source, read, read.site, now) if read.site else ()
        problems = [replace(problem, path=(self._content / problem.path).as_posix()) for problem in read.tell(advice)]
        if read.site is None:
            return State(None, tuple(problems), now + REFRESH_AFTER)
        self._site = read.site
        settled = tuple(self._settle(read, now))
        worded = {path: words for path in read.files if isinstance(words := self._good.get(path), ParsedTranslation)}
        translations = match_shown(self._matcher, worded, settled, self._reader.clock[0], self._drafts)
        content = make_content(read.site, self._trails.dress(settled), self._drafts, translations)
        content = link_occurrences(content)
        content = replace(content, audit=self._trails.audit)
        plan, theme_problems = self._plan(content, now)
        due_at = next_transition(content, now)
        again_at = refresh_at(plan.pages.snapshot.seen, due_at) if plan else due_at
        return State(plan, (*theme_problems, *problems), again_at)

    def _settle(self, read: Read, now: datetime) -> list[Parsed]:
        """All that can be shown together: of a file with errors what was last read well, without names that are not."""
        assert read.site, "nothing is shown without one"  # noqa: S101
        self._good |= {path: file.found for path, file in read.files.items() if file.found}
        self._seen_at |= dict.fromkeys(read.files.keys() - self._seen_at.keys(), now)
        if not read.problems:
            return list(read.parsed)
        broken = [path for path, file in read.files.items() if file.parsed is None and has_errors(file.problems)]
        good = (self._good.get(path) for path in broken)
        parsed = without_orphans([*read.parsed, *(one for one in good if isinstance(one, Parsed))], read.problems)
        # Also without an error, because drafts, which have only warnings, may be shown.
        return settle_references(read.site, parsed, lambda path: self._seen_at.get(path, UNKNOWN))

    def _find_words(self, path: str, language: str, site: Site) -> SiteWords | None:
        """Those that were last read well."""
        return next((words for words in self._site.words if words.path == path), None) if self._site else None

    def _plan(self, content: Content, now: datetime) -> tuple[SitePlan | None, list[Problem]]:
        """With the theme as it is now or, where that cannot be used, as it was before."""
        before = self._state.plan
        snapshot = take_snapshot(content, now, before.pages.snapshot if before else None)
        name = self._theme_name or content.site.looks.theme or DEFAULT
        try:
            theme = read_theme(name, self._content)
            plan = plan_artifacts(snapshot, theme, before)
            if theme != self._theme:
                # Pages are made when they are looked at, which is too late to go back to another theme.
                render_artifacts(plan, one_of_each(plan.files))
        except Error as error:
            # A content folder may be `.`, which has no parent by its name.
            where = Path(os.path.normpath(self._content / ".." / "themes" / name)).as_posix()
            problem = Problem(where, 0, "theme", str(error))
            return (plan_artifacts(snapshot, self._theme, before) if self._theme else None), [problem]
        self._theme = theme
        return plan, []
