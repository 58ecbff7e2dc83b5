"""Commit times of headings, with real repositories. Commits are an hour apart."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from statusgen.errors import Error
from statusgen.parse.trace import CUT_OFF, UNCOMMITTED, trace_headings
from statusgen.parse.updates import HeadingTimes
from statusgen.source.heading_history import NO_GIT, NO_REPOSITORY, read_history

START = datetime(2026, 11, 3, 9, tzinfo=UTC)
HEAD = "---\ntitle: Errors on the API\ncomponents:\n  api: major_outage\n---\n\n"
A, B, C = "## investigating\n\nWe look.\n\n", "## identified\n\nA bad disk.\n\n", "## resolved\n\nAll is well.\n\n"
NAME = "incidents/api.md"


def hour(number: int) -> datetime:
    return START + timedelta(hours=number)


class Repo:
    """A repository whose clock moves by an hour with each commit, the first one at hour 0."""

    def __init__(self, top: Path, folder: str = "content") -> None:
        self.top, self.folder, self.hour = top, top / folder, -1
        top.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, fails: bool = False) -> str:
        when = hour(self.hour).isoformat()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment |= {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_GLOBAL": os.devnull}
        settings = ("user.name=A", "user.email=a@a.example", "protocol.file.allow=always", "core.editor=true")
        names = [part for setting in settings for part in ("-c", setting)]
        command = ["git", *names, *arguments]
        result = subprocess.run(command, cwd=self.top, env=environment, capture_output=True, text=True, check=False)
        assert bool(result.returncode) == fails, result.stderr
        return result.stdout.strip()

    def write(self, text: str, name: str = NAME) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def commit(self, text: str | None = None, name: str = NAME) -> int:
        """Commits everything, and the file if a text is given. The commit's hour."""
        if text is not None:
            self.write(text, name)
        self.hour += 1
        self.git("add", "-A")
        self.git("commit", "-q", "-m", f"Hour {self.hour}")
        return self.hour

    def move(self, old: str, new: str) -> None:
        (self.folder / new).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / old).rename(self.folder / new)

    def times(self, name: str = NAME, now: datetime | None = None) -> HeadingTimes:
        return trace_headings(name, (self.folder / name).read_bytes(), read_history(self.folder, [name]), now)

    def hours(self, name: str = NAME) -> list[int]:
        return [(at - START) // timedelta(hours=1) for at in self.times(name).by_line.values()]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo")


def test_edits_keep_times(repo: Repo) -> None:
    repo.commit(HEAD + A)
    repo.commit(HEAD + B + A)
    repo.commit(HEAD + B.replace("identified", "identified {next=30m}") + A)
    repo.commit(HEAD + B.replace("bad", "broken") + A)
    repo.commit(HEAD.replace("API", "interface") + C + B + A)
    repo.commit((HEAD + C + B + A).replace("\n", "\r\n"))
    repo.commit(HEAD + C + B.replace("identified", "monitoring") + A)
    assert repo.hours() == [4, 1, 0]
    assert list(repo.times().by_line) == [7, 11, 15]


def test_a_status_twice(repo: Repo) -> None:
    repo.commit(HEAD + A)
    repo.commit(HEAD + A + "## investigating\n\nStill.\n\n")
    repo.commit(HEAD + "## investigating\n\nAnd still.\n\n" + A + "## investigating\n\nStill.\n\n")
    assert repo.hours() == [2, 0, 1]


def test_moves_keep_times(repo: Repo) -> None:
    repo.commit(HEAD + A)
    repo.commit(HEAD + A + B)
    repo.move(NAME, "incidents/2026/api errors.md")
    repo.commit()
    repo.move("incidents/2026/api errors.md", "incidents/2026/11/x.md")
    repo.commit(HEAD + A + B + C, "incidents/2026/11/x.md")
    assert repo.hours("incidents/2026/11/x.md") == [0, 1, 3]


def test_a_moved_content_folder_keeps_times(repo: Repo) -> None:
    repo.folder = repo.top / "old"
    repo.commit(HEAD + A)
    repo.commit("title", "elsewhere.txt")
    repo.commit(HEAD + A + B)
    repo.folder.rename(repo.top / "site")
    repo.folder = repo.top / "site"
    repo.commit()
    repo.folder.rename(repo.top / "content")
    repo.folder = repo.top / "content"
    repo.commit(HEAD + A + B + C)
    assert repo.hours() == [0, 2, 4]


def test_a_draft_from_the_top_of_the_repository(repo: Repo) -> None:
    repo.commit("text", "site.yaml")
    (repo.top / "api.md").write_text(HEAD + A)
    repo.commit()
    (repo.folder / "incidents").mkdir()
    (repo.top / "api.md").rename(repo.folder / NAME)
    repo.commit()
    assert repo.hours() == [1]


def test_a_copy_is_new(repo: Repo) -> None:
    repo.commit(HEAD + A)
    repo.commit(HEAD + A, "incidents/copy.md")
    assert repo.hours("incidents/copy.md") == [1]
    assert repo.hours() == [0]


@pytest.mark.parametrize("folder", [".", "content", "a/b c/ä"])
def test_where_the_content_lies(tmp_path: Path, folder: str) -> None:
    repo = Repo(tmp_path / "re po", folder)
    repo.commit(HEAD + A)
    repo.commit(HEAD + A + B)
    assert repo.hours() == [0, 1]
    repo.git("worktree", "add", "-q", str(tmp_path / "tree"), "HEAD")
    repo.folder = tmp_path / "tree" / folder
    assert repo.hours() == [0, 1]
    link = tmp_path / "link"
    link.symlink_to(repo.folder)
    repo.folder = link
    assert repo.hours() == [0, 1]


def test_a_merge_of_two_branches(repo: Repo) -> None:
    repo.commit(HEAD + A + B)
    repo.git("checkout", "-q", "-b", "side")
    repo.commit(HEAD + A + B + C)
    repo.git("checkout", "-q", "main")
    repo.commit(HEAD + "## investigating\n\nFirst signs.\n\n" + A + B)
    repo.hour += 1
    repo.git("merge", "-q", "--no-edit", "side")
    assert repo.hours() == [2, 0, 0, 1]
    repo.commit(HEAD + A + B + C)
    assert repo.hours() == [0, 0, 1]


def test_a_conflict_resolved(repo: Repo) -> None:
    repo.commit(HEAD + A)
    repo.git("checkout", "-q", "-b", "side")
    repo.commit(HEAD + A + B)
    repo.move(NAME, "incidents/moved.md")
    repo.commit()
    repo.git("checkout", "-q", "main")
    repo.commit(HEAD + A + C)
    repo.hour += 1
    repo.git("merge", "-q", "--no-edit", "side", fails=True)
    repo.git("rm", "-q", "-f", "--ignore-unmatch", "content/" + NAME)
    repo.commit(HEAD + A + B + C + "## monitoring\n\nWritten while merging.\n", "incidents/moved.md")
    assert repo.hours("incidents/moved.md") == [0, 1, 3, 5]


def test_amended_and_rebased_commits_keep_the_author_time(repo: Repo) -> None:
    repo.commit(HEAD + A)
    repo.git("checkout", "-q", "-b", "side")
    repo.commit(HEAD + A + B)
    repo.write(HEAD + A + B + "Two of them.\n")
    repo.hour += 5
    repo.git("commit", "-q", "-a", "--amend", "--no-edit")
    repo.git("checkout", "-q", "main")
    repo.commit("other", "site.yaml")
    repo.git("rebase", "-q", "main", "side")
    assert repo.hours() == [0, 1]


def test_reverts(repo: Repo) -> None:
    repo.commit(HEAD + A)
    repo.commit(HEAD + A + B)
    repo.hour += 1
    repo.git("rm", "-q", "content/" + NAME)
    repo.commit()
    repo.hour += 1
    repo.git("revert", "--no-edit", "HEAD")
    assert repo.hours() == [0, 1]
    repo.commit(HEAD + A)
    assert repo.hours() == [0]


def test_a_shallow_clone(repo: Repo, tmp_path: Path) -> None:
    repo.commit(HEAD + A)
    repo.commit(HEAD + A + B)
    repo.commit(HEAD + A + B + C)
    repo.git("clone", "-q", "--depth", "1", repo.top.as_uri(), str(tmp_path / "one"))
    repo.git("clone", "-q", "--depth", "2", repo.top.as_uri(), str(tmp_path / "two"))
    repo.folder = tmp_path / "one" / "content"
    assert repo.times(now=START).by_line == {}
    assert repo.times(now=START).why_none == CUT_OFF
    repo.folder = tmp_path / "two" / "content"
    assert repo.hours() == [2]


def test_not_committed(repo: Repo) -> None:
    repo.write(HEAD + A)
    assert repo.times() == HeadingTimes({}, UNCOMMITTED)
    repo.commit("name: x", "site.yaml")
    repo.write(HEAD + A, "incidents/untracked.md")
    assert repo.times("incidents/untracked.md") == HeadingTimes({}, UNCOMMITTED)
    repo.commit(HEAD + A)
    repo.write((HEAD + A + B).replace("\n", "\r\n"))
    repo.git("add", "-A")
    assert repo.hours() == [0]
    assert repo.times().why_none == UNCOMMITTED
    assert repo.times(now=hour(9)).by_line == {7: hour(0), 11: hour(9)}


def test_ignored_folders_and_git_folders(repo: Repo) -> None:
    (repo.top / ".gitignore").write_text("content/\n")
    repo.write(HEAD + A)
    repo.commit()
    assert repo.times() == HeadingTimes({}, UNCOMMITTED)
    assert read_history(repo.top / ".git", [NAME]).why_none == NO_REPOSITORY


def test_no_repository_and_no_git(tmp_path: Path, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_history(tmp_path, []).why_none == ""
    assert read_history(tmp_path, [NAME]).why_none == NO_REPOSITORY
    repo.commit(HEAD + A)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert repo.times() == HeadingTimes({}, NO_GIT)


def test_the_environment_of_a_hook_is_not_ours(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit(HEAD + A)
    other = Repo(tmp_path / "other")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_CONFIG_COUNT"):
        monkeypatch.setenv(name, str(other.top))
    assert repo.hours() == [0]


def test_settings_of_the_repository_change_nothing(repo: Repo, tmp_path: Path) -> None:
    repo.commit(HEAD + A)
    repo.commit(HEAD + A + B)
    repo.move(NAME, "incidents/new.md")
    repo.commit()
    touch = f"touch {tmp_path / 'ran'};false"
    settings = {"log.showSignature": "true", "log.follow": "true", "diff.renames": "false", "color.ui": "always",
                "log.showRoot": "false", "diff.external": touch, "core.fsmonitor": touch, "diff.x.textconv": touch,
                "core.pager": touch, "gpg.program": touch, "diff.relative": "true", "core.quotePath": "true",
                "log.diffMerges": "off", "format.pretty": "full", "core.autocrlf": "true"}  # fmt: skip
    for name, value in settings.items():
        repo.git("config", name, value)
    (repo.folder / ".gitattributes").write_text("*.md diff=x\n")
    assert repo.hours("incidents/new.md") == [0, 1]
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "name", ["-n.md", "--all", "a b.md", "\"q' .md", "ä→.md", ":(top)x.md", "*.md", "a\tb\\n.md", "x/R100/:1.md"]
)
def test_hostile_names(repo: Repo, name: str) -> None:
    repo.commit(HEAD + A, name)
    repo.commit(HEAD + A + B, name)
    assert repo.hours(name) == [0, 1]
    repo.move(name, f"{name}.old")
    repo.commit()
    assert repo.hours(f"{name}.old") == [0, 1]


def test_a_link_that_became_a_file(repo: Repo) -> None:
    (repo.folder / "incidents").mkdir(parents=True)
    (repo.folder / NAME).symlink_to("nothing")
    repo.commit()
    (repo.folder / NAME).unlink()
    repo.commit(HEAD + A)
    assert repo.hours() == [1]


def test_a_damaged_repository_is_one_line(repo: Repo) -> None:
    repo.commit(HEAD + A)
    shutil.rmtree(repo.top / ".git" / "objects")
    (repo.top / ".git/objects").mkdir()
    with pytest.raises(Error, match=r"^git: [^\n]+$"):
        repo.times()
