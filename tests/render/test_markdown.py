"""Authors' texts to HTML: the shortcut for plain text, headings that fit, links, what the sanitiser keeps."""

from __future__ import annotations

from html import unescape
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from statusgen.render.markdown import (
    PLAIN,
    absolute_links,
    convert_markdown,
    move_links,
    plain_text,
    render_markdown,
    words_of,
)

HARD = "aZé字 0.,:;!?'\"()-+=#~/|{}^%$@`*_[]<>&\\\n\t\x0c\x85\xa0\u2028\u200b\u00ad\u202e\ufeffß١"
PIECES = [
    "http://a.example",
    "www.a.example",
    "a@b.example",
    "1. a",
    "- a",
    "a\n===",
    ": b",
    "  ",
    "{#x}",
    "{: .c}",
    "...",
]


@st.composite
def plain_texts(draw: st.DrawFn) -> str:
    """One line in the way of authors, of characters that may or may not mean something."""
    piece = st.one_of(st.sampled_from(HARD), st.sampled_from(PIECES), st.characters(exclude_categories=("Cs", "Cc")))
    return "".join(draw(st.lists(piece, max_size=12)))


@settings(max_examples=700, deadline=None)
@given(st.one_of(plain_texts(), st.from_regex(PLAIN, fullmatch=True)))
@example("All requests succeed again.")
@example("A | B")
@example("Terms: a, b")
@example("a  b")
def test_the_shortcut_for_plain_text_gives_what_the_whole_way_gives(text: str) -> None:
    if PLAIN.fullmatch(text):
        assert render_markdown(text) == convert_markdown(text)
        assert words_of(text) == unescape(plain_text(convert_markdown(text)))


def test_the_shortcut_is_taken_by_ordinary_sentences() -> None:
    for text in ("We look into it.", "Half of all requests fail: we're on it (really).", "Größere Störung – behoben"):
        assert PLAIN.fullmatch(text), text


