"""What the frame of every page is given: the site, its languages, and the feeds that a page announces."""

from __future__ import annotations

from dataclasses import dataclass

from statusgen.model.entries import Page
from statusgen.render.looks import Logo

FEED_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "ics": "text/calendar",
}


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed or calendar that a page announces: `title` is a message, without the name of the site and of what it is
    about, which is `of` where that is a component or a group; `path` is from the root."""

    title: str
    path: str
    of: str = ""

    @property
    def type(self) -> str:
        """Its media type, by the end of its name."""
        return FEED_TYPES[self.path.rpartition(".")[2]]


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A language that pages are in: `name` is what it calls itself, `path` leads to its pages from the root."""

    tag: str
    name: str
    is_rtl: bool
    path: str


@dataclass(frozen=True, slots=True)
class Layout:
    """On every page: the site's name, address, links and extra pages, without their texts. `language` is the page's,
    `tree` the folder of its pages, "" at the root; `languages` are all of them, none where there is but one."""

    name: str
    url: str
    description: str
    links: tuple[tuple[str, str], ...]
    pages: tuple[Page, ...]
    has_reports: bool
    logo: Logo | None = None
    language: str = "en"
    is_rtl: bool = False
    languages: tuple[LanguageLink, ...] = ()
    tree: str = ""
