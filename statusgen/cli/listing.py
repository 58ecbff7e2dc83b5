"""Short lists of entries, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from statusgen.errors import in_one_line

if TYPE_CHECKING:
    from statusgen.build.cache import Cache

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
                       help="json for programs.")  # fmt: skip
Row = Mapping[str, str]


def every_option(command: F) -> F:
    return click.option("--all", "every", is_flag=True, help="Those that are over, too.")(command)


@contextmanager
def cache_for(every: bool) -> Iterator[Cache | None]:
    """What is known of all files; None where only a few of them are looked at."""
    if not every:
        yield None
        return
    from statusgen.build.cache import Cache, default_folder

    with closing(Cache(default_folder())) as cache:
        yield cache


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
