"""Which commits changed what past figures are made of, besides the entries: promises, first days, the time zone."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from statusgen.history.promise_changes import SiteChange, compare_sites
from statusgen.model.revisions import Commit
from statusgen.model.site import Site
from statusgen.parse.site import PATH, parse_site
from statusgen.source.commits import Commits, Version


def read_promise_changes(commits: Commits, commit: str, now: datetime) -> tuple[SiteChange, ...]:
    """Oldest first; versions with errors are left out, as nobody saw them."""
    good: list[tuple[Version, Site]] = []
    for version in reversed(commits.versions(commit, PATH, deleted_too=True)):
        data = commits.read_blob(version.blob)
        site = parse_site(data, now)[0] if data is not None else None
        if site:
            good.append((version, site))
    return tuple(
        change
        for (_, before), (version, after) in pairwise(good)
        if version.authored_at
        for change in compare_sites(before, after, Commit(version.commit, version.authored_at))
    )
