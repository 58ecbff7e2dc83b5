"""The site of a branch, kept published: commit after commit, with stand-ins for what has errors."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from statusgen.build.cache import Cache, zone_mark
from statusgen.build.last_theme import LastTheme
from statusgen.build.publisher import Publisher
from statusgen.build.reader import Reader
from statusgen.build.rendering import ThemeError
from statusgen.build.stamp import Stamp, maker_of
from statusgen.build.standing import StandingReader
from statusgen.build.trails import Trails
from statusgen.build.workers import Progress
from statusgen.history.transitions import refresh_at
from statusgen.problems import Problem
from statusgen.publish.folder import Output, Published
from statusgen.source.commits import Commits


@dataclass(frozen=True, slots=True)
class Report:
    """What was published, and of what. Paths are those in the repository.

    `shown`: for each file with errors, the commit whose version is shown instead, None where none was ever good.
    At `next_at` time alone changes what is shown; until `refresh_at`, figures that count seconds may stay as they are.
    `shallow` are the commits whose parents were missing then.
    `seconds` by step of the work."""

    commit: str
    now: datetime
    published: Published
    problems: tuple[Problem, ...]
    shown: Mapping[str, str | None]
    next_at: datetime
    refresh_at: datetime
    shallow: frozenset[str]
    seconds: Mapping[str, float] = field(default_factory=dict)


class LiveSite:
    """Reads commits and publishes them; all that it keeps is what lets the next time be short."""

    def __init__(self, commits: Commits, cache: Cache, output: Output, theme: str | None, progress: Progress) -> None:
        self._commits = commits
        self._cache = cache
        self._output = output
        reader = Reader(cache, progress)
        self._reader = StandingReader(commits, reader, Trails(cache, reader, progress))
        self._publisher = Publisher(output, progress)
        self._maker = maker_of(theme or "", str(commits.repository.top), commits.repository.prefix)
        self._theme = LastTheme(commits, theme)
        self._stamped: tuple[str, frozenset[str]] | None = None

    def publish(self, commit: str, now: datetime) -> Report:
        """Raises Error with nothing changed where the commit has no content, and where git or the disk refuse."""
        seconds: dict[str, float] = {}
        with _timed(seconds, "read"):
            # What is fetched from here on is not in what is read.
            shallow = self._commits.shallow()
            standing = self._reader.read(commit, now)
            content = standing.content
        with _timed(seconds, "publish"):
            published, theme_problems = self._theme.publish(
                commit, content.site.looks.theme, lambda theme: self._publisher.publish(content, theme, now)
            )
        with _timed(seconds, "look ahead"):
            seen = self._publisher.seen
            next_at = standing.next_transition(now, seen.pending if seen else None)
            refreshed_at = refresh_at(seen, next_at) if seen else next_at
        prefix = self._commits.repository.prefix
        own = [replace(problem, path=prefix + problem.path) for problem in standing.problems]
        shown = {prefix + stand_in.path: stand_in.commit for stand_in in standing.stand_ins}
        problems = (*theme_problems, *own)
        if published.written or published.deleted or self._stamped != (commit, shallow):
            stamp = Stamp(
                maker=self._maker,
                commit=commit,
                at=now,
                until=next_at,
                zone=_marked(content.site.zone.key),
                shallow=tuple(sorted(shallow)),
                rests=not (seen and seen.moves),
                plain=not theme_problems,
                mark=self._output.mark,
                problems=problems,
                shown=shown,
            )
            self._cache.keep_stamp(self._output.folder, stamp)
            self._stamped = commit, shallow
        return Report(commit, now, published, problems, shown, next_at, refreshed_at, shallow, seconds)

    def find_published(self, commit: str, now: datetime) -> Report | None:
        """What an earlier process has published, if it is just this and nothing has changed since: then nothing is to
        be done."""
        stamp = self._find_stamp()
        if not stamp or not stamp.holds(commit, now):
            return None
        untouched = Published(0, self._output.count, 0)
        shallow = frozenset(stamp.shallow)
        return Report(commit, stamp.at, untouched, stamp.problems, stamp.shown, stamp.until, stamp.until, shallow)

    def resume(self) -> str:
        """Takes over what an earlier process has published, where that is still known and still there: its commit, or
        "". Raises Error."""
        stamp = self._find_stamp()
        if not stamp or not stamp.plain or not self._commits.find(stamp.commit):
            return ""
        content = self._reader.read(stamp.commit, stamp.at).content
        with suppress(ThemeError):
            self._publisher.adopt(content, self._theme.read(content.site.looks.theme), stamp.at)
        return stamp.commit

    def make_ready(self) -> None:
        """For who will publish soon: what takes time and is the same for all commits. Raises nothing for a theme that
        cannot be used, of which publishing tells."""
        with suppress(ThemeError):
            self._publisher.make_ready()

    def _find_stamp(self) -> Stamp | None:
        stamp = self._cache.find_stamp(self._output.folder)
        if not stamp or stamp.maker != self._maker or stamp.mark != self._output.mark:
            return None
        if stamp.zone != _marked(stamp.zone[0]) or frozenset(stamp.shallow) != self._commits.shallow():
            return None
        return stamp if self._output.is_intact() else None


def _marked(zone: str) -> tuple[str, str]:
    return zone, zone_mark(zone)


@contextmanager
def _timed(seconds: dict[str, float], step: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    seconds[step] = time.perf_counter() - started
