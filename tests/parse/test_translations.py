"""Files with the words of others: what they give, and what is told about wrong ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.model.entries import Incident, Update
from statusgen.model.states import IncidentStatus
from statusgen.model.translations import Translation
from statusgen.parse.content import language_of, original_of, parse_file, parse_words
from statusgen.parse.matching import match_translation
from statusgen.parse.parsed import Parsed, Reading
from statusgen.parse.parsed_translation import ParsedTranslation, TranslatedUpdate
from statusgen.parse.times import Clock
from statusgen.problems import Problem

CLOCK = Clock(ZoneInfo("Europe/Berlin"))
ORIGINAL = """\
---
title: Errors
components: {api: major_outage}
---

Above.

## resolved @ 2026-11-03 10:40

Over.

## monitoring @ 2026-11-03 10:20 {api=partial_outage next=30m}

Second look.

## monitoring @ 2026-11-03 10:00

First look.

## investigating @ 2026-11-03 09:20

We look.
"""
REPORT = "---\ntitle: A disk\nroot_cause: Old\nactions: [{text: Swap, done: true}, Buy]\n---\n\nAll of it.\n"
CHANGE = (
    "---\ntitle: Upgrade\nstarts: 2026-12-03 22:00\nduration: 1h\n---\n\n## scheduled @ 2026-11-03 09:00\n\nSoon.\n"
)


def match(original: str, words: str, kind: str = "incidents") -> tuple[Translation | None, list[Problem]]:
    whole, problems = parse_file(f"{kind}/x.md", original.encode(), Reading(CLOCK))
    assert whole and not problems
    parsed, problems = parse_words(f"{kind}/x.id.md", words.encode(), CLOCK)
    if parsed is None:
        return None, problems
    found, more = match_translation(parsed, whole, CLOCK)
    return found, problems + more


def told(words: str) -> list[tuple[str, str]]:
    """(the time of an update of the original, its text in the translation)."""
    found, problems = match(ORIGINAL, f"---\ntitle: Galat\n---\n\n{words}")
    assert found and not problems, problems
    return [(name[len("update-20261103T") : -3], text) for name, text in found.updates]


def test_a_whole_translation() -> None:
    found, problems = match(
        ORIGINAL, ORIGINAL.replace("components: {api: major_outage}\n", "").replace("look", "lihat")
    )
    assert found and not problems
    assert (found.path, found.of, found.language) == ("incidents/x.id.md", "incidents/x.md", "id")
    assert (found.title, found.summary) == ("Errors", "Above.")
    assert [text for _, text in found.updates] == ["We lihat.", "First lihat.", "Second lihat.", "Over."]
    found, problems = match(CHANGE, "---\ntitle: Pembaruan\n---\n\n## scheduled\n\nSegera.\n", "changes")
    assert found and not problems and found.updates == (("update-20261103T080000Z", "Segera."),)
    found, problems = match(REPORT, REPORT.replace("{text: Swap, done: true}", "Tukar"), "problems")
    assert found and not problems
    assert (found.root_cause, found.actions, found.body) == ("Old", ("Tukar", "Buy"), "All of it.")
    found, problems = match("---\ntitle: Us\n---\n\n## Who\n", "---\ntitle: Kami\n---\n\n## Siapa\n", "pages")
    assert found and not problems and (found.title, found.body) == ("Kami", "## Siapa")


# Headings with texts, and the times (in UTC) of the updates that these are of.
MATCHES = [
    ("## resolved\n\nA", [("0940", "A")]),
    ("## Investigating\n\nA\n## resolved\n\nB", [("0820", "A"), ("0940", "B")]),
    # In the original's order, which has the newest first, or as the statuses say.
    ("## monitoring\n\nA\n## monitoring\n\nB", [("0900", "B"), ("0920", "A")]),
    ("## investigating\n\nZ\n## monitoring\n\nA\n## monitoring\n\nB", [("0820", "Z"), ("0900", "A"), ("0920", "B")]),
    ("## monitoring @ 2026-11-03 10:20\n\nA\n## monitoring\n\nB", [("0900", "B"), ("0920", "A")]),
    ("## monitoring @ 2026-11-03 09:20 UTC\n\nA", [("0920", "A")]),
    ("## monitoring @ 2026-11-03 10:20 {next=30m, api=partial_outage}\n\nA", [("0920", "A")]),
    # Without a text, it is not translated.
    ("## resolved\n\n## investigating\n\nA", [("0820", "A")]),
]


@pytest.mark.parametrize(("words", "expected"), MATCHES)
def test_which_update_a_heading_is_of(words: str, expected: list[tuple[str, str]]) -> None:
    assert told(words) == expected


# A translation's front matter and body, the line and the code, and words of the message or its hint.
WRONG = [
    ("title: A", "## identified\n", 5, "translation-update", "no update `identified` that is left"),
    ("title: A", "## resolved @ 2026-11-03 10:41\n", 5, "translation-update", "`resolved @ 2026-11-03 10:40`"),
    ("title: A", "## resolved\n## resolved\n", 5, "translation-update", "that is left for this one"),
    ("title: A", "## selesai @ 2026-11-03 10:40\n", 5, "unknown-status", "`selesai` is not known"),
    ("title: A", "## resolved @ yesterday\n", 5, "bad-time", "yesterday"),
    ("title: A", "## investigating {api=down}\n", 5, "unknown-state", "`major_outage`"),
    ("title: A", "## investigating {api=partial_outage}\n", 5, "translation-fact", "error[translation-fact]"),
    ("title: A", "## monitoring @ 2026-11-03 10:20 {next=1h}\n", 5, "translation-fact", "facts stand there alone"),
    ("title: A\nimpact: major", "", 3, "translation-fact", "what incidents/x.md says"),
    ("title: A\nid: y", "", 3, "translation-fact", "`id` is a fact"),
    ("title: A\nstarted:", "", 3, "translation-fact", "`started` is a fact"),
    ("title: A\nroot_cause: B", "", 3, "unknown-key", "`root_cause` is not a key here"),
    ("titel: A", "", 2, "unknown-key", "did you mean `title`?"),
    ("title:", "", 2, "missing-key", "`title` is missing"),
    ("title: A", "<script>x</script>\n", 5, "unsafe-html", ""),
]


def test_a_copied_heading_says_nothing_else() -> None:
    """Not even where the original says what does not hold."""
    heading = "## resolved @ 2026-11-03 10:40 {api=partial_outage db=operational}"
    text = ORIGINAL.replace("## resolved @ 2026-11-03 10:40", heading)
    whole, _ = parse_file("incidents/x.md", text.encode(), Reading(CLOCK))
    words, problems = parse_words("incidents/x.id.md", f"---\ntitle: A\n---\n\n{heading}\n\nB\n".encode(), CLOCK)
    assert whole and words and match_translation(words, whole, CLOCK)[1] == problems == []


@pytest.mark.parametrize(("front", "body", "line", "code", "words"), WRONG)
def test_what_is_wrong(front: str, body: str, line: int, code: str, words: str) -> None:
    _, problems = match(ORIGINAL, f"---\n{front}\n---\n\n{body}")
    shown = "\n".join(map(str, problems))
    assert (line + front.count("\n") * (line > 4), code) in [(one.line, one.code) for one in problems], shown
    assert words in shown


def test_actions_are_all_translated_or_none() -> None:
    found, problems = match(REPORT, "---\ntitle: A\nactions: [Tukar]\n---\n", "problems")
    assert found and found.actions == ()
    assert [(one.line, one.code) for one in problems] == [(3, "translation-update")]
    _, problems = match(REPORT, "---\ntitle: A\nactions: [{text: Tukar, done: true}, B]\n---\n", "problems")
    assert [one.code for one in problems] == ["translation-fact"]


def test_drafts_have_warnings_only() -> None:
    found, problems = match(ORIGINAL, "---\ntitle: A\ndraft: true\nimpact: major\n---\n\n## identified\n")
    assert found and {(one.severity, one.code) for one in problems} == {
        ("warning", "translation-fact"), ("warning", "translation-update")
    }  # fmt: skip


# A path, what it would be a translation of, and to which language.
NAMES = [
    ("incidents/2026/x.id.md", "incidents/2026/x.md", "id"),
    ("incidents/x.zh-Hans.md", "incidents/x.md", "zh-Hans"),
    ("incidents/x.db.md", "incidents/x.md", "db"),
    ("incidents/x.PT-br.md", "incidents/x.md", "PT-br"),
    ("incidents/x.API.md", None, ""),
    ("incidents/2026-11-03-login.german.md", "incidents/2026-11-03-login.md", "german"),
    ("incidents/2026-11-03-login.de_DE.md", "incidents/2026-11-03-login.md", "de_DE"),
    ("incidents/x.zh_hans_CN.md", "incidents/x.md", "zh_hans_CN"),
    ("incidents/x.DE.md", "incidents/x.md", "DE"),
    ("incidents/x.Deutsch.md", "incidents/x.md", "Deutsch"),
    ("incidents/x.francais.md", "incidents/x.md", "francais"),
    ("incidents/x.portuguese.md", "incidents/x.md", "portuguese"),
    ("incidents/x.日本語.md", "incidents/x.md", "日本語"),
    ("incidents/2026/de.2026-11-03-login.md", "incidents/2026/2026-11-03-login.md", "de"),
    ("incidents/German.api.md", "incidents/api.md", "German"),
    ("incidents/x.it-desk.md", None, ""),
    ("incidents/x.germany.md", None, ""),
    ("incidents/x.md", None, ""),
    ("incidents/v1.2.md", None, ""),
    ("incidents/x.id.txt", None, ""),
]


@pytest.mark.parametrize(("path", "original", "language"), NAMES)
def test_names(path: str, original: str | None, language: str) -> None:
    assert original_of(path) == original
    assert original is None or language_of(path) == language


@given(st.data())
def test_any_order_and_any_part_of_the_updates(data: st.DataObject) -> None:
    """Each text is that of the update with its time, of which some are given to the minute only."""
    begin = datetime(2026, 11, 3, 9, tzinfo=UTC)
    minutes = data.draw(st.lists(st.integers(0, 300), min_size=1, max_size=8, unique=True))
    updates = [
        Update(str(minute), data.draw(st.sampled_from(IncidentStatus)), begin + timedelta(seconds=61 * minute))
        for minute in sorted(minutes)
    ]
    original = Parsed(Incident("x", "incidents/x.md", "X", "", (), begin, tuple(updates)))
    chosen = [one for one in data.draw(st.permutations(updates)) if data.draw(st.integers(0, 3))]
    words = [
        TranslatedUpdate(line, one.status, one.at.replace(second=0) if data.draw(st.booleans()) else one.at, one.id)
        for line, one in enumerate(chosen)
    ]
    parsed = ParsedTranslation(Translation("incidents/x.id.md", "incidents/x.md", "id", "X"), tuple(words))
    found, problems = match_translation(parsed, original, CLOCK)
    assert not problems
    assert found.updates == tuple((one.id, one.id) for one in updates if one in chosen)


@given(st.data())
def test_headings_without_times(data: st.DataObject) -> None:
    """All of them, or the first ones of each status, in the order of the original's file."""
    begin, newest_first = datetime(2026, 11, 3, 9, tzinfo=UTC), data.draw(st.booleans())
    statuses = data.draw(st.lists(st.sampled_from(IncidentStatus), min_size=1, max_size=8))
    updates = [Update(str(number), status, begin + timedelta(hours=number)) for number, status in enumerate(statuses)]
    most = data.draw(st.integers(1, 8))
    chosen = [one for one in updates if [other.status for other in updates[: int(one.id)]].count(one.status) < most]
    told = [TranslatedUpdate(number, one.status, None, one.id) for number, one in enumerate(chosen)]
    parsed = ParsedTranslation(
        Translation("incidents/x.id.md", "incidents/x.md", "id", "X"), tuple(told[::-1] if newest_first else told)
    )
    original = Parsed(Incident("x", "incidents/x.md", "X", "", (), begin, tuple(updates)), newest_first=newest_first)
    found, problems = match_translation(parsed, original, CLOCK)
    assert not problems
    assert found.updates == tuple((one.id, one.id) for one in chosen)
