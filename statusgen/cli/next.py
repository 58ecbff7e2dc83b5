"""`statusgen next`."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statusgen.cli.options import at_option, content_option, current_time, rev_option, verbosity_options
from statusgen.cli.output import Progress, print_problems, show_progress
from statusgen.cli.reading import read_folder_content, refuse

if TYPE_CHECKING:
    from statusgen.build.cache import Cache


@click.command("next")
@content_option
@rev_option
@at_option
@verbosity_options
def next_(content: Path, rev: str | None, at: datetime | None, quiet: bool, verbose: bool) -> None:
    """Print when time alone will change the page, so that a scheduler can build it then.

    A change begins or ends, a notice expires, a promised update falls due, a day ends. In UTC, as in
    2026-11-03T22:00:00Z. An update that is not committed yet counts as made now. Of a commit, a file with an error
    counts as it was when it was last good, as `statusgen watch` shows it.
    """
    from statusgen.build.cache import Cache, default_folder
    from statusgen.history.transitions import next_transition

    now = at or current_time()
    with show_progress(quiet) as progress, closing(Cache(default_folder())) as cache:
        if rev is None:
            next_at = next_transition(read_folder_content(content, now, cache, progress), now)
        else:
            next_at = _next_of_commit(content, rev, now, cache, progress)
    click.echo(f"{next_at:%Y-%m-%dT%H:%M:%SZ}")


def _next_of_commit(content: Path, rev: str, now: datetime, cache: Cache, progress: Progress) -> datetime:
    """As a watcher shows it, whose next publication is asked for."""
    from statusgen.build.reader import Reader
    from statusgen.build.sources import open_commit
    from statusgen.build.standing import NothingStandsError, StandingReader
    from statusgen.problems import as_warning

    with open_commit(content, rev) as (commits, commit):
        try:
            standing = StandingReader(commits, Reader(cache, progress)).read(commit, now)
        except NothingStandsError as error:
            refuse(str(error))
    wrong = [as_warning(problem) for problem in standing.problems if problem.severity == "error"]
    print_problems(wrong, content, err=True)
    return standing.next_transition(now)
