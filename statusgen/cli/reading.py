"""Content for commands that only look at it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from statusgen.cli.output import Progress, count_words, print_problems

if TYPE_CHECKING:
    from statusgen.build.cache import Cache
    from statusgen.model.site import Content


def read_folder_content(
    content: Path, now: datetime, cache: Cache, progress: Progress, with_history: bool = False
) -> Content:
    """A folder as it is, `with_history` with what git tells of it. With an error in it the command ends with what is
    wrong and exit code 1."""
    from statusgen.build.pipeline import read_content
    from statusgen.build.reader import Reader
    from statusgen.build.trails import Trails
    from statusgen.source.folder import read_source

    reader = Reader(cache, progress, preview=True)
    trails = Trails(cache, reader, progress) if with_history else None
    found, problems = read_content(read_source(content), now, reader, trails=trails)
    if found is None:
        print_problems(problems, content, err=True)
        refuse(count_words(problems))
    return found


def refuse(reason: str) -> NoReturn:
    click.echo(f"The content cannot be read: {reason}.", err=True)
    raise click.exceptions.Exit(1)
