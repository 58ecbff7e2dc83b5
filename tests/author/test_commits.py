"""One file goes into a commit, and nothing else of the working tree is touched; what git refuses is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from desks import Desk
from styles import CHANGE, INCIDENT

OPEN = ["incident", "open", "Errors", "--component", "api=major_outage", "-m", "We look."]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "site")


def test_an_incident_from_nothing_to_its_end(desk: Desk) -> None:
    opened = desk.call(*OPEN, "--commit")
    path, address = opened.out.split()
    assert address == "https://status.acme.example/sub/incidents/" + Path(path).stem + "/"
    for command in (["update", "--status", "identified", "-m", "A disk.", "--component", "api=partial"], ["resolve"]):
        assert desk.call("incident", *command, "--commit").out == opened.out
    assert desk.git("status", "--porcelain") == "" and len(desk.git("log", "--format=%s").split("\n")) == 4
    assert desk.git("log", "-1", "--format=%s %an") == f"{Path(path).stem}: resolved Ann"
    assert [update.status.value for update in desk.check()[0].incidents[0].updates] == [
        "investigating",
        "identified",
        "resolved",
    ]


def test_what_is_not_committed_is_said(desk: Desk) -> None:
    path = desk.do(*OPEN)
    said = desk.call("incident", "update", "-m", "More.").err
    assert said == f"Not committed yet: git add content/{path} && git commit\n"


def test_only_the_one_file_is_committed(desk: Desk) -> None:
    desk.write("pages/staged.md", "---\ntitle: S\n---\n")
    desk.git("add", "content/pages/staged.md")
    desk.write("pages/staged.md", "---\ntitle: T\n---\n")
    desk.write("pages/new.md", "---\ntitle: N\n---\n")
    desk.write("site.yaml", desk.read("site.yaml") + b"# later\n")
    before = desk.git("status", "--porcelain")
    path = desk.do(*OPEN, "--commit")
    assert desk.git("show", "--format=", "--name-only") == f"content/{path}"
    assert desk.git("status", "--porcelain") == before
    desk.do("incident", "resolve", "--commit")
    assert desk.git("show", "--format=", "--name-only") == f"content/{path}"
    assert desk.git("status", "--porcelain") == before


def test_changes_of_somebody_else_in_the_file_are_asked_about(desk: Desk) -> None:
    path = desk.do(*OPEN, "--commit")
    desk.write(path, desk.read(path) + b"More to come.\n")
    refused = desk.call("incident", "resolve", "--commit")
    assert refused.code == 2 and "not committed" in refused.err and "--yes" in refused.err
    assert desk.read(path).endswith(b"More to come.\n")
    desk.do("incident", "resolve", "--commit", "--yes")
    assert desk.git("status", "--porcelain") == ""


def test_a_file_that_is_not_in_git_yet_is_committed_whole(desk: Desk) -> None:
    desk.do(*OPEN)
    desk.do("incident", "resolve", "--commit")
    assert desk.git("status", "--porcelain") == ""


def test_a_push_goes_where_the_branch_goes(desk: Desk, tmp_path: Path) -> None:
    desk.git("init", "-q", "--bare", "-b", "main", str(tmp_path / "origin.git"))
    desk.git("remote", "add", "origin", str(tmp_path / "origin.git"))
    assert desk.call(*OPEN, "--push").err.endswith("pushed to origin/main\n")
    assert desk.git("ls-remote", "origin", "main").split()[0] == desk.git("rev-parse", "HEAD")


def test_a_branch_with_a_remote_of_its_own(desk: Desk, tmp_path: Path) -> None:
    for name in ("origin", "fork"):
        desk.git("init", "-q", "--bare", "-b", "main", str(tmp_path / name))
        desk.git("remote", "add", name, str(tmp_path / name))
    refused = desk.call(*OPEN, "--push")
    assert refused.code == 2 and "nobody knows where to push main" in refused.err and not refused.out
    desk.git("config", "remote.pushDefault", "fork")
    assert desk.call(*OPEN, "--push").err.endswith("pushed to fork/main\n") and not desk.git("ls-remote", "origin")


def test_a_refused_push_leaves_the_commit_and_says_what_to_do(desk: Desk, tmp_path: Path) -> None:
    bare = str(tmp_path / "origin.git")
    desk.git("init", "-q", "--bare", "-b", "main", bare)
    desk.git("remote", "add", "origin", bare)
    desk.git("push", "-q", "-u", "origin", "main")
    other = Desk(tmp_path / "other")
    other.git("pull", "-q", "--rebase", "-X", "theirs", bare, "main")
    other.write("pages/x.md", "---\ntitle: X\n---\n")
    other.commit()
    other.git("push", "-q", bare, "main")
    refused = desk.call(*OPEN, "--push")
    assert refused.code == 2 and "the commit is made but not pushed" in refused.err
    assert "git pull --rebase && git push" in refused.err and "rejected" in refused.err
    assert desk.git("log", "-1", "--format=%s") == "Incident: Errors" and desk.git("status", "--porcelain") == ""
    desk.git("pull", "-q", "--rebase")
    desk.git("push", "-q")


def test_a_server_that_refuses_the_push_says_all_of_why(desk: Desk, tmp_path: Path) -> None:
    bare = tmp_path / "origin.git"
    desk.git("init", "-q", "--bare", "-b", "main", str(bare))
    desk.git("remote", "add", "origin", str(bare))
    hook = bare / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'a.md:1: error[yaml]: x'; echo 'b.md:2: error[yaml]: y'; exit 1\n")
    hook.chmod(0o755)
    refused = desk.call(*OPEN, "--push")
    assert refused.code == 2 and "the commit is made but not pushed" in refused.err
    assert all(line in refused.err for line in ("a.md:1: error[yaml]: x", "b.md:2: error[yaml]: y"))


def test_a_hook_that_refuses_the_commit(desk: Desk) -> None:
    hook = desk.top / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'warning: it rains' >&2; echo 'error: no commits on Fridays' >&2\nexit 1\n")
    hook.chmod(0o755)
    before = desk.git("rev-parse", "HEAD")
    refused = desk.call(*OPEN, "--commit")
    assert refused.code == 2 and "git add content/incidents/" in refused.err
    assert "warning: it rains" in refused.err and "no commits on Fridays" in refused.err
    assert desk.git("rev-parse", "HEAD") == before and desk.git("status", "--porcelain").startswith("?? ")


@pytest.mark.parametrize("harm", ["detached", "ignored", "merge", "nobody", "nowhere"])
def test_what_cannot_be_committed_is_not_written(desk: Desk, harm: str) -> None:
    option, said = "--commit", {
        "detached": "git switch BRANCH",
        "ignored": "git ignores content/incidents",
        "merge": "git merge --continue",
        "nobody": "git does not know who you are",
        "nowhere": "git push -u REMOTE main",
    }[harm]  # fmt: skip
    match harm:
        case "detached":
            desk.git("switch", "-q", "--detach")
        case "ignored":
            (desk.top / ".gitignore").write_text("incidents\n")
        case "merge":
            desk.git("switch", "-q", "-c", "other")
            desk.commit()
            desk.git("switch", "-q", "main")
            desk.write("pages/x.md", "---\ntitle: X\n---\n")
            desk.commit()
            desk.git("merge", "-q", "--no-commit", "--no-ff", "other")
        case "nobody":
            desk.git("config", "user.useConfigOnly", "true")
            desk.git("config", "--unset", "user.email")
        case "nowhere":
            option = "--push"
    before = sorted(desk.content.rglob("*"))
    refused = desk.call(*OPEN, option)
    assert refused.code == 2 and said in refused.err and refused.err.count("\n") == 1
    assert sorted(desk.content.rglob("*")) == before


def test_without_a_repository(tmp_path: Path) -> None:
    desk = Desk(tmp_path, git=False)
    refused = desk.call(*OPEN, "--commit")
    assert refused.code == 2 and "git init" in refused.err and not list(desk.content.rglob("incidents/*"))
    desk.do(*OPEN)


def test_times_that_git_has(desk: Desk) -> None:
    """A file whose headings have no times is updated, too: the commits say when they were."""
    desk.write("incidents/x.md", INCIDENT.replace(" @ 2026-11-03 09:20", ""))
    desk.commit()
    desk.do("incident", "update", "-m", "News.", "--status", "identified", "--commit")
    desk.do("incident", "resolve", "--commit")
    updates = desk.check()[0].incidents[0].updates
    assert [update.status.value for update in updates] == ["investigating", "identified", "resolved"]
    desk.write("changes/x.md", CHANGE.replace(" @ 2026-11-03 09:20", ""))
    desk.commit()
    desk.do("change", "move", "--starts", "2036-12-10 21:00", "--commit", "--yes")
    assert len(desk.check()[0].changes[0].updates) == 2


def test_a_folder_that_looks_like_a_repository_runs_nothing(desk: Desk, tmp_path: Path) -> None:
    """Anybody who can commit could bring one, with settings of its own."""
    marker = tmp_path / "ran"
    for folder in ("objects", "refs"):
        desk.write(f"{folder}/x/k", "")
    desk.write("HEAD", "ref: refs/heads/main\n")
    hooks = desk.content / "hooks"
    hooks.mkdir()
    for name in ("pre-commit", "post-index-change"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch '{marker}'\n")
        (hooks / name).chmod(0o755)
    settings = f"[core]\nrepositoryformatversion=0\nbare=false\nworktree=.\nfsmonitor=\"touch '{marker}'\"\n"
    desk.write("config", settings)
    said = desk.call(*OPEN, "--commit", "--yes")
    assert said.code == 2 and "is not in a git repository" in said.err
    assert desk.call(*OPEN).code == 0
    assert not marker.exists()
