"""`statusgen schema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statusgen.cli.options import content_option, current_time

if TYPE_CHECKING:
    from statusgen.model.site import Component

KINDS = ("site", "incident", "change", "notice", "problem", "page", "translation")


@click.command()
@click.argument("kind", type=click.Choice(KINDS), metavar="|".join(KINDS))
@content_option
def schema(kind: str, content: Path) -> None:
    """Print a JSON Schema of site.yaml, or of the front matter of a kind, for editors.

    An editor with it completes keys and underlines what is wrong while you type. Where CONTENT has a site.yaml, the
    components in it are completed, too. For site.yaml itself, with the YAML language server:

    \b
      statusgen schema site > content/_site.schema.json
      # yaml-language-server: $schema=_site.schema.json      as the first line of site.yaml

    For front matter, name the schema in your editor's settings for the files of its folder. `statusgen check` sees
    more: whether names exist, times are in order, and headings are updates.
    """
    from statusgen.parse.schema.make import make_schema

    components = () if kind == "site" else _read_components(content)
    click.echo(json.dumps(make_schema(kind, components), indent=2, ensure_ascii=False))


def _read_components(content: Path) -> tuple[Component, ...]:
    """None where there is no site.yaml that can be read, which `check` tells of."""
    from statusgen.parse.site import parse_site
    from statusgen.source.folder import read_site

    data = read_site(content) if content.is_dir() else None
    site = parse_site(data, current_time())[0] if data is not None else None
    return site.components if site else ()
