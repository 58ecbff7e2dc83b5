"""`statusgen theme`: begin a theme, try it, and look up what its templates are given."""

from __future__ import annotations

from pathlib import Path
from string import Template

import click

from statusgen.cli.authoring import Authoring
from statusgen.cli.options import content_option
from statusgen.errors import Error

STARTER = Path(__file__).parent.parent / "theme_starter"


@click.group(cls=Authoring)
def theme() -> None:
    """Begin a theme of your own, try it, and look up what its templates are given.

    A theme is a folder in themes/, beside the content. It has what is different from the theme that it extends, and
    nothing else. For colours, corners, a font and a logo none is needed: `theme:` in site.yaml says them.
    """


@theme.command()
@click.argument("name")
@click.option("--extends", default="default", show_default=True, metavar="NAME", help="The theme to build on.")
@content_option
def new(name: str, extends: str, content: Path) -> None:
    """Make a small, commented theme NAME that extends another one."""
    from statusgen.source.theme import NAME, find_theme, read_theme, shipped_names, themes_folder

    if not NAME.fullmatch(name) or name in shipped_names():
        raise Error(
            f"`{name}` cannot be a new theme's name: letters, digits, `.`, `-` and `_`, and none that is shipped"
        )
    find_theme(extends, content)
    read_theme(extends, content)
    folder = themes_folder(content) / name
    if folder.exists() or folder.is_symlink():
        raise Error(f"{folder} exists already")
    try:
        for source in sorted(path for path in STARTER.rglob("*") if path.is_file()):
            target = folder / source.relative_to(STARTER)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(Template(source.read_text("utf-8")).substitute(EXTENDS=extends), "utf-8")
    except OSError as error:
        raise Error(f"cannot write {error.filename}: {error.strerror}") from None
    click.echo(f"{_shown(folder)}: a theme that looks as {extends} does, until you change it.\n")
    click.echo(f"  statusgen serve --theme {name}\n  statusgen theme check {name}\n")
    click.echo(f"To publish with it, write `theme: {{name: {name}}}` into site.yaml.")


@theme.command()
@click.argument("name", required=False)
@content_option
def check(name: str | None, content: Path) -> None:
    """Try a theme on a site that has every kind of thing: all errors, with template and line.

    Says what the theme overrides, and what in it nothing uses. Without NAME, all of the site's own are checked, or the
    shipped one that site.yaml asks for.
    """
    from statusgen.build.theme_check import check_theme
    from statusgen.cli.output import count_words, print_problems
    from statusgen.problems import has_errors
    from statusgen.source.theme import own_names, read_theme, themes_folder

    names = [name] if name else own_names(content) or [_asked_for(content)]
    failed = False
    for one in names:
        checked = check_theme(read_theme(one, content))
        click.echo("".join(f"{line}\n" for line in checked.overrides), nl=False)
        print_problems(checked.problems, _shown(themes_folder(content)))
        click.echo(f"{one}: {count_words(checked.problems)}.")
        failed |= has_errors(checked.problems)
    if failed:
        raise click.exceptions.Exit(1)


@theme.command()
def docs() -> None:
    """Print what every template is given: name, type and meaning."""
    from statusgen.source.theme import shipped_folder

    click.echo((shipped_folder() / "README.md").read_text("utf-8"), nl=False)


def _asked_for(content: Path) -> str:
    from statusgen.cli.options import current_time
    from statusgen.parse.site import parse_site
    from statusgen.source.folder import read_site

    data = read_site(content) if content.is_dir() else None
    site = parse_site(data, current_time())[0] if data is not None else None
    return site.looks.theme if site and site.looks.theme else "default"


def _shown(folder: Path) -> Path:
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder
