"""What reading a source gives: its files, each with what was made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from statusgen.model.site import Site
from statusgen.model.translations import Translation
from statusgen.parse.checks.levels import apply_levels
from statusgen.parse.parsed import Parsed
from statusgen.parse.parsed_translation import ParsedTranslation
from statusgen.parse.updates import HeadingTimes
from statusgen.problems import Problem, sort_problems

TIMED = ("incidents", "changes")
# What is said with the time of now in it, and has to be said again later.
OF_NOW = {"future-time", "not-announced", "no-time", "report-overdue"}


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file with the outcome of parsing it. `times` are those from git, where it has headings without one."""

    blob: str
    found: Parsed | ParsedTranslation | None
    problems: tuple[Problem, ...] = ()
    times: HeadingTimes | None = None

    @property
    def parsed(self) -> Parsed | None:
        return self.found if isinstance(self.found, Parsed) else None

    @property
    def speaks_of_now(self) -> bool:
        return any(problem.code in OF_NOW for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Read:
    """`site` is None where site.yaml has an error. `problems` are those of all files, and of how they refer to each
    other. `worded` are translations by path, and `translations` what they are of `parsed`, without drafts."""

    site: Site | None
    files: Mapping[str, FileRead]
    parsed: tuple[Parsed, ...]
    problems: tuple[Problem, ...]
    worded: Mapping[str, ParsedTranslation] = field(default_factory=dict)
    translations: tuple[Translation, ...] = ()

    def tell(self, more: Iterable[Problem] = (), by_clock: bool = False) -> tuple[Problem, ...]:
        """The problems, and some more, with the severity that site.yaml gives them, sorted. What time alone brings is
        an error only `by_clock`."""
        problems, levels = [*self.problems, *more], dict(self.site.checks) if self.site else {}
        if levels:
            drafts = {parsed.entry.path for parsed in self.parsed if parsed.draft}
            problems = list(apply_levels(problems, levels, drafts, by_clock))
        return sort_problems(problems)
