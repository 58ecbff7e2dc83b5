"""Everything that is published, by path: what there is, and the bytes of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from jinja2 import Environment

from statusgen.history.seen import Seen
from statusgen.history.snapshot import Snapshot
from statusgen.model.ends import find_difference
from statusgen.model.site import Content, Site
from statusgen.model.theme import Theme
from statusgen.render.addresses import base_path, root_from
from statusgen.render.api.plan import ApiPlan, plan_api
from statusgen.render.api.render import render_document, render_incident
from statusgen.render.api.values import DocumentPlan, IncidentPlan
from statusgen.render.assets import Assets, render_assets
from statusgen.render.badges.plan import BadgePlan, plan_badges, render_badge
from statusgen.render.calendar.document import CalendarPlan, render_calendar
from statusgen.render.calendar.plan import plan_calendars
from statusgen.render.contexts import Layout
from statusgen.render.entry_pages import EntryFiles, EntryPages, PagePlan, plan_entries
from statusgen.render.feeds.plan import FeedPlan, Feeds, plan_feeds
from statusgen.render.feeds.render import render_feed
from statusgen.render.looks import find_logo, render_properties
from statusgen.render.pages import Plan, plan_pages
from statusgen.render.redirects import CopyPlan, RedirectPlan, plan_copies, plan_redirects, render_copy, render_redirect
from statusgen.render.search import SearchPlan, plan_search, render_search
from statusgen.render.sitemap import SitemapPlan, plan_sitemaps, render_sitemap
from statusgen.render.templates import make_environment
from statusgen.render.uptime_data import DataPlan, plan_uptime_data, render_data

NOT_FOUND = "404.html"
# What is read by other tools than feed readers: each kind with its planner, which is given the plans of an earlier
# snapshot and takes over what has not changed. Every plan has its `path`.
ToolPlan = DataPlan | ApiPlan | CalendarPlan | BadgePlan | RedirectPlan | SearchPlan | CopyPlan | SitemapPlan
FilePlan = PagePlan | FeedPlan | ToolPlan | bytes
TOOLS: tuple[Callable[[Snapshot, Any], tuple[ToolPlan, ...]], ...] = (
    plan_uptime_data,
    plan_api,
    plan_calendars,
    plan_badges,
    plan_redirects,
    plan_search,
)
# Bytes of a plan, for a site.
RENDERERS: dict[type, Callable[[Any, Site], bytes]] = {
    FeedPlan: render_feed,
    DataPlan: render_data,
    BadgePlan: render_badge,
    SearchPlan: render_search,
    SitemapPlan: render_sitemap,
    RedirectPlan: render_redirect,
    CopyPlan: render_copy,
    CalendarPlan: render_calendar,
    DocumentPlan: render_document,
    IncidentPlan: render_incident,
}


@dataclass(frozen=True, slots=True)
class Dress:
    """What all pages of a site share: its theme, ready for use, and what stands on every page."""

    site: Site
    theme: Theme
    layout: Layout
    assets: Assets = field(repr=False)
    environment: Environment = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class SitePlan:
    """`files` by path. Two files of equal plans in equal dresses have the same bytes: `changed` are the paths of those
    that may have others than in the plan before."""

    dress: Dress
    pages: Plan
    feeds: Feeds
    tools: tuple[tuple[ToolPlan, ...], ...]
    files: Mapping[str, FilePlan]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """What is known of a site before its figures are. `fresh` are the files of entries that may be others than in the
    plan before, and `gone` those that they come in place of."""

    dress: Dress
    entries: EntryPages
    fresh: EntryFiles
    gone: EntryFiles


def plan_site(snapshot: Snapshot, theme: Theme, before: SitePlan | None = None) -> SitePlan:
    """`before` is any earlier plan, from which all that has not changed is taken over. Raises jinja2.TemplateError."""
    return complete_plan(snapshot, begin_plan(snapshot.seen, theme, before), before)


def begin_plan(seen: Seen, theme: Theme, before: SitePlan | None) -> Begun:
    """Raises jinja2.TemplateError."""
    dress = _dress(seen.content, theme, before.dress if before else None)
    entries = plan_entries(seen, before.pages.entries if before else None)
    new = entries.files
    if not before or before.dress is not dress:
        return Begun(dress, entries, tuple(chain(*new)), ())
    old = before.pages.entries.files
    start, old_stop, stop = find_difference(old, new)
    return Begun(dress, entries, tuple(chain(*new[start:stop])), tuple(chain(*old[start:old_stop])))


def complete_plan(snapshot: Snapshot, begun: Begun, before: SitePlan | None) -> SitePlan:
    """The whole plan of which one has been begun, with the same plan `before`. Raises jinja2.TemplateError."""
    dress = begun.dress
    pages = plan_pages(snapshot, begun.entries)
    feeds = plan_feeds(snapshot, before.feeds if before else None)
    *known, _, maps = before.tools if before else ((),) * (len(TOOLS) + 2)
    tools = tuple(plan(snapshot, old) for plan, old in zip(TOOLS, known, strict=True))
    tools += (plan_copies(snapshot.content.site, feeds.by_path),)
    # The one tool that is told of all other pages.
    tools += (plan_sitemaps(snapshot, pages.others, [plan for plan in maps if isinstance(plan, SitemapPlan)]),)
    some: dict[str, FilePlan] = {**dress.assets.files, **feeds.by_path}
    some |= {file.path: file for file in (*pages.others, *begun.fresh)}
    some |= {file.path: file for files in tools for file in files}
    if not before or before.dress is not dress:
        return SitePlan(dress, pages, feeds, tools, some, tuple(some))
    files = dict(before.files)
    for file in (*before.pages.others, *begun.gone):
        del files[file.path]
    for path in (*before.feeds.by_path, *(file.path for old in before.tools for file in old)):
        del files[path]
    changed = [path for path, file in some.items() if before.files.get(path) != file]
    files |= some
    return SitePlan(dress, pages, feeds, tools, files, tuple(changed))


def _dress(content: Content, theme: Theme, before: Dress | None) -> Dress:
    site = content.site
    layout = Layout(
        name=site.name,
        url=site.url,
        description=site.description,
        links=site.links,
        pages=tuple(replace(page, body="") for page in content.pages),
        has_reports=bool(content.reports),
        logo=find_logo(site.looks),
    )
    if before and (before.site, before.theme, before.layout) == (site, theme, layout):
        return before
    assets = render_assets(theme, site.looks.pictures, render_properties(site.looks))
    return Dress(site, theme, layout, assets, make_environment(theme, assets, site.zone, site.looks))


def render_file(file: FilePlan, dress: Dress) -> bytes:
    """Raises what a template raises: jinja2.TemplateError, and anything else where an expression is wrong."""
    if isinstance(file, bytes):
        return file
    if isinstance(file, PagePlan):
        return _render_page(file, dress)
    return RENDERERS[type(file)](file, dress.site)


def render_site(plan: SitePlan) -> Iterator[tuple[str, bytes]]:
    for path, file in plan.files.items():
        yield path, render_file(file, plan.dress)


def _render_page(plan: PagePlan, dress: Dress) -> bytes:
    layout = dress.layout
    # The host serves 404.html at any depth, so only there links cannot be relative.
    root = base_path(layout.url) if plan.path == NOT_FOUND else root_from(plan.path)
    canonical = layout.url + plan.path.removesuffix("index.html")
    text = dress.environment.get_template(plan.template).render(
        site=layout, page=plan.context, title=plan.title, root=root, canonical=canonical, feeds=plan.feeds
    )
    return text.encode()
