"""What all pages of a site in one language share: theme, words, and what stands on every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from jinja2 import Environment

from statusgen.model.language import Language
from statusgen.model.languages import get_language
from statusgen.model.site import Content, Site
from statusgen.model.theme import Theme
from statusgen.render.addresses import base_path, root_from
from statusgen.render.assets import Assets, render_assets
from statusgen.render.catalogue import read_language
from statusgen.render.entry_pages import PagePlan
from statusgen.render.layout import LanguageLink, Layout
from statusgen.render.looks import find_logo, render_properties
from statusgen.render.subscribe_pages import FORMATS
from statusgen.render.templates import make_environment

NOT_FOUND = "404.html"
# Pages that are there once, in whatever language they are.
SINGLE = frozenset({NOT_FOUND, FORMATS})
INDEX_PAGE = "index.html"


@dataclass(frozen=True, slots=True)
class Dress:
    """A site's theme, ready for use. `others` are the dresses of other languages, by their tags."""

    site: Site
    theme: Theme
    layout: Layout
    assets: Assets = field(repr=False)
    language: Language = field(repr=False, compare=False)
    environment: Environment = field(repr=False, compare=False)
    others: Mapping[str, Dress] = field(default_factory=dict, repr=False, compare=False)


def make_dress(content: Content, theme: Theme, before: Dress | None, main: Dress | None = None) -> Dress:
    """`before` is the very same where nothing has changed. `main` is that of the site's own language, if this is
    another one. Raises CatalogueError."""
    site = content.site
    tree = f"{site.language}/" if main else ""
    layout = Layout(
        name=site.name,
        url=site.url.removesuffix(tree),
        description=site.description,
        links=site.links,
        pages=tuple(replace(page, body="") for page in content.pages),
        has_reports=bool(content.reports),
        logo=find_logo(site.looks),
        language=site.language,
        is_rtl=get_language(site.language).is_rtl,
        languages=main.layout.languages if main else _link_languages(site),
        tree=tree,
    )
    if before and (before.site, before.theme, before.layout) == (site, theme, layout):
        return before
    assets = main.assets if main else render_assets(theme, site.looks.pictures, render_properties(site.looks))
    language = read_language(site.language, theme.catalogues.get(site.language, ()))
    return Dress(site, theme, layout, assets, language, make_environment(theme, assets, site, language, tree))


def _link_languages(site: Site) -> tuple[LanguageLink, ...]:
    """The site's own language first; none where there is no other."""
    if not site.languages:
        return ()
    found = []
    for tag in (site.language, *site.languages):
        tongue = get_language(tag)
        found.append(LanguageLink(tag, tongue.name, tongue.is_rtl, "" if tag == site.language else f"{tag}/"))
    return tuple(found)


def render_page(plan: PagePlan, dress: Dress) -> bytes:
    """Raises what a template raises: jinja2.TemplateError, and anything else where an expression is wrong."""
    layout = dress.layout
    path = layout.tree + plan.path
    # The host serves 404.html at any depth, so only there links cannot be relative.
    root = base_path(layout.url) if plan.path == NOT_FOUND else root_from(path)
    place = plan.path.removesuffix(INDEX_PAGE)
    text = dress.environment.get_template(plan.template).render(
        site=layout,
        page=plan.context,
        title=plan.title,
        root=root,
        home=root + layout.tree,
        place="" if plan.path in SINGLE else place,
        single=plan.path in SINGLE,
        canonical=layout.url + layout.tree + place,
        feeds=plan.feeds,
    )
    return text.encode()
