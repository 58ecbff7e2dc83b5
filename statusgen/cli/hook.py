"""`statusgen hook`."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statusgen.cli.options import content_option

if TYPE_CHECKING:
    from statusgen.source.git import Repository

KINDS = ("pre-commit", "pre-receive", "post-receive")
kind_argument = click.argument("kind", type=click.Choice(KINDS), metavar="|".join(KINDS))
branch_option = click.option(
    "--branch", default=None, metavar="NAME", help="The branch that is published. Default: the one of HEAD."
)


@click.group()
def hook() -> None:
    """Refuse bad content where it comes in, and publish it where it arrives."""


@hook.command()
@kind_argument
@content_option
@branch_option
@click.option("--output", type=click.Path(path_type=Path), default=None, help="Of post-receive: the web root.")
@click.option("--theme", default=None, metavar="NAME",
              help="Of post-receive: the theme to build with. Default: as site.yaml says.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace a hook that is not statusgen's.")
def install(kind: str, content: Path, branch: str | None, output: Path | None, theme: str | None, force: bool) -> None:
    """Make a hook of the repository that the content is in.

    \b
      pre-commit    refuses a commit whose content has an error. It looks at what is staged, so what is left out of the
                    commit neither helps nor harms; `git commit --no-verify` goes around it.
      pre-receive   on a server: refuses a push to the published branch whose content has an error, with the words of
                    `statusgen check`. Other branches are let through.
      post-receive  on a server: builds the site into --output after each push to the published branch.

    On a server, CONTENT is the path in the bare repository: --content repo.git/content. The hook is made where git
    looks for it, also with core.hooksPath. Warnings refuse nothing; `checks:` in site.yaml makes errors of them.
    """
    from statusgen.build.sources import find_content_repository
    from statusgen.cli.hook_script import make_script, write_script
    from statusgen.source.git import find_branch, find_git_folder, find_hooks_folder, is_branch_name
    from statusgen.source.theme import check_name

    if (output is not None) != (kind == "post-receive"):
        raise click.UsageError("--output FOLDER belongs to post-receive, which needs it")
    if theme is not None:
        check_name(theme)
    repository = find_content_repository(content)
    if branch is not None and not is_branch_name(repository, branch):
        raise click.UsageError(f"`{branch}` cannot be the name of a branch")
    guarded = branch or find_branch(repository)
    _check_content(repository, content, kind, guarded)
    # Git starts hooks of a commit at the top of the working tree, and those of a push in the folder of its own.
    start = repository.top if kind == "pre-commit" else find_git_folder(repository)
    place = os.path.relpath(repository.top / repository.prefix, start)
    arguments = ["--content", Path(place).as_posix()]
    if branch is not None and kind != "pre-commit":
        arguments += ["--branch", branch]
    if output is not None:
        arguments += ["--output", str(output.absolute()), *(["--theme", theme] if theme else [])]
    path = find_hooks_folder(repository) / kind
    write_script(path, make_script(kind, arguments), force)
    click.echo(f"{path}: {_DONE[kind].format(branch=guarded or 'HEAD')}")


def _check_content(repository: Repository, content: Path, kind: str, branch: str | None) -> None:
    """Raises Error where every commit or push would be refused, as there is no site."""
    from statusgen.errors import Error
    from statusgen.source.commits import Commits

    name = f"{repository.prefix}site.yaml"
    if kind == "pre-commit":
        if not (content / "site.yaml").is_file():
            raise Error(f"there is no {content / 'site.yaml'}, so every commit would be refused; see --content")
        return
    with closing(Commits(repository)) as commits:
        # To a new repository, the first push brings it.
        if commits.find(f"refs/heads/{branch}") and not commits.objects.find(f"refs/heads/{branch}:{name}"):
            raise Error(f"{branch} has no {name}, so every push would be refused; see --content")


_DONE = {
    "pre-commit": "commits with an error in the content are refused from now on.",
    "pre-receive": "pushes to `{branch}` with an error in the content are refused from now on.",
    "post-receive": "the site is built after each push to `{branch}` from now on.",
}


@hook.command(hidden=True)
@kind_argument
@content_option
@branch_option
@click.option("--output", type=click.Path(path_type=Path), default=Path("output"))
@click.option("--theme", default=None)
def run(kind: str, content: Path, branch: str | None, output: Path, theme: str | None) -> None:
    """What the hooks call; what was pushed comes by the standard input."""
    from statusgen.build.sources import find_content_repository
    from statusgen.cli.check import check_content
    from statusgen.cli.hook_build import build_pushed
    from statusgen.source.git import find_branch

    repository = find_content_repository(content)
    shown = Path(repository.prefix or ".")
    if kind == "pre-commit":
        if not check_content(content, staged=True, shown=shown):
            _refuse("Nothing was committed: correct the errors and `git add` the files, or use --no-verify.")
        return
    name = branch or find_branch(repository)
    published, all_pushed = f"refs/heads/{name}", _read_pushed()
    pushed = [new for new, ref in all_pushed if ref == published and new.strip("0")]
    if kind == "pre-receive":
        _refuse_unguarded(repository, name, all_pushed, branch is not None)
    if kind == "post-receive" and pushed:
        build_pushed(content, published, output, theme, shown)
    elif kind == "pre-receive" and not all(check_content(content, rev=new, shown=shown) for new in pushed):
        _refuse("The push is refused: correct the errors in a new commit, and push again.")


def _refuse_unguarded(repository: Repository, name: str | None, pushed: list[tuple[str, str]], is_said: bool) -> None:
    """A hook that looks at a branch which nobody pushes to would let everything through, without a word; but where it
    was said which one that is."""
    from statusgen.source.commits import Commits

    published = f"refs/heads/{name}"
    if any(ref == published and not new.strip("0") for new, ref in pushed):
        _refuse(f"The push is refused: it would delete `{name}`, from which the site is published.")
    if is_said or any(ref == published for _, ref in pushed):
        return
    with closing(Commits(repository)) as commits:
        if name is None or not commits.find(published):
            _refuse(f"The push is refused: this hook guards `{name or 'HEAD'}`, which is no branch here. Make the hook "
                    "again with --branch NAME, the one that is published.")  # fmt: skip


def _read_pushed() -> list[tuple[str, str]]:
    """The new commits with their refs, as git tells hooks: `OLD NEW REF`, of a deleted one with zeros."""
    lines = sys.stdin.buffer.read().splitlines()
    return [(new, ref) for _, new, ref in (os.fsdecode(line).split(" ", 2) for line in lines if line)]


def _refuse(reason: str) -> None:
    click.echo(reason, err=True)
    raise click.exceptions.Exit(1)
