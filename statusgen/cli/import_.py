"""`statusgen import`."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from statusgen.cli.options import current_time, verbosity_options
from statusgen.cli.output import show_progress
from statusgen.errors import Error

if TYPE_CHECKING:
    from statusgen.importers.entries import Taken
    from statusgen.importers.report import Report

F = TypeVar("F", bound=Callable[..., None])


@click.group("import")
def import_() -> None:
    """Take over what another tool has.

    \b
    Each command needs the source, and the content folder to write into:
      statusgen import cstate OLD-SITE --into content

    Each command makes site.yaml, incidents, changes and notices of it, and ends with a report, file by file: what was
    taken, what was guessed, and what was left out and why. Running it again changes no file, and files that a person
    has edited, moved or removed since are left alone.
    """


def _folder_options(command: F) -> F:
    command = click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")(command)
    into = click.option(
        "--into", type=click.Path(path_type=Path), required=True, help="The content folder to write into."
    )
    return into(command)


def _source_argument(command: F) -> F:
    return click.argument("source", type=click.Path(path_type=Path))(command)


@import_.command()
@click.argument("sources", metavar="FILE|URL...", nargs=-1, required=True)
@_folder_options
@verbosity_options
def feed(sources: tuple[str, ...], into: Path, dry_run: bool, quiet: bool, verbose: bool) -> None:
    """Incidents and changes from history.atom or history.rss.

    These are the feeds that hosted status pages have, on disk or on the web. Several snapshots of one feed are
    merged: of each incident the newest one counts. Running it again changes no file, and files that a person has
    edited, moved or removed since are left alone.
    """
    from statusgen.importers.feed import import_feeds

    started = time.monotonic()
    with show_progress(quiet) as progress:
        report = import_feeds(sources, into, progress, dry_run)
    _print(report, into, quiet, verbose, started)


@import_.command()
@_source_argument
@_folder_options
@verbosity_options
def cstate(source: Path, into: Path, dry_run: bool, quiet: bool, verbose: bool) -> None:
    """A cState site: the folder with config.yml and content/issues.

    Times without a zone are in that of the site's `timeZone`, else in UTC. Planned work becomes a change, and what
    only informs a notice. Old addresses of issues, systems and feeds stay alive.
    """
    from statusgen.importers.cstate import take_cstate
    from statusgen.importers.record import keys_of_changes, read_record

    planned = keys_of_changes(read_record(into))
    _take(lambda: take_cstate(source, current_time(), planned), source, into, dry_run, quiet, verbose)


@import_.command()
@_source_argument
@_folder_options
@verbosity_options
def statusfy(source: Path, into: Path, dry_run: bool, quiet: bool, verbose: bool) -> None:
    """A Statusfy site: the folder with config.js and content.

    Scheduled maintenance becomes a change. Its ids are kept, and with them its addresses.
    """
    from statusgen.importers.statusfy import take_statusfy

    _take(lambda: take_statusfy(source), source, into, dry_run, quiet, verbose)


@import_.command()
@_source_argument
@_folder_options
@verbosity_options
def upptime(source: Path, into: Path, dry_run: bool, quiet: bool, verbose: bool) -> None:
    """An Upptime repository, with its issues and commits.

    \b
    Issues and outages are taken from files that you put into it first:
      gh issue list --state all --limit 9999 --json \\
        number,title,body,state,createdAt,updatedAt,closedAt,labels,comments > issues.json
      git log --format='%cI %s' > commits.log

    Without them, the minutes per day of history/summary.json are taken, and when they were is guessed.
    """
    from statusgen.importers.upptime import take_upptime

    _take(lambda: take_upptime(source), source, into, dry_run, quiet, verbose)


@import_.command()
@_source_argument
@_folder_options
@verbosity_options
def statuspage(source: Path, into: Path, dry_run: bool, quiet: bool, verbose: bool) -> None:
    """A Statuspage page: its API and its feeds, as files.

    SOURCE is a folder, or one file, of /api/v2/*.json, history.rss and history.atom, as you have saved them. The
    API tells the states of components, and feeds the ids by which readers know entries: with both, all is kept.
    """
    from statusgen.importers.statuspage import take_statuspage

    _take(lambda: take_statuspage(source), source, into, dry_run, quiet, verbose)


def _take(read: Callable[[], Taken], source: Path, into: Path, dry_run: bool, quiet: bool, verbose: bool) -> None:
    from statusgen.importers.takeover import take_over

    started = time.monotonic()
    if into.resolve().is_relative_to(source.resolve()):
        raise Error(f"{into} lies inside {source}: give a folder to write into that is not a part of the source.")
    with show_progress(quiet) as progress:
        report = take_over(read(), into, dry_run, progress)
    _print(report, into, quiet, verbose, started)


def _print(report: Report, into: Path, quiet: bool, verbose: bool, started: float) -> None:
    from statusgen.importers.report import headline_of, lines_of

    if quiet:
        return
    click.echo(f"{into}: {headline_of(report)}")
    for line in lines_of(report):
        click.echo(f"  {line}")
    if verbose:
        click.echo(f"{time.monotonic() - started:.2f} s")