RENDERED = [
    ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
    ("a\n---\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
    ("a\n===\nb", "<p>a\n===\nb</p>"),
    ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
    ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
    ("```\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
    ("```toml\na\n```", '<pre><code class="language-toml">a\n</code></pre>'),
    ("AT&T &amp; &lt;b&gt;", "<p>AT&amp;T &amp; &lt;b&gt;</p>"),
    ("1 < 2 > 0", "<p>1 &lt; 2 &gt; 0</p>"),
    ("a <!-- b --> c", "<p>a  c</p>"),
    ("a:\n- b\n- c", "<p>a:</p>\n<ul>\n<li>b</li>\n<li>c</li>\n</ul>"),
    ("a\n1. b\n2. c", "<p>a</p>\n<ol>\n<li>b</li>\n<li>c</li>\n</ol>"),
    ("since\n2024. b", "<p>since\n2024. b</p>"),
    ("- a\ngoes on\n- b", "<ul>\n<li>a\ngoes on</li>\n<li>b</li>\n</ul>"),
    ("```\na\n- b\n```", "<pre><code>a\n- b\n</code></pre>"),
    ("{{ 6*7 }} {% raw %}", "<p>{{ 6*7 }} {% raw %}</p>"),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "html"), RENDERED)
def test_what_markdown_becomes(text: str, html: str) -> None:
    assert render_markdown(text) == html


# The text, the level of its highest heading, and the levels that come out.
LEVELS = [
    ("# a", 4, ["h4"]),
    ("### a\n\n##### b", 4, ["h4", "h5"]),
    ("### a\n\n#### b\n\n### c", 3, ["h3", "h4", "h3"]),
    ("# a\n\n###### b", 2, ["h2", "h3"]),
    ("# a\n\n## b\n\n### c", 5, ["h5", "h6", "h6"]),
    ("<h1>a</h1>\n\n## b", 4, ["h4", "h5"]),
    ('<h2 class="x" id="main">a</h2>\n\n`<h1>`', 4, ["h4"]),
]


@pytest.mark.parametrize(("text", "level", "expected"), LEVELS)
def test_headings_fit_the_page(text: str, level: int, expected: list[str]) -> None:
    html = render_markdown(text, level)
    assert [part[:2] for part in html.split("<")[1:] if part.startswith("h")] == expected


LINKS = [
    ("[a](https://x.example/?a=1&b=2)", 'href="https://x.example/?a=1&amp;b=2"'),
    ("[a](/docs)", 'href="/docs"'),
    ("[a](mailto:noc@x.example)", 'href="mailto:noc@x.example"'),
    ("<https://x.example>", 'href="https://x.example"'),
    ("[a](https://x.example 'say \"hi\"')", 'title="say &quot;hi&quot;"'),
    ("![a chart](https://x.example/a.png)", 'href="https://x.example/a.png"'),
    ("![](https://x.example/a.png)", ">image</a>"),
    ("See https://x.example/a_b_c?d=1&e=2.", '">https://x.example/a_b_c?d=1&amp;e=2</a>.</p>'),
    ("(https://x.example/a(b))", '">https://x.example/a(b)</a>)</p>'),
    ("**https://x.example/**", '">https://x.example/</a></strong>'),
    ("[https://x.example](https://y.example)", '<p><a href="https://y.example" rel='),
    ('<a href="https://x.example">https://x.example</a>', '<p><a href="https://x.example" rel='),
]


@pytest.mark.parametrize("text", ["`https://x.example`", "https://", "https://x.example/a\\_b", "xhttps//x.example"])
def test_no_links(text: str) -> None:
    assert "<a" not in render_markdown(text)


@pytest.mark.parametrize("text", ["http://" * 13_000 + "\\_", "https://a" + "(" * 45_000 + ")" * 45_000])
def test_addresses_without_an_end_are_soon_given_up(text: str) -> None:
    began = process_time()
    assert "<a" not in render_markdown(text)
    assert process_time() - began < 10


@pytest.mark.parametrize(("text", "part"), LINKS)
def test_links(text: str, part: str) -> None:
    html = render_markdown(text)
    assert part in html
    assert 'rel="nofollow noopener noreferrer"' in html
    assert "<img" not in html


def test_links_in_feeds_are_absolute() -> None:
    html = absolute_links(
        render_markdown("[a](../x/?q=1&r=2) [b](#c) [d](https://e.example/)"), "https://s.example/i/1/"
    )
    assert 'href="https://s.example/i/x/?q=1&amp;r=2"' in html
    assert 'href="https://s.example/i/1/#c"' in html
    assert 'href="https://e.example/"' in html


def test_an_address_that_is_none_stays_as_it_is() -> None:
    assert 'href="//["' in absolute_links(render_markdown("[a](//[)"), "https://s.example/")


MOVED = [
    ("../x/?q=1&r=2", "i/1/../x/?q=1&amp;r=2"),
    ("#c", "i/1/#c"),
    ("", "i/1/"),
    ("/docs", "/docs"),
    ("//e.example/", "//e.example/"),
    ("https://e.example/", "https://e.example/"),
    ("mailto:a@e.example", "mailto:a@e.example"),
]


@pytest.mark.parametrize(("link", "moved"), MOVED)
def test_relative_links_shown_on_another_page(link: str, moved: str) -> None:
    assert f'href="{moved}"' in move_links(render_markdown(f"[a]({link})"), "i/1/")


WORDS = [
    ("See [the docs](https://a.example), also *b*.", "See the docs, also b."),
    ("a\n\nb", "a b"),
    ("- a\n- b", "a b"),
    ("a\n\n### What we do\n\nb", "a"),
    ("### What we do\n\nb", "What we do b"),
    ("a `<b>` c", "a &lt;b&gt; c"),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_the_words_of_a_text(text: str, words: str) -> None:
    assert plain_text(render_markdown(text)) == words
    assert words_of(text) == unescape(words)


@pytest.mark.parametrize(
    "text", ["[" * 500_000, "> " * 5000 + "a", "*" * 5000, "(" * 5000 + "[a](b" * 500, "- " * 3000 + "a"]
)
def test_nesting_without_end_is_met(text: str) -> None:
    assert render_markdown(text)


@pytest.mark.parametrize("mark", ["> ", "- ", "**[", "<b>", "*a [b "])
@pytest.mark.parametrize("depth", [100, 150, 200, 300, 500, 1900])
def test_what_broke_off_leaves_no_trace_in_later_texts(mark: str, depth: int) -> None:
    convert_markdown(mark * depth + "a")
    assert convert_markdown("[a](/b)\n\n- c") == (
        '<p><a href="/b" rel="nofollow noopener noreferrer">a</a></p>\n<ul>\n<li>c</li>\n</ul>'
    )
