"""Names that entries refer to, over all files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from statusgen.build.last_good import settle_references
from statusgen.model.entries import Change, Incident, Update
from statusgen.model.names import short_name
from statusgen.model.site import Component, Site
from statusgen.model.states import IncidentStatus
from statusgen.parse.content import check_ids, check_references
from statusgen.parse.parsed import Parsed

SITE = Site("N", "https://x.example/", ZoneInfo("UTC"))
NOW = datetime(2026, 11, 3, tzinfo=UTC)
UPDATES = (Update("u", IncidentStatus.INVESTIGATING, NOW),)


def parsed(number: int, *mentions: str) -> Parsed:
    incident = Incident(f"i-{number}", f"incidents/i-{number}.md", "I", "", (), NOW, UPDATES)
    return Parsed(incident, mentions=tuple((name, 3) for name in mentions))


def test_a_name_that_many_files_get_wrong_is_told_for_each_in_time() -> None:
    components = tuple(Component(f"component-number-{number}", "C") for number in range(300))
    site = Site("N", "https://x.example/", ZoneInfo("UTC"), components=components)
    begin = process_time()
    problems = check_references(site, [parsed(number, "component-numbr-7") for number in range(5000)])
    assert process_time() - begin < 30
    assert len(problems) == 5000
    assert {problem.hint for problem in problems} == {"did you mean `component-number-7`?"}


def entry_of(kind: type[Incident] | type[Change], entry_id: str, path: str, draft: bool = False) -> Parsed:
    if kind is Incident:
        return Parsed(Incident(entry_id, path, "I", "", (), NOW, UPDATES), draft)
    return Parsed(Change(entry_id, path, "C", "", (), NOW, NOW + timedelta(hours=1), ()), draft)


HASHED = short_name("incident", "errors")
# Two files, and the path that is told of, if any.
CLASHES = [
    ((Change, "0123456789ab", "changes/x.md"), (Incident, "0123456789ab", "incidents/x.md"), "incidents/x.md"),
    ((Incident, "errors", "incidents/errors.md"), (Incident, HASHED, "incidents/x.md"), "incidents/x.md"),
    ((Incident, "errors", "incidents/errors.md"), (Change, HASHED, "changes/x.md"), "incidents/errors.md"),
    ((Change, "same", "changes/x.md"), (Incident, "same", "incidents/x.md"), ""),
    ((Change, "0123456789AB", "changes/x.md"), (Incident, "0123456789ab", "incidents/x.md"), ""),
    ((Incident, "same", "incidents/x.md"), (Incident, "SAME", "incidents/y.md"), "incidents/y.md"),
]


@pytest.mark.parametrize(("one", "other", "told"), CLASHES)
def test_no_two_entries_are_one_to_other_software(one: Any, other: Any, told: str) -> None:
    files = [entry_of(*one), entry_of(*other)]
    for some in (files, files[::-1]):
        problems = check_ids(some)
        assert [(p.path, p.code, p.severity) for p in problems] == ([(told, "duplicate-id", "error")] if told else [])
        settled = settle_references(SITE, some, lambda path: NOW)
        assert len({claim for parsed in settled for claim in parsed.claims}) == 4
        kept = [parsed.entry.id for parsed in settled if parsed.entry.path != told]
        assert kept == [parsed.entry.id for parsed in some if parsed.entry.path != told]


def test_a_draft_takes_nothing() -> None:
    published = entry_of(Incident, "0123456789ab", "incidents/x.md")
    draft = entry_of(Change, "0123456789ab", "changes/x.md", draft=True)
    assert [(p.path, p.severity) for p in check_ids([draft, published])] == [("changes/x.md", "warning")]
