"""`statusgen init`."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from string import Template

import click

from statusgen.cli.options import current_time, verbosity_options
from statusgen.errors import Error

STARTER = Path(__file__).parent.parent / "starter"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, readable=False))
@verbosity_options
def init(folder: Path, quiet: bool, verbose: bool) -> None:
    """Make a small, commented site in DIR to start from.

    DIR may have other files in it, such as those of a new repository. Nothing that exists is overwritten.
    """
    content = folder / "content"
    written = write_starter(content, current_time())
    if verbose:
        click.echo("".join(f"{path}\n" for path in written), nl=False)
    if not quiet:
        click.echo(f"{content}: a site with one incident, one change and one notice as examples.\n")
        click.echo(f"  cd {folder}\n  statusgen check\n  statusgen build\n  statusgen incident open --help")


def write_starter(content: Path, now: datetime) -> list[Path]:
    """Writes the starter's files with dates near `now`. Raises Error where a file is there or the disk refuses."""
    dates = {
        "YESTERDAY": f"{now - timedelta(days=1):%Y-%m-%d}",
        "NEXT_WEEK": f"{now + timedelta(days=7):%Y-%m-%d}",
    }
    written = []
    try:
        if content.exists() and any(content.iterdir()):
            raise Error(f"{content} exists already and is not empty")
        for source in sorted(path for path in STARTER.rglob("*") if path.is_file()):
            target = content / source.relative_to(STARTER)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(Template(source.read_text("utf-8")).substitute(dates), "utf-8")
            written.append(target)
        output = content.parent / "output"
        output.mkdir(exist_ok=True)
        ignore = output / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n!.gitignore\n", "utf-8")
    except OSError as error:
        raise Error(f"cannot write {error.filename}: {error.strerror}") from None
    return written
