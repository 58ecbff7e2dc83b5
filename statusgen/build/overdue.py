"""Reports that are overdue. Each incident is looked at once for each site.yaml, and only the time again and again."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping
from datetime import datetime

from statusgen.model.site import Site
from statusgen.parse.parsed import Parsed
from statusgen.parse.report_rule import Due, due_of, find_overdue
from statusgen.problems import Problem


class Overdue:
    def __init__(self) -> None:
        self._site: Site | None = None
        self._dues: dict[str, Due] = {}

    def check(
        self,
        site: Site,
        parsed: Mapping[str, Parsed],
        fresh: Collection[str],
        reported: Container[str],
        now: datetime,
    ) -> list[Problem]:
        """`fresh` are the paths that are not as they were the last time."""
        if self._site is not site:
            self._site, self._dues, fresh = site, {}, parsed.keys()
        for path in fresh:
            due = due_of(parsed[path], site) if path in parsed else None
            if due:
                self._dues[path] = due
            else:
                self._dues.pop(path, None)
        return find_overdue(self._dues.values(), reported, site, now)
