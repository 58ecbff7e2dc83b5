"""`statusgen incident`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from statusgen.cli.asking import ask_for, ask_for_words
from statusgen.cli.authoring import Authoring, carry_out, find_entry, sit_down, writing_options
from statusgen.cli.completing import complete_incident, complete_incident_status
from statusgen.cli.listing import FORMATS, cache_for, every_option, print_rows
from statusgen.cli.options import content_option
from statusgen.cli.telling import at_option, next_option, read_at, read_promise, tell
from statusgen.cli.wording import ask_title, component_option, read_title, read_wording, text_options

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
    from statusgen.author.asked import read_components, read_word
    from statusgen.author.incident import Opening, first_text, plan_open
    from statusgen.author.message import name_components, say_when
    from statusgen.author.moments import moment_after
    from statusgen.model.states import Impact, IncidentStatus

    desk = sit_down(content)
    title = ask_title(title, asked["message"], "What is wrong, in a few words")
    states = ask_for_words(
        lambda words: read_components(words, desk.site),
        "Which components are affected", components, "api=major_outage",
    )  # fmt: skip
    status = read_word(IncidentStatus, asked["status"], "status of an incident")
    at = read_at(desk, asked["at"]) or moment_after(None, desk.now)
    started_at = read_at(desk, asked["started"], "--started")
    next_text, values, questions = read_promise(desk, asked["next_"], at)
    values |= {"site": desk.site.name, "started": say_when(started_at or at, desk.site, desk.now),
               "component": name_components([name for name, _ in states], desk.site)}  # fmt: skip
    title = values["title"] = read_title(desk, title, asked["message"], values)
    text = read_wording(desk, asked, values, first_text(states, next_text))
    impact = Impact(asked["impact"]) if asked["impact"] else None
    opening = Opening(title, states, text, at, status, started_at, next_text, impact)
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
    from statusgen.author.incident import check_states
    from statusgen.model.entries import Incident
    from statusgen.model.states import IncidentStatus

    desk = sit_down(content)
    states = read_components(components, desk.site)
    existing = find_entry(desk, slug, Incident)
    latest = str(existing.entry.updates[-1].status)
    told = asked["text"] is not None or asked["message"] or asked["edit"]
    to_tell = ask_for(
        lambda word: read_word(IncidentStatus, word, "status of an incident"),
        "Status", status or (latest if told else None), "--status", latest,
    )  # fmt: skip
    check_states(existing.entry, to_tell, states)
    tell(desk, existing, to_tell, states, asked)


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
    tell(desk, existing, IncidentStatus.RESOLVED, (), asked, LAST_TEXT)


@incident.command("list")
@every_option
@FORMATS
@content_option
def list_(every: bool, form: str, content: Path) -> None:
    """List the incidents that go on."""
    from statusgen.author.lists import incident_rows

    desk = sit_down(content)
    with cache_for(every) as cache:
        rows, broken = incident_rows(desk, cache)
    print_rows(rows, form, "there is no incident" if every else "no incident is open", broken)
