"""`statusgen change`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from statusgen.cli.asking import ask_for, ask_for_words
from statusgen.cli.authoring import Authoring, carry_out, find_entry, sit_down, writing_options
from statusgen.cli.completing import complete_change, complete_change_status
from statusgen.cli.listing import FORMATS, cache_for, every_option, print_rows
from statusgen.cli.options import content_option
from statusgen.cli.telling import at_option, next_option, tell
from statusgen.cli.wording import ask_title, component_option, read_title, read_wording, text_options

if TYPE_CHECKING:
    from statusgen.author.change import Window
    from statusgen.author.desk import Desk

slug_argument = click.argument("slug", required=False, shell_complete=complete_change)
starts_option = click.option("--starts", metavar="TIME", default=None, help="When the work begins.")
ends_option = click.option("--ends", metavar="TIME", default=None, help="When it is to be over.")
duration_option = click.option("--duration", metavar="LENGTH", default=None, help="Or how long it takes, as in 2h.")


@click.group(cls=Authoring)
def change() -> None:
    """Announce planned work, move it, and say how it goes.

    SLUG is the name of the file. A begin or a part of it is enough when only one change has it, and none is needed when
    only one is not over. TIME is as in "2026-12-03 22:00" or 22:00, in the site's time zone. The clock begins and ends
    work by itself, unless its file says `auto: false`.
    """


@change.command()
@click.argument("title", required=False)
@starts_option
@duration_option
@ends_option
@component_option
@click.option("--type", "change_type", type=click.Choice(["standard", "normal", "emergency"]), default="normal",
              show_default=True)  # fmt: skip
@text_options
@writing_options
def schedule(title: str | None, components: tuple[str, ...], content: Path, **asked: Any) -> None:
    """Announce planned work. A component without a state is under maintenance.

    \b
      statusgen change schedule "Database upgrade" --starts "2026-12-03 22:00" --duration 2h --component db --push
    """
    from statusgen.author.asked import read_components
    from statusgen.author.change import TEXTS, Schedule, plan_schedule
    from statusgen.author.message import name_components, window_values
    from statusgen.author.moments import moment_after
    from statusgen.history.occurrences import Occurrence
    from statusgen.model.states import ChangeStatus, ChangeType, State

    desk = sit_down(content)
    title = ask_title(title, asked["message"], "What will be done, in a few words")
    states = ask_for_words(
        lambda words: read_components(words, desk.site, State.UNDER_MAINTENANCE),
        "Which components are affected", components, "api or api=degraded_performance",
    )  # fmt: skip
    window = _read_window(desk, asked)
    values = window_values(Occurrence(window.starts_at, window.ends_at), desk.site, desk.now)
    values |= {"site": desk.site.name, "component": name_components([name for name, _ in states], desk.site)}
    values["title"] = read_title(desk, title, asked["message"], values)
    text = read_wording(desk, asked, values, TEXTS[ChangeStatus.SCHEDULED])
    at, kind = moment_after(None, desk.now), ChangeType(asked["change_type"])
    plan = plan_schedule(Schedule(values["title"], states, window, text, at, kind), desk.paths("changes"),
                         desk.ids("changes"), desk.clock, desk.now)  # fmt: skip
    carry_out(desk, plan, asked)


@change.command()
@slug_argument
@starts_option
@duration_option
@ends_option
@text_options
@writing_options
def move(slug: str | None, content: Path, **asked: Any) -> None:
    """Give planned work another time. It takes as long as before, unless an end or a duration is given."""
    from statusgen.author.change import MOVED, check_movable, plan_move
    from statusgen.author.message import values_of, window_values
    from statusgen.author.moments import moment_after
    from statusgen.author.updates import NewUpdate, check_text
    from statusgen.history.occurrences import Occurrence
    from statusgen.model.entries import Change
    from statusgen.model.states import ChangeStatus

    desk = sit_down(content)
    existing = find_entry(desk, slug, Change)
    planned = existing.entry
    check_movable(planned, desk.site, desk.now)
    window = _read_window(desk, asked, planned.ends_at - planned.starts_at)
    values = values_of(planned, desk.site, desk.address(planned), desk.now)
    values |= window_values(Occurrence(window.starts_at, window.ends_at), desk.site, desk.now)
    at = moment_after(planned.updates[-1].at if planned.updates else None, desk.now)
    update = NewUpdate(ChangeStatus.SCHEDULED, at, check_text(read_wording(desk, asked, values, MOVED)))
    carry_out(desk, plan_move(existing, desk.document(existing), window, update, desk.site, desk.now), asked)


@change.command()
@slug_argument
@at_option
@next_option
@component_option
@text_options
@writing_options
def start(slug: str | None, content: Path, components: tuple[str, ...], **asked: Any) -> None:
    """Say that the work has begun."""
    _step(slug, content, "in_progress", components, asked)


@change.command()
@slug_argument
@at_option
@text_options
@writing_options
def complete(slug: str | None, content: Path, **asked: Any) -> None:
    """Say that the work is done, and every component works again."""
    _step(slug, content, "completed", (), asked)


@change.command()
@slug_argument
@at_option
@text_options
@writing_options
def cancel(slug: str | None, content: Path, **asked: Any) -> None:
    """Say that the work will not take place."""
    _step(slug, content, "cancelled", (), asked)


@change.command()
@slug_argument
@click.option("--status", metavar="STATUS", default=None, shell_complete=complete_change_status,
              help="scheduled, in_progress, verifying, completed, cancelled. Default: the one that holds.")  # fmt: skip
@component_option
@next_option
@at_option
@text_options
@writing_options
def update(slug: str | None, content: Path, status: str | None, components: tuple[str, ...], **asked: Any) -> None:
    """Tell customers more of planned work, such as that it is being verified, or a reminder."""
    _step(slug, content, status, components, asked)


@change.command("list")
@every_option
@FORMATS
@content_option
def list_(every: bool, form: str, content: Path) -> None:
    """List the changes that are planned or go on, the next one first."""
    from statusgen.author.lists import change_rows

    desk = sit_down(content)
    with cache_for(every) as cache:
        rows, broken = change_rows(desk, cache)
    print_rows(rows, form, "there is no change" if every else "no change is planned", broken)


def _step(
    slug: str | None, content: Path, word: str | None, components: tuple[str, ...], asked: dict[str, Any]
) -> None:
    from statusgen.author.asked import read_components, read_word
    from statusgen.author.change import TEXTS, check_step
    from statusgen.history.changes import change_status
    from statusgen.model.entries import Change
    from statusgen.model.states import ChangeStatus

    desk = sit_down(content)
    states = read_components(components, desk.site)
    status = read_word(ChangeStatus, word, "status of a change") if word else None
    existing = find_entry(desk, slug, Change)
    status = status or change_status(existing.entry, desk.site.zone, desk.now)
    check_step(existing.entry, status, desk.site)
    # What only goes on as it was is news in somebody's own words.
    tell(desk, existing, status, states, asked, TEXTS.get(status) if word else None)


def _read_window(desk: Desk, asked: dict[str, Any], length: timedelta | None = None) -> Window:
    """`length` is the one that holds where none is given. Raises Error for one that ends before it begins."""
    from statusgen.author.change import Window
    from statusgen.author.moments import read_length, read_moment
    from statusgen.errors import Error

    if asked["ends"] and asked["duration"]:
        raise Error("--ends and --duration are both given; keep one")
    starts_at = ask_for(
        lambda text: read_moment(text, "--starts", desk.clock, desk.now, "future"),
        "When does it begin, such as 2026-12-03 22:00", asked["starts"], "--starts",
    )  # fmt: skip
    if asked["ends"]:
        ends_at = read_moment(asked["ends"], "--ends", desk.clock, starts_at, "future")
        if ends_at <= starts_at:
            raise Error(f"the work would end at {desk.clock.write_time(ends_at)}, before it begins")
        return Window(starts_at, ends_at)
    if not asked["duration"] and length is not None:
        return Window(starts_at, starts_at + length)
    takes, written = ask_for(
        lambda text: (read_length(text, "--duration"), "".join(text.split())),
        "How long does it take, such as 2h", asked["duration"], "--duration or --ends",
    )  # fmt: skip
    return Window(starts_at, starts_at + takes, written)
