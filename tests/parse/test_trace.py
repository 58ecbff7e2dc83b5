"""Following update headings through versions of a file, without git."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import process_time

import pytest

from statusgen.model.revisions import FileHistory, Revision
from statusgen.parse.alignment import match_updates
from statusgen.parse.headings import split_updates
from statusgen.parse.outline import read_outline
from statusgen.parse.text import parse_text
from statusgen.parse.trace import CUT_OFF, EITHER, UNCOMMITTED, trace_headings
from statusgen.parse.updates import HeadingTimes

START = datetime(2026, 11, 3, 9, tzinfo=UTC)
HEAD = "---\ntitle: API\n---\n"


def hour(number: int) -> datetime:
    return START + timedelta(hours=number)


def history(*bodies: str, at: dict[int, datetime | None] | None = None) -> FileHistory:
    """One version after the other, an hour apart."""
    times = {number: hour(number) for number in range(len(bodies))} | (at or {})
    chain = [
        Revision("a.md", f"c{n}", str(n), times[n], (("a.md", f"c{n - 1}"),) if n else ()) for n in range(len(bodies))
    ]
    return FileHistory({"a.md": tuple(chain)}, {str(n): (HEAD + body).encode() for n, body in enumerate(bodies)})


def trace(data: bytes, record: FileHistory, now: datetime | None = None, path: str = "a.md") -> HeadingTimes:
    return trace_headings(path, read_outline(data), record, now)


def hours(now: str, *earlier: str) -> list[int | None]:
    """The hour of each heading of the last version, None where it has no time."""
    times = trace((HEAD + now).encode(), history(*earlier, now)).by_line
    lines = (HEAD + now).split("\n")
    found = [times.get(n) for n, line in enumerate(lines, 1) if line.startswith("## ")]
    return [(at - START) // timedelta(hours=1) if at else None for at in found]


A, B, C = "## investigating\n\nWe look.\n\n", "## identified\n\nA bad disk.\n\n", "## resolved\n\nAll is well.\n\n"


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ([A], [0]),
        ([A, A + B, A + B + C], [0, 1, 2]),
        ([A, B + A, C + B + A], [2, 1, 0]),
        ([A, "## investigating {next=30m}\n\nWe look.\n"], [0]),
        ([A, "##   Investigating   ##\n\nWe look.\n"], [0]),
        ([A, "## investigating\n\nOther words here, and more of them.\n"], [0]),
        ([A, "A summary.\n\n" + A], [0]),
        ([A + B, "## investigating\n\nWe\nlook.\n\n## identified {api=operational}\n\nA bad\ndisk.\n"], [0, 0]),
        ([A, A + B, B + A], [1, 0]),
        ([A, A + B, C + B + A], [2, 1, 0]),
        ([A, A + B, "## investigating\n\nWe look.\n\n## monitoring\n\nA bad disk.\n\n" + C], [0, 1, 2]),
        ([A, "## identified\n\nWe look.\n", C + "## identified\n\nWe look.\n"], [2, 0]),
        (["## identified\n", "## monitoring\n"], [0]),
        ([A, A + B, A, A + C], [0, 3]),
        ([A, "## resolved\n\nRepaired by a new switch.\n"], [1]),
        ([A, A + "## monitoring\n", A + "## resolved\n"], [0, 2]),
    ],
)
def test_versions(versions: list[str], expected: list[int | None]) -> None:
    assert hours(versions[-1], *versions[:-1]) == expected


def test_the_same_status_again() -> None:
    again = "## investigating\n\nStill looking.\n\n"
    assert hours(A + again, A) == [0, 1]
    assert hours(again + A, A) == [1, 0]
    assert hours(again + "## investigating {next=1h}\n\nWe look!\n", A) == [1, 0]


def test_the_same_words_again_are_placed_by_their_neighbours() -> None:
    same = "## monitoring\n\nNo news.\n\n"
    assert hours(A + same + same, A, A + same) == [0, 1, 2]
    assert hours(same + same + A, A, same + A) == [2, 1, 0]


def test_hashes_in_front_matter_and_code_are_not_headings() -> None:
    text = "---\ntitle: API\n## note\n---\n\n```\n## no\n```\n" + A
    record = FileHistory({"a.md": (Revision("a.md", "c", "0", START, ()),)}, {"0": text.encode()})
    assert trace(text.encode(), record).by_line == {9: START}


def test_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    data = b"\xef\xbb\xbf" + (HEAD + A + B).replace("\n", "\r\n").encode()
    assert list(trace(data, history(A, A + B)).by_line.values()) == [hour(0), hour(1)]


@pytest.mark.parametrize("separator", ["\r", "\x85", "\u2028", "\u2029", "\x0b", "\x1e"])
def test_lines_are_counted_as_parsing_counts_them(separator: str) -> None:
    text = HEAD + A.replace("look.", f"look.{separator}And wait.") + B
    clean, _ = parse_text("a.md", text.encode())
    expected = [number for number, line in enumerate((clean or text).split("\n"), 1) if line.startswith("## ")]
    assert list(trace(text.encode(), history(A, text.removeprefix(HEAD))).by_line) == expected


def test_an_old_version_may_be_broken() -> None:
    record = history(A, A)
    for broken in (b"", b"\xff\xfe\x00", b"---\ntitle: [\n" + A.encode(), (A + "\x07").encode()):
        texts = {**record.texts, "0": broken}
        found = trace((HEAD + A).encode(), FileHistory(record.chains, texts)).by_line
        assert found == {4: hour(0 if b"##" in broken else 1)}


def test_uncommitted() -> None:
    record = history(A)
    times = trace((HEAD + A + C).encode(), record)
    assert times.by_line == {4: hour(0)}
    assert times.why_none == UNCOMMITTED
    times = trace((HEAD + A + C).encode(), record, hour(9))
    assert times.by_line == {4: hour(0), 8: hour(9)}
    assert trace((HEAD + A).encode(), record, hour(9), "b.md").by_line == {4: hour(9)}


def test_a_heading_with_a_time_is_left_alone() -> None:
    now = HEAD + "## investigating @ 2026-11-03 09:20\n\nWe look.\n\n## resolved @\n"
    assert trace(now.encode(), history(A)).by_line == {}
    assert not read_outline(now.encode()).is_untimed
    assert read_outline((HEAD + A).encode()).is_untimed


def test_cut_off() -> None:
    record = history(A, A + B, at={0: None})
    times = trace((HEAD + A + B).encode(), record, hour(9))
    assert times.by_line == {8: hour(1)}
    assert times.why_none == CUT_OFF
    assert trace((HEAD + A + B + C).encode(), record).why_none == EITHER


def test_no_history_at_all() -> None:
    times = trace((HEAD + A).encode(), FileHistory({}, {}, "no git"), hour(9))
    assert times.by_line == {}
    assert times.why_none == "no git"


def test_a_merge_takes_each_update_from_where_it_came() -> None:
    base = Revision("a.md", "c0", "0", hour(0), ())
    left = Revision("a.md", "c1", "1", hour(1), (base.place,))
    right = Revision("a.md", "c2", "2", hour(2), (base.place,))
    merge = Revision("a.md", "c3", "3", hour(3), (left.place, right.place))
    texts = {"0": HEAD + A, "1": HEAD + A + B, "2": HEAD + A + C, "3": HEAD + A + B + C + "## monitoring\n"}
    record = FileHistory({"a.md": (base, left, right, merge)}, {blob: text.encode() for blob, text in texts.items()})
    assert list(trace(texts["3"].encode(), record).by_line.values()) == [hour(n) for n in range(4)]


@pytest.mark.parametrize("line", ["## a\n", "## a{n}\n\nwords {n} and more\n\n", "## a\n\nwords {n} {n}\n\n"])
def test_a_huge_file_is_compared_in_time(line: str) -> None:
    old = split_updates("".join(line.format(n=n) for n in range(20_000)), 1)[1]
    new = split_updates("".join(line.format(n=n) for n in range(1, 20_002)), 1)[1]
    begun = process_time()
    match_updates(old, new)
    assert process_time() - begun < 30
