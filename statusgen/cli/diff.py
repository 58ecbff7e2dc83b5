"""`statusgen diff`."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statusgen.cli.options import at_option, content_option, current_time
from statusgen.cli.output import keep_to_the_end, show_progress

if TYPE_CHECKING:
    from statusgen.build.sides import Revision
    from statusgen.diff.plan import Diff
    from statusgen.diff.side import Seen, Side
    from statusgen.diff.words import Section

COLOURS = {"+": "green", "-": "red", "~": "yellow", "!": "red"}


@click.command()
@click.argument("base", required=False)
@click.argument("head", required=False)
@content_option
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True,
              help="markdown for a comment on a pull request; json for programs.")  # fmt: skip
@click.option("--exit-code", is_flag=True, help="Exit with 1 where HEAD has an error that BASE does not have.")
@at_option
@click.option("-q", "--quiet", is_flag=True, help="Print differences only, and no progress.")
@click.option("-v", "--verbose", is_flag=True, help="Print all of long lists.")
def diff(
    base: str | None,
    head: str | None,
    content: Path,
    form: str,
    exit_code: bool,
    at: datetime | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """What an edit, a commit or a branch would do to customers.

    Which states flip, what feeds announce, which changes move, what becomes of uptime and of addresses, and which
    problems come or go. Both sides are as `watch` would show them at the same time: of a file with errors, as it was
    when it was last good.

    \b
      statusgen diff              the files as they are, against the last commit (HEAD)
      statusgen diff main         the files as they are, against a commit: a branch, a tag or an id
      statusgen diff main topic   what topic has done since it left main, as a pull request shows it

    As with `git diff`, one revision is compared as it is, with all that it has and the files have not. Files that are
    not committed count as if they were committed now. Nothing is written into the repository. Of long lists, text and
    markdown have the first 50 lines, or all with -v; json has them all.
    """
    from statusgen.build.cache import Cache, default_folder
    from statusgen.build.sides import read_sides
    from statusgen.build.workers import without_collection
    from statusgen.diff.data import render_json
    from statusgen.diff.forms import render_markdown
    from statusgen.diff.plan import plan_diff
    from statusgen.diff.words import MOST_LINES, describe_diff, describe_sides
    from statusgen.problems import has_errors

    now = at or current_time()
    with without_collection(), show_progress(quiet) as progress, closing(Cache(default_folder())) as cache:
        sides = read_sides(content, base, head, now, cache, progress)
        old = _see(sides.base, now, None)
        found = plan_diff(old, _see(sides.head, now, old.side), now, sides.ignored)
    keep_to_the_end(sides, found)
    if form == "json":
        click.echo(render_json(found), nl=False)
    else:
        folder = f"{content.as_posix()}/" if content != Path() else ""
        sections = describe_diff(found, folder, None if verbose else MOST_LINES)
        if form == "markdown":
            click.echo(render_markdown(describe_sides(found), sections, found.is_empty), nl=False)
        else:
            _print_text(found, sections, quiet)
    if exit_code and (has_errors(found.introduced) or not found.head.side):
        raise click.exceptions.Exit(1)


def _see(revision: Revision, now: datetime, before: Side | None) -> Seen:
    from statusgen.diff.side import Seen, look_at

    standing = revision.standing
    if standing is None:
        return Seen(revision.name, revision.commit, why_none=revision.why_none)
    shown = {stand_in.path: stand_in.commit for stand_in in standing.stand_ins}
    side = look_at(standing.content, now, before)
    return Seen(revision.name, revision.commit, side, standing.problems, shown)


def _print_text(found: Diff, sections: Iterable[Section], quiet: bool) -> None:
    from statusgen.diff.forms import render_line
    from statusgen.diff.words import NOTHING, describe_sides

    if not quiet:
        click.echo(render_line(describe_sides(found)))
    if found.is_empty and not quiet:
        click.echo(NOTHING)
    for section in sections:
        click.secho(f"\n{section.title}", bold=True)
        for line in section.lines:
            click.secho(f"  {line.sign} {render_line(line)}", fg=COLOURS.get(line.sign))
