"""The markdown of an update has the words of its HTML, whatever characters they are."""

import html
import re

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from statusgen.importers.feed.html import to_markdown
from statusgen.importers.text import clean_text

RENDERER = markdown.Markdown(extensions=["tables", "fenced_code", "sane_lists"])
BLOCK = re.compile(r"(?i)<(?:/?(?:p|li|ul|ol|h\d|div|pre|blockquote|table|tr|td|th|hr)\b|br)[^>]*>")
SPECIAL = [*"ab1 .-+*_`~#>|:=[]()!<&;\\\"'{}\n \t", "\xa0", "\u2028", "é", "---", "```", "~~~", "&lt;", "&#35;", "1. ",
           "- ", "## ", "**", "__", "||", "|-|", "snake_case", "<b>", "http://x.y/a_b"]  # fmt: skip


def words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"</?[a-zA-Z][^>]*>", "", BLOCK.sub(" ", markup))).split())


def rendered_words(text: str) -> str:
    return words(RENDERER.reset().convert(text))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("one<br />two<br><br/>three", "one  \ntwo\n\nthree"),
        ("<p>one</p><br /><p>two</p></p>", "one\n\ntwo"),
        ("a <b>bold </b>word, <em>soft</em> and <code>x_y</code>", "a **bold** word, *soft* and `x_y`"),
        ('see <a href="https://a.example/b_(c)?d=1&amp;e=2" target="_blank">this</a>',
         "see [this](https://a.example/b_%28c%29?d=1&e=2)"),
        ('<a href="/incidents/abc">it</a>', "[it](https://status.example/incidents/abc)"),
        ('<a href="javascript:alert(1)">it</a>', "it"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>after", "- a\n    - b\n- c\n\nafter"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<h1>Root cause #2</h1>text", "### Root cause \\#2\n\ntext"),
        ("## resolved @ 2026-01-01", "\\## resolved @ 2026-01-01"),
        ("text<br>===<br>---", "text  \n&#61;==  \n\\---"),
        ("https://a.example/b_c?d=e_f 5 < 6 AT&amp;T 3.5", "https://a.example/b_c?d=e_f 5 < 6 AT&T 3.5"),
        ("a * b _c_ [d](e) `f` &lt;g&gt; &amp;lt;", "a \\* b \\_c\\_ \\[d\\](e) \\`f\\` &lt;g> &amp;lt;"),
        ("<script>no()</script>yes", "yes"),
        ("", ""),
    ],
)  # fmt: skip
def test_markdown(source: str, expected: str) -> None:
    assert to_markdown(source, "https://status.example/incidents/x") == expected


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(SPECIAL), max_size=25).map("".join)))
def test_any_text_survives(text: str) -> None:
    assert rendered_words(to_markdown(html.escape(text))) == " ".join(clean_text(text).split())


TAGS = ["b", "strong", "i", "em", "code", "p", "div", "h1", "h2", "h6", "span", "u", "blockquote", "pre"]


def _tagged(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(TAGS)
    urls = st.sampled_from(
        ["https://e.example/a(b)_c*d?x=1&copy;", "javascript:x", "/rel", "http://[bad", "https://e/`a"]
    )
    lists = st.lists(inner, max_size=3).map(lambda items: "".join(f"<li>{item}</li>" for item in items))
    return st.one_of(
        st.builds("<{0}>{1}</{0}>".format, tags, inner),
        st.builds(lambda url, text: f'<a href="{html.escape(url)}">{text}</a>', urls, inner),
        st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["ul", "ol"]), lists),
        st.sampled_from(["<br>", "<br /><br />"]),
    )


WORDS = st.lists(st.sampled_from(SPECIAL), max_size=12).map("".join).map(html.escape)
MARKUP = st.recursive(
    WORDS, lambda part: st.lists(st.one_of(part, _tagged(part)), max_size=5).map("".join), max_leaves=12
)


@settings(max_examples=300, deadline=None)
@example('<a href="https://e.example/a(b)_c*d?x=1&amp;copy;">]:</a>')
@given(MARKUP)
def test_any_markup_keeps_its_words_and_makes_no_heading(source: str) -> None:
    text = to_markdown(source)
    assert rendered_words(text) == words(source)
    assert not any(re.match(r"#{1,2}(?!#)", line) for line in text.split("\n"))
