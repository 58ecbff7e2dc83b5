"""What is wrong with content, in words for the person who wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Problem:
    """`path` is relative to the content folder; `line` counts from 1, 0 means the whole file.

    Messages quote what people wrote, which may have many lines; they are kept as one line that can be read.
    """

    path: str
    line: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", _one_line(self.message))
        object.__setattr__(self, "hint", _one_line(self.hint))

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        hint = f" ({self.hint})" if self.hint else ""
        return f"{where}: {self.severity}[{self.code}]: {self.message}{hint}"


def _one_line(text: str) -> str:
    """With single spaces; too long a text without its middle, because its end says what is wrong."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST // 2]}…{line[-LONGEST // 2 :]}"


def as_warning(problem: Problem) -> Problem:
    return replace(problem, severity="warning")


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems), key=lambda p: (p.path, p.line, p.code, p.message)))


def suggest(word: str, known: Iterable[str]) -> str:
    """A hint such as «did you mean `api`?», or the known names when nothing is near and they are few."""
    names = sorted(known)
    folded = {name.casefold().replace("_", "-"): name for name in names}
    near = get_close_matches(word.casefold().replace("_", "-"), folded, n=1)
    if near:
        return f"did you mean `{folded[near[0]]}`?"
    if 0 < len(names) <= 12:
        return "known: " + ", ".join(names)
    return ""
