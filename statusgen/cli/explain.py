"""`statusgen explain`."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from statusgen.explain.read import Explanation

WIDTH = 100


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from statusgen.explain.read import read_explanations

    pages = read_explanations().values()
    return [CompletionItem(page.code, help=page.summary) for page in pages if page.code.startswith(incomplete)]


@click.command()
@click.argument("code", required=False, shell_complete=_complete)
def explain(code: str | None) -> None:
    """Say what a problem means, why it matters to customers, and how it is done well.

    CODE is what stands in brackets, as in `error[unknown-component]`. Without one, all are listed.
    """
    from statusgen.errors import Error
    from statusgen.explain.read import read_explanations
    from statusgen.problems import suggest

    pages = read_explanations()
    if code is None:
        width = max(map(len, pages))
        for page in pages.values():
            click.echo(f"{page.code:<{width}}  {page.summary}")
        return
    # As it is copied from a line of `check`.
    name = code.strip().rpartition("[")[2].removesuffix("]")
    if name not in pages:
        hint = suggest(name, pages) or "`statusgen explain` lists all"
        raise Error(f"there is no check `{name}`; {hint}")
    click.echo(_show(pages[name]))


def _show(page: Explanation) -> str:
    parts = [click.style(f"{page.code}: {page.summary}", bold=True)]
    parts += [textwrap.fill(paragraph, WIDTH, break_on_hyphens=False) for paragraph in page.text.split("\n\n")]
    for example in page.examples:
        word, colour = ("Good", "green") if example.is_good else ("Bad", "red")
        title = click.style(f"{word}, in {example.path}:", fg=colour)
        parts.append(f"{title}\n\n{textwrap.indent(example.text.rstrip() or '(nothing)', '    ')}")
    return "\n\n".join([*parts, _how_to_silence(page.code)])


def _how_to_silence(code: str) -> str:
    from statusgen.parse.checks.codes import ADVICE, CHANGEABLE

    if code not in CHANGEABLE:
        text = ("It cannot be silenced: without its correction the page could not be made, or would say what nobody "
                "meant. `draft: true` keeps a file out for now, and so does a name that begins with `_`.")  # fmt: skip
        return textwrap.fill(text, WIDTH)
    who = "`check` and the preview say this; a build does where it is made an error. " if code in ADVICE else ""
    setting = f"    checks:\n      {code}: off    # or warning, error"
    return textwrap.fill(f"{who}To silence it, or to make it stricter, in site.yaml:", WIDTH) + f"\n\n{setting}"
