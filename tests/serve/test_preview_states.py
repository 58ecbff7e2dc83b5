"""The states that a preview goes through, without a server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from serving import INCIDENT, NAME, SITE, write

from statusgen.build.cache import Cache
from statusgen.build.preview import Preview
from statusgen.serve.panel import dress_page

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
OVER = f"{INCIDENT}\n## resolved @ 2026-11-03 10:00\n\nOver.\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write(tmp_path / "content", {"site.yaml": SITE, NAME: OVER})


def ignore(what: str, done: int, total: int) -> None:
    pass


def test_a_bug_is_shown_and_passes(content: Path) -> None:
    def explode(what: str, done: int, total: int) -> None:
        raise ZeroDivisionError("never <mind>")

    preview = Preview(content, "default", Cache(None), explode)
    state = preview.build(NOW)
    assert state.plan is None and state.problems[0].code == "bug"
    assert "ZeroDivisionError: never <mind>" in state.problems[0].message
    shown, _ = dress_page(b"<head></head><body></body>", state.problems, state.trace)
    assert b"Traceback" in shown and b"never &lt;mind&gt;" in shown
    again = preview.build(NOW)
    assert again.plan and (again.problems, again.trace) == ((), "")


def test_only_what_changed_is_planned_anew(content: Path) -> None:
    write(content, {"incidents/other.md": OVER.replace("api:", "web:")})
    preview = Preview(content, "default", Cache(None), ignore)
    first = preview.build(NOW)
    same = preview.build(NOW)
    assert first.plan and same.plan and same.plan.changed == ()
    write(content, {NAME: OVER.replace("Over.", "All over.")})
    changed = preview.build(NOW)
    assert changed.plan
    paths = changed.plan.changed
    assert "incidents/api/index.html" in paths and "incidents/other/index.html" not in paths


@pytest.mark.parametrize(("text", "later"), [(OVER, timedelta(hours=12)), (INCIDENT, timedelta(minutes=1))])
def test_when_time_alone_makes_another_state(content: Path, text: str, later: timedelta) -> None:
    state = Preview(write(content, {NAME: text}), "default", Cache(None), ignore).build(NOW)
    assert state.due_at == NOW + later


def test_of_two_files_with_one_id_the_one_that_was_there_keeps_it(content: Path) -> None:
    preview = Preview(write(content, {NAME: OVER.replace("---\n", "---\nid: z\n", 1)}), "default", Cache(None), ignore)
    preview.build(NOW)
    write(content, {"incidents/a-copy.md": OVER.replace("---\n", "---\nid: z\n", 1).replace("Over.", "A copy.")})
    state = preview.build(NOW + timedelta(minutes=5))
    assert state.plan and [problem.code for problem in state.problems] == ["duplicate-id"]
    assert {entry.id: entry.path for entry in state.plan.pages.snapshot.content.incidents} == {
        "z": NAME,
        "a-copy": "incidents/a-copy.md",
    }


def marks() -> Iterator[str]:
    for page in (b"<head></head><body>a</body>", b"<head></head><body>b</body>"):
        yield dress_page(page, ())[1]


def test_marks_tell_pages_from_each_other() -> None:
    assert len(set(marks())) == 2 and list(marks()) == list(marks())
