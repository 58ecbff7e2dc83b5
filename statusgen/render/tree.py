"""One language's files: all of the site in its own language, pages and feeds in any other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from statusgen.history.seen import Seen
from statusgen.history.snapshot import Snapshot
from statusgen.model.ends import find_difference
from statusgen.render.api.plan import plan_api
from statusgen.render.badges.plan import plan_badges
from statusgen.render.calendar.plan import plan_calendars
from statusgen.render.dress import SINGLE, Dress
from statusgen.render.entry_pages import EntryFiles, EntryPages, PagePlan, plan_entries
from statusgen.render.feeds.plan import FeedPlan, Feeds, plan_feeds
from statusgen.render.files import FilePlan, ToolPlan, TreeFile
from statusgen.render.pages import Plan, plan_pages
from statusgen.render.redirects import plan_copies, plan_redirects
from statusgen.render.search import SearchPlan, plan_search
from statusgen.render.sitemap import INDEX, ROBOTS, SitemapPlan, plan_sitemaps
from statusgen.render.uptime_data import plan_uptime_data

# Each kind with its planner, which is given the plans of an earlier snapshot and takes over what has not changed.
Planner = Callable[[Snapshot, Any], tuple[ToolPlan, ...]]
TOOLS: tuple[Planner, ...] = (
    plan_uptime_data,
    plan_api,
    plan_calendars,
    plan_badges,
    plan_redirects,
    plan_search,
)
# What other languages have of them; all else says the same in any.
WORDY: tuple[Planner, ...] = (plan_search,)
ONCE = SINGLE | {INDEX, ROBOTS}


@dataclass(frozen=True, slots=True)
class Begun:
    """What is known of a tree before its figures are. `fresh` are the files of entries that may be others than in the
    tree before, and `gone` those that they come in place of."""

    dress: Dress
    entries: EntryPages
    fresh: EntryFiles
    gone: EntryFiles

    @property
    def placed(self) -> Iterator[tuple[str, FilePlan]]:
        """What is fresh by its paths from the root."""
        return _place_files(self.fresh, self.dress)


@dataclass(frozen=True, slots=True)
class Tree:
    """`files` by path. Two files of equal plans in equal dresses have the same bytes: `changed` are the paths of those
    that may have others than in the tree before."""

    dress: Dress
    pages: Plan
    feeds: Feeds
    tools: tuple[tuple[ToolPlan, ...], ...]
    files: Mapping[str, FilePlan]
    changed: tuple[str, ...]


def begin_tree(seen: Seen, dress: Dress, before: Tree | None) -> Begun:
    entries = plan_entries(seen, before.pages.entries if before else None)
    new = entries.files
    if not before or before.dress is not dress:
        return Begun(dress, entries, tuple(chain(*new)), ())
    old = before.pages.entries.files
    start, old_stop, stop = find_difference(old, new)
    return Begun(dress, entries, tuple(chain(*new[start:stop])), tuple(chain(*old[start:old_stop])))


def complete_tree(
    snapshot: Snapshot, begun: Begun, before: Tree | None, maps: Iterable[tuple[str, datetime | None]] = ()
) -> Tree:
    """The whole tree of which one has been begun, with the same tree `before`. `maps` are the sitemaps of the trees of
    other languages, as `list_maps` has them."""
    dress = begun.dress
    is_main = not dress.layout.tree
    planners = TOOLS if is_main else WORDY
    pages = plan_pages(snapshot, begun.entries, before.pages if before else None)
    feeds = plan_feeds(snapshot, before.feeds if before else None)
    *known, _, old_maps = before.tools if before else ((),) * (len(planners) + 2)
    tools = tuple(plan(snapshot, old) for plan, old in zip(planners, known, strict=True))
    tools += (plan_copies(snapshot.content.site, feeds.by_path) if is_main else (),)
    # The one tool that is told of all other pages.
    tools += (plan_sitemaps(snapshot, pages.others, [one for one in old_maps if isinstance(one, SitemapPlan)], maps),)
    listed: list[Any] = [*feeds.by_path.values(), *pages.others, *begun.fresh, *chain(*tools)]
    some: dict[str, FilePlan] = {**dress.assets.files} if is_main else {}
    some |= _place_files(listed, dress)
    if not before or before.dress is not dress:
        return Tree(dress, pages, feeds, tools, some, tuple(some))
    files = dict(before.files)
    gone: list[Any] = [*before.feeds.by_path.values(), *before.pages.others, *begun.gone, *chain(*before.tools)]
    for path, _ in _place_files(gone, dress):
        del files[path]
    changed = [path for path, file in some.items() if before.files.get(path) != file]
    files |= some
    return Tree(dress, pages, feeds, tools, files, tuple(changed))


def _place_files(files: Iterable[Any], dress: Dress) -> Iterator[tuple[str, FilePlan]]:
    """By their paths from the root."""
    tree, tag = dress.layout.tree, dress.layout.language
    if not tree:
        return ((file.path, file) for file in files)
    return ((tree + file.path, TreeFile(tag, file)) for file in files if _is_told(file))


def _is_told(file: Any) -> bool:
    """Whether another language has a file of its own for this one."""
    return isinstance(file, PagePlan | FeedPlan | SearchPlan | SitemapPlan) and file.path not in ONCE


def list_maps(tree: Tree) -> Iterator[tuple[str, datetime | None]]:
    """The sitemaps of a tree, for the index of all of them."""
    for plan in tree.tools[-1]:
        if isinstance(plan, SitemapPlan) and plan.path not in ONCE:
            yield tree.dress.layout.tree + plan.path, plan.newest
