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
# Sanitised HTML has its attributes in double quotes, in which `>` may stand.
TAG = re.compile(r'</?([a-z0-9]+)[^>"]*(?:"[^"]*"[^>"]*)*>')
INLINE = frozenset("a abbr b code del em i ins kbd mark q s samp small span strong sub sup u var wbr".split())
HEADED = re.compile(r"(?<=.)<h[1-6]>.*", re.DOTALL)
LINK = re.compile(r'(<a\b[^>]*? href=")([^"]*)(")')


class _Fit(Treeprocessor):
    """Headings below the page's own and without gaps; images as links, because no page asks another host."""

    top = 2

    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if HEADING.fullmatch(str(element.tag))]
        levels = sorted({str(element.tag) for element in headings})
        for element in headings:
            element.tag = f"h{min(6, self.top + levels.index(str(element.tag)))}"
        for element in root.iter("img"):
            element.tag = "a"
            element.set("href", element.attrib.pop("src", ""))
            element.text = element.attrib.pop("alt", "") or "image"


_FIT = _Fit()


class _Rules(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(_FIT, "statusgen", 0)
        # `---` below a line is a rule between two thoughts, as people mean it, and never a heading.
        md.parser.blockprocessors.deregister("setextheader")


HEADING = re.compile("h[1-6]")
_CONVERTER = markdown.Markdown(extensions=["tables", "fenced_code", "sane_lists", _Rules()], output_format="html")
_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED_TAGS) - {"img"},
    attributes=ATTRIBUTES,
    url_schemes=set(ALLOWED_SCHEMES),
    clean_content_tags={"script", "style"},
    link_rel="nofollow noopener noreferrer",
)


@lru_cache(maxsize=4096)
def render_markdown(text: str, level: int = 4) -> str:
    """HTML of an author's text, whose highest heading becomes `level`."""
    if PLAIN.fullmatch(text):
        return f"<p>{text}</p>"
    _FIT.top = level
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
    """The words of sanitised HTML on one line, up to a heading within; still escaped for HTML."""
    opening = HEADED.sub("", html)
    return " ".join(TAG.sub(lambda tag: "" if tag[1] in INLINE else " ", opening).split())
