"""What a published file is before it is bytes, and how each kind becomes that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from statusgen.model.language import Language
from statusgen.model.site import Site
from statusgen.render.api.plan import ApiPlan
from statusgen.render.api.render import render_document, render_incident
from statusgen.render.api.values import DocumentPlan, IncidentPlan
from statusgen.render.badges.plan import BadgePlan, render_badge
from statusgen.render.calendar.document import CalendarPlan, render_calendar
from statusgen.render.dress import Dress, render_page
from statusgen.render.entry_pages import PagePlan
from statusgen.render.feeds.plan import FeedPlan
from statusgen.render.feeds.render import render_feed
from statusgen.render.redirects import CopyPlan, RedirectPlan, render_copy, render_redirect
from statusgen.render.search import SearchPlan, render_search
from statusgen.render.sitemap import SitemapPlan, render_sitemap
from statusgen.render.uptime_data import DataPlan, render_data

# What is read by other tools than feed readers. Every plan has its `path`.
ToolPlan = DataPlan | ApiPlan | CalendarPlan | BadgePlan | RedirectPlan | SearchPlan | CopyPlan | SitemapPlan


@dataclass(frozen=True, slots=True)
class TreeFile:
    """A file of the tree of another language."""

    tag: str
    file: PagePlan | FeedPlan | ToolPlan


FilePlan = PagePlan | FeedPlan | ToolPlan | TreeFile | bytes
# Bytes of a plan, for a site; and for one in a language.
RENDERERS: dict[type, Callable[[Any, Site], bytes]] = {
    DataPlan: render_data,
    SearchPlan: render_search,
    SitemapPlan: render_sitemap,
    DocumentPlan: render_document,
    IncidentPlan: render_incident,
}
SPEAKERS: dict[type, Callable[[Any, Site, Language], bytes]] = {
    FeedPlan: render_feed,
    BadgePlan: render_badge,
    CalendarPlan: render_calendar,
    CopyPlan: render_copy,
    RedirectPlan: render_redirect,
}


def render_file(file: FilePlan, dress: Dress) -> bytes:
    """Raises what a template raises: jinja2.TemplateError, and anything else where an expression is wrong."""
    if isinstance(file, bytes):
        return file
    if isinstance(file, PagePlan):
        return render_page(file, dress)
    if isinstance(file, TreeFile):
        return render_file(file.file, dress.others[file.tag])
    if type(file) in SPEAKERS:
        return SPEAKERS[type(file)](file, dress.site, dress.language)
    return RENDERERS[type(file)](file, dress.site)
