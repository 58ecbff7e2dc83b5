"""The theme of a branch: the newest version that can show the content, with what is wrong with newer ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from statusgen.build.rendering import ThemeError
from statusgen.errors import Error
from statusgen.model.theme import Theme
from statusgen.problems import Problem
from statusgen.publish.folder import Published
from statusgen.source.commits import Commits
from statusgen.source.theme import DEFAULT, make_theme


@dataclass(frozen=True, slots=True)
class _Choice:
    """`asked` are the blobs of the theme's files in a commit; `used` is an older version where there are `problems`."""

    commit: str
    asked: Mapping[str, str]
    used: Theme
    problems: tuple[Problem, ...]


class LastTheme:
    """Chooses for commit after commit, of those that `commits` has read."""

    def __init__(self, commits: Commits, name: str) -> None:
        self._commits = commits
        self._name = name
        self._choice: _Choice | None = None

    def read(self) -> Theme:
        """That of the commit that was read last. Raises ThemeError."""
        return self._make(dict(self._commits.theme_files))

    def publish(self, commit: str, publish: Callable[[Theme], Published]) -> tuple[Published, tuple[Problem, ...]]:
        """What was published, and what is wrong with newer versions. `publish` raises ThemeError for a theme that it
        cannot do with, and has done nothing then.

        Raises Error where no version will do."""
        asked, choice = dict(self._commits.theme_files), self._choice
        # A version that could not show one commit's content may do for the next.
        if choice and choice.asked == asked and (choice.commit == commit or not choice.problems):
            # What even an older version cannot show is told below.
            with suppress(ThemeError):
                return publish(choice.used), choice.problems
        problems: list[Problem] = []
        for files in self._versions(commit, asked):
            try:
                theme = self._make(files)
                published = publish(theme)
            except ThemeError as error:
                problems.append(Problem(self._commits.theme_folder, 0, "theme", str(error)))
            else:
                self._choice = _Choice(commit, asked, theme, tuple(problems))
                return published, self._choice.problems
        raise Error(f"no version of the theme can be used: {problems[0].message}")

    def _versions(self, commit: str, asked: Mapping[str, str]) -> Iterator[Mapping[str, str] | None]:
        """Newest first. At the end None, for the default theme alone: a page without its looks is better than none,
        but for a name that nothing ever had."""
        yield asked
        known = bool(asked)
        for files in self._commits.theme_versions(commit):
            if files or self._name == DEFAULT:
                known = True
                yield files
        if known:
            yield None

    def _make(self, files: Mapping[str, str] | None) -> Theme:
        if not files and files is not None and self._name != DEFAULT:
            raise ThemeError(f"there is no theme `{self._name}` in this commit")
        try:
            return make_theme(self._name, self._commits.read_theme(files or {}), self._commits.theme_folder)
        except Error as error:
            raise ThemeError(str(error)) from error
