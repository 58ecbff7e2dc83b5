"""What an edit of the files does to customers, line by line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from comparing import DONE, HEAD, LOOK, SITE, SOON, WORK, data_of, is_empty, run_diff, text_of
from watching import START, Clock, Repo

NOW = START + timedelta(minutes=5)
PAST = (LOOK + DONE).replace("11-03", "11-01")
NOTICE = "---\ntitle: The old API ends\npublish: 2026-11-01\n---\n\nSoon.\n"
SERIES = WORK.replace("duration", "repeat: FREQ=WEEKLY\nduration")
EXCEPT = "except: [2026-11-17]\n"
START_FILES = {
    "site.yaml": SITE,
    "incidents/api.md": HEAD + LOOK,
    "incidents/old.md": HEAD.replace("Errors", "Slow") + PAST,
    "changes/work.md": WORK + SOON,
    "changes/series.md": SERIES.replace("New disks", "Backups") + SOON,
    "notices/api.md": NOTICE,
}
# (what is written, None for what is deleted; what is said, a part of a line each, in order; and what never)
CASES: dict[str, tuple[dict[str, str | None], list[str], list[str]]] = {
    "an incident opens": (
        {"incidents/new.md": HEAD.replace("api", "web") + LOOK},
        [
            "Status",
            "~ Banner: Partial System Outage (major) → Major System Outage (critical)",
            "~ Website: operational → major outage",
            "+ incident opens: Errors (incidents/new.md)",
            "+ [Investigating] Errors, 3 November 2026, 08:00 UTC: https://status.example/incidents/new/#update-2026",
            "~ Website in the last 90 days: 100.0 % → 99.94 %",
            "+ /incidents/new/, Errors",
        ],
        ["vanish", "Problems"],
    ),
    "an incident closes": (
        {"incidents/api.md": HEAD + LOOK + DONE},
        [
            "~ Banner: Partial System Outage (major) → All Systems Operational (none)",
            "~ API: major outage → operational",
            "~ incident closes: Errors (incidents/api.md); status: investigating → resolved; resolved: none → 3 Nove",
            "+ [Resolved] Errors",
            "~ API in the last 90 days: 99.92 % → 99.95 %",
        ],
        ["address", "[Investigating]"],
    ),
    "an incident reopens": (
        {"incidents/old.md": HEAD.replace("Errors", "Slow") + PAST + LOOK},
        ["+ incident reopens: Slow (incidents/old.md); status: resolved → investigating"],
        ["Banner"],
    ),
    "an incident disappears": (
        {"incidents/api.md": None},
        [
            "- incident disappears: Errors (incidents/api.md)",
            "+ [Removed] Errors, 3 November 2026, 09:05 UTC: ",
            "Feeds no longer have",
            "- [Investigating] Errors",
            "- /incidents/api/, Errors",
        ],
        ["New addresses"],
    ),
    "an old incident appears": (
        {"incidents/more.md": HEAD.replace("Errors", "Older") + PAST.replace("11-01", "10-01")},
        ["+ incident appears: Older", "~ API in 2026-10: 100.0 % → 99.93 %", "+ /history/2026-10/"],
        ["opens", "Status"],
    ),
    "its file is renamed": (
        {"incidents/api.md": None, "incidents/other.md": HEAD + LOOK},
        [
            "~ incident gets another id: Errors (incidents/other.md); id: api → other; with id: api in the file",
            "+ [Investigating] Errors, 3 November 2026, 08:00 UTC: https://status.example/incidents/other/",
            "- [Investigating] Errors, 3 November 2026, 08:00 UTC: https://status.example/incidents/api/",
            "- /incidents/api/, Errors",
            "+ /incidents/other/, Errors",
        ],
        ["Removed", "Status"],
    ),
    "its file is moved": (
        {"incidents/api.md": None, "incidents/2026/api.md": HEAD + LOOK},
        ["Nothing changes for customers."],
        ["incident"],
    ),
    "words are corrected": (
        {"incidents/api.md": HEAD + LOOK.replace("We look", "We look into it")},
        ["Feeds tell in other words, not as news", "~ [Investigating] Errors"],
        ["announce", "Status", "edited"],
    ),
    "a title is corrected": (
        {"incidents/api.md": HEAD.replace("Errors", "Timeouts") + LOOK},
        ["~ incident is edited: Timeouts (incidents/api.md); title: Errors → Timeouts"],
        ["announce", "vanish"],
    ),
    "a change is announced": (
        {"changes/roof.md": WORK.replace("New disks", "New roof")},
        ["+ change appears: New roof (changes/roof.md); status: scheduled; starts: 10 November 2026, 22:00",
         "+ [Scheduled] New roof, 3 November 2026, 09:05 UTC: tag:status.ex"],
        ["Status"],
    ),
    "a change moves": (
        {"changes/work.md": (WORK + SOON).replace("11-10", "11-11")},
        [
            "~ change moves: New disks (changes/work.md); starts: 10 November 2026, 22:00 UTC → 11 November 2026, 22:0",
            "; ends: 11 November 2026, 00:00 UTC → 12 November 2026, 00:00 UTC",
            "+ [Rescheduled] New disks",
        ],
        ["Status", "Uptime"],
    ),
    "a change is cancelled": (
        {"changes/work.md": WORK + SOON + "## cancelled @ 2026-11-03 08:50\n\nNot now.\n"},
        ["- change is cancelled: New disks (changes/work.md); status: scheduled", "+ [Cancelled] New"],
        ["Rescheduled"],
    ),
    "a change begins": (
        {"changes/work.md": WORK.replace("11-10 22", "11-03 09") + SOON},
        ["~ Website: operational → under maintenance", "~ change moves", "+ [In progress] New disks"],
        [],
    ),
    "one occurrence is cancelled": (
        {"changes/series.md": SERIES.replace("New disks", "Backups").replace("dur", f"{EXCEPT}dur") + SOON},
        ["~ change moves: Backups (changes/series.md); occurrence 2026-11-17 22:00: none → cancelled", "+ [Cancelled]"],
        ["Status"],
    ),
    "a notice goes": (
        {"notices/api.md": None},
        ["- notice disappears: The old API ends (notices/api.md)", "- [Notice] The old API ends", "- /notices/api/"],
        ["Removed"],
    ),
    "a notice is put off": (
        {"notices/api.md": NOTICE.replace("11-01", "11-20"), "notices/new.md": NOTICE.replace("11-01", "11-05 09:30")},
        ["- notice disappears: The old API ends", "Later",
         "+ notice appears 5 November 2026, 09:30 UTC: The old API ends (notices/new.md)",
         "+ notice appears 20 November 2026, 00:00 UTC: The old API ends (notices/api.md)"],
        ["Status", "Problems"],
    ),
    "a component goes": (
        {"site.yaml": SITE.replace(", web: Website", "")},
        ["! changes/series.md:6: error[unknown-component]: there is no component `web` (known: api)",
         "has 2 errors: `build` publishes nothing", "- Website: operational → not on the page", "- /components/web/"],
        ["Uptime"],
    ),
    "a file breaks": (
        {"incidents/api.md": "---\ntitle: [\n---\n", "incidents/bad.md": "---\ntitle: [\n---\n"},
        ["Problems introduced", "! incidents/api.md:2: error[yaml]: ", "! incidents/bad.md:2: error[yaml]: ",
         "has 2 errors", "! incidents/api.md is shown as of ", "! incidents/bad.md is left out: no version of it"],
        ["incident opens", "incident disappears", "Status"],
    ),
    "site.yaml breaks": (
        {"site.yaml": "name: ["},
        ["! site.yaml:1: error[yaml]: ", "the working tree has 1 error: `build` publishes nothing"],
        ["Status"],
    ),
    "what is not content": (
        {"incidents/_draft.md": HEAD + LOOK, "messages/hello.md": "Hello"},
        ["Nothing changes for customers."],
        ["incident"],
    ),
    "a draft": (
        {"incidents/next.md": HEAD.replace("title", "draft: true\ntitle") + LOOK}, ["Nothing changes"], ["opens"]
    ),
}  # fmt: skip


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo", clock=Clock(tmp_path / "clock"))
    repo.commit(START_FILES)
    return repo


def edit(repo: Repo, files: dict[str, str | None]) -> None:
    for path, text in files.items():
        if text is None:
            repo.delete(path)
    repo.write({path: text for path, text in files.items() if text is not None})


@pytest.mark.parametrize("name", CASES)
def test_an_edit_and_its_commit_say_the_same(repo: Repo, name: str) -> None:
    files, parts, never = CASES[name]
    edit(repo, files)
    state = repo.git("status", "--porcelain")
    lines = text_of(repo, NOW)
    place = 0
    for part in parts:
        place = next((number for number in range(place, len(lines)) if part in lines[number]), -1)
        assert place >= 0, (part, lines)
    for part in never:
        assert not any(line.startswith(("  ", part)) and part in line.partition("(")[0] for line in lines), (
            part,
            lines,
        )
    assert repo.git("status", "--porcelain") == state
    edited = data_of(repo, NOW)
    assert repo.clock
    repo.clock.set(NOW)
    repo.commit()
    committed = data_of(repo, NOW, "HEAD~1", "HEAD")
    assert {**committed, "base": 0, "head": 0} == {**edited, "base": 0, "head": 0}
    assert is_empty(data_of(repo, NOW)) and is_empty(data_of(repo, NOW, "HEAD", "HEAD"))


def test_problems_are_introduced_and_mended_wherever_they_stand(repo: Repo) -> None:
    wrong = (HEAD + LOOK).replace("api:", "apo:")
    repo.commit({"incidents/api.md": wrong})
    edit(repo, {"incidents/api.md": wrong.replace("title", "started: 2026-11-03 07:00\ntitle")})
    data = data_of(repo, NOW)
    assert data["problems"] == {"introduced": [], "mended": []} and data["entries"]
    assert run_diff(repo, NOW, "--exit-code").exit_code == 0
    edit(repo, {"incidents/api.md": HEAD + LOOK, "incidents/bad.md": "nothing"})
    data = data_of(repo, NOW)
    assert [problem["code"] for problem in data["problems"]["mended"]] == ["unknown-component"]
    assert {problem["path"] for problem in data["problems"]["introduced"]} == {"incidents/bad.md"}
    assert (run_diff(repo, NOW).exit_code, run_diff(repo, NOW, "--exit-code").exit_code) == (0, 1)


def test_a_promise_that_is_missed_is_said(repo: Repo) -> None:
    repo.commit({"site.yaml": SITE + "promises: {all: {target: 99.9}}\n"})
    edit(
        repo,
        {"incidents/more.md": HEAD.replace("api", "web") + PAST.replace("11-01", "10-01").replace("08:30", "09:00")},
    )
    later = NOW + timedelta(days=1)
    assert "  ! Website in 2026-10: 100.0 % → 99.86 %, the promise is missed (was kept)" in text_of(repo, later)
    found = [one for one in data_of(repo, later)["uptime"] if one["period"]]
    assert found == [{"kind": "component", "id": "web", "name": "Website", "period": "2026-10", "before": 100.0,
                      "after": 99.86, "kept_before": True, "kept_after": False}]  # fmt: skip


def test_a_group_has_a_figure_too(repo: Repo) -> None:
    members = "components: {api: {name: API, group: all}, web: {name: Website, group: all}}"
    repo.commit(
        {"site.yaml": SITE.splitlines()[0] + f"\nurl: https://status.example/\ngroups: {{all: All}}\n{members}\n"}
    )
    edit(repo, {"incidents/api.md": None})
    lines = text_of(repo, NOW)
    assert lines[lines.index("Uptime") + 1 :][:3] == [
        "  ~ API in the last 90 days: 99.92 % → 99.97 %",
        "  ~ API in 2026-11: 97.8 % → 99.3 %",
        "  ~ All in the last 90 days: 99.96 % → 99.98 %",
    ]


def test_keys_of_the_json_stay(repo: Repo) -> None:
    edit(repo, {"incidents/api.md": HEAD + LOOK + DONE})
    data = data_of(repo, NOW)
    assert data["version"] == 1
    assert list(data) == [
        *("version", "at", "base", "head", "status", "banner", "components", "entries"),
        *("translations", "later", "feeds", "uptime", "pages", "problems", "stand_ins", "ignored"),
    ]
    assert data["entries"] == [
        {
            "kind": "incident",
            "events": ["closes"],
            "id": "api",
            "old_id": None,
            "path": "incidents/api.md",
            "title": "Errors",
            "url": "https://status.example/incidents/api/",
            "edits": [
                {"field": "status", "before": "investigating", "after": "resolved"},
                {"field": "resolved", "before": None, "after": "2026-11-03T08:30:00Z"},
            ],
        }
    ]
    guid = "https://status.example/incidents/api/#update-20261103T083000Z"
    told = {"guid": guid, "title": "[Resolved] Errors", "url": guid, "at": "2026-11-03T08:30:00Z"}
    assert data["feeds"] == {"announced": [told], "revised": [], "withdrawn": []}
    assert data["uptime"][0] == {"kind": "component", "id": "api", "name": "API", "period": None, "before": 99.92,
                                 "after": 99.95, "kept_before": None, "kept_after": None}  # fmt: skip
