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


def read_folder_content(content: Path, now: datetime, cache: Cache, progress: Progress) -> Content:
    """A folder as it is. With an error in it the command ends with what is wrong and exit code 1."""
    from statusgen.build.pipeline import read_content
    from statusgen.build.reader import Reader
    from statusgen.source.folder import read_source

    found, problems = read_content(read_source(content), now, Reader(cache, progress, preview=True))
    if found is None:
        print_problems(problems, content, err=True)
        refuse(count_words(problems))
    return found


def refuse(reason: str) -> NoReturn:
    click.echo(f"The content cannot be read: {reason}.", err=True)
    raise click.exceptions.Exit(1)
