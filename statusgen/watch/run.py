"""A watcher from its options to its end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

from statusgen.build.cache import Cache, default_folder
from statusgen.build.live import LiveSite
from statusgen.build.workers import Progress, without_collection
from statusgen.errors import Error
from statusgen.publish.folder import check_apart, open_output
from statusgen.source.commits import Commits
from statusgen.source.git import find_branch, find_git_folder, is_branch_name, open_repository
from statusgen.source.refs import watch_refs
from statusgen.source.theme import check_name
from statusgen.watch.fetch import Fetcher
from statusgen.watch.flag import Flag
from statusgen.watch.loop import TICK, Loop, Watch

FETCHED = "refs/statusgen/"


@dataclass(frozen=True, slots=True)
class Options:
    """`branch` None: the one that is checked out. `theme` None: the one that site.yaml names. `fetch`
    is a remote's name or address. `poll`: no events are used."""

    repo: Path
    output: Path
    content: str = "content"
    branch: str | None = None
    theme: str | None = None
    fetch: str | None = None
    every: timedelta = timedelta(seconds=30)
    poll: float | None = None
    status_file: Path | None = None
    quiet: bool = False


def watch_branch(
    options: Options, clock: Callable[[], datetime], say: Callable[[str], None], progress: Progress, flag: Flag
) -> None:
    """Until the flag is over. Raises Error for what it cannot even begin with."""
    with _open_watch(options, clock, say, progress, flag) as (watch, loop, cache):
        with without_collection():
            loop.begin()
        cache.settle()
        repository = watch.commits.repository
        with watch_refs(repository, flag.wake) if options.poll is None else nullcontext():
            loop.run()


def publish_branch_once(
    options: Options, clock: Callable[[], datetime], say: Callable[[str], None], progress: Progress
) -> bool:
    """One turn of the watcher. False where the branch could not be published."""
    with _open_watch(options, clock, say, progress, Flag()) as (watch, loop, _):
        while not loop.fetch(clock()):
            time.sleep(0.02)
        with without_collection():
            return loop.begin(resting=True) and not (watch.fetcher and watch.fetcher.error)


@contextmanager
def _open_watch(
    options: Options, clock: Callable[[], datetime], say: Callable[[str], None], progress: Progress, flag: Flag
) -> Iterator[tuple[Watch, Loop, Cache]]:
    repository = open_repository(options.repo, _prefix_of(options.content))
    if options.theme is not None:
        check_name(options.theme)
    branch = options.branch or find_branch(repository) or "HEAD"
    if branch != "HEAD" and not is_branch_name(repository, branch):
        raise Error(f"`{branch}` cannot be the name of a branch")
    check_apart(options.output, find_git_folder(repository), "git folder")
    if repository.prefix:
        check_apart(options.output, repository.top / repository.prefix, "content folder")
    ref = "HEAD" if branch == "HEAD" else f"refs/heads/{branch}"
    with ExitStack() as stack:
        fetcher = None
        if options.fetch:
            ref = FETCHED + branch
            fetcher = Fetcher(repository, options.fetch, branch, ref, options.every)
            stack.enter_context(closing(fetcher))
        output = stack.enter_context(open_output(options.output))
        cache = stack.enter_context(closing(Cache(default_folder())))
        commits = stack.enter_context(closing(Commits(repository)))
        site = LiveSite(commits, cache, output, options.theme, progress)
        watch = Watch(
            branch=branch,
            ref=ref,
            commits=commits,
            site=site,
            output=output,
            clock=clock,
            say=say,
            flag=flag,
            status_file=options.status_file,
            quiet=options.quiet,
            fetcher=fetcher,
            pause=min(TICK, options.poll or TICK),
            poll=timedelta(seconds=options.poll) if options.poll and options.poll > TICK else timedelta(),
        )
        yield watch, Loop(watch), cache


def _prefix_of(content: str) -> str:
    path = PurePosixPath(content)
    if path.is_absolute() or ".." in path.parts:
        raise Error(f"`{content}` is not a path in the repository, as `content` is")
    return "" if path == PurePosixPath() else f"{path}/"
