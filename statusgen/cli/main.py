"""`statusgen`: the group of commands, and what becomes of errors."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

import click

from statusgen import __version__
from statusgen.errors import Error, in_one_line

# Name: where the command is, and what it does. Only the one that is called is imported: help is there at once.
COMMANDS = {
    "init": ("statusgen.cli.init:init", "Make a small, commented site in DIR to start from."),
    "incident": (
        "statusgen.cli.incident:incident",
        "Say that something is broken, how it goes on, and that it is over.",
    ),
    "change": ("statusgen.cli.change:change", "Announce planned work, move it, and say how it goes."),
    "notice": (
        "statusgen.cli.notice:notice",
        "Tell customers what they should know: new addresses, an end of support, holidays.",
    ),
    "problem": ("statusgen.cli.problem:problem", "Report on the cause behind one or several incidents."),
    "message": ("statusgen.cli.message:message", "Look at the wording that is ready for the usual situations."),
    "build": ("statusgen.cli.build:build", "Build the site from a content folder, or from a commit."),
    "check": ("statusgen.cli.check:check", "Say everything that is wrong with the content, at once."),
    "explain": (
        "statusgen.cli.explain:explain",
        "Say what a problem means, why it matters to customers, and how it is done well.",
    ),
    "diff": ("statusgen.cli.diff:diff", "What an edit, a commit or a branch would do to customers."),
    "serve": (
        "statusgen.cli.serve:serve",
        "Show the files as they are in a browser, and the page anew with every save.",
    ),
    "watch": (
        "statusgen.cli.watch:watch",
        "Publish every commit of a branch at once, and the page again whenever time changes it.",
    ),
    "next": (
        "statusgen.cli.next:next_",
        "Print when time alone will change the page, so that a scheduler can build it then.",
    ),
    "uptime": (
        "statusgen.cli.uptime:uptime",
        "Print how much of each month, quarter and year was up, and whether that is what was promised.",
    ),
    "audit": (
        "statusgen.cli.audit:audit",
        "List what was changed after it was over: which commit, when, and what it did to the figures.",
    ),
    "theme": (
        "statusgen.cli.theme:theme",
        "Begin a theme of your own, try it, and look up what its templates are given.",
    ),
    "headers": ("statusgen.cli.headers:headers", "Print how a web server or a static host should serve the site."),
    "hook": ("statusgen.cli.hook:hook", "Refuse bad content where it comes in, and publish it where it arrives."),
    "schema": (
        "statusgen.cli.schema:schema",
        "Print a JSON Schema of site.yaml, or of the front matter of a kind, for editors.",
    ),
    "completion": (
        "statusgen.cli.completion:completion",
        "Print what makes a shell complete commands, slugs, components, statuses and messages.",
    ),
    "import": ("statusgen.cli.import_:import_", "Take over what another tool has."),
}


class Commands(click.Group):
    """Those of the table."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, told) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version")
def statusgen() -> None:
    """A status page from a git repository.

    Incidents and changes are markdown files; statusgen makes the page, its feeds and the uptime history from them.

    \b
      statusgen init my-status       a small site to start from
      statusgen incident open "…"    something is broken: say so, commit and push in one go
      statusgen serve                a preview in the browser, current with every save
      statusgen check                what is wrong with the content, file by file
      statusgen diff                 what an edit or a branch would do to customers
      statusgen build                the site, into output/
      statusgen watch                the site again at every commit, and when time changes it
      statusgen uptime               what was promised, and what was kept
      statusgen audit                what was changed after it was over
      statusgen hook install KIND    refuse commits and pushes with errors
      statusgen schema KIND          what editors need to complete front matter
      statusgen headers --for nginx  how a web server or a static host should serve it

    Exit codes: 0 all is well, 1 the content has errors, 2 the command was given something it cannot use, 3 a bug.
    """


def run() -> NoReturn:
    """The entry point: ends the process with the codes above, at once. Python would first take apart all that is in
    memory, which takes half a second for a large site."""
    code = call()
    with suppress(OSError, ValueError):
        if sys.stderr:
            sys.stderr.flush()
    os._exit(code)


def call() -> int:
    """Does what the command line says; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A letter that the terminal's encoding lacks must not hide what is wrong.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if os.environ.get("_STATUSGEN_COMPLETE", "").startswith("bash"):
        import_module("statusgen.cli.bash")
    color = False if os.environ.get("NO_COLOR") else None
    try:
        code = statusgen.main(prog_name="statusgen", standalone_mode=False, color=color)
        if sys.stdout:
            sys.stdout.flush()
    except click.Abort:
        return 130
    except click.ClickException as error:
        # What click quotes of the command line is a part of it.
        vars(error)["message"] = in_one_line(error.message)
        error.show()
        return 2
    except Error as error:
        click.secho(f"error: {in_one_line(str(error))}", err=True, fg="red", color=color)
        return 2
    except Exception as error:
        if isinstance(error, OSError) and error.filename is None:
            # Not about a file: what is printed goes to a full disk, say.
            click.secho(f"error: {error.strerror or error}", err=True, fg="red", color=color)
            return 2
        import traceback

        traceback.print_exc()
        click.echo("This is a bug in statusgen: please report it with the lines above.", err=True)
        return 3
    return int(code or 0)
