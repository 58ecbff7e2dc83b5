"""What trees and the index have in a content folder, beside files."""

from __future__ import annotations

from statusgen.problems import Problem
from statusgen.source.files import link_problem, name_problem
from statusgen.source.tree import LINK, SUBMODULE


def find_place_problem(path: str, mode: str) -> Problem | None:
    """What is wrong with an entry that is no readable file, by its path in the content folder and git's mode."""
    if not path.isprintable():
        return name_problem(path)
    if mode == LINK:
        return link_problem(path)
    if mode == SUBMODULE:
        message = "another repository is linked here (a submodule), which is not read"
        return Problem(path, 0, "submodule", message, "put the files themselves here")
    return None
