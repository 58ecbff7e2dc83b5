"""What customers see of one revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from statusgen.diff.later import Aheads, find_ahead
from statusgen.history.snapshot import Snapshot, take_snapshot
from statusgen.history.status import PageStatus
from statusgen.model.site import Content
from statusgen.problems import Problem
from statusgen.render.contexts import HomePage
from statusgen.render.entry_pages import EntryPages, PagePlan, plan_entries
from statusgen.render.feeds.plan import Feeds, plan_feeds
from statusgen.render.pages import plan_pages

INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Side:
    """`entries` are the pages of incidents and changes, `banner` is the sentence on top of the page, and `pages` has
    all titles by address below the site's. `ahead` is what appears later."""

    snapshot: Snapshot
    feeds: Feeds
    entries: EntryPages
    banner: PageStatus
    pages: Mapping[str, str]
    ahead: Aheads


@dataclass(frozen=True, slots=True)
class Seen:
    """A revision by its name and commit ("": there is none), with the problems of its content, and by path the commit
    whose version is shown of a file with errors (None: nothing is).

    `side` is None where nothing is shown at all, and `why_none` says why."""

    name: str
    commit: str = ""
    side: Side | None = None
    problems: tuple[Problem, ...] = ()
    shown: Mapping[str, str | None] | None = None
    why_none: str = ""


def look_at(content: Content, now: datetime, before: Side | None = None) -> Side:
    """`before` is any other side, from which what is the same is taken over."""
    snapshot = take_snapshot(content, now, before.snapshot if before else None)
    entries = plan_entries(snapshot.seen, before.entries if before else None)
    plan = plan_pages(snapshot, entries)
    home = next(page.context for page in plan.others if isinstance(page.context, HomePage))
    pages = {file.path: file.title for files in entries.files for file in files if isinstance(file, PagePlan)}
    pages |= {page.path: page.title for page in plan.others}
    found = {path.removesuffix(INDEX): title for path, title in pages.items() if path.endswith(INDEX)}
    feeds = plan_feeds(snapshot, before.feeds if before else None)
    return Side(snapshot, feeds, entries, home.status, found, find_ahead(content, snapshot.seen))
