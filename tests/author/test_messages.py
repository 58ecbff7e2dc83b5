"""Wording that is ready: filled in with what is known, looked at by check, and never half filled in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import run_statusgen
from desks import Desk

from statusgen.parse.message import fill_placeholders, parse_message

# A message, and the lines and codes of what is wrong with it.
CASES: tuple[tuple[str, list[tuple[int, str]]], ...] = (
    ("---\ntitle: T {{ component }}\n---\n\nSince {{started}}.\n", []),
    ("Text alone, {{ next }}.\n", []),
    ("\n\nText\n\n{{ nxt }}\n", [(5, "unknown-placeholder")]),
    ("---\ntitle: '{{ x }}'\n---\n\nText {{ component.name }}.\n",
     [(2, "unknown-placeholder"), (5, "unknown-placeholder")]),
    ("Text\n\n## resolved @ 2026-11-03 09:20\n", [(3, "message-heading")]),
    ("---\ntitle: T\n---\n", [(0, "message-empty")]),
    ("", [(0, "message-empty")]),
    ("---\ntitel: T\n---\n\nText\n", [(2, "unknown-key")]),
    ("---\ntitle: [\n---\n\nText\n", [(2, "yaml")]),
    ("\x00", [(1, "control-character")]),
    ("<!-- {{ not for us }} -->\nText {{ }\n", []),
)  # fmt: skip


@pytest.mark.parametrize(("text", "wrong"), CASES)
def test_what_is_wrong_with_a_message(tmp_path: Path, text: str, wrong: list[tuple[int, str]]) -> None:
    _, problems = parse_message("messages/x.md", text.encode())
    assert [(problem.line, problem.code) for problem in problems] == wrong
    desk = Desk(tmp_path, git=False)
    desk.write("messages/x.md", text)
    told = [(problem.line, problem.code) for problem in desk.check()[1] if problem.path == "messages/x.md"]
    assert sorted(told) == sorted(wrong)


def test_what_is_filled_in_is_text() -> None:
    values = {"title": "{{ component }} \\1 %s $x", "component": "API"}
    assert fill_placeholders("{{ title }}/{{component}}/{{ next }}", values) == (
        "{{ component }} \\1 %s $x/API/{{ next }}",
        ["next"],
    )


def test_the_starter_set_fits_its_situations(tmp_path: Path) -> None:
    assert run_statusgen("init", str(tmp_path / "site")).returncode == 0
    desk = Desk(tmp_path / "other", git=False)
    for path in (tmp_path / "site/content/messages").iterdir():
        desk.write(f"messages/{path.name}", path.read_bytes())
    for name in ("api-outage", "degraded-performance", "third-party", "security", "data-delay"):
        desk.do("incident", "open", "--message", name, "--component", "api=major,db=partial", "--next", "30m")
    for name in ("fixed", "resolved"):
        desk.do("incident", "update", "the-api", "--message", name)
    desk.do("change", "schedule", "--message", "maintenance", "--starts", "2036-12-03 22:00", "--duration", "2h",
            "--component", "db", "--yes")  # fmt: skip
    for command, name in (("update", "reminder"), ("start", "reminder"), ("complete", "maintenance-completed")):
        desk.do("change", command, "--message", name, "--yes")
    content, problems = desk.check()
    assert not problems
    texts = [update.body for incident in content.incidents for update in incident.updates]
    texts += [update.body for update in content.changes[0].updates]
    assert len(texts) == 11 and not any("{{" in text for text in texts)
    change = content.changes[0]
    assert change.title == "Maintenance of Database"
    assert "from 3 December 2036, 22:00 CET to 4 December 2036, 00:00 CET" in change.updates[0].body
    assert any("API and Database" in text for text in texts)


def test_messages_are_listed_and_shown(tmp_path: Path) -> None:
    desk = Desk(tmp_path, git=False)
    desk.write("messages/api-outage.md", "---\ntitle: The API\n---\n\nBy {{ next }}.\n")
    desk.write("messages/broken.md", "{{ x }}\n")
    desk.write("messages/note.txt", "no message")
    listed = desk.call("message", "list")
    assert listed.out == "api-outage  The API  By {{ next }}.\n" and "1 file has errors" in listed.err
    assert json.loads(desk.call("message", "list", "--format", "json").out)[0]["title"] == "The API"
    shown = desk.call("message", "show", "api")
    assert shown.out == "The API\n\nBy {{ next }}.\n" and "when the next update comes" in shown.err
    assert desk.call("message", "show", "broken").code == 1
