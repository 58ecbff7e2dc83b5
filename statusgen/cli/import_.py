"""`statusgen import`."""

from __future__ import annotations

import time
from pathlib import Path

import click

from statusgen.cli.options import verbosity_options
from statusgen.cli.output import show_progress


@click.group("import")
def import_() -> None:
    """Take over what another tool has."""


@import_.command()
@click.argument("sources", metavar="FILE|URL...", nargs=-1, required=True)
@click.option("--into", type=click.Path(path_type=Path), required=True, help="The content folder to write into.")
@verbosity_options
def feed(sources: tuple[str, ...], into: Path, quiet: bool, verbose: bool) -> None:
    """Incidents and changes from a status page's history.atom or history.rss.

    Several snapshots of one feed are merged: of each incident the newest one counts. Running it again changes no
    file, and files that a person has edited, moved or removed since are left alone.
    """
    from statusgen.importers.feed import import_feeds

    started = time.monotonic()
    with show_progress(quiet) as progress:
        report = import_feeds(sources, into, progress)
    if quiet:
        return
    click.echo(
        f"{into}: {report.incidents} incidents and {report.changes} changes with {report.updates} updates; "
        f"{report.written} files written, {report.unchanged} unchanged, {report.kept} kept as edited"
        f"{f', {report.removed} left out as removed' if report.removed else ''}."
    )
    for note in report.notes:
        click.echo(f"  {note}")
    if verbose:
        click.echo(f"{time.monotonic() - started:.2f} s")
