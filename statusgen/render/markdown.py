"""Markdown to HTML that is safe on any page: sanitised, never trusted."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from urllib.parse import urljoin

import nh3

from statusgen.model.markup import ALLOWED_SCHEMES, ALLOWED_TAGS, is_too_much
from statusgen.render.dialect import make_converter

ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "code": {"class"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "col": {"span"},
    "time": {"datetime"},
}
# Most updates: lines without any character that means something in markdown or HTML are their own rendering,
# as long as they hold no address, which would be a link.
_PLAIN_LINE = r"[^\W\d_][^\\`*_\[\]<>&\x00-\x1f\xa0]*(?<! )"
PLAIN = re.compile(rf"{_PLAIN_LINE}(?:\n\n?{_PLAIN_LINE})*")
TAG = re.compile(r"</?([a-z0-9]+)[^>]*>")
_INLINE = "a abbr b code del em i ins kbd mark q s samp small span strong sub sup u var wbr"
HEADING = re.compile(r"<(/?)h([1-6])>")
INLINE = frozenset(_INLINE.split())
HEADED = re.compile(r"(?<=.)<h[1-6]>.*", re.DOTALL)
ABSOLUTE = re.compile("[a-zA-Z][a-zA-Z0-9+.-]*:|/")
WIDE = re.compile("<(pre|table)>")
# Links to what is no page and no feed.
_SHARED = r'(?:badges|api|assets)/|uptime\.csv|(?:components/[^/"]+/)?calendar\.ics'
SHARED = re.compile(rf'(<a\b[^>]*? href=")((?:\.\./)+(?:{_SHARED}))')
LINK = re.compile(r'(<a\b[^>]*? href=")([^"]*)(")')


_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED_TAGS) - {"img"},
    attributes=ATTRIBUTES,
    url_schemes=set(ALLOWED_SCHEMES),
    clean_content_tags={"script", "style"},
    link_rel="nofollow noopener noreferrer",
)


_converter = lru_cache(maxsize=1)(make_converter)


def render_markdown(text: str, level: int = 4) -> str:
    """HTML of an author's text, whose highest heading becomes `level`."""
    return _fit_headings(_to_html(text), level)


# Without the level: one text stands on pages with headings of their own, on the front page and in feeds.
@lru_cache(maxsize=4096)
def _to_html(text: str) -> str:
    if is_plain(text):
        return "<p>" + text.replace("\n\n", "</p>\n<p>") + "</p>"
    return _convert(text)


# Asked for by the page and by what is made of it for other software.
@lru_cache(maxsize=4096)
def is_plain(text: str) -> bool:
    """Whether a text is its own rendering: paragraphs without any markup."""
    return "://" not in text and bool(PLAIN.fullmatch(text))


def convert_markdown(text: str, level: int = 4) -> str:
    """The same as `render_markdown` without the shortcut for plain text."""
    return _fit_headings(_convert(text), level)


def _convert(text: str) -> str:
    try:
        if not is_too_much(text):
            return _CLEANER.clean(_converter().reset().convert(text))
    except RecursionError:
        # Its `reset` does not forget where it was when it broke off, which would change the texts after this one.
        _converter.cache_clear()
    # Thousands of nested quotes, or too much: shown as it was written.
    return _CLEANER.clean(f"<pre>{nh3.clean_text(text)}</pre>")


def _fit_headings(html: str, top: int) -> str:
    """Headings below the page's own and without gaps. `html` is sanitised, so they have no attributes."""
    if "<h" not in html:
        return html
    levels = sorted({found[2] for found in HEADING.finditer(html)})
    return HEADING.sub(lambda found: f"<{found[1]}h{min(6, top + levels.index(found[2]))}>", html)


def absolute_links(html: str, base: str) -> str:
    """The same HTML for readers that do not know the page's address. `html` is sanitised, so links have one form."""
    return LINK.sub(lambda match: match[1] + _join(base, match[2]) + match[3], html) if "<a " in html else html


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        # No address at all, such as `//[`.
        return address


def move_links(html: str, way: str) -> str:
    """The same HTML on a page from which `way` leads to the page that relative links are written for."""
    if not way or "<a " not in html:
        return html
    return LINK.sub(
        lambda match: match[0] if ABSOLUTE.match(match[2]) else f"{match[1]}{way}{match[2]}{match[3]}", html
    )


def lift_links(html: str) -> str:
    """The same HTML in the tree of another language: what is there once for all languages is a folder further up."""
    return SHARED.sub(r"\1../\2", html) if "../" in html else html


def focus_wide(html: str) -> str:
    """The same HTML on a page on which what may be too wide can be scrolled with the keyboard. `html` is sanitised, so
    these elements have no attributes."""
    return WIDE.sub(r'<\1 tabindex="0">', html) if "<pre>" in html or "<table>" in html else html


def words_of(text: str) -> str:
    """The words of an author's text on one line, up to a heading within."""
    return " ".join(text.split()) if is_plain(text) else unescape(plain_text(render_markdown(text)))


def plain_text(html: str) -> str:
    """The words of sanitised HTML on one line, up to a heading within; still escaped for HTML."""
    opening = HEADED.sub("", html) if "<h" in html else html
    return " ".join(TAG.sub(lambda tag: "" if tag[1] in INLINE else " ", opening).split())
