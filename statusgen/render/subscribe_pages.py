"""/subscribe/ for everybody who wants to follow the site, and /subscribe/formats/ for who writes programs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from markupsafe import escape

from statusgen.model.site import Component, Site
from statusgen.render.alternates import subscribe_feeds
from statusgen.render.layout import Feed
from statusgen.render.subscribe_contexts import Followed, FormatsPage, Snippets, SubscribePage

# More than these are too many to look through.
SHOWN = 8
FORMATS = "subscribe/formats/index.html"


def plan_subscribe(site: Site) -> Iterator[tuple[str, str, str, SubscribePage | FormatsPage, tuple[Feed, ...]]]:
    """(path, template, title, context, what it announces) of both pages."""
    example = next(iter(site.components), None)
    page = SubscribePage(_followed(site), len(site.components) > SHOWN, write_snippets(site, example))
    yield "subscribe/index.html", "subscribe.html", "", page, subscribe_feeds(site)
    yield FORMATS, "formats.html", "", FormatsPage(site.hub, example), ()


def _followed(site: Site) -> tuple[Followed, ...]:
    members: defaultdict[str, list[Component]] = defaultdict(list)
    for component in site.components:
        members[component.group].append(component)
    groups = ((group, tuple(members[group.id if group else ""])) for group in (*site.groups, None))
    return tuple(Followed(group, some) for group, some in groups if some)


def write_snippets(site: Site, example: Component | None) -> Snippets:
    """They are escaped as HTML here, for the page that they are pasted into; what shows them escapes them once more."""
    url, name = escape(site.root), escape(f"Status of {site.name}")
    # Where there is no component yet, a name tells what to write.
    component = example.id if example else "ID"
    return Snippets(
        badge=f'<a href="{url}"><img src="{url}badges/status.svg" alt="{name}"></a>',
        script=f'<script async src="{url}embed.js"></script>',
        component_script=f'<script async src="{url}embed.js" data-component="{component}"></script>',
        frame=f'<iframe src="{escape(site.url)}embed/" title="{name}" width="360" height="160"></iframe>',
        exporter=_exporter(site),
    )


def _exporter(site: Site) -> str:
    """services.json of statuspage-prometheus-exporter, which names files after the key."""
    key = urlsplit(site.url).netloc.replace(":", "-")
    service = {"url": f"{site.root}api/v2/summary.json", "name": site.name}
    return json.dumps({key: service}, ensure_ascii=False, indent=2)
