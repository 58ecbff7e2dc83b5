"""Import of Statuspage-shaped feeds (history.rss, history.atom) into a content folder."""

from statusgen.importers.feed.write import import_feeds

__all__ = ["import_feeds"]
