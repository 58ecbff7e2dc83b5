"""`statusgen notice`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from statusgen.cli.authoring import Authoring, carry_out, sit_down, writing_options
from statusgen.cli.completing import complete_component_name
from statusgen.cli.wording import ask_title, read_title, read_wording, text_options


@click.group(cls=Authoring)
def notice() -> None:
    """Tell customers what they should know: new addresses, an end of support, holidays."""


@notice.command()
@click.argument("title", required=False)
@click.option(
    "--publish", metavar="TIME", default="now", help="From when on it is shown: a date, or a time. Default: now."
)
@click.option("--expires", metavar="TIME", default=None, help="The last day on which it is shown in front, or a time.")
@click.option("--pinned", is_flag=True, help="Keep it above the others.")
@click.option("--component", "components", metavar="ID", multiple=True, shell_complete=complete_component_name,
              help="What it is about; once for each component.")  # fmt: skip
@text_options
@writing_options
def post(title: str | None, components: tuple[str, ...], content: Path, **asked: Any) -> None:
    """Write a new notice.

    \b
      statusgen notice post "API v1 ends in June" --expires 2027-06-30 -m "Please move to v2." --commit --push
    """
    from statusgen.author.asked import read_components
    from statusgen.author.message import name_components
    from statusgen.author.notice import Posting, plan_post, read_day
    from statusgen.model.states import State

    desk = sit_down(content)
    title = ask_title(title, asked["message"], "What is it about, in a few words")
    names = tuple(name for name, _ in read_components(components, desk.site, State.OPERATIONAL))
    publish = read_day(asked["publish"], "--publish", desk.clock, desk.now.replace(second=0), end=False)
    expires = read_day(asked["expires"], "--expires", desk.clock, desk.now, end=True) if asked["expires"] else None
    values = {"site": desk.site.name, "component": name_components(names, desk.site)}
    values["title"] = read_title(desk, title, asked["message"], values)
    text = read_wording(desk, asked, values)
    posting = Posting(values["title"], text, publish, expires, asked["pinned"], names)
    plan = plan_post(posting, desk.paths("notices"), desk.ids("notices"), desk.clock, desk.now)
    carry_out(desk, plan, asked)
