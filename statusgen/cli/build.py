"""`statusgen build`."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from statusgen.cli.options import at_option, content_option, current_time, rev_option, verbosity_options
from statusgen.cli.output import count_words, keep_to_the_end, print_problems, show_progress


@click.command()
@content_option
@click.option("--output", type=click.Path(path_type=Path, readable=False), default=Path("output"), show_default=True,
              help="The web root: an empty folder, or one that statusgen made.")  # fmt: skip
@click.option("--theme", default=None, metavar="NAME",
              help="A theme in themes/ beside the content, or a shipped one. Default: as site.yaml says.")  # fmt: skip
@rev_option
@at_option
@verbosity_options
def build(
    content: Path, output: Path, theme: str | None, rev: str | None, at: datetime | None, quiet: bool, verbose: bool
) -> None:
    """Build the site from a content folder, or from a commit.

    With an error in the content nothing is published and the exit code is 1. The same content, theme and time
    give the same bytes.
    """
    if not build_content(content, output, theme, rev, at, quiet, verbose):
        raise click.exceptions.Exit(1)


def build_content(
    content: Path,
    output: Path,
    theme: str | None,
    rev: str | None = None,
    at: datetime | None = None,
    quiet: bool = False,
    verbose: bool = False,
    shown: Path | None = None,
) -> bool:
    """Builds, and tells of it, with the path `shown` for that of the content; whether it was published."""
    from statusgen.build.cache import Cache, default_folder
    from statusgen.build.pipeline import build_site, make_ready
    from statusgen.build.reader import Reader
    from statusgen.build.sources import open_source
    from statusgen.build.trails import Trails
    from statusgen.build.workers import without_collection
    from statusgen.publish.folder import check_output

    started = time.monotonic()
    check_output(output, content)
    with (
        without_collection(),
        show_progress(quiet) as progress,
        closing(Cache(default_folder())) as cache,
        open_source(content, rev, theme) as (source, read_theme),
    ):
        reader, now = Reader(cache, progress, meanwhile=partial(make_ready, source)), at or current_time()
        trails = Trails(cache, reader, progress)
        built = build_site(source, output, read_theme, now, reader, progress, at is None, trails)
    keep_to_the_end(source, reader, built)
    print_problems(built.problems, shown or content, err=True)
    if built.published is None:
        click.echo(f"Nothing was published: {count_words(built.problems)}.", err=True)
        return False
    if not quiet:
        done = built.published
        total = done.written + done.unchanged
        click.echo(f"{output}: {total} files, {done.written} written, {done.deleted} deleted.")
    if verbose:
        click.echo(f"{time.monotonic() - started:.2f} s")
    return True
