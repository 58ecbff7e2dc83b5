"""Problems as SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from statusgen import __version__
from statusgen.explain.read import Explanation, read_explanations
from statusgen.problems import Problem

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def make_sarif(problems: Sequence[Problem], paths: Sequence[str]) -> dict[str, Any]:
    """`paths`, from the root of the checkout, are those of the problems."""
    codes = sorted({problem.code for problem in problems})
    pages = read_explanations()
    results = [
        {
            "ruleId": problem.code,
            "ruleIndex": codes.index(problem.code),
            "level": problem.severity,
            "message": {"text": f"{problem.message} ({problem.hint})" if problem.hint else problem.message},
            "locations": [{"physicalLocation": _place(path, problem.line)}],
        }
        for problem, path in zip(problems, paths, strict=True)
    ]
    driver = {"name": "statusgen", "version": __version__, "rules": [_rule(pages[code]) for code in codes]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(page: Explanation) -> dict[str, Any]:
    return {"id": page.code, "shortDescription": {"text": page.summary}, "fullDescription": {"text": page.text}}


def _place(path: str, line: int) -> dict[str, Any]:
    """Without a line where the whole file is meant."""
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(path)}}
    return place | {"region": {"startLine": line}} if line else place
