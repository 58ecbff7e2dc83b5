"""The grammar of update headings, by tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.parse.headings import find_headings, find_other_headings, parse_heading, split_updates

T = "2026-11-03 09:20"
# The text behind `##`; its status, its time (None: has none, "": is empty) and its attributes.
HEADINGS: list[tuple[str, str, str | None, str]] = [
    (f"investigating @ {T}", "investigating", T, ""),
    (f"investigating @{T}", "investigating", T, ""),
    (f"investigating@{T}", "investigating", T, ""),
    (f"investigating - {T}", "investigating", T, ""),
    (f"investigating -- {T}", "investigating", T, ""),
    (f"investigating – {T}", "investigating", T, ""),
    (f"investigating–{T}", "investigating", T, ""),
    (f"investigating — {T}", "investigating", T, ""),
    (f"investigating—{T}", "investigating", T, ""),
    (f"investigating | {T}", "investigating", T, ""),
    (f"investigating|{T}", "investigating", T, ""),
    (f"in progress - {T}", "in progress", T, ""),
    (f"in-progress - {T}", "in-progress", T, ""),
    (f"in-progress @ {T} +07:00", "in-progress", f"{T} +07:00", ""),
    (f"resolved @ {T} -05:00", "resolved", f"{T} -05:00", ""),
    (f"resolved - {T} - 05:00", "resolved", f"{T} - 05:00", ""),
    (f"resolved @ {T} | UTC", "resolved", f"{T} | UTC", ""),
    ("resolved @ 2026-11-03T09:20Z", "resolved", "2026-11-03T09:20Z", ""),
    ("resolved", "resolved", None, ""),
    ("resolved @", "resolved", "", ""),
    ("resolved -", "resolved", "", ""),
    ("resolved |", "resolved", "", ""),
    (f"@ {T}", "", T, ""),
    ("", "", None, ""),
    (f"resolved {T}", f"resolved {T}", None, ""),
    (f"identified @ {T} {{api=partial_outage}}", "identified", T, "api=partial_outage"),
    (f"identified @ {T}{{api=partial_outage next=30m}}", "identified", T, "api=partial_outage next=30m"),
    (f"identified @ {T} {{ a=b, c=d }}  ", "identified", T, " a=b, c=d "),
    (f"identified @ {T} {{}}", "identified", T, ""),
    ("identified {next=30m}", "identified", None, "next=30m"),
    ("identified @ {next=30m}", "identified", "", "next=30m"),
    ("identified {api-eu=degraded-performance}", "identified", None, "api-eu=degraded-performance"),
]


@pytest.mark.parametrize(("text", "status", "time", "attributes"), HEADINGS)
def test_the_parts_of_a_heading(text: str, status: str, time: str | None, attributes: str) -> None:
    heading = parse_heading(text, 7, "body")
    assert (heading.status, heading.time, heading.attributes) == (status, time, attributes)
    assert (heading.line, heading.body, heading.unclosed) == (7, "body", False)


UNCLOSED = [f"identified @ {T} {{next=30m", f"identified @ {T} next=30m}}", "a {b} c", "a {{b=c}}", "a {b=c} {d=e}"]


@pytest.mark.parametrize("text", UNCLOSED)
def test_braces_that_do_not_match_are_told(text: str) -> None:
    assert parse_heading(text, 1).unclosed


# A body, and the texts that are headings of level 2 in it.
FOUND = [
    ("## a\n\ntext\n\n## b", ["a", "b"]),
    ("##a", ["a"]),
    ("   ## a", ["a"]),
    ("    ## code", []),
    ("## a ##", ["a"]),
    ("## a #b", ["a #b"]),
    ("##   a\u00a0 b\u200b  ", ["a b"]),
    ("\u200b## a", ["a"]),
    ("##", [""]),
    ("# a\n### b\n#### c", []),
    ("text ## a", []),
    ("> ## a", []),
    ("- ## a", []),
    ("```\n## a\n```\n## b", ["b"]),
    ("~~~\n## a\n```\n## b\n~~~", []),
    ("````\n```\n## a\n````\n## b", ["b"]),
    ("```\n## a", ["a"]),
    ("```` a\n## x\n````\n## b", ["b"]),
    ("``` a`b\n## x\n```", ["x"]),
]


@pytest.mark.parametrize(("body", "texts"), FOUND)
def test_where_headings_are_found(body: str, texts: list[str]) -> None:
    assert [text for _, text in find_headings(body.split("\n"))] == texts


OTHERS = [
    ("# a\n### b\n###### c\n####### d", ["a", "b", "c"]),
    ("a\n---\n\nb\n===\n", ["a", "b"]),
    ("## a", []),
    ("```\n# a\n```", []),
]


@pytest.mark.parametrize(("body", "texts"), OTHERS)
def test_headings_of_other_levels(body: str, texts: list[str]) -> None:
    assert [text for _, text in find_other_headings(body.split("\n"))] == texts


def test_a_body_is_split_at_its_updates_with_their_lines() -> None:
    summary, updates = split_updates("A summary.\n\n## resolved\nB\n\n### own\n\n## identified\n\nC\n", 10)
    assert summary.strip() == "A summary."
    assert [(update.line, update.status, update.body.strip()) for update in updates] == [
        (12, "resolved", "B\n\n### own"),
        (17, "identified", "C"),
    ]
    assert split_updates("No update.", 1) == ("No update.", [])


LINES = [
    *("", "Words.", "A # and a ##.", "### own", "##", "```", "~~~"),
    *(f"## resolved @ {T}", f"## in_progress @ {T} UTC", f"##  resolved @ {T}", f"## resolved @ {T} {{api=down}}"),
    *(f"## resolved @ {T} #", f"## resolved @ {T} ", f"\u00ad## resolved @ {T}", f"## Resolved @ {T}:30", f"# {T} ##"),
]


@given(st.lists(st.sampled_from(LINES), max_size=12), st.integers(1, 50))
def test_what_headings_usually_are_is_read_as_what_they_may_be(lines: list[str], first_line: int) -> None:
    found = list(find_headings(lines))
    ends = [*(start for start, _ in found), len(lines)]
    updates = [
        parse_heading(text, first_line + start, "\n".join(lines[start + 1 : end]))
        for (start, text), end in zip(found, ends[1:], strict=True)
    ]
    assert split_updates("\n".join(lines), first_line) == ("\n".join(lines[: ends[0]]), updates)
