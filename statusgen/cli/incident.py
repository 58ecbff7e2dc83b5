"""`statusgen incident`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from statusgen.cli.asking import ask, ask_words
from statusgen.cli.authoring import Authoring, carry_out, find_entry, sit_down, writing_options
from statusgen.cli.completing import complete_component, complete_incident, complete_incident_status
from statusgen.cli.listing import FORMATS, print_rows
from statusgen.cli.options import content_option
from statusgen.cli.wording import read_wording, text_options

if TYPE_CHECKING:
    from statusgen.author.desk import Desk
    from statusgen.author.plan import Existing
    from statusgen.model.entries import Incident, States
    from statusgen.model.states import IncidentStatus

component_option = click.option(
    "--component", "components", metavar="ID=STATE", multiple=True, shell_complete=complete_component,
    help="What is affected and how, as in api=major_outage; once for each component.",
)  # fmt: skip
at_option = click.option("--at", metavar="TIME", default=None, help="When this was so, if not now.")
next_option = click.option("--next", "next_", metavar="TIME", default=None,
                           help="When you will write again: 30m, or 10:30.")  # fmt: skip
slug_argument = click.argument("slug", required=False, shell_complete=complete_incident)


@click.group(cls=Authoring)
def incident() -> None:
    """Say that something is broken, how it goes on, and that it is over.

    SLUG is the name of the file. A begin or a part of it is enough when only one incident has it, and none is needed
    when only one is open. TIME is as in "2026-11-03 09:20" or 09:20, in the site's time zone.
    """


@incident.command("open")
@click.argument("title", required=False)
@component_option
@click.option("--status", metavar="STATUS", default="investigating", show_default=True,
              shell_complete=complete_incident_status)  # fmt: skip
@click.option("--started", metavar="TIME", default=None, help="When it really began, if that was before now.")
@click.option("--impact", type=click.Choice(["none", "minor", "major", "critical"]), default=None,
              help="Only where the states of the components do not say it.")  # fmt: skip
@next_option
@at_option
@text_options
@writing_options
def open_(title: str | None, components: tuple[str, ...], content: Path, **asked: Any) -> None:
    """Write a new incident.

    \b
      statusgen incident open "Errors on the API" --component api=major_outage --commit --push
    """
    from statusgen.author.asked import clean_title, read_components, read_word
    from statusgen.author.incident import Opening, first_text, plan_open
    from statusgen.author.message import fill, get_message, name_components, say_when
    from statusgen.author.moments import moment_after, question_next, read_moment, read_next
    from statusgen.model.states import Impact, IncidentStatus

    desk = sit_down(content)
    if not title and asked["message"]:
        title = get_message(desk, asked["message"]).title
    title = ask("What is wrong, in a few words", title, "TITLE")
    states = read_components(ask_words("Which components are affected", components, "api=major_outage"), desk.site)
    status = read_word(IncidentStatus, asked["status"], "status of an incident")
    at = read_moment(asked["at"], "--at", desk.clock, desk.now, "past") if asked["at"] else moment_after(None, desk.now)
    started_at = read_moment(asked["started"], "--started", desk.clock, desk.now, "past") if asked["started"] else None
    values = {"site": desk.site.name, "started": say_when(started_at or at, desk.site, desk.now),
              "component": name_components([name for name, _ in states], desk.site)}  # fmt: skip
    next_text, questions = "", []
    if asked["next_"]:
        next_text, next_at = read_next(asked["next_"], at, desk.clock)
        values["next"] = say_when(next_at, desk.site, desk.now)
        questions = question_next(next_at, at, desk.clock)
    values["title"] = clean_title(fill(title, values))
    text = read_wording(desk, asked["message"], asked["text"], asked["edit"], values, first_text(states, next_text))
    impact = Impact(asked["impact"]) if asked["impact"] else None
    opening = Opening(values["title"], states, text, at, status, started_at, next_text, impact)
    plan = plan_open(opening, desk.paths("incidents"), desk.ids("incidents"), desk.clock, desk.now)
    carry_out(desk, plan, asked, questions)


@incident.command()
@slug_argument
@click.option("--status", metavar="STATUS", default=None, shell_complete=complete_incident_status,
              help="investigating, identified, monitoring or resolved. Default: the one that holds.")  # fmt: skip
@component_option
@next_option
@at_option
@text_options
@writing_options
def update(slug: str | None, content: Path, status: str | None, components: tuple[str, ...], **asked: Any) -> None:
    """Tell customers how an incident goes on.

    \b
      statusgen incident update --status identified -m "A bad disk. We replace it." --next 30m --commit --push
    """
    from statusgen.author.asked import read_components, read_word
    from statusgen.model.entries import Incident
    from statusgen.model.states import IncidentStatus

    desk = sit_down(content)
    states = read_components(components, desk.site)
    existing = find_entry(desk, slug, Incident)
    latest = str(existing.entry.updates[-1].status)
    told = asked["text"] is not None or asked["message"] or asked["edit"]
    word = status or (latest if told else ask("Status", None, "--status", latest))
    _tell(desk, existing, read_word(IncidentStatus, word, "status of an incident"), states, asked, None)


@incident.command()
@slug_argument
@at_option
@text_options
@writing_options
def resolve(slug: str | None, content: Path, **asked: Any) -> None:
    """Say that an incident is over: every component works again."""
    from statusgen.author.incident import LAST_TEXT, check_open
    from statusgen.model.entries import Incident
    from statusgen.model.states import IncidentStatus

    desk = sit_down(content)
    existing = find_entry(desk, slug, Incident)
    check_open(existing.entry, desk.clock)
    _tell(desk, existing, IncidentStatus.RESOLVED, (), asked | {"next_": None}, LAST_TEXT)


@incident.command("list")
@click.option("--all", "every", is_flag=True, help="Those that are over, too.")
@FORMATS
@content_option
def list_(every: bool, form: str, content: Path) -> None:
    """List the incidents that go on."""
    from statusgen.author.lists import incident_rows

    desk = sit_down(content)
    rows, broken = incident_rows(desk, every)
    print_rows(rows, form, "there is no incident" if every else "no incident is open", broken)


def _tell(
    desk: Desk,
    existing: Existing[Incident],
    status: IncidentStatus,
    states: States,
    asked: dict[str, Any],
    default: str | None,
) -> None:
    """One more update, written and told."""
    from statusgen.author.incident import News, plan_update
    from statusgen.author.message import name_components, say_when
    from statusgen.author.moments import moment_after, question_next, read_moment, read_next
    from statusgen.model.entries import component_ids

    incident = existing.entry
    at = moment_after(incident.updates[-1].at, desk.now)
    if asked["at"]:
        at = read_moment(asked["at"], "--at", desk.clock, desk.now, "past")
    named = [name for name, _ in states] or component_ids(incident)
    values = {"site": desk.site.name, "title": incident.title, "url": desk.address(incident),
              "started": say_when(incident.started_at, desk.site, desk.now),
              "component": name_components(named, desk.site)}  # fmt: skip
    next_text, questions = "", []
    if asked["next_"]:
        next_text, next_at = read_next(asked["next_"], at, desk.clock)
        values["next"] = say_when(next_at, desk.site, desk.now)
        questions = question_next(next_at, at, desk.clock)
    text = read_wording(desk, asked["message"], asked["text"], asked["edit"], values, default)
    news = News(text, status, at, states, next_text)
    plan = plan_update(existing, desk.document(existing), news, desk.clock, desk.now)
    carry_out(desk, plan, asked, questions)
