"""What people wrote has no effect in a comment on a pull request, and none on a terminal."""

from __future__ import annotations

import random
import re
from datetime import timedelta
from pathlib import Path

import pytest
from comparing import HEAD, LOOK, SITE, run_diff
from markdown_it import MarkdownIt
from watching import START, Clock, Repo

from statusgen.diff.forms import MOST_LETTERS, render_line, render_markdown
from statusgen.diff.words import Line, Quote, Section

HOSTILE = (
    "@octocat and @acme/team",
    "#1 and GH-2 and acme/site#3",
    "[a](https://evil.example/) ![b](https://evil.example/x.png)",
    "<img src=x onerror=alert(1)> <!-- -->",
    "` `` ``` ```` @octocat",
    "`",
    "``",
    " ` ",
    "`@octocat`",
    "a ```` b ``` @octocat ` c",
    "\\` @octocat \\",
    "*a* _b_ ~~c~~ :tada: https://evil.example/",
    "line\n\n# Heading\n\n@octocat\r\n- item\u2028@octocat",
    "&lt;b&gt; &#64;octocat",
    "| a | b |",
    "\x1b[31mred\x1b[0m \x07 \u202eright to left\u202c",
    "",
    " ",
)


def read_quotes(text: str) -> list[str]:
    """What stands in code spans; nothing else has any markup than what the renderer itself writes."""
    found = []
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(text):
        assert token.type in {
            *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline"),
            *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
        }, token
        for child in token.children or ():
            assert child.type in ("text", "code_inline", "strong_open", "strong_close"), child
            if child.type == "code_inline":
                found.append(child.content)
            else:
                assert "@" not in child.content and "#" not in child.content and "://" not in child.content
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_wrote_stays_in_its_code_span(text: str) -> None:
    line = Line("+", ("incident opens: ", Quote(text), " (", Quote("x"), ")"))
    found = read_quotes(render_markdown(line, [Section("Status", (line, line))], False))
    assert found[1::2] == ["x"] * 3
    assert len({*found[::2]}) == 1
    shown = render_line(line)
    assert shown.isprintable()
    assert found[0].strip() == shown.removeprefix("incident opens: ").removesuffix(" (x)").strip()


def test_random_ones(long: bool) -> None:
    dice = random.Random(1)
    for _ in range(20_000 if long else 2_000):
        text = "".join(dice.choices(["`", "``", "@a", " ", "\\", "\n", "<b>", "*", "x", "[", "](", "&#96;"], k=8))
        line = Line("-", (Quote(text), ": ", Quote("x"), Quote(text)))
        found = read_quotes(render_markdown(line, (), False))
        assert [found[0], found[1]] == [found[2], "x"], text


def test_all_of_it_from_content(tmp_path: Path) -> None:
    """Titles, names of components and of files, ids, and messages that quote them."""
    repo = Repo(tmp_path / "repo", clock=Clock(tmp_path / "clock"))
    evil = '"@octocat `#1` [x](https://evil.example/) <b>"'
    repo.commit({"site.yaml": SITE.replace("API", evil), "incidents/old.md": HEAD + LOOK})
    files = {"incidents/@octocat.md": HEAD.replace("Errors", evil).replace("api", "web") + LOOK}
    files |= {
        "incidents/`x`.md": (HEAD + LOOK).replace("api", "@octocat"),
        "incidents/<b>.md": "---\n@octocat: #1\n---\n",
    }
    repo.write(files)
    repo.delete("incidents/old.md")
    now = START + timedelta(minutes=5)
    text = run_diff(repo, now, "--format", "markdown").stdout
    found = read_quotes(text)
    assert any("@octocat `#1` [x](https://evil.example/) <b>" in quote for quote in found)
    assert re.match(r"### Status page: `HEAD` \([0-9a-f]{12}\) → `the working tree`, as of 3 November 2026, ", text)
    assert all(line.startswith(("### ", "**", "- ")) or not line for line in text.splitlines())


def test_a_comment_has_an_end() -> None:
    line = Line("+", (Quote("x" * 1000),))
    sections = [Section(f"Part {number}", (line,) * 20) for number in range(10)]
    text = render_markdown(line, sections, False)
    assert len(text) < MOST_LETTERS + 1_000
    lines = len([line for line in text.splitlines() if line.startswith("- ")])
    assert lines > 50 and text.endswith(f"\nThere is no room here for {200 - lines} lines more.\n")
    read_quotes(text)
