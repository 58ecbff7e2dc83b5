"""Import of Statuspage-shaped feeds (history.rss, history.atom) into a content folder."""

from statusgen.importers.feed.write import Report, import_feeds

__all__ = ["Report", "import_feeds"]
