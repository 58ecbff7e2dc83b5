"""What a branch shows at one of its commits: the content, with stand-ins for what has errors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from statusgen.build.last_good import LastGood, StandIn, settle_references
from statusgen.build.read import Read
from statusgen.build.reader import Reader
from statusgen.build.trails import Trails
from statusgen.build.translations import Matcher, match_shown, without_orphans
from statusgen.build.withheld import as_errors, find_withheld
from statusgen.errors import Error
from statusgen.history.places import link_occurrences
from statusgen.history.transitions import next_transition
from statusgen.model.entries import Change, Incident
from statusgen.model.site import Content, Site
from statusgen.model.translations import SiteWords
from statusgen.parse.content import make_content, remake_content
from statusgen.parse.parsed import Parsed
from statusgen.problems import Problem, has_errors
from statusgen.source.commits import Commits


class NothingStandsError(Error):
    """The content leaves nothing that could be shown."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Paths of `problems` and of `stand_ins` are those in the content folder."""

    content: Content
    problems: tuple[Problem, ...]
    stand_ins: tuple[StandIn, ...]

    def next_transition(self, now: datetime, pending: Iterable[Incident | Change] | None = None) -> datetime:
        """When time alone changes what is shown, or ends the need of a stand-in. `pending` as for the content's own."""
        ends = (stand_in.until for stand_in in self.stand_ins if stand_in.until)
        return min([next_transition(self.content, now, pending), *ends])


class StandingReader:
    """Reads commit after commit. What two have in common is not made again."""

    def __init__(self, commits: Commits, reader: Reader, trails: Trails | None = None) -> None:
        """With `trails`, content says what git tells of it."""
        self._commits = commits
        self._reader = reader
        self._trails = trails
        self._last_good = LastGood(commits, reader)
        self._matcher = Matcher()
        # What was read last, before occurrences were linked, and the files of which it was made.
        self._content: tuple[Content, tuple[Parsed, ...]] | None = None

    def read(self, commit: str, now: datetime) -> Standing:
        """As of `now`. Raises NothingStandsError, and Error where git refuses."""
        try:
            read, stand_ins = self._read(commit, now)
        except Exception:
            self._commits.forget()
            raise
        return Standing(self._make_content(commit, read, stand_ins), read.tell(), tuple(stand_ins))

    def _read(self, commit: str, now: datetime) -> tuple[Read, list[StandIn]]:
        source = self._commits.read(commit)
        if not source.files:
            folder = self._commits.repository.prefix or "it"
            raise NothingStandsError(f"the commit {commit[:12]} has no files in {folder}")
        of_site: list[StandIn] = []

        def find_words(path: str, language: str, site: Site) -> SiteWords | None:
            stand_in, words = self._last_good.find_words(commit, path, language, site)
            of_site.append(stand_in)
            return words

        read = self._reader.read(source, now, True, partial(self._last_good.find_site, commit, now), find_words)
        if self._trails:
            self._trails.read(source, read, now)
        if read.site is None:
            first = next(str(problem) for problem in read.problems if problem.severity == "error")
            raise NothingStandsError(f"no commit of this branch has a site.yaml without errors: {first}")
        stand_ins = self._last_good.find_stand_ins(commit, read) if has_errors(read.problems) else []
        self._check_history(commit, stand_ins)
        withheld = find_withheld(self._last_good, commit, read, now)
        if withheld:
            paths = {stand_in.path for stand_in in withheld}
            shown = tuple(parsed for parsed in read.parsed if parsed.entry.path not in paths)
            read = replace(read, parsed=shown, problems=as_errors(read.problems, paths))
        return read, [*stand_ins, *of_site, *withheld]

    def _check_history(self, commit: str, stand_ins: list[StandIn]) -> None:
        """Where the history cannot tell whether there is something to show of a file with errors, nobody knows what is
        wrong now."""
        bare = [stand_in.path for stand_in in stand_ins if stand_in.parsed is None and not stand_in.is_words]
        if not bare or not self._commits.shallow():
            return
        lost = [path for path in bare if self._last_good.added_at(commit, path) is None]
        if lost:
            paths = ", ".join(self._commits.repository.prefix + path for path in lost[:3]) + ", …" * (len(lost) > 3)
            message = f"{paths} cannot be read, and the history with what was there before is cut off (shallow clone)"
            raise NothingStandsError(f"{message}; `git fetch --unshallow` brings it")

    def _make_content(self, commit: str, read: Read, stand_ins: list[StandIn]) -> Content:
        assert read.site, "it was found or nothing is shown"  # noqa: S101
        parsed = read.parsed + tuple(stand_in.parsed for stand_in in stand_ins if stand_in.parsed)
        translations = read.translations
        if has_errors(read.problems):
            parsed = without_orphans(parsed, read.problems)
            parsed = tuple(settle_references(read.site, parsed, partial(self._last_good.added_at, commit)))
            entries = {stand_in.path for stand_in in stand_ins if stand_in.parsed}
            worded = {path: words for path, words in read.worded.items() if path not in entries}
            worded |= {stand_in.path: stand_in.words for stand_in in stand_ins if stand_in.words}
            translations = match_shown(self._matcher, worded, parsed, self._reader.clock[0])
        if self._trails:
            parsed = self._trails.dress(parsed)
        if self._content:
            content = remake_content(read.site, parsed, *self._content, translations)
        else:
            content = make_content(read.site, parsed, translations=translations)
        self._content = content, parsed
        content = link_occurrences(content)
        return replace(content, audit=self._trails.audit) if self._trails else content
