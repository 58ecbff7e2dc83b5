"""Names that entries refer to, over all files."""

from __future__ import annotations

from datetime import UTC, datetime
from time import process_time
from zoneinfo import ZoneInfo

from statusgen.model.entries import Incident, Update
from statusgen.model.site import Component, Site
from statusgen.model.states import IncidentStatus
from statusgen.parse.content import check_references
from statusgen.parse.parsed import Parsed

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
