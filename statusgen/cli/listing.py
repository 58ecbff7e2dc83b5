"""Short lists of entries, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import click

from statusgen.errors import in_one_line

FORMATS = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
                       help="json for programs.")  # fmt: skip
Row = Mapping[str, str]


def print_rows(rows: Sequence[Row], form: str, if_none: str, broken: int) -> None:
    """Columns in the order of the first row's keys. Of `broken` files it is not known what they say."""
    if broken:
        files = "1 file has errors and is" if broken == 1 else f"{broken} files have errors and are"
        click.secho(f"note: {files} not in this list; `statusgen check` says what is wrong", err=True, fg="yellow")
    if form == "json":
        click.echo(json.dumps(list(rows), indent=2, ensure_ascii=False))
        return
    if not rows:
        click.echo(if_none, err=True)
        return
    shown = [[in_one_line(value) for value in row.values()] for row in rows]
    widths = [max(len(line[column]) for line in shown) for column in range(len(shown[0]))]
    for line in shown:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
