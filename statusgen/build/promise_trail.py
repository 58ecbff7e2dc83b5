"""Which commits changed what past figures are made of, besides the entries: promises, first days, the time zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from statusgen.history.promise_changes import SiteChange, compare_sites
from statusgen.model.revisions import Commit
from statusgen.model.site import Site
from statusgen.parse.site import PATH, parse_site
from statusgen.source.commits import Commits


def read_promise_changes(commits: Commits, commit: str, now: datetime) -> tuple[SiteChange, ...]:
    """Oldest first, each at the commit that made it. Versions with errors are left out, as nobody saw them."""
    found: list[SiteChange] = []
    # By blob, what customers saw of it: the text itself or, where it has errors, what it was made from.
    shown: dict[str, tuple[Site, ...]] = {}
    for version in reversed(commits.versions(commit, PATH, deleted_too=True)):
        before = tuple(site for blob in version.made_from for site in shown.get(blob, ()))
        data = commits.read_blob(version.blob)
        site = parse_site(data, now)[0] if data is not None else None
        shown[version.blob] = (site,) if site else before
        if site and version.authored_at:
            found += _compare(before, site, Commit(version.commit, version.authored_at))
    return tuple(found)


def _compare(before: tuple[Site, ...], after: Site, commit: Commit) -> Iterator[SiteChange]:
    """What a merge has from one side as it was is no change of its own."""
    first, *others = [list(compare_sites(site, after, commit)) for site in before] or [[]]
    kinds = [{(change.component, change.what) for change in some} for some in others]
    return (change for change in first if all((change.component, change.what) in some for some in kinds))
