"""Which update of a new version of a file is which update of the old one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from statusgen.parse.headings import Heading

# Both comparisons are quadratic. No incident has so many updates; a hostile file may.
MANY_UPDATES = 100
MANY_PAIRS = 10_000
UNCHANGED = 2.0
SAME_STATUS = 0.5
MOST_WORDS = 0.5
END = 2
# What is planned or goes on, work in progress, the end.
PHASES = {
    **dict.fromkeys(("scheduled", "investigating", "identified", "monitoring"), 0),
    **dict.fromkeys(("in_progress", "verifying"), 1),
    **dict.fromkeys(("resolved", "completed", "cancelled"), END),
}


@dataclass(frozen=True, slots=True)
class Match:
    """`place` of the old update among its own; `likeness` up to 1.5, or UNCHANGED."""

    place: int
    likeness: float


def match_updates(old: Sequence[Heading], new: Sequence[Heading]) -> dict[int, Match]:
    """By index, the new updates that the old version had: unchanged, moved, edited or with another status."""
    old_keys, new_keys = [key_of(heading) for heading in old], [key_of(heading) for heading in new]
    matches: dict[int, Match] = {}
    if max(len(old), len(new)) <= MANY_UPDATES:
        # Of two updates with one text, the neighbours tell which is the old one.
        for block in SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_matching_blocks():
            for offset in range(block.size):
                matches[block.b + offset] = Match(block.a + offset, UNCHANGED)
    _match_moved(old_keys, new_keys, matches)
    _match_edited(old_keys, new_keys, matches)
    return matches


def key_of(heading: Heading) -> tuple[str, str]:
    """Status and text, without what may be corrected: attributes, time, case and spaces."""
    return re.sub(r"[\s_-]+", "_", heading.status.casefold()), " ".join(heading.body.split())


def is_end(heading: Heading) -> bool:
    return PHASES.get(key_of(heading)[0]) == END


def _match_moved(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]], matches: dict[int, Match]) -> None:
    places: defaultdict[tuple[str, str], deque[int]] = defaultdict(deque)
    taken = {match.place for match in matches.values()}
    for index, key in enumerate(old):
        if index not in taken:
            places[key].append(index)
    for index, key in enumerate(new):
        if index not in matches and places.get(key):
            matches[index] = Match(places[key].popleft(), UNCHANGED)


def _match_edited(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]], matches: dict[int, Match]) -> None:
    """The likeliest pairs of what is left; of equally likely ones the first in the files."""
    taken = {match.place for match in matches.values()}
    old_left = [index for index in range(len(old)) if index not in taken]
    new_left = [index for index in range(len(new)) if index not in matches]
    if not old_left or not new_left or len(old_left) * len(new_left) > MANY_PAIRS:
        return
    old_words = {index: Counter(old[index][1].split()) for index in old_left}
    new_words = {index: Counter(new[index][1].split()) for index in new_left}
    pairs = []
    for o in old_left:
        for n in new_left:
            if _moves_on(old[o][0], new[n][0]):
                continue
            shared = _shared(old_words[o], new_words[n])
            if old[o][0] == new[n][0]:
                pairs.append((-shared - SAME_STATUS, o, n))
            # A line of status replaced by another, with no text that could say whether the update is the same.
            elif shared >= MOST_WORDS or (len(old) == len(new) and o == n and not (old[o][1] and new[n][1])):
                pairs.append((-shared, o, n))
    for unlikeness, o, n in sorted(pairs):
        if o not in taken and n not in matches:
            taken.add(o)
            matches[n] = Match(o, -unlikeness)


def _moves_on(old: str, new: str) -> bool:
    """Whether a line of status was written over with what happened since: an outage ends when that was said.

    A status that is not known is a slip of the pen, and stays the same update when it is mended."""
    return old in PHASES and PHASES[old] < PHASES.get(new, 0)


def _shared(old: Counter[str], new: Counter[str]) -> float:
    """How much of two texts is the same words, 0 to 1."""
    return 2 * (old & new).total() / ((old.total() + new.total()) or 1)
