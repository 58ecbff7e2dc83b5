"""The text of an entry or an update: typed, taken from a message, from standard input, or written in an editor."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from statusgen.cli.asking import ask, at_terminal
from statusgen.cli.completing import complete_component, complete_message
from statusgen.errors import Error, in_one_line

if TYPE_CHECKING:
    from statusgen.author.desk import Desk

F = TypeVar("F", bound=Callable[..., Any])


component_option = click.option(
    "--component", "components", metavar="ID=STATE", multiple=True, shell_complete=complete_component,
    help="What is affected and how, once for each: degraded_performance, partial_outage, major_outage, operational or "
         "under_maintenance, of which the begin is enough, as in api=major.",
)  # fmt: skip


def text_options(command: F) -> F:
    for option in (
        click.option("--edit", is_flag=True, help="Write it in an editor, which begins with that text."),
        click.option("-m", "text", metavar="TEXT", default=None, help="The text for customers; - is standard input."),
        click.option("--message", metavar="NAME", default=None, shell_complete=complete_message,
                     help="Take the text from messages/NAME.md."),
    ):  # fmt: skip
        command = option(command)
    return command


def ask_title(given: str | None, message: str | None, what: str) -> str | None:
    """Asked for at once, as it comes first to mind; None where that of a message is taken."""
    return given if message and not given else ask(what, given, "TITLE")


def read_title(desk: Desk, given: str | None, message: str | None, values: Mapping[str, str]) -> str:
    """The title that is given, or that of the message."""
    from statusgen.author.asked import clean_title
    from statusgen.author.message import fill, get_message

    if not given and message:
        given = fill(get_message(desk, message).title, values)
    return clean_title(ask("Title", given, "TITLE"))


def read_wording(desk: Desk, asked: Mapping[str, Any], values: Mapping[str, str], default: str | None = None) -> str:
    """The text that the options of `text_options` ask for, with `values` for its placeholders.

    Raises Error where no text is given, nobody is there to ask, and there is no `default`; and for two texts."""
    from statusgen.author.asked import clean_text
    from statusgen.author.message import fill, get_message
    from statusgen.parse.message import find_placeholders

    message, text, edit = asked["message"], asked["text"], asked["edit"]
    if message and text is not None:
        raise Error("--message and -m are two texts; keep one")
    found = get_message(desk, message).body if message else None
    if text == "-":
        text = sys.stdin.read()
    if found is not None:
        written = fill(found, values)
    elif text is not None:
        written = text
        for name in find_placeholders(text):
            note = f"note: `{{{{ {name} }}}}` stays as it is: only messages are filled in."
            click.secho(in_one_line(note), err=True, fg="yellow")
    else:
        filled = fill(default, values) if default else None
        written = filled or "" if edit else ask("What should customers read?", None, "-m TEXT", filled)
    if edit:
        edited = click.edit(written + "\n", extension=".md", require_save=not at_terminal())
        if edited is None:
            raise Error("the text was not saved; nothing is written")
        written = edited
    if not clean_text(written):
        raise Error("the text is empty; nothing is written")
    return clean_text(written)
