"""`statusgen audit`."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

import click

from statusgen.cli.options import at_option, content_option, current_time, verbosity_options
from statusgen.cli.output import show_progress
from statusgen.cli.reading import read_folder_content
from statusgen.errors import Error


@click.command()
@content_option
@click.option("--since", metavar="REV", help="Only what commits after this one changed: a branch, a tag or an id.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@at_option
@verbosity_options
def audit(content: Path, since: str | None, form: str, at: datetime | None, quiet: bool, verbose: bool) -> None:
    """List what was changed after it was over: which commit, when, and what it did to the figures.

    The corrections of /uptime/, from the commits of the branch that is checked out, and commits that changed in
    site.yaml what figures and promises are made of. Effects are in minutes of lost time; more are a lower uptime.
    """
    from statusgen.build.cache import Cache, default_folder
    from statusgen.build.promise_trail import read_promise_changes
    from statusgen.build.sources import open_commit
    from statusgen.history.snapshot import take_snapshot
    from statusgen.render.audit_data import find_rows, render_csv, render_json, render_table

    now = at or current_time()
    with show_progress(quiet) as progress, closing(Cache(default_folder())) as cache:
        found = read_folder_content(content, now, cache, progress, with_history=True)
    if found.site.is_demo:
        raise Error("site.yaml has `demo_today`: the times of a demonstration are not those that its commits speak of")
    if found.audit is None:
        raise Error(f"there is no git history of {content}: it is not in a repository that has a commit")
    if found.audit.why_none:
        raise Error(found.audit.why_none)
    with open_commit(content, "HEAD") as (commits, commit):
        chosen = None
        if since is not None:
            old = None if "\n" in since else commits.find(since)
            if old is None:
                raise Error(f"there is no commit `{since}` in {commits.repository.top}")
            chosen = commits.since(old, commit)
        rows = find_rows(take_snapshot(found, now), read_promise_changes(commits, commit, now), chosen)
    if rows.cut_at:
        note = f"The history before {rows.cut_at:%Y-%m-%dT%H:%M:%SZ} is not here (shallow clone), so corrections"
        click.echo(f"{note} from before are not listed; `git fetch --unshallow` brings it.", err=True)
    render = {"table": render_table, "csv": render_csv, "json": render_json}[form]
    click.echo(render(rows), nl=False)
