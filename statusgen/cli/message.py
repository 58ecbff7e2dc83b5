"""`statusgen message`."""

from __future__ import annotations

from pathlib import Path

import click

from statusgen.cli.authoring import Authoring, sit_down
from statusgen.cli.completing import complete_message
from statusgen.cli.listing import FORMATS, print_rows
from statusgen.cli.options import content_option


@click.group(cls=Authoring)
def message() -> None:
    """Look at the wording that is ready for the usual situations.

    A message is a file in messages/: with --message NAME, the commands that write take their text from it. What stands
    in it between two braces, such as {{ component }}, is filled in; an optional `title:` is that of a new entry.
    """


@message.command("list")
@FORMATS
@content_option
def list_(form: str, content: Path) -> None:
    """List the messages by name, with the begin of each."""
    from statusgen.author.message import read_messages

    found, broken = read_messages(sit_down(content))
    rows = [{"name": one.name, "title": one.title, "text": one.body if form == "json" else _begin(one.body)}
            for one in found]  # fmt: skip
    print_rows(rows, form, "there is no message: write one into messages/", broken)


@message.command()
@click.argument("name", shell_complete=complete_message)
@content_option
def show(name: str, content: Path) -> None:
    """Print a message as it is, and what its placeholders are."""
    from statusgen.author.message import get_message
    from statusgen.parse.message import PLACEHOLDERS, find_placeholders

    found = get_message(sit_down(content), name)
    if found.title:
        click.echo(f"{found.title}\n")
    click.echo(found.body)
    used = find_placeholders(f"{found.title}\n{found.body}")
    click.echo(err=True)
    for placeholder in used:
        click.secho(f"{{{{ {placeholder} }}}}  {PLACEHOLDERS[placeholder]}", err=True, dim=True)


def _begin(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59].rstrip()}…"
