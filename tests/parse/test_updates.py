"""Updates of whole files: their order, ids, attributes, promises, and what is told about wrong ones."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from statusgen.model.entries import Change, Incident
from statusgen.parse.content import parse_file
from statusgen.parse.parsed import Reading
from statusgen.parse.times import Clock
from statusgen.parse.updates import HeadingTimes
from statusgen.problems import Problem

PATH = "incidents/x.md"
BERLIN = ZoneInfo("Europe/Berlin")
HEAD = "---\ntitle: Errors\ncomponents: {api: major_outage}\n---\n"


def read(body: str, reading: Reading | None = None) -> tuple[Incident | None, list[Problem]]:
    parsed, problems = parse_file(PATH, f"{HEAD}{body}".encode(), reading or Reading(Clock(BERLIN)))
    assert parsed is None or isinstance(parsed.entry, Incident)
    return (parsed.entry if parsed and isinstance(parsed.entry, Incident) else None), problems


def times(incident: Incident | None) -> list[str]:
    assert incident
    return [f"{update.at:%H:%M}" for update in incident.updates]


# The promise as written in an update of 09:41 in Berlin, and when that is in UTC.
NEXT = [
    ("30m", "2026-11-03 09:11"),
    ("1h30m", "2026-11-03 10:11"),
    ("1d", "2026-11-04 08:41"),
    ("10:30", "2026-11-03 09:30"),
    ("09:41", "2026-11-04 08:41"),
    ("09:00", "2026-11-04 08:00"),
    ("00:00", "2026-11-03 23:00"),
    ("2026-11-05T08:00", "2026-11-05 07:00"),
    ("2026-11-05T08:00Z", "2026-11-05 08:00"),
    ("2026-11-05T08:00+07:00", "2026-11-05 01:00"),
]


@pytest.mark.parametrize(("text", "instant"), NEXT)
def test_the_promise_of_the_next_update(text: str, instant: str) -> None:
    incident, problems = read(f"## identified @ 2026-11-03 09:41 {{next={text}}}\n")
    assert not problems and incident
    assert incident.updates[0].next_at == datetime.fromisoformat(instant).replace(tzinfo=UTC)


def test_a_promised_time_of_day_is_that_of_the_wall_clock_when_clocks_change() -> None:
    incident, _ = read("## identified @ 2026-10-25 01:30 {next=04:00}\n")
    assert incident and incident.updates[0].next_at == datetime(2026, 10, 25, 3, tzinfo=UTC)


def test_a_demonstration_site_moves_a_promise_once() -> None:
    moved = Reading(Clock(BERLIN, 7))
    for text, hour in (("10:30", (9, 30)), ("30m", (9, 11)), ("2026-11-03T10:30", (9, 30))):
        incident, _ = read(f"## identified @ 2026-11-03 09:41 {{next={text}}}\n", moved)
        assert incident and incident.updates[0].next_at == datetime(2026, 11, 10, *hour, tzinfo=UTC)


# A heading, the code, and words of the message or its hint.
WRONG = [
    ("identified @ 2026-11-03 09:41 {next=soon}", "bad-duration", "next: `soon`"),
    ("identified @ 2026-11-03 09:41 {next=0m}", "bad-duration", "too short"),
    ("identified @ 2026-11-03 09:41 {next=25:00}", "bad-time", "next:"),
    ("identified @ 2026-11-03 09:41 {next=2026-11-03T09:00}", "time-order", "before this one"),
    ("identified @ 2026-11-03 09:41 {next=30m next=1h}", "duplicate-key", "`next` is here twice"),
    ("identified @ 2026-11-03 09:41 {api=broken}", "unknown-state", "`broken` is not known"),
    ("identified @ 2026-11-03 09:41 {api=partial_outgae}", "unknown-state", "did you mean `partial_outage`?"),
    ("identified @ 2026-11-03 09:41 {api}", "bad-attributes", "`api` is not an attribute"),
    ("identified @ 2026-11-03 09:41 {=operational}", "bad-attributes", "is not an attribute"),
    ("identified @ 2026-11-03 09:41 {api=}", "bad-attributes", "`api=` is not an attribute"),
    ("identified @ 2026-11-03 09:41 {api=operational", "bad-attributes", "do not match"),
    ("identifed @ 2026-11-03 09:41", "unknown-status", "did you mean `identified`?"),
    ("scheduled @ 2026-11-03 09:41", "unknown-status", "`scheduled` is not known"),
    ("update @ 2026-11-03 09:41", "unknown-status", "repeat the status that still holds"),
    ("identified 2026-11-03 09:41", "unknown-status", "`@` is missing"),
    ("@ 2026-11-03 09:41", "unknown-status", "no status"),
    ("identified @", "bad-time", "is not a time"),
    ("identified @ 2026-11-03", "bad-time", "no time of day"),
    ("identified @ 2026-10-25 02:30", "ambiguous-time", "`2026-10-25 02:30 +02:00`"),
    ("identified @ 2026-03-29 02:30", "nonexistent-time", "`2026-03-29 03:30 +02:00`"),
    ("identified", "no-time", "no time"),
]


@pytest.mark.parametrize(("heading", "code", "words"), WRONG)
def test_a_wrong_heading_is_one_problem_with_its_line(heading: str, code: str, words: str) -> None:
    incident, problems = read(f"\nText.\n\n## {heading}\n\nText.\n")
    (problem,) = problems
    assert (problem.path, problem.line, problem.code, problem.severity) == (PATH, 8, code, "error")
    assert words in f"{problem.message} {problem.hint}"
    assert incident is None


def test_attributes_in_all_their_spellings() -> None:
    incident, problems = read(
        "## Identified @ 2026-11-03 09:41 {api = Partial-Outage, web=OPERATIONAL; db=degraded_performance}\n"
    )
    assert not problems and incident
    assert [(name, state.value) for name, state in incident.updates[0].states] == [
        ("api", "partial_outage"),
        ("web", "operational"),
        ("db", "degraded_performance"),
    ]


A, B, C = (f"## {status} @ 2026-11-03 {time}\n\nText.\n\n" for status, time in
           (("investigating", "09:20"), ("identified", "09:41"), ("resolved", "10:40")))  # fmt: skip


@pytest.mark.parametrize("body", [A + B + C, C + B + A, B + C + A, C + A + B])
def test_any_order_in_the_file_is_the_same_incident(body: str) -> None:
    incident, problems = read(body)
    assert not problems and times(incident) == ["08:20", "08:41", "09:40"]
    assert incident and incident.resolved_at == datetime(2026, 11, 3, 9, 40, tzinfo=UTC)
    assert incident.started_at == incident.updates[0].at


def test_words_after_the_end_do_not_put_it_off() -> None:
    later = "## resolved @ 2026-11-06 15:00\n\nThe report is here.\n\n"
    incident, _ = read(A + C + later)
    assert incident and incident.resolved_at == datetime(2026, 11, 3, 9, 40, tzinfo=UTC)
    reopened, _ = read(A + C + "## investigating @ 2026-11-05 08:00\n\nAgain.\n\n" + later)
    assert reopened and reopened.resolved_at == datetime(2026, 11, 6, 14, tzinfo=UTC)


SAME = "## {} @ 2026-11-03 09:41\n\nText.\n\n"


@pytest.mark.parametrize(
    ("body", "statuses"),
    [
        (A + SAME.format("identified") + SAME.format("monitoring"), ["investigating", "identified", "monitoring"]),
        (SAME.format("monitoring") + SAME.format("identified") + A, ["investigating", "identified", "monitoring"]),
        (SAME.format("identified") + SAME.format("monitoring"), ["identified", "monitoring"]),
        (SAME.format("resolved") + SAME.format("identified"), ["identified", "resolved"]),
        (SAME.format("identified") + SAME.format("resolved"), ["identified", "resolved"]),
    ],
)
def test_updates_of_one_minute_keep_the_direction_of_the_file_and_have_ids_of_their_own(
    body: str, statuses: list[str]
) -> None:
    incident, _ = read(body)
    assert incident and [str(update.status) for update in incident.updates] == statuses
    assert [update.id for update in incident.updates][-2:] == ["update-20261103T084100Z", "update-20261103T084100Z-2"]


def test_headings_without_a_time_take_that_of_git() -> None:
    reading = Reading(Clock(BERLIN), {PATH: HeadingTimes({6: datetime(2026, 11, 3, 8, 20, tzinfo=UTC)})})
    incident, problems = read("\n## investigating\n\nText.\n\n## resolved @ 2026-11-03 10:40\n", reading)
    assert not problems and times(incident) == ["08:20", "09:40"]
    _, problems = read("\n\n## investigating\n", Reading(Clock(BERLIN), {PATH: HeadingTimes({}, "not committed")}))
    assert [(problem.code, problem.line, problem.message) for problem in problems] == [("no-time", 7, "not committed")]


NOT_UPDATES = ["### resolved @ 2026-11-03 10:40", "# Resolved - 2026-11-03 10:40", "resolved @ 2026-11-03 10:40\n---"]


@pytest.mark.parametrize("text", NOT_UPDATES)
def test_what_was_meant_as_an_update_is_a_warning(text: str) -> None:
    incident, problems = read(f"{A}{text}\n\nAll is well.\n")
    assert incident and len(incident.updates) == 1
    assert [(problem.code, problem.severity, problem.line) for problem in problems] == [("not-an-update", "warning", 9)]


def test_a_change_has_statuses_of_its_own() -> None:
    head = "---\ntitle: New cache\nstarts: 2026-12-01 10:00\nduration: 1h\ncomponents: [api]\n---\n"
    statuses = ["scheduled", "in progress", "In-Progress", "verifying", "completed", "cancelled"]
    body = "".join(f"## {status} @ 2026-11-03 09:2{number}\n" for number, status in enumerate(statuses))
    parsed, problems = parse_file("changes/x.md", f"{head}{body}".encode(), Reading(Clock(BERLIN)))
    assert not problems and parsed and isinstance(parsed.entry, Change)
    assert [str(update.status) for update in parsed.entry.updates] == [
        *("scheduled", "in_progress", "in_progress", "verifying", "completed", "cancelled")
    ]
