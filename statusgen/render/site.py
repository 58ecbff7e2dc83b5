"""Everything that is published, by path: what there is, and the bytes of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from jinja2 import Environment

from statusgen.history.snapshot import Snapshot
from statusgen.model.ends import find_difference
from statusgen.model.site import Site
from statusgen.model.theme import Theme
from statusgen.render.addresses import base_path, root_from
from statusgen.render.assets import Assets, render_assets
from statusgen.render.contexts import Layout
from statusgen.render.feeds import FeedPlan, Feeds, plan_feeds, render_feed
from statusgen.render.pages import PagePlan, Plan, plan_pages
from statusgen.render.templates import make_environment
from statusgen.render.uptime_data import DataPlan, plan_uptime_data, render_data

NOT_FOUND = "404.html"
FilePlan = PagePlan | FeedPlan | DataPlan | bytes


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
    data: tuple[DataPlan, ...]
    files: Mapping[str, FilePlan]
    changed: tuple[str, ...]


def plan_site(snapshot: Snapshot, theme: Theme, before: SitePlan | None = None) -> SitePlan:
    """`before` is any earlier plan, from which all that has not changed is taken over. Raises jinja2.TemplateError."""
    dress = _dress(snapshot, theme, before.dress if before else None)
    pages = plan_pages(snapshot, before.pages if before else None)
    feeds = plan_feeds(snapshot, before.feeds if before else None)
    data = plan_uptime_data(snapshot, before.data if before else ())
    rest: dict[str, FilePlan] = {**dress.assets.files, **feeds.by_path}
    rest |= {page.path: page for page in pages.others}
    rest |= {file.path: file for file in data}
    if not before or before.dress is not dress:
        files = {**rest, **{page.path: page for page in pages.entries}}
        return SitePlan(dress, pages, feeds, data, files, tuple(files))
    old, new = before.pages.entries, pages.entries
    start, old_stop, stop = find_difference(old, new)
    files = dict(before.files)
    for page in (*before.pages.others, *old[start:old_stop]):
        del files[page.path]
    for path in before.feeds.by_path:
        del files[path]
    rest |= {page.path: page for page in new[start:stop]}
    files |= rest
    changed = [path for path, file in rest.items() if before.files.get(path) != file]
    return SitePlan(dress, pages, feeds, data, files, tuple(changed))


def _dress(snapshot: Snapshot, theme: Theme, before: Dress | None) -> Dress:
    site = snapshot.content.site
    layout = Layout(
        name=site.name,
        url=site.url,
        description=site.description,
        links=site.links,
        pages=tuple(replace(page, body="") for page in snapshot.content.pages),
        has_reports=bool(snapshot.content.reports),
    )
    if before and (before.site, before.theme, before.layout) == (site, theme, layout):
        return before
    assets = render_assets(theme)
    return Dress(site, theme, layout, assets, make_environment(theme, assets, site.zone))


def render_file(plan: SitePlan, path: str) -> bytes:
    """Raises what a template raises: jinja2.TemplateError, and anything else where an expression is wrong."""
    file = plan.files[path]
    if isinstance(file, bytes):
        return file
    if isinstance(file, FeedPlan):
        return render_feed(file, plan.dress.site)
    if isinstance(file, DataPlan):
        return render_data(file, plan.dress.site)
    return _render_page(plan.dress, file)


def render_site(plan: SitePlan) -> Iterator[tuple[str, bytes]]:
    for path in plan.files:
        yield path, render_file(plan, path)


def _render_page(dress: Dress, plan: PagePlan) -> bytes:
    layout = dress.layout
    # The host serves 404.html at any depth, so only there links cannot be relative.
    root = base_path(layout.url) if plan.path == NOT_FOUND else root_from(plan.path)
    canonical = layout.url + plan.path.removesuffix("index.html")
    text = dress.environment.get_template(plan.template).render(
        site=layout, page=plan.context, title=plan.title, root=root, canonical=canonical, feeds=plan.feeds
    )
    return text.encode()
