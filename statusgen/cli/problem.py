"""`statusgen problem`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from statusgen.cli.asking import ask
from statusgen.cli.authoring import Authoring, carry_out, find_entry, sit_down, writing_options
from statusgen.cli.completing import complete_any_incident
from statusgen.cli.wording import read_title, read_wording, text_options


@click.group(cls=Authoring)
def problem() -> None:
    """Report on the cause behind one or several incidents."""


@problem.command("open")
@click.argument("title", required=False)
@click.option("--incident", "incidents", metavar="SLUG", multiple=True, shell_complete=complete_any_incident,
              help="What it is the cause of; a part of its name is enough. Once for each incident.")  # fmt: skip
@text_options
@writing_options
def open_(title: str | None, incidents: tuple[str, ...], content: Path, **asked: Any) -> None:
    """Begin a report, which is published with the words that it has. Its title is the incident's, if none is given.

    \b
      statusgen problem open --incident api-errors --commit --push
    """
    from statusgen.author.message import values_of
    from statusgen.author.report import TEXT, Reporting, plan_report
    from statusgen.model.entries import Incident, ProblemReport

    desk = sit_down(content)
    words = incidents or (ask("Which incident, by a part of its name", None, "--incident"),)
    found = [find_entry(desk, word, Incident).entry for word in words]
    names = tuple(dict.fromkeys(entry.id for entry in found))
    values = values_of(found[0], desk.site, desk.address(found[0]), desk.now)
    given = title or (None if asked["message"] else found[0].title)
    values["title"] = read_title(desk, given, asked["message"], values)
    text = read_wording(desk, asked, values, TEXT)
    reports = [desk.open_if_good(path, ProblemReport) for path in desk.paths("problems")]
    known = tuple(one.path for one in reports if one and set(names) & set(one.entry.incidents))
    plan = plan_report(Reporting(values["title"], text, names, known), desk.paths("problems"), desk.ids("problems"),
                       desk.clock, desk.now)  # fmt: skip
    carry_out(desk, plan, asked)
