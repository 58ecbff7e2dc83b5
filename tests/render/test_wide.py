"""What is too wide for a page scrolls on its own, there also with the keyboard; feeds have none of that."""

from __future__ import annotations

import pytest
from html_reader import read_html
from sites import make_site

from statusgen.render.markdown import focus_wide, render_markdown

HEAD = "---\ntitle: Down\ncomponents: {api: major_outage}\n---\n\n"
TEXTS = ["    a very wide line", "```\na very wide line\n```", "| a | b |\n| --- | --- |\n| c | d |"]


@pytest.mark.parametrize("text", TEXTS)
def test_code_and_tables_can_be_focused_on_pages_and_not_in_feeds(text: str) -> None:
    site = make_site({"incidents/down.md": f"{HEAD}{text}\n\n## investigating @ 2026-11-20 12:00\n\n{text}\n"})
    wide = [a for tag, a in read_html(site["incidents/down/index.html"]).elements if tag in ("pre", "table")]
    assert [attributes.get("tabindex") for attributes in wide] == ["0", "0"]
    others = [path for path in site if path.endswith((".rss", ".atom", ".json"))]
    assert len(others) > 5
    assert not [path for path in others if b"tabindex" in site[path]]


@pytest.mark.parametrize("text", ["`<pre>`", '[a](https://a.example "<pre>")', "&lt;pre&gt; <table", "a"])
def test_what_only_looks_like_code_stays_as_it_is(text: str) -> None:
    html = render_markdown(text)
    assert focus_wide(html) == html
