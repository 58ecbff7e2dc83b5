"""What the commands that write content share: their options, and the way from a plan to a file, a commit and a push."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from statusgen.cli.asking import at_terminal, choose, confirm
from statusgen.cli.options import content_option, current_time
from statusgen.cli.output import print_problems
from statusgen.errors import Error, in_one_line

if TYPE_CHECKING:
    from statusgen.author.desk import Desk
    from statusgen.author.plan import Existing, Plan
    from statusgen.model.entries import Entry
    from statusgen.source.recording import Place

E = TypeVar("E", bound="Entry")
# What is a line to git.
LINE = re.compile(r"[^\n]*\n|[^\n]+")
F = TypeVar("F", bound=Callable[..., Any])


def writing_options(command: F) -> F:
    for option in (
        click.option("-y", "--yes", is_flag=True, help="Do it even where something looks like a slip."),
        click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing."),
        click.option("--push", is_flag=True, help="Commit, and push the branch."),
        click.option("--commit", is_flag=True, help="Commit this one file."),
    ):
        command = option(command)
    return content_option(command)


class Authoring(click.Group):
    """Commands that look at content and end with exit code 1 where it has errors."""

    def invoke(self, ctx: click.Context) -> Any:
        from statusgen.author.refused import RefusedError

        try:
            return super().invoke(ctx)
        except RefusedError as refused:
            print_problems(refused.problems, refused.folder, err=True)
            click.echo("Nothing is written.", err=True)
            raise click.exceptions.Exit(1) from None


def sit_down(content: Path) -> Desk:
    """The site as it is now."""
    from statusgen.author.desk import open_desk

    return open_desk(content, current_time())


def find_entry(desk: Desk, asked: str | None, kind: type[E]) -> Existing[E]:
    """The one that is meant; of several, a person chooses."""
    from statusgen.author.find import ManyError

    try:
        return desk.find(asked, kind)
    except ManyError as many:
        if not at_terminal():
            raise
        return desk.open(choose(many.paths), kind)


def carry_out(desk: Desk, plan: Plan, how: Mapping[str, Any], questions: Sequence[str] = ()) -> None:
    """Checks, asks, writes, commits and pushes, and says where it all went. `how` are the options from here."""
    problems = desk.check(plan)
    place = None
    if (how["commit"] or how["push"]) and not how["dry_run"]:
        from statusgen.source.recording import find_place

        place = find_place(desk.folder, plan.path, how["push"])
    _confirm([*plan.questions, *questions], place, how)
    print_problems(problems, desk.folder, err=True)
    if how["dry_run"]:
        _show(desk, plan)
        return
    from statusgen.author.store import write_file

    click.echo(write_file(desk.folder, plan.path, plan.before, plan.data))
    click.echo(desk.address(plan.expected))
    if place:
        _record(place, plan, how["push"])
    else:
        _remind(desk, plan)


def _confirm(questions: list[str], place: Place | None, how: Mapping[str, Any]) -> None:
    if place and place.is_edited:
        questions.append(f"{place.path} has changes that are not committed; they would be in this commit, too.")
    asks = not (how["yes"] or how["dry_run"])
    if asks and questions and not at_terminal():
        raise Error(f"{' '.join(questions)} If that is right, say it again with --yes; nothing is written")
    for question in questions:
        text = in_one_line(question)
        if not asks:
            click.secho(f"note: {text}", err=True, fg="yellow")
        elif not confirm(f"{text} Is that right?"):
            click.echo("Nothing is written.", err=True)
            raise click.exceptions.Exit(1)


def _show(desk: Desk, plan: Plan) -> None:
    """A unified diff, as git has it."""
    from difflib import unified_diff

    name = (desk.folder / plan.path).as_posix()
    first = f"a/{name}" if plan.before is not None else "/dev/null"
    old, new = (LINE.findall((data or b"").decode()) for data in (plan.before, plan.data))
    colours = {"+": "green", "-": "red", "@": "cyan"}
    for line in unified_diff(old, new, first, f"b/{name}"):
        ended = line.endswith("\n")
        text = line.removesuffix("\n") if ended else f"{line}\n\\ No newline at end of file"
        click.secho(text, fg=None if line.startswith(("+++", "---")) else colours.get(line[:1]))


def _record(place: Place, plan: Plan, push: bool) -> None:
    from statusgen.source.recording import RefusedByGitError, commit_file, push_commit

    try:
        click.echo(f"committed {commit_file(place, plan.subject)} on {place.branch}", err=True)
        if push:
            sys.stderr.flush()
            click.echo(f"pushed to {push_commit(place)}", err=True)
    except RefusedByGitError as refused:
        # A hook may have named many errors, of which one line would tell the least.
        for line in refused.said.splitlines():
            click.echo(f"  {in_one_line(line)}", err=True)
        raise


def _remind(desk: Desk, plan: Plan) -> None:
    """Who has forgotten --commit would else write the same again."""
    from statusgen.source.git import find_repository

    repository = None
    # It is written, and nobody asked for git.
    with suppress(Error):
        repository = find_repository(desk.folder)
    if repository:
        name = shlex.quote((desk.folder / plan.path).as_posix())
        click.echo(f"Not committed yet: git add {name} && git commit", err=True)
