"""`checks:` in site.yaml: how much each rule matters here."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from enum import Enum

from statusgen.model.site import CheckLevels
from statusgen.parse.checks.codes import CHANGEABLE, CLOCKED, FIXED, LOWERABLE
from statusgen.parse.fields import Fields
from statusgen.problems import Problem, Severity, suggest

CODE = "bad-check"
OFF = "off"
SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning"}


class Level(Enum):
    ERROR = "error"
    WARNING = "warning"
    OFF = OFF


def read_levels(fields: Fields) -> CheckLevels:
    """By code, in the file's order."""
    levels = {}
    for name, line, value in fields.pairs("checks"):
        if name in FIXED:
            message = f"`{name}` stays an error: without its correction the page could not be made, or would be wrong"
            fields.complain(line, CODE, message, f"leave it out; `statusgen explain {name}` says more")
        elif name not in CHANGEABLE:
            hint = suggest(name, CHANGEABLE) or "`statusgen explain` lists all"
            fields.complain(line, CODE, f"there is no check `{name}`", hint)
        else:
            level = fields.choose(Level, fields.plain(name, value), line, CODE)
            if level:
                levels[name] = level.value
    return tuple(levels.items())


def apply_levels(
    problems: Iterable[Problem], levels: Mapping[str, str], drafts: Container[str], by_clock: bool = False
) -> Iterator[Problem]:
    """Problems as site.yaml wants them. What is wrong with `drafts`, which are paths, stays a warning at most, and so
    does what time alone brings, but `by_clock`. An error without whose correction there is no page stays an error."""
    for problem in problems:
        level = levels.get(problem.code)
        if level == "error" and problem.code in CLOCKED and not by_clock:
            level = None
        if level is None or (problem.severity == "error" and problem.code not in LOWERABLE):
            yield problem
        elif level != OFF and not (level == "error" and problem.path in drafts):
            yield replace(problem, severity=SEVERITIES[level])
        elif level != OFF:
            yield problem
