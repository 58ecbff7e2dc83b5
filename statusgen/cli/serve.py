"""`statusgen serve`."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from statusgen.cli.options import at_option, content_option, current_time, verbosity_options
from statusgen.cli.output import print_problems, show_progress
from statusgen.problems import Problem


@click.command()
@content_option
@click.option("--theme", default=None, metavar="NAME",
              help="A theme in themes/ beside the content, or a shipped one. Default: as site.yaml says.")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True,
              help="The address to listen at; 0.0.0.0 lets other machines look.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=None,
              help="0 is any that is free. Default: 8000, or the next one that is free.")  # fmt: skip
@click.option("--drafts", is_flag=True, help="Show what says `draft: true`, too.")
@at_option
@verbosity_options
def serve(
    content: Path,
    theme: str | None,
    host: str,
    port: int | None,
    drafts: bool,
    at: datetime | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Show the files as they are in a browser, and the page anew with every save.

    Nothing needs to be committed, and nothing is written. A file with an error is shown as it was when it was last
    good since the start, and what is wrong stands on the page. It goes on until Ctrl-C.
    """
    from statusgen.serve.run import Options, Voice, serve_preview

    def problems(new: Sequence[Problem]) -> None:
        print_problems(new, Path(), err=True)

    def say(text: str) -> None:
        click.echo(text, err=True)

    asked_to_end: list[int] = []

    def end(number: int, _: object) -> None:
        if asked_to_end:
            os._exit(0)
        asked_to_end.append(number)
        raise SystemExit(0)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    address = (lambda text: None) if quiet else click.echo
    voice = Voice(address, problems, say, say if verbose else lambda text: None)
    try:
        with show_progress(quiet) as progress:
            serve_preview(Options(content, theme, host, port, drafts, at), current_time, voice, progress)
    except BaseException:
        # Whatever the end interrupted may have made another exception of it, such as a lock that is not held.
        if not asked_to_end:
            raise
