"""Markdown to HTML that is safe on any page: sanitised, never trusted."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from statusgen.model.markup import ALLOWED_SCHEMES, ALLOWED_TAGS

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
# One line without any character that means something in markdown or HTML is its own rendering.
PLAIN = re.compile(r"[^\W\d_][^\\`*_\[\]<>&\n\r\t\f\v\x02\x03\xa0]*(?<! )")
LINK = re.compile(r'(<a\b[^>]*? href=")([^"]*)(")')


class _Headings(Treeprocessor):
    """Puts the author's headings below the page's own, and shows images as links: no page asks another host."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                element.tag = f"h{min(6, max(3, int(element.tag[1])) + 1)}"
            elif element.tag == "img":
                element.tag = "a"
                element.set("href", element.attrib.pop("src", ""))
                element.text = element.attrib.pop("alt", "") or "image"


class _Rules(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(_Headings(md), "statusgen", 0)
        # `---` below a line is a rule between two thoughts, as people mean it, and never a heading.
        md.parser.blockprocessors.deregister("setextheader")


_CONVERTER = markdown.Markdown(extensions=["tables", "fenced_code", "sane_lists", _Rules()], output_format="html")
_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED_TAGS) - {"img"},
    attributes=ATTRIBUTES,
    url_schemes=set(ALLOWED_SCHEMES),
    clean_content_tags={"script", "style"},
    link_rel="nofollow noopener noreferrer",
)


@lru_cache(maxsize=4096)
def render_markdown(text: str) -> str:
    """HTML of an author's text. Headings begin at `h4`."""
    if not text:
        return ""
    if PLAIN.fullmatch(text):
        return f"<p>{text}</p>"
    try:
        html = _CONVERTER.reset().convert(text)
    except RecursionError:
        # Thousands of nested quotes or brackets: shown as it was written.
        html = f"<pre>{nh3.clean_text(text)}</pre>"
    return _CLEANER.clean(html)


def absolute_links(html: str, base: str) -> str:
    """The same HTML for readers that do not know the page's address. `html` is sanitised, so links have one form."""
    return LINK.sub(lambda match: match[1] + urljoin(base, match[2]) + match[3], html) if "<a " in html else html


def plain_text(html: str) -> str:
    """The words of sanitised HTML on one line, for descriptions; still escaped for HTML."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())
