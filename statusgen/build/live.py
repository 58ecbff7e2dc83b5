"""The site of a branch, kept published: commit after commit, with stand-ins for what has errors."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import chain

from statusgen.build.cache import Cache, zone_mark
from statusgen.build.last_good import LastGood, StandIn, settle_references
from statusgen.build.publisher import Publisher
from statusgen.build.reader import Read, Reader
from statusgen.build.rendering import ThemeError
from statusgen.build.stamp import Stamp, maker_of
from statusgen.build.workers import Progress
from statusgen.errors import Error
from statusgen.history.transitions import next_transition, refresh_at
from statusgen.model.site import Content
from statusgen.model.theme import Theme
from statusgen.parse.content import make_content, remake_content
from statusgen.parse.parsed import Parsed
from statusgen.problems import Problem, has_errors, sort_problems
from statusgen.publish.folder import Output, Published
from statusgen.source.commits import Commits
from statusgen.source.theme import DEFAULT, make_theme


@dataclass(frozen=True, slots=True)
class Report:
    """What was published, and of what. Paths of problems and of stand-ins are those in the repository.

    At `next_at` time alone changes what is shown; until `refresh_at`, figures that count seconds may stay as they are.
    `seconds` by step of the work."""

    commit: str
    now: datetime
    published: Published
    problems: tuple[Problem, ...]
    stand_ins: tuple[StandIn, ...]
    next_at: datetime
    refresh_at: datetime
    seconds: Mapping[str, float] = field(default_factory=dict)


class LiveSite:
    """Reads commits and publishes them; all that it keeps is what lets the next time be short."""

    def __init__(self, commits: Commits, cache: Cache, output: Output, theme: str, progress: Progress) -> None:
        self._commits = commits
        self._cache = cache
        self._output = output
        self._reader = Reader(cache, progress)
        self._publisher = Publisher(output, progress)
        self._theme_name = theme
        self._last_good = LastGood(commits, self._reader)
        self._maker = maker_of(theme, str(commits.repository.top), commits.repository.prefix)
        self._theme: _Theme | None = None
        self._stamped: tuple[str, frozenset[str]] | None = None
        # What was read last, and the files of which it was made.
        self._content: tuple[Content, tuple[Parsed, ...]] | None = None

    def publish(self, commit: str, now: datetime) -> Report:
        """Raises Error with nothing changed where the commit has no content, and where git or the disk refuse."""
        seconds: dict[str, float] = {}
        with _timed(seconds, "read"):
            # What is fetched from here on is not in what is read.
            shallow = self._commits.shallow()
            read, stand_ins = self._read(commit, now)
            content = self._make_content(commit, read, stand_ins)
        with _timed(seconds, "publish"):
            published, theme_problems = self._publish(commit, content, now)
        with _timed(seconds, "look ahead"):
            snapshot = self._publisher.snapshot
            next_at = next_transition(content, now, snapshot.pending if snapshot else None)
            refreshed_at = refresh_at(snapshot, next_at) if snapshot else next_at
        prefix = self._commits.repository.prefix
        own = [replace(problem, path=prefix + problem.path) for problem in sort_problems(read.problems)]
        shown = tuple(replace(stand_in, path=prefix + stand_in.path) for stand_in in stand_ins)
        problems = (*theme_problems, *own)
        if published.written or published.deleted or self._stamped != (commit, shallow):
            stamp = Stamp(
                maker=self._maker,
                commit=commit,
                at=now,
                until=next_at,
                zone=_marked(content.site.zone.key),
                shallow=tuple(sorted(shallow)),
                rests=not (snapshot and snapshot.moves),
                plain=not theme_problems,
                mark=self._output.mark,
                problems=problems,
            )
            self._cache.keep_stamp(self._output.folder, stamp)
            self._stamped = commit, shallow
        return Report(commit, now, published, problems, shown, next_at, refreshed_at, seconds)

    def find_published(self, commit: str, now: datetime) -> Report | None:
        """What an earlier process has published, if it is just this and nothing has changed since: then nothing is to
        be done."""
        stamp = self._find_stamp()
        if not stamp or not stamp.holds(commit, now):
            return None
        untouched = Published(0, self._output.count, 0)
        return Report(commit, stamp.at, untouched, stamp.problems, (), stamp.until, stamp.until)

    def resume(self) -> None:
        """Takes over what an earlier process has published, where that is still known and still there. Raises Error."""
        stamp = self._find_stamp()
        if not stamp or not stamp.plain or not self._commits.find(stamp.commit):
            return
        read, stand_ins = self._read(stamp.commit, stamp.at)
        content = self._make_content(stamp.commit, read, stand_ins)
        with suppress(ThemeError):
            self._publisher.adopt(content, self._make_theme(dict(self._commits.theme_files)), stamp.at)

    def _find_stamp(self) -> Stamp | None:
        stamp = self._cache.find_stamp(self._output.folder)
        if not stamp or stamp.maker != self._maker or stamp.mark != self._output.mark:
            return None
        if stamp.zone != _marked(stamp.zone[0]) or frozenset(stamp.shallow) != self._commits.shallow():
            return None
        return stamp if self._output.is_intact() else None

    def _read(self, commit: str, now: datetime) -> tuple[Read, list[StandIn]]:
        try:
            return self._read_commit(commit, now)
        except Exception:
            self._commits.forget()
            raise

    def _read_commit(self, commit: str, now: datetime) -> tuple[Read, list[StandIn]]:
        source = self._commits.read(commit)
        if not source.files:
            folder = self._commits.repository.prefix or "it"
            raise Error(f"the commit {commit[:12]} has no files in {folder}; what is published stays")
        read = self._reader.read(source, now, True, partial(self._last_good.find_site, commit, now))
        if read.site is None:
            first = next(str(problem) for problem in read.problems if problem.severity == "error")
            raise Error(f"no commit of this branch has a site.yaml without errors: {first}")
        return read, self._last_good.find_stand_ins(commit, read) if has_errors(read.problems) else []

    def _make_content(self, commit: str, read: Read, stand_ins: list[StandIn]) -> Content:
        assert read.site, "it was found or nothing is published"  # noqa: S101
        parsed = read.parsed + tuple(stand_in.parsed for stand_in in stand_ins if stand_in.parsed)
        if has_errors(read.problems):
            parsed = tuple(settle_references(read.site, parsed, partial(self._last_good.added_at, commit)))
        if self._content:
            content = remake_content(read.site, parsed, *self._content)
        else:
            content = make_content(read.site, parsed)
        self._content = content, parsed
        return content

    def _publish(self, commit: str, content: Content, now: datetime) -> tuple[Published, tuple[Problem, ...]]:
        """With the newest version of the theme that can be used, and what is wrong with newer ones."""
        blobs = dict(self._commits.theme_files)
        if self._theme and self._theme.asked == blobs:
            # What an older version cannot show either is told below.
            with suppress(ThemeError):
                return self._publisher.publish(content, self._theme.used, now), self._theme.problems
        problems: list[Problem] = []
        for files in chain([blobs], self._commits.theme_versions(commit)):
            try:
                theme = self._make_theme(files)
                published = self._publisher.publish(content, theme, now)
            except ThemeError as error:
                problems.append(Problem(self._commits.theme_folder, 0, "theme", str(error)))
            else:
                self._theme = _Theme(blobs, theme, tuple(problems))
                return published, self._theme.problems
        raise Error(f"no version of the theme can be used: {problems[0].message}")

    def _make_theme(self, files: Mapping[str, str]) -> Theme:
        if not files and self._theme_name != DEFAULT:
            raise ThemeError(f"there is no theme `{self._theme_name}` in this commit")
        try:
            return make_theme(self._theme_name, self._commits.read_theme(files), self._commits.theme_folder)
        except Error as error:
            raise ThemeError(str(error)) from error


@dataclass(frozen=True, slots=True)
class _Theme:
    """`asked` are the blobs of the theme's files in a commit; `used` is an older one where there are `problems`."""

    asked: Mapping[str, str]
    used: Theme
    problems: tuple[Problem, ...]


def _marked(zone: str) -> tuple[str, str]:
    return zone, zone_mark(zone)


@contextmanager
def _timed(seconds: dict[str, float], step: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    seconds[step] = time.perf_counter() - started
