"""Questions to a person, and only where one is there: a script is never kept waiting."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from statusgen.errors import Error


def at_terminal() -> bool:
    return bool(sys.stdin and sys.stdout and sys.stdin.isatty() and sys.stdout.isatty())


def confirm(question: str) -> bool:
    return click.confirm(question, default=False, err=True)


def choose(names: Sequence[str]) -> str:
    """One of several, by its number."""
    for number, name in enumerate(names, 1):
        click.echo(f"{number:3}  {name}", err=True)
    return names[click.prompt("Which one", type=click.IntRange(1, len(names)), err=True) - 1]


def ask(what: str, given: str | None, option: str, default: str | None = None) -> str:
    """What was given or, at a terminal, what is answered; else the default. Raises Error where there is none."""
    if given is not None and given.strip():
        return given
    if at_terminal():
        return str(click.prompt(what, default=default, err=True))
    if default is None:
        raise Error(f"{option} is missing")
    return default


def ask_words(what: str, given: Sequence[str], example: str) -> Sequence[str]:
    """The same for several words, of which there may be none."""
    if given or not at_terminal():
        return given
    return str(
        click.prompt(f"{what}, such as {example} (Enter for none)", default="", show_default=False, err=True)
    ).split()
