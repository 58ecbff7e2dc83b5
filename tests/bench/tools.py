"""What is read by other tools adds to a cold build: `python tests/bench/tools.py [--size N] [--components N]`.

Feeds beside the two of the site in RSS, calendars, the API, badges and sitemaps; measured as in uptime.py."""

from __future__ import annotations

from uptime import compare

# The same build, with feed.rss and history.rss of the site alone.
WITHOUT = """
import statusgen.render.entry_pages as entries, statusgen.render.site as site
from dataclasses import replace
whole = site.plan_feeds
def few(snapshot, before=None):
    kept = ("feed.rss", "history.rss")
    bare = replace(snapshot, components={}, seen=replace(snapshot.seen, content=replace(
        snapshot.content, site=replace(snapshot.content.site, groups=()))))
    planned = whole(bare)
    return replace(planned, by_path={path: plan for path, plan in planned.by_path.items() if path in kept})
site.plan_feeds = few
site.TOOLS = (site.plan_uptime_data,)
site.plan_sitemaps = lambda *_: ()
entries.plan_data = lambda *_: ()
from statusgen.cli.main import run
run()
"""

if __name__ == "__main__":
    compare(WITHOUT, "what other tools read", goal=30)
