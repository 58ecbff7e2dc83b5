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
from statusgen.source.layers import DEFAULT
from statusgen.source.theme import NoThemeError, make_theme, shipped_names


@dataclass(frozen=True, slots=True)
class _Choice:
    """`asked` are the blobs of the files of themes in a commit;
    `used` is an older version where there are `problems`."""

    commit: str
    name: str
    asked: Mapping[str, str]
    used: Theme
    problems: tuple[Problem, ...]


class LastTheme:
    """Chooses for commit after commit, of those that `commits` has read."""

    def __init__(self, commits: Commits, name: str | None) -> None:
        """`name` None: the one that site.yaml names."""
        self._commits = commits
        self._name = name
        self._choice: _Choice | None = None

    def read(self, asked: str) -> Theme:
        """That of the commit that was read last, whose site.yaml names the theme `asked` or "". Raises ThemeError."""
        return self._make(self._name or asked or DEFAULT, dict(self._commits.theme_files))

    def publish(
        self, commit: str, asked_for: str, publish: Callable[[Theme], Published]
    ) -> tuple[Published, tuple[Problem, ...]]:
        """What was published, and what is wrong with newer versions. `publish` raises ThemeError for a theme that it
        cannot do with, and has done nothing then.

        Raises Error where no version will do."""
        name = self._name or asked_for or DEFAULT
        asked, choice = dict(self._commits.theme_files), self._choice
        # A version that could not show one commit's content may do for the next.
        if choice and (choice.name, choice.asked) == (name, asked) and (choice.commit == commit or not choice.problems):
            # What even an older version cannot show is told below.
            with suppress(ThemeError):
                return publish(choice.used), choice.problems
        problems: list[Problem] = []
        for files in self._versions(commit, name, asked):
            try:
                theme = self._make(name, files)
                published = publish(theme)
            except ThemeError as error:
                problems.append(Problem(f"{self._commits.themes_folder}/{name}", 0, "theme", str(error)))
            else:
                self._choice = _Choice(commit, name, asked, theme, tuple(problems))
                return published, self._choice.problems
        raise Error(f"no version of the theme can be used: {problems[0].message}")

    def _versions(self, commit: str, name: str, asked: Mapping[str, str]) -> Iterator[Mapping[str, str] | None]:
        """Newest first. At the end None, for the default theme alone: a page without its looks is better than none,
        but for a name that nothing ever had and that the operator gave."""
        yield asked
        known = self._name is None or _has(asked, name)
        for files in self._commits.theme_versions(commit):
            if _has(files, name):
                known = True
                yield files
        if known:
            yield None

    def _make(self, name: str, files: Mapping[str, str] | None) -> Theme:
        try:
            if files is None:
                return make_theme(DEFAULT, {})
            return make_theme(name, self._commits.read_theme(files))
        except NoThemeError as error:
            raise ThemeError(f"{error} in this commit") from error
        except Error as error:
            raise ThemeError(str(error)) from error


def _has(files: Mapping[str, str], name: str) -> bool:
    return name in shipped_names() or any(path.startswith(f"{name}/") for path in files)
