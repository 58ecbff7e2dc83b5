"""`statusgen`: the group of commands, and what becomes of errors."""

from __future__ import annotations

import io
import os
import sys
import traceback
from contextlib import suppress
from typing import NoReturn

import click

from statusgen import __version__
from statusgen.cli.audit import audit
from statusgen.cli.build import build
from statusgen.cli.check import check
from statusgen.cli.explain import explain
from statusgen.cli.headers import headers
from statusgen.cli.hook import hook
from statusgen.cli.import_ import import_
from statusgen.cli.init import init
from statusgen.cli.next import next_
from statusgen.cli.schema import schema
from statusgen.cli.serve import serve
from statusgen.cli.uptime import uptime
from statusgen.cli.watch import watch
from statusgen.errors import Error, in_one_line


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version")
def statusgen() -> None:
    """A status page from a git repository.

    Incidents and changes are markdown files; statusgen makes the page, its feeds and the uptime history from them.

    \b
      statusgen init my-status       a small site to start from
      statusgen serve                a preview in the browser, current with every save
      statusgen check                what is wrong with the content, file by file
      statusgen explain CODE         what a problem means, and how it is done well
      statusgen build                the site, into output/
      statusgen watch                the site again at every commit, and when time changes it
      statusgen uptime               what was promised, and what was kept
      statusgen audit                what was changed after it was over
      statusgen hook install KIND    refuse commits and pushes with errors
      statusgen schema KIND          what editors need to complete front matter
      statusgen headers --for nginx  how a web server or a static host should serve it

    Exit codes: 0 all is well, 1 the content has errors, 2 the command was given something it cannot use, 3 a bug.
    """


for command in (init, build, check, explain, serve, watch, next_, uptime, audit, headers, hook, schema, import_):
    statusgen.add_command(command)


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
    color = False if os.environ.get("NO_COLOR") else None
    try:
        code = statusgen.main(standalone_mode=False, color=color)
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
        traceback.print_exc()
        click.echo("This is a bug in statusgen: please report it with the lines above.", err=True)
        return 3
    return int(code or 0)
