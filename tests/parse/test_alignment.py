"""Which update of a new version of a file is which update of the old one."""

from __future__ import annotations

from time import process_time

import pytest

from statusgen.parse.alignment import UNCHANGED, match_updates
from statusgen.parse.headings import Heading


def headings(*parts: str) -> list[Heading]:
    """`status: text` each."""
    split = [part.partition(": ")[::2] for part in parts]
    return [Heading(number, status, None, "", body) for number, (status, body) in enumerate(split, 1)]


A, B, C = "investigating: We look.", "identified: A bad disk.", "resolved: All is well."
LONG = "investigating: Some requests to the tracking service take longer than usual since this morning."

# Old and new updates, and the old place of each new one, None where it is new.
MATCHES: list[tuple[list[str], list[str], list[int | None]]] = [
    ([A, B], [A, B], [0, 1]),
    ([A, B], [A, B, C], [0, 1, None]),
    ([A, B], [C, A, B], [None, 0, 1]),
    ([A, B], [B, A], [1, 0]),
    ([A, B, C], [A, C], [0, 2]),
    ([A], ["Investigating: We  look."], [0]),
    ([A], ["investigating: We look harder."], [0]),
    ([A], ["investigating: Other words, and more."], [0]),
    ([A], ["identified: We look."], [0]),
    ([A], [C], [None]),
    ([], [A], [None]),
    ([A], [], []),
    ([A, A], [A, A], [0, 1]),
    ([A, A], [A, B, A], [0, None, 1]),
    (["resolved: "], ["monitoring: "], [0]),
    (["resolved: "], ["monitoring: ", "resolved: "], [None, 0]),
    (["monitoring: "], ["resolved: "], [None]),
    ([A, "monitoring: A new disk is in."], [A, "resolved: A new disk is in."], [0, None]),
    (["scheduled: "], ["in progress: "], [None]),
    (["in_progress: Work goes on."], ["completed: Work went on."], [None]),
    (["reolved: "], ["resolved: "], [0]),
    ([LONG, B], [LONG.replace("since", "from"), B], [0, 1]),
    ([LONG, A], [LONG + " Sorry.", A + " Hard."], [0, 1]),
    ([LONG, A], [A + " Hard.", LONG + " Sorry."], [1, 0]),
    (["in progress: x"], ["in_progress: x"], [0]),
]


@pytest.mark.parametrize(("old", "new", "places"), MATCHES)
def test_matches(old: list[str], new: list[str], places: list[int | None]) -> None:
    found = match_updates(headings(*old), headings(*new))
    assert [found[number].place if number in found else None for number in range(len(new))] == places
    assert len({match.place for match in found.values()}) == len(found), "one old update became two"


def test_likeness_tells_the_unchanged_from_the_edited() -> None:
    found = match_updates(headings(A, LONG), headings(A, LONG + " Sorry."))
    assert found[0].likeness == UNCHANGED and 1 < found[1].likeness < UNCHANGED


@pytest.mark.parametrize("count", [101, 5000])
def test_very_many_updates_are_still_matched_in_time(count: int) -> None:
    old = [f"investigating: Text {number}." for number in range(count)]
    begin = process_time()
    found = match_updates(headings(*old), headings(*old[::-1], C))
    assert process_time() - begin < 30
    assert [found[number].place for number in range(count)] == list(range(count))[::-1]
    assert count not in found
