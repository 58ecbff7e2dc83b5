"""Two revisions, read one after the other: what they have in common is not read twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from statusgen.build.cache import Cache
from statusgen.build.reader import Reader
from statusgen.build.sources import find_content_repository
from statusgen.build.standing import NothingStandsError, Standing, StandingReader
from statusgen.build.trails import Trails
from statusgen.build.workers import Progress
from statusgen.errors import Error
from statusgen.source.commits import Commits
from statusgen.source.git import Repository, find_merge_base, read_shallow
from statusgen.source.worktree import open_worktree

WORKING_TREE = "the working tree"


@dataclass(frozen=True, slots=True)
class Revision:
    """`commit` is "" for the working tree, and where there is none yet. `standing` is what a watcher would show of it,
    None with the reason, `why_none`, where that is nothing."""

    name: str
    commit: str
    standing: Standing | None
    why_none: str = ""


@dataclass(frozen=True, slots=True)
class Sides:
    """`ignored` are the paths in the content folder that git would not take into a commit."""

    base: Revision
    head: Revision
    ignored: tuple[str, ...] = ()


def read_sides(
    content: Path, base: str | None, head: str | None, now: datetime, cache: Cache, progress: Progress
) -> Sides:
    """Both as of `now`: `base`, by default HEAD, and the working tree as if it were committed then. With `head`, that
    commit, and the one from which it went apart from `base`.

    Raises Error for revisions that there are not, and where there is no repository."""
    name = base or "HEAD"
    if head is not None:
        repository = find_content_repository(content)
        with _reading(repository, cache, progress) as (commits, reader):
            ours, other = _find(commits, name), _find(commits, head)
            start = _find_start(repository, (name, ours), (head, other))
            shown = name if start == ours else f"where {head} left {name}"
            return Sides(_read(reader, shown, start, now), _read(reader, head, other, now))
    with (
        open_worktree(content, now) as worktree,
        _reading(worktree.repository, cache, progress) as (commits, reader),
    ):
        commit = _find(commits, base) if base is not None else worktree.head
        old = _read(reader, name, commit, now) if commit else Revision(name, "", None, "there is no commit yet")
        new = _read(reader, WORKING_TREE, worktree.commit, now)
        return Sides(old, Revision(new.name, "", new.standing, new.why_none), worktree.ignored)


@contextmanager
def _reading(repository: Repository, cache: Cache, progress: Progress) -> Iterator[tuple[Commits, StandingReader]]:
    reader = Reader(cache, progress)
    with closing(Commits(repository)) as commits:
        yield commits, StandingReader(commits, reader, Trails(cache, reader, progress))


def _find(commits: Commits, name: str) -> str:
    commit = None if "\n" in name else commits.find(name)
    if commit is None:
        first, dots, second = name.partition("..")
        pair = [part for part in (first, second.removeprefix(".")) if part] if dots else []
        hint = f"; write the two with a space between them: `statusgen diff {' '.join(pair)}`" if pair else ""
        raise Error(f"there is no commit `{name}` in {commits.repository.top}{hint}")
    return commit


def _find_start(repository: Repository, base: tuple[str, str], head: tuple[str, str]) -> str:
    start = find_merge_base(repository, base[1], head[1])
    if start is None:
        hint = "; the history was not fetched whole, `git fetch --unshallow` brings it"
        cut = hint if read_shallow(repository) else ""
        raise Error(f"{base[0]} and {head[0]} have no commit in common{cut}")
    return start


def _read(reader: StandingReader, name: str, commit: str, now: datetime) -> Revision:
    try:
        return Revision(name, commit, reader.read(commit, now))
    except NothingStandsError as error:
        return Revision(name, commit, None, str(error))
