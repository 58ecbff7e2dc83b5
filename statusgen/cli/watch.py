"""`statusgen watch`."""

from __future__ import annotations

import signal
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import click

from statusgen.cli.options import Length, current_time, verbosity_options
from statusgen.cli.output import show_progress


@click.command()
@click.option("--repo", type=click.Path(path_type=Path, readable=False), default=Path(), show_default=True,
              help="The git repository: a checkout, a worktree or a bare one.")  # fmt: skip
@click.option("--branch", metavar="NAME", default=None, help="Default: the branch that is checked out at the start.")
@click.option("--content", metavar="PATH-IN-REPO", default="content", show_default=True,
              help="The content folder in the repository.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, readable=False), default=Path("output"), show_default=True,
              help="The web root: an empty folder, or one that statusgen made.")  # fmt: skip
@click.option("--theme", default=None, metavar="NAME",
              help="A theme in themes/NAME, as committed, or a shipped one. Default: as site.yaml says.")  # fmt: skip
@click.option("--fetch", metavar="REMOTE", default=None, help="Follow the branch of a remote: its name or address.")
@click.option("--every", type=Length(), default="30s", show_default=True, help="How often to fetch.")
@click.option("--poll", type=click.FloatRange(min=0.05, max=3600), metavar="SECONDS", default=None,
              help="Look at the branch this often instead of being told, for file systems without events.")  # fmt: skip
@click.option("--once", is_flag=True, help="Publish what is committed and end; exit code 1 where that failed.")
@click.option("--status", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", default=None,
              help="Keep a JSON file about what is published and what is wrong, for a health check.")  # fmt: skip
@verbosity_options
def watch(
    repo: Path,
    branch: str | None,
    content: str,
    output: Path,
    theme: str | None,
    fetch: str | None,
    every: timedelta,
    poll: float | None,
    once: bool,
    status: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Publish every commit of a branch at once, and the page again whenever time changes it.

    Only what is committed is published. A file with an error is shown as it was when it was last good, and the rest
    is published; what is wrong is printed, and kept in the file of --status. It goes on until it gets SIGTERM or
    Ctrl-C.
    """
    from statusgen.watch.flag import Flag
    from statusgen.watch.run import Options, publish_branch_once, watch_branch

    def say(text: str) -> None:
        # A full disk under the log is no reason to stop publishing.
        with suppress(OSError):
            click.echo(f"{current_time():%Y-%m-%dT%H:%M:%SZ} {text}", err=True)

    options = Options(repo, output, content, branch, theme, fetch, every, poll, status, quiet)
    with show_progress(quiet) as progress:
        if once:
            if not publish_branch_once(options, current_time, say, progress):
                raise click.exceptions.Exit(1)
            return
        flag = Flag()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: flag.stop())
        watch_branch(options, current_time, say, progress, flag)
