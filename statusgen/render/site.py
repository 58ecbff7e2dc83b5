"""Everything that is published, by path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from jinja2 import Environment, Template

from statusgen.history.snapshot import Snapshot
from statusgen.model.theme import Theme
from statusgen.render.addresses import root_from
from statusgen.render.assets import render_assets
from statusgen.render.contexts import Layout
from statusgen.render.feeds import render_feeds
from statusgen.render.pages import PagePlan, plan_pages
from statusgen.render.templates import make_environment

NOT_FOUND = "404.html"


def render_site(snapshot: Snapshot, theme: Theme, progress: Callable[[int], None]) -> dict[str, bytes]:
    """Artifacts by path from the site's root. Raises jinja2.TemplateError for what is wrong in a theme's template.

    `progress` is called with the number of artifacts made so far."""
    assets = render_assets(theme)
    artifacts: dict[str, bytes] = dict(assets.files)
    for path, data in _render_rest(snapshot, make_environment(theme, assets, snapshot.content.site.zone)):
        artifacts[path] = data
        progress(len(artifacts))
    return artifacts


def _render_rest(snapshot: Snapshot, environment: Environment) -> Iterator[tuple[str, bytes]]:
    site = snapshot.content.site
    layout = Layout(
        name=site.name,
        url=site.url,
        description=site.description,
        links=site.links,
        pages=snapshot.content.pages,
        has_reports=bool(snapshot.content.reports),
    )
    templates: dict[str, Template] = {}
    for plan in plan_pages(snapshot):
        if plan.template not in templates:
            templates[plan.template] = environment.get_template(plan.template)
        yield plan.path, _render_page(templates[plan.template], plan, layout)
    yield from render_feeds(snapshot)


def _render_page(template: Template, plan: PagePlan, layout: Layout) -> bytes:
    # The host serves 404.html at any depth, so only there links cannot be relative.
    root = urlsplit(layout.url).path if plan.path == NOT_FOUND else root_from(plan.path)
    canonical = layout.url + plan.path.removesuffix("index.html")
    text = template.render(
        site=layout, page=plan.context, title=plan.title, root=root, canonical=canonical, feeds=plan.feeds
    )
    return text.encode()
