"""`statusgen check`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statusgen.cli.options import at_option, content_option, current_time, rev_option, verbosity_options
from statusgen.cli.output import count_words, print_problems, show_progress

if TYPE_CHECKING:
    from statusgen.model.theme import Theme
    from statusgen.source.files import Source

FORMATS = ("text", "json", "github", "sarif")


@click.command()
@content_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
              help="json for programs; github for annotations in a workflow run; sarif for code hosts.")  # fmt: skip
@rev_option
@click.option("--staged", is_flag=True, help="Take the content from git's index: what the next commit would have.")
@at_option
@verbosity_options
def check(
    content: Path, form: str, rev: str | None, staged: bool, at: datetime | None, quiet: bool, verbose: bool
) -> None:
    """Say everything that is wrong with the content, at once.

    Errors keep a site from being published, and give exit code 1. Warnings do not. `statusgen explain CODE` says more
    about each, and `checks:` in site.yaml makes one an error or silent.
    """
    if rev is not None and staged:
        raise click.UsageError("--rev and --staged are two places; take one")
    if not check_content(content, rev, staged, form, at, quiet, verbose):
        raise click.exceptions.Exit(1)


def check_content(
    content: Path,
    rev: str | None = None,
    staged: bool = False,
    form: str = "text",
    at: datetime | None = None,
    quiet: bool = False,
    verbose: bool = False,
    shown: Path | None = None,
) -> bool:
    """Prints what is wrong; whether there is no error. For a hook, `shown` is the path of the content that is printed:
    what time alone brings is no reason to refuse a commit."""
    from statusgen.build.cache import Cache, default_folder
    from statusgen.build.pipeline import read_content
    from statusgen.build.reader import Reader
    from statusgen.build.sources import find_theme_problem

    with (
        show_progress(quiet) as progress,
        closing(Cache(default_folder())) as cache,
        _open(content, rev, staged) as (source, read_theme),
    ):
        # What is not committed yet has the time of now, as in a preview.
        reader, now = Reader(cache, progress, preview=rev is None), at or current_time()
        found, problems = read_content(source, now, reader, present=at is None, thorough=True, by_clock=shown is None)
        if found and (wrong := find_theme_problem(found.site.looks.theme, read_theme)):
            found, problems = None, (*problems, wrong)
    print_problems(problems, shown or content, form)
    if form == "text" and not quiet:
        what = ""
        if found and verbose:
            what = f"{len(found.incidents)} incidents, {len(found.changes)} changes, {len(found.notices)} notices: "
        click.echo(f"{what}{count_words(problems)}.")
        if problems and sys.stdout and sys.stdout.isatty():
            worst = min(problems, key=lambda problem: problem.severity)
            click.echo(f"`statusgen explain {worst.code}` says more.")
    return found is not None


@contextmanager
def _open(content: Path, rev: str | None, staged: bool) -> Iterator[tuple[Source, Callable[[str], Theme]]]:
    from statusgen.build.sources import open_source
    from statusgen.source.staged import open_staged
    from statusgen.source.theme import read_theme

    if staged:
        # While git commits some files only, they are in an index of their own.
        index = os.environ.get("GIT_INDEX_FILE")
        with open_staged(content, Path(index) if index else None) as source:
            yield source, lambda asked: read_theme(asked, content)
    else:
        with open_source(content, rev) as opened:
            yield opened
