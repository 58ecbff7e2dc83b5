"""What commands print: problems in four formats, and progress on what takes over a second."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statusgen.errors import in_one_line
from statusgen.problems import Problem

if TYPE_CHECKING:
    from rich.progress import TaskID

Progress = Callable[[str, int, int], None]
DRAW_EVERY = 0.1
COLOURS = {"error": "red", "warning": "yellow"}


def print_problems(problems: Sequence[Problem], folder: Path, form: str = "text", err: bool = False) -> None:
    """`folder` is put before each path, so that editors and CI services find the file; `err` is for stderr."""
    if form == "sarif":
        from statusgen.cli.sarif import make_sarif

        paths = [_in_workspace(folder / problem.path) for problem in problems]
        click.echo(json.dumps(make_sarif(problems, paths), indent=2, ensure_ascii=False), err=err)
        return
    if form == "json":
        click.echo(json.dumps([asdict(problem) for problem in problems], indent=2, ensure_ascii=False), err=err)
        return
    for problem in problems:
        path = folder / problem.path
        github = form == "github"
        click.echo(
            _github_line(problem, _in_workspace(path)) if github else _text_line(problem, path.as_posix()), err=err
        )


def _text_line(problem: Problem, path: str) -> str:
    path = in_one_line(path)
    where = f"{path}:{problem.line}" if problem.line else path
    mark = click.style(f"{problem.severity}[{problem.code}]", fg=COLOURS[problem.severity], bold=True)
    hint = click.style(f"\n    {problem.hint}", dim=True) if problem.hint else ""
    return f"{where}: {mark}: {problem.message}{hint}"


def _in_workspace(path: Path) -> str:
    """As annotations want it: from the root of the checkout, also where a step works in a folder of it."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    absolute = path.absolute()
    if workspace and absolute.is_relative_to(workspace):
        path = absolute.relative_to(workspace)
    return path.as_posix()


def _github_line(problem: Problem, path: str) -> str:
    """A workflow command; `%`, line ends and, in properties, `:` and `,` are escaped as GitHub's runner reads them."""

    def escape(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def escape_property(text: str) -> str:
        return escape(text).replace(":", "%3A").replace(",", "%2C")

    text = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    place = f"file={escape_property(path)}" + (f",line={problem.line}" if problem.line else "")
    return f"::{problem.severity} {place},title={escape_property(problem.code)}::{escape(text)}"


def count_words(problems: Iterable[Problem]) -> str:
    """`2 errors, 1 warning`."""
    found = [problem.severity for problem in problems]
    counts = [(found.count("error"), "error"), (found.count("warning"), "warning")]
    return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count) or "no problems"


@contextmanager
def show_progress(quiet: bool) -> Iterator[Progress]:
    """A callback (what, done, of how many); a bar appears on a terminal when the work takes over a second."""
    started = time.monotonic()
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    tasks: dict[str, TaskID] = {}
    bar, drawn = None, 0.0

    def report(what: str, done: int, total: int) -> None:
        nonlocal bar, drawn
        if bar is None:
            if time.monotonic() - started < 1:
                return
            from rich.console import Console  # only now, because most runs need no bar
            from rich.progress import Progress as Bar

            # It is drawn from here: a thread that does it would keep the work from being shared among processes.
            bar = Bar(console=Console(stderr=True), transient=True, auto_refresh=False)
            bar.start()
        if what not in tasks:
            tasks[what] = bar.add_task(what, total=total)
        due = time.monotonic() >= drawn + DRAW_EVERY
        bar.update(tasks[what], completed=done, total=max(done, total), refresh=due)
        drawn = time.monotonic() if due else drawn

    try:
        yield report
    finally:
        if bar:
            bar.stop()


def keep_to_the_end(*values: object) -> None:
    """Taking apart what was made of a large site takes half a second, and the process ends anyway."""
    _KEPT.extend(values)


_KEPT: list[object] = []
