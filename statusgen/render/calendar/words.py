"""An author's text without markup, in paragraphs."""

from __future__ import annotations

import re
from html import unescape

from statusgen.model.entries import Change, Update
from statusgen.model.language import Language
from statusgen.render.markdown import INLINE, TAG, render_markdown
from statusgen.render.names import name_of
from statusgen.render.words import AUTOMATIC

ITEM, BREAK, GAP = "\n- ", "\n", "\n\n"
STARTS = {"li": ITEM, "br": BREAK, "tr": BREAK, "td": " ", "th": " "}
# Only there are the ends of lines an author's.
CODE = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
GAPS = re.compile(r"\n{3,}")
LOOSE = re.compile(r"- \n+")


def describe(change: Change, newest: Update | None, address: str, language: Language, reason: str = "") -> str:
    """What an event says beside its title: the `reason` of what is otherwise, the summary, and what was told last."""
    said = ""
    if newest:
        automatic = AUTOMATIC.get(newest.status.value, "") if newest.automatic else ""
        body = language.find(automatic) if newest.automatic else plain(newest.body)
        name = name_of(newest.status, language)
        said = f"{name}: {body}" if body else name
    return GAP.join(part for part in (plain(reason), plain(change.summary), said, address) if part)


def plain(markdown: str) -> str:
    if not markdown:
        return ""
    parts = CODE.split(render_markdown(markdown))
    html = "".join(part if number % 2 else part.replace("\n", " ") for number, part in enumerate(parts))
    words = unescape(TAG.sub(_replace, html))
    lines = LOOSE.sub("- ", "\n".join(line.strip() for line in words.split("\n")))
    return GAPS.sub(GAP, lines).strip()


def _replace(tag: re.Match[str]) -> str:
    name, closes = tag[1], tag[0].startswith("</")
    if name in INLINE:
        return ""
    if closes:
        return "" if name in STARTS else GAP
    return STARTS.get(name, GAP)
