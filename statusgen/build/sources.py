"""Where a single build starts: the working tree's files, or those of a commit."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath

from statusgen.errors import Error
from statusgen.model.theme import Theme
from statusgen.parse.site import PATH as SITE_PATH
from statusgen.problems import Problem
from statusgen.source.commits import Commits
from statusgen.source.files import Source
from statusgen.source.folder import read_source
from statusgen.source.git import Repository, open_repository
from statusgen.source.layers import DEFAULT
from statusgen.source.theme import NoThemeError, check_name, make_theme, read_theme


@contextmanager
def open_source(
    content: Path, rev: str | None, theme: str | None = None
) -> Iterator[tuple[Source, Callable[[str], Theme]]]:
    """The content, and what reads its theme: `theme` or, where that is None, the one that site.yaml asks for. With
    `rev`, a branch, tag or commit, both are as committed there: then `content` is where the folder would be in the
    working tree, or its path in a bare repository.

    Raises Error where there is no such folder, commit or theme."""
    if rev is None:
        yield read_source(content), lambda asked: read_theme(theme or asked or DEFAULT, content)
        return
    with open_commit(content, rev) as (commits, commit):
        yield commits.read(commit), lambda asked: _committed_theme(commits, theme or asked or DEFAULT, rev)


def find_theme_problem(asked: str, read: Callable[[str], Theme]) -> Problem | None:
    """What is wrong with the theme that site.yaml asks for, if it does. Its templates are not tried."""
    try:
        if asked:
            read(asked)
    except Error as error:
        return Problem(SITE_PATH, 0, "theme", str(error), "`statusgen theme new NAME` makes one")
    return None


@contextmanager
def open_commit(content: Path, rev: str) -> Iterator[tuple[Commits, str]]:
    """The commit of a revision, in what reads it. Raises Error where there is no such folder or commit."""
    with closing(Commits(find_content_repository(content))) as commits:
        commit = None if "\n" in rev else commits.find(rev)
        if commit is None:
            raise Error(f"there is no commit `{rev}` in {commits.repository.top}")
        yield commits, commit


def _committed_theme(commits: Commits, theme: str, rev: str) -> Theme:
    check_name(theme)
    try:
        return make_theme(theme, commits.read_theme(commits.theme_files))
    except NoThemeError as error:
        raise NoThemeError(f"{error} in {rev}") from None


def find_content_repository(content: Path) -> Repository:
    """The repository of a content folder, by the nearest folder that exists: what a commit has need not be in the
    working tree. Raises Error where there is none."""
    # As git sees it: the way to a repository may go through links.
    folder = Path(os.path.realpath(content))
    start = next(place for place in (folder, *folder.parents) if place.is_dir())
    repository = open_repository(start, "")
    below = os.path.relpath(folder, os.path.realpath(repository.top))
    path = PurePosixPath(Path(below).as_posix())
    if ".." in path.parts:
        raise Error(f"{content} is not in the repository {repository.top}")
    return Repository(repository.top, "" if path == PurePosixPath() else f"{path}/")
