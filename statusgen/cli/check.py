"""`statusgen check`."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

import click

from statusgen.cli.options import at_option, content_option, current_time, verbosity_options
from statusgen.cli.output import count_words, print_problems, show_progress


@click.command()
@content_option
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True,
              help="json for programs; github for annotations in a workflow run.")  # fmt: skip
@at_option
@verbosity_options
def check(content: Path, form: str, at: datetime | None, quiet: bool, verbose: bool) -> None:
    """Say everything that is wrong with the content, at once.

    Errors keep a site from being published, and give exit code 1. Warnings do not.
    """
    from statusgen.build.cache import Cache, default_folder
    from statusgen.build.pipeline import read_content
    from statusgen.build.reader import Reader
    from statusgen.source.folder import read_source

    with show_progress(quiet) as progress, closing(Cache(default_folder())) as cache:
        reader = Reader(cache, progress, preview=True)
        found, problems = read_content(
            read_source(content), at or current_time(), reader, present=at is None, thorough=True
        )
    print_problems(problems, content, form)
    if form == "text" and not quiet:
        what = ""
        if found and verbose:
            what = f"{len(found.incidents)} incidents, {len(found.changes)} changes, {len(found.notices)} notices: "
        click.echo(f"{what}{count_words(problems)}.")
    if found is None:
        raise click.exceptions.Exit(1)
