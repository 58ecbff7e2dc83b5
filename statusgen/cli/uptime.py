"""`statusgen uptime`."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statusgen.cli.options import at_option, content_option, current_time, verbosity_options
from statusgen.cli.output import show_progress
from statusgen.cli.reading import read_folder_content

if TYPE_CHECKING:
    from statusgen.history.response_months import ResponseMonth
    from statusgen.history.snapshot import Snapshot
    from statusgen.render.uptime_data import ComponentFigures

KEY = re.compile(r"[0-9]{4}(-[0-9]{2}|-Q[1-4])?")


@click.command()
@content_option
@click.option("--component", "component_id", metavar="ID", help="Only this component.")
@click.option("--period", "key", metavar="PERIOD", help="Only this month, quarter or year: 2026-11, 2026-Q4 or 2026.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@at_option
@verbosity_options
def uptime(
    content: Path, component_id: str | None, key: str | None, form: str, at: datetime | None, quiet: bool, verbose: bool
) -> None:
    """Print how much of each month, quarter and year was up, and whether that is what was promised.

    The figures of /uptime/, /uptime.csv and /api/uptime.json, from the files as they are.
    """
    from statusgen.build.cache import Cache, default_folder
    from statusgen.history.snapshot import take_snapshot
    from statusgen.render.uptime_data import read_component_figures, render_csv, render_json

    if key and not KEY.fullmatch(key):
        raise click.BadParameter(f"`{key}` is no period; write 2026-11, 2026-Q4 or 2026", param_hint="--period")
    now = at or current_time()
    with show_progress(quiet) as progress, closing(Cache(default_folder())) as cache:
        found = read_folder_content(content, now, cache, progress)
        if found.changes and any(level.notice_for is not None for _, level in found.site.levels):
            # Only commits tell since when a window has been what was announced.
            found = read_folder_content(content, now, cache, progress, with_history=True)
    snapshot = take_snapshot(found, now)
    components = _choose(tuple(read_component_figures(snapshot)), component_id, key)
    if form == "table":
        click.echo("\n".join(_table(components)))
    elif form == "csv":
        click.echo(render_csv(components), nl=False)
    else:
        responses = _choose_responses(snapshot, component_id, key)
        click.echo(render_json(components, responses, found.site), nl=False)


def _choose(
    components: tuple[ComponentFigures, ...], component_id: str | None, key: str | None
) -> tuple[ComponentFigures, ...]:
    from dataclasses import replace

    from statusgen.problems import suggest

    if component_id is not None:
        known = [figures.component.id for figures in components]
        if component_id not in known:
            hint = suggest(component_id, known)
            raise click.BadParameter(f"there is no component `{component_id}`; {hint}", param_hint="--component")
        components = tuple(figures for figures in components if figures.component.id == component_id)
    if key is None:
        return components
    return tuple(
        replace(figures, periods=tuple(figure for figure in figures.periods if figure.period.key == key))
        for figures in components
    )


def _choose_responses(snapshot: Snapshot, component_id: str | None, key: str | None) -> tuple[ResponseMonth, ...]:
    """With a component, those to the incidents that name it."""
    from statusgen.history.response_months import read_response_months
    from statusgen.model.entries import component_ids

    found = snapshot.responses
    if component_id is not None:
        courses = [course for course in snapshot.incidents if component_id in component_ids(course.entry)]
        found = read_response_months(courses, snapshot.content.site, snapshot.now)
    return tuple(responses.month for responses in found if key in (None, responses.month.period.key))


def _table(components: tuple[ComponentFigures, ...]) -> list[str]:
    from statusgen.history.wording import format_exact
    from statusgen.render.uptime_words import format_left, format_lost, format_share, verdict_of

    rows = [("COMPONENT", "PERIOD", "UPTIME", "LOST", "TARGET", "BUDGET LEFT", "")]
    for figures in components:
        for figure in figures.periods:
            target = f"{format_exact(figure.promise.target * 100)} %" if figure.promise else ""
            left = ("-" + format_lost(-figure.left) if figure.left < 0 else format_left(figure.left)) if target else ""
            percent = f"{format_share(figure)} %"
            rows.append(
                (figures.component.id, figure.period.key, percent, format_lost(figure.down), target, left,
                 verdict_of(figure))
            )  # fmt: skip
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    right = {2, 3, 4, 5}
    return [
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
