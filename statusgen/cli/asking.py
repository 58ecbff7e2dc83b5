"""Questions to a person, and only where one is there: a script is never kept waiting."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from statusgen.errors import Error

T = TypeVar("T")


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
    return ask_for(str, what, given, option, default)


def ask_for(read: Callable[[str], T], what: str, given: str | None, option: str, default: str | None = None) -> T:
    """The same as what `read` makes of it. What that refuses with an Error can be typed again at a terminal."""
    if given is not None and given.strip():
        return read(given)
    if at_terminal():
        answer: T = click.prompt(what, default=default, value_proc=_again(read), err=True)
        return answer
    if default is None:
        raise Error(f"{option} is missing")
    return read(default)


def ask_for_words(read: Callable[[Sequence[str]], T], what: str, given: Sequence[str], example: str) -> T:
    """The same for several words, of which there may be none."""
    if given or not at_terminal():
        return read(given)
    text = f"{what}, such as {example} (Enter for none)"
    split = _again(lambda answer: read(answer.split()))
    answer: T = click.prompt(text, default="", show_default=False, value_proc=split, err=True)
    return answer


def _again(read: Callable[[str], T]) -> Callable[[str], T]:
    """What makes click ask once more where there is an Error."""

    def read_answer(answer: str) -> T:
        try:
            return read(answer)
        except Error as error:
            raise click.UsageError(str(error)) from None

    return read_answer
