"""What search engines read: /sitemap.xml names one sitemap per month and one for all other pages, so that a commit
changes a small file and the index. And /robots.txt, which counts where the site is at the root of its host."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import is_

from markupsafe import escape

from statusgen.history.course import Course
from statusgen.history.snapshot import Snapshot
from statusgen.model.site import Site
from statusgen.render.addresses import entry_path
from statusgen.render.contexts import NoticePage
from statusgen.render.entry_pages import PagePlan
from statusgen.render.history_pages import courses_by_month
from statusgen.render.words import format_utc

INDEX, ROBOTS, OTHERS = "sitemap.xml", "robots.txt", "sitemaps/site.xml"
# Sitemaps protocol 0.9 (https://www.sitemaps.org/protocol.html).
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Pages that are no place to arrive at.
UNLISTED = ("404.html", "embed/index.html")
INDEX_PAGE = "index.html"


@dataclass(frozen=True, slots=True)
class SitemapPlan:
    """`places` are addresses below the site's, each with the time of what was last told there, if that is known.
    `newest` is the last of these times, and `courses` are those of the month that it was made of."""

    path: str
    places: tuple[tuple[str, datetime | None], ...] = ()
    newest: datetime | None = None
    courses: tuple[Course, ...] = field(default=(), compare=False, repr=False)


def plan_sitemaps(
    snapshot: Snapshot,
    pages: Iterable[PagePlan],
    before: Iterable[SitemapPlan] = (),
    more: Iterable[tuple[str, datetime | None]] = (),
) -> tuple[SitemapPlan, ...]:
    """`pages` are those that are no incident's and no change's; `before` are the sitemaps of any earlier snapshot.
    `more` are sitemaps that the index names beside these."""
    known = {plan.path: plan for plan in before}
    months = [_plan_month(month, courses, known) for month, courses in courses_by_month(snapshot)]
    others = tuple(_place_of(page) for page in pages if page.path not in UNLISTED)
    maps = (SitemapPlan(OTHERS, others, _newest(others)), *months)
    index = (*((plan.path, plan.newest) for plan in maps), *more)
    return SitemapPlan(INDEX, index), SitemapPlan(ROBOTS), *maps


def _plan_month(month: date, courses: tuple[Course, ...], known: dict[str, SitemapPlan]) -> SitemapPlan:
    path = f"sitemaps/{month:%Y-%m}.xml"
    old = known.get(path)
    if old and len(old.courses) == len(courses) and all(map(is_, old.courses, courses)):
        return old
    places = tuple(_entry_place(course) for course in courses)
    return SitemapPlan(path, places, _newest(places), courses)


def _newest(places: Iterable[tuple[str, datetime | None]]) -> datetime | None:
    return max((at for _, at in places if at), default=None)


def _entry_place(course: Course) -> tuple[str, datetime | None]:
    return entry_path(course.entry), course.updates[-1].at if course.updates else None


def _place_of(page: PagePlan) -> tuple[str, datetime | None]:
    """Of most pages it is not known: all of them change as time goes by."""
    context = page.context
    return page.path.removesuffix(INDEX_PAGE), context.notice.publish_at if isinstance(context, NoticePage) else None


def render_sitemap(plan: SitemapPlan, site: Site) -> bytes:
    if plan.path == ROBOTS:
        return f"User-agent: *\nDisallow:\n\nSitemap: {site.url}{INDEX}\n".encode()
    kinds = ("sitemapindex", "sitemap") if plan.path == INDEX else ("urlset", "url")
    return _render_places(*kinds, site.url, plan.places)


def _render_places(root: str, kind: str, url: str, places: Sequence[tuple[str, datetime | None]]) -> bytes:
    """As text, in a fifth of the time that a tree takes: addresses are all there is in it."""
    rows = [
        f"<{kind}><loc>{escape(url + path)}</loc>{f'<lastmod>{format_utc(at)}</lastmod>' if at else ''}</{kind}>\n"
        for path, at in places
    ]
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{NAMESPACE}">\n'
    return f"{head}{''.join(rows)}</{root}>\n".encode()
