"""`statusgen init`."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from string import Template

import click

from statusgen.cli.options import current_time
from statusgen.errors import Error

STARTER = Path(__file__).parent.parent / "starter"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a small, commented site in DIR to start from.

    Nothing that exists is overwritten.
    """
    content = folder / "content"
    if content.exists():
        raise Error(f"{content} exists already")
    write_starter(content, current_time())
    click.echo(f"{content}: a site with one incident, one change and one notice as examples.\n")
    click.echo(f"  cd {folder}\n  statusgen check\n  statusgen build")


def write_starter(content: Path, now: datetime) -> None:
    """The starter's files with dates near `now`. Raises Error for what the disk refuses."""
    dates = {
        "YESTERDAY": f"{now - timedelta(days=1):%Y-%m-%d}",
        "NEXT_WEEK": f"{now + timedelta(days=7):%Y-%m-%d}",
    }
    try:
        for source in sorted(path for path in STARTER.rglob("*") if path.is_file()):
            target = content / source.relative_to(STARTER)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(Template(source.read_text("utf-8")).substitute(dates), "utf-8")
        output = content.parent / "output"
        output.mkdir(exist_ok=True)
        ignore = output / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n!.gitignore\n", "utf-8")
    except OSError as error:
        raise Error(f"cannot write {error.filename}: {error.strerror}") from None
