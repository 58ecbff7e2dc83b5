"""Which file a word means, what is listed, and what shells offer."""

from __future__ import annotations

import json

import pytest
from desks import Desk
from styles import CHANGE, INCIDENT

from statusgen.author.find import match_names, may_go_on
from statusgen.cli.main import COMMANDS, statusgen
from statusgen.parse.slug import slug_of

PATHS = ["incidents/2026/2026-11-03-api.md", "incidents/2026-11-03-api-errors.md", "incidents/DNS Attack.md",
         "incidents/2025/2025-01-01-api.md"]  # fmt: skip
NAMES: tuple[tuple[str, list[int]], ...] = (
    ("2026-11-03-api", [0]), ("2026-11-03-API", [0]), ("2026-11-03-api.md", [0]), ("2026-11", [0, 1]), ("errors", [1]),
    ("api", [0, 3]), ("ap", [0, 1, 3]), ("dns", [2]), ("DNS-Attack", [2]), ("dns attack", [2]), ("nope", []), ("", []),
    ("incidents/2026/2026-11-03-api.md", [0]), ("2025-01-01-api", [3]),
    ("content/incidents/2025/2025-01-01-api.md", [3]),
)  # fmt: skip
END = "\n## resolved @ 2026-11-03 10:40\n\nAll is well.\n"
PLAIN = INCIDENT.replace("```sh\n## resolved @ 2026-11-03 09:30\n```\n", "").replace("<!-- A note for us. -->\n", "")


@pytest.mark.parametrize(("asked", "found"), NAMES)
def test_names(asked: str, found: list[int]) -> None:
    assert match_names(asked, PATHS) == [PATHS[number] for number in found]


@pytest.mark.parametrize(
    ("text", "may"),
    [
        (PLAIN, True),
        (PLAIN + END, False),
        ((PLAIN + END).replace("\n", "\r\n"), False),
        (PLAIN + END.replace("resolved", "Resolved"), False),
        (PLAIN + END + "## investigating @ 2026-11-03 11:00\n", True),
        (PLAIN + END + "## monitoring @ 2026-11-03 10:40\n", True),
        (PLAIN + END.replace(" @ 2026-11-03 10:40", ""), True),
        (PLAIN + END.replace("10:40", "10:40 UTC"), True),
        (INCIDENT + END, True),
        (PLAIN + END.replace("10:40", "08:00"), True),
        ("", True),
        ((PLAIN + END).replace("\n", "\r"), True),
    ],
)
def test_a_quick_look_never_takes_an_open_incident_for_closed(text: str, may: bool) -> None:
    assert may_go_on(text.encode()) == may


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("finding") / "site", git=False)
    desk.write("incidents/2026-11-03-api.md", INCIDENT)
    desk.write("incidents/2026/2026-11-02-api-old.md", PLAIN + END)
    desk.write("incidents/2026-11-01-secret.md", INCIDENT.replace("---\n", "---\ndraft: true\n", 1))
    desk.write("incidents/kept.md", PLAIN.replace("title:", "id: p123\ntitle:", 1) + END)
    desk.write("changes/2036-12-03-upgrade.md", CHANGE)
    desk.write("changes/2025-12-03-over.md", CHANGE.replace("2036", "2025"))
    desk.write("messages/api-outage.md", "Text.\n")
    return desk


def test_of_several_the_open_one_is_meant(desk: Desk) -> None:
    for word in ([], ["api"], ["2026-11"]):
        said = desk.call("incident", "update", *word, "-m", "x", "--dry-run")
        assert said.code == 0 and "2026-11-03-api.md" in said.out
    assert "kept.md" in desk.call("incident", "update", "p123", "-m", "x", "--dry-run").out
    assert "upgrade" in desk.call("change", "update", "-m", "x", "--dry-run").out


def test_lists(desk: Desk) -> None:
    assert [row["id"] for row in json.loads(desk.call("incident", "list", "--format", "json").out)] == [
        "2026-11-03-api"
    ]
    every = json.loads(desk.call("incident", "list", "--all", "--format", "json").out)
    assert {row["id"] for row in every} >= {"2026-11-03-api", "2026-11-02-api-old", "p123"}
    assert desk.call("change", "list").out.split()[:2] == ["2036-12-03-upgrade", "scheduled"]
    assert "over" in desk.call("change", "list", "--all").out


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("inci", ["incident"]),
        ("incident update ", ["2026-11-03-api"]),
        ("incident resolve ap", ["2026-11-03-api"]),
        ("incident update --status i", ["investigating", "identified"]),
        ("incident update --component ", ["api", "web", "db"]),
        ("incident update --component api=m", ["major_outage"]),
        ("incident update --component api = p", ["partial_outage"]),
        ("incident open --message ", ["api-outage"]),
        ("change move ", ["2036-12-03-upgrade"]),
        ("change update --status c", ["completed", "cancelled"]),
        ("notice post --component d", ["db"]),
        ("problem open --incident 2026-11-0", ["2026-11-03-api", "2026-11-02-api-old", "2026-11-01-secret"]),
        ("incident update --content nowhere ", []),
    ],
)
def test_bash_is_offered_what_fits(desk: Desk, line: str, offered: list[str]) -> None:
    words = line.split(" ")
    told = {"_STATUSGEN_COMPLETE": "bash_complete", "COMP_WORDS": f"statusgen {line}", "COMP_CWORD": str(len(words))}
    said = desk.call(env=told)
    assert [one.partition(",")[2] for one in said.out.split()] == offered and not said.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_of_each_shell(desk: Desk, shell: str) -> None:
    said = desk.call("completion", shell)
    assert said.code == 0 and f"_STATUSGEN_COMPLETE={shell}_complete" in said.out


def test_the_table_of_commands_says_what_they_say() -> None:
    context = statusgen.make_context("statusgen", ["check"], resilient_parsing=True)
    for name, (_, told) in COMMANDS.items():
        command = statusgen.get_command(context, name)
        assert command and command.name == name and command.get_short_help_str(200) == told


def test_slugs_of_plain_names_are_their_names() -> None:
    assert [slug_of(f"x/{name}.md") for name in ("a", "a-b_c.d", "-a", "a.", "ä", "a" * 120)] == [
        "a", "a-b_c.d", "a", "a", "a", "a" * 100,
    ]  # fmt: skip
