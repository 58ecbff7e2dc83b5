"""Whether the components that files name are there: each file is looked at once, for each list of components."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from statusgen.model.site import Site
from statusgen.parse.content import mentions_check
from statusgen.parse.parsed import Parsed
from statusgen.problems import Problem


class Mentions:
    """What is wrong with the components that files name."""

    def __init__(self) -> None:
        self._site: Site | None = None
        self._problems: dict[str, list[Problem]] = {}

    def check(self, site: Site, parsed: Mapping[str, Parsed], fresh: Collection[str]) -> list[Problem]:
        """`fresh` are the paths that are not as they were the last time."""
        if self._site is not site:
            self._site, self._problems, fresh = site, {}, parsed.keys() | self._problems.keys()
        check = mentions_check(site)
        for path in fresh:
            self._problems.pop(path, None)
            if path in parsed and (found := check(parsed[path])):
                self._problems[path] = found
        return [problem for found in self._problems.values() for problem in found]
