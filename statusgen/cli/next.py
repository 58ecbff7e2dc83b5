"""`statusgen next`."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

import click

from statusgen.cli.options import at_option, content_option, current_time, rev_option, verbosity_options
from statusgen.cli.output import count_words, print_problems, show_progress


@click.command("next")
@content_option
@rev_option
@at_option
@verbosity_options
def next_(content: Path, rev: str | None, at: datetime | None, quiet: bool, verbose: bool) -> None:
    """Print when time alone will change the page, so that a scheduler can build it then.

    A change begins or ends, a notice expires, a promised update falls due, a day ends. In UTC, as in
    2026-11-03T22:00:00Z. An update that is not committed yet counts as made now.
    """
    from statusgen.build.cache import Cache, default_folder
    from statusgen.build.pipeline import read_content
    from statusgen.build.reader import Reader
    from statusgen.build.sources import open_source
    from statusgen.history.transitions import next_transition

    now = at or current_time()
    with (
        show_progress(quiet) as progress,
        closing(Cache(default_folder())) as cache,
        open_source(content, rev) as (source, _),
    ):
        found, problems = read_content(source, now, Reader(cache, progress, preview=rev is None))
    if found is None:
        print_problems(problems, content, err=True)
        click.echo(f"The content cannot be read: {count_words(problems)}.", err=True)
        raise click.exceptions.Exit(1)
    click.echo(f"{next_transition(found, now):%Y-%m-%dT%H:%M:%SZ}")
