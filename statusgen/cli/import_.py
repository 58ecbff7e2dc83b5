"""`statusgen import`."""

from __future__ import annotations

from pathlib import Path

import click


@click.group("import")
def import_() -> None:
    """Take over what another tool has."""


@import_.command()
@click.argument("sources", metavar="FILE|URL...", nargs=-1, required=True)
@click.option("--into", type=click.Path(path_type=Path), required=True, help="The content folder to write into.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def feed(sources: tuple[str, ...], into: Path, quiet: bool) -> None:
    """Incidents and changes from a status page's history.atom or history.rss.

    Several snapshots of one feed are merged: of each incident the newest one counts. Running it again changes no
    file, and files that a person has edited since are left alone.
    """
    from statusgen.importers.feed import import_feeds

    report = import_feeds(sources, into)
    if quiet:
        return
    click.echo(
        f"{into}: {report.incidents} incidents and {report.changes} changes with {report.updates} updates; "
        f"{report.written} files written, {report.unchanged} unchanged, {report.kept} kept as edited."
    )
    for note in report.notes:
        click.echo(f"  {note}")
