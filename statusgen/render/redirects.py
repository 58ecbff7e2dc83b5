"""Pages at addresses that something had before, which send readers on to where it is now; and feeds at such places.

No script, because the strictest Content-Security-Policy lets none run, and no style. Links are relative, as on all
pages, so that a site works under any sub-path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from markupsafe import escape

from statusgen.history.snapshot import Snapshot
from statusgen.model.entries import Entry
from statusgen.model.language import Language
from statusgen.model.site import Site
from statusgen.render.addresses import component_path, entry_path, root_from
from statusgen.render.feeds.plan import FeedPlan
from statusgen.render.feeds.render import render_feed


@dataclass(frozen=True, slots=True)
class RedirectPlan:
    """`target` is a page's address from the root, and `title` what it is about."""

    path: str
    target: str
    title: str


@dataclass(frozen=True, slots=True)
class CopyPlan:
    path: str
    feed: FeedPlan


def redirects_of(entry: Entry) -> tuple[RedirectPlan, ...]:
    return tuple(RedirectPlan(alias, entry_path(entry), entry.title) for alias in entry.aliases)


def plan_redirects(snapshot: Snapshot, before: object = ()) -> tuple[RedirectPlan, ...]:
    """For components, and for entries of which there are few; those of incidents and changes are among their files."""
    content = snapshot.content
    found = [
        RedirectPlan(alias, component_path(component.id), component.name)
        for component in content.site.components
        for alias in component.aliases
    ]
    few: Iterator[Entry] = chain(content.notices, content.reports, content.pages)
    return (*found, *chain.from_iterable(map(redirects_of, few)))


def plan_copies(site: Site, feeds: Mapping[str, FeedPlan]) -> tuple[CopyPlan, ...]:
    return tuple(CopyPlan(path, feeds[name]) for path, name in site.feeds_also)


def render_redirect(plan: RedirectPlan, site: Site, language: Language) -> bytes:
    target, title = escape(root_from(plan.path) + plan.target), escape(plan.title)
    way = ' dir="rtl"' if language.is_rtl else ""
    return f"""<!doctype html>
<html lang="{language.tag}"{way}>
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={target}">
<link rel="canonical" href="{escape(site.url + plan.target)}">
</head>
<body>
<p><a href="{target}" dir="auto">{title}</a></p>
</body>
</html>
""".encode()


def render_copy(plan: CopyPlan, site: Site, language: Language) -> bytes:
    return render_feed(plan.feed, site, language)
