"""Repositories that are cut off, hostile, broken or set up in odd ways, and no repository."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from git_repo import HEAD, NAME, START, A, B, C, Repo, hour

from statusgen.errors import Error
from statusgen.parse.trace import CUT_OFF, IGNORED, NEW_FILE, UNCOMMITTED
from statusgen.parse.updates import HeadingTimes
from statusgen.source.git import open_repository
from statusgen.source.heading_history import NO_GIT, NO_REPOSITORY, NOT_FETCHED, read_history
from statusgen.source.objects import Objects


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo")


def test_no_repository_and_no_git(tmp_path: Path, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_history(tmp_path, []).why_none == ""
    assert read_history(tmp_path, [NAME]).why_none == NO_REPOSITORY
    repo.commit(HEAD + A)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert repo.times() == HeadingTimes({}, NO_GIT)


def test_the_environment_of_a_hook_is_not_ours(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit(HEAD + A)
    other = Repo(tmp_path / "other")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_CONFIG_PARAMETERS"):
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
                "log.diffMerges": "off", "format.pretty": "full", "diff.orderFile": "/no/such/file",
                "core.autocrlf": "true"}  # fmt: skip
    for name, value in settings.items():
        repo.git("config", name, value)
    (repo.folder / ".gitattributes").write_text("*.md diff=x\n")
    assert repo.hours("incidents/new.md") == [0, 1]
    assert not (tmp_path / "ran").exists()


def test_a_damaged_repository_is_one_line(repo: Repo) -> None:
    repo.commit(HEAD + A)
    shutil.rmtree(repo.top / ".git" / "objects")
    (repo.top / ".git/objects").mkdir()
    with pytest.raises(Error, match=r"^git: [^\n]+$"):
        repo.times()


def test_ignored_folders_and_git_folders(repo: Repo) -> None:
    (repo.top / ".gitignore").write_text("content/\n")
    repo.write(HEAD + A)
    assert repo.times() == HeadingTimes({}, IGNORED)
    repo.commit()
    assert repo.times() == HeadingTimes({}, IGNORED)
    repo.write(HEAD + A, ":(top)*.md")
    assert repo.times(":(top)*.md") == HeadingTimes({}, IGNORED)
    repo.git("add", "-f", "content/" + NAME)
    repo.commit()
    assert repo.hours() == [1]
    assert read_history(repo.top / ".git", [NAME]).why_none == NO_REPOSITORY


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
    assert repo.times() == HeadingTimes({}, NEW_FILE)
    repo.commit("name: x", "site.yaml")
    repo.write(HEAD + A, "incidents/untracked.md")
    assert repo.times("incidents/untracked.md") == HeadingTimes({}, NEW_FILE)
    assert repo.times("incidents/untracked.md", hour(9)).by_line == {7: hour(9)}
    repo.commit(HEAD + A)
    repo.write((HEAD + A + B).replace("\n", "\r\n"))
    repo.git("add", "-A")
    assert repo.hours() == [0]
    assert repo.times().why_none == UNCOMMITTED
    assert repo.times(now=hour(9)).by_line == {7: hour(0), 11: hour(9)}


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


def test_settings_of_the_operator_are_kept(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit(HEAD + A)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.bare")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "no boolean")
    with pytest.raises(Error, match=r"^git: .*core\.bare"):
        repo.times()
    monkeypatch.delenv("GIT_CONFIG_COUNT")
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        settings = tmp_path / name
        settings.write_text("[core]\nbare = no boolean\n")
        with monkeypatch.context() as context:
            context.setenv(name, str(settings))
            with pytest.raises(Error, match=r"^git: .*core\.bare"):
                repo.times()
    assert repo.hours() == [0]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another user")
def test_a_repository_of_another_user(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit(HEAD + A)
    for path in (repo.top, repo.top / ".git"):
        os.chown(path, 12345, 12345)
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    with pytest.raises(Error, match="dubious ownership"):
        repo.times()
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "safe.directory")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(repo.top))
    assert repo.hours() == [0]


def clone_without_texts(repo: Repo, to: Path) -> None:
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.git("clone", "-q", "--filter=blob:none", repo.top.as_uri(), str(to))
    repo.folder = to / "content"


@pytest.mark.parametrize("origin", ["there", "gone"])
def test_a_partial_clone_fetches_nothing(repo: Repo, tmp_path: Path, origin: str) -> None:
    repo.commit(HEAD + A)
    repo.commit(HEAD + A + B)
    clone_without_texts(repo, tmp_path / "clone")
    if origin == "gone":
        repo.top.rename(tmp_path / "away")
    objects = sorted((tmp_path / "clone/.git/objects").rglob("*"))
    assert repo.times(now=START) == HeadingTimes({}, NOT_FETCHED, is_new=False)
    assert sorted((tmp_path / "clone/.git/objects").rglob("*")) == objects


def test_a_partial_clone_that_has_all_it_needs(repo: Repo, tmp_path: Path) -> None:
    repo.commit(HEAD + A)
    repo.commit("old", "other.txt")
    repo.commit("new", "other.txt")
    clone_without_texts(repo, tmp_path / "clone")
    assert repo.hours() == [0]


def test_a_partial_clone_completed_as_the_message_says(repo: Repo, tmp_path: Path) -> None:
    repo.commit(HEAD + A)
    repo.commit(HEAD + A + B)
    clone_without_texts(repo, tmp_path / "clone")
    command = NOT_FETCHED.split("`")[1].split()
    Repo.git(Repo(tmp_path / "clone"), *command[1:])
    assert repo.hours() == [0, 1]


def test_a_text_is_missing(repo: Repo) -> None:
    repo.commit(HEAD + A)
    blob = repo.git("rev-parse", f"HEAD:content/{NAME}")
    repo.commit(HEAD + A + B)
    (repo.top / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(Error, match=f"^git: the object {blob} is missing$"):
        repo.times()


def test_objects_of_another_repository_that_are_used_later(repo: Repo, tmp_path: Path) -> None:
    repo.commit(HEAD + A)
    repo.git("clone", "-q", str(repo.top), str(tmp_path / "other"))
    other = Repo(tmp_path / "other")
    other.commit(HEAD + A + B)
    commit, blob = other.git("rev-parse", "HEAD"), other.git("rev-parse", f"HEAD:content/{NAME}")
    old = repo.git("rev-parse", f"HEAD:content/{NAME}")
    with closing(Objects(open_repository(repo.top, "content/"))) as objects:
        assert objects.find("refs/heads/main^{commit}")
        with pytest.raises(Error, match=f"^git: the object {blob} is missing$"):
            objects.get([old, blob], 1000)
        assert objects.find("refs/heads/new^{commit}") is None
        (repo.top / ".git/objects/info/alternates").write_text(f"{other.top}/.git/objects\n")
        (repo.top / ".git/refs/heads/new").write_text(f"{commit}\n")
        found = objects.find("refs/heads/new^{commit}")
        assert found and found.id == commit
        assert objects.get([old, blob], 1000) == {old: (HEAD + A).encode(), blob: (HEAD + A + B).encode()}


@pytest.mark.parametrize("head", ["", "garbage\n", "0" * 39 + "1\n"])
def test_a_broken_branch_is_not_a_new_one(repo: Repo, head: str) -> None:
    repo.commit(HEAD + A)
    (repo.top / ".git/refs/heads/main").write_text(head)
    with pytest.raises(Error, match=r"^git: [^\n]+$"):
        repo.times()


def test_a_branch_without_a_commit(repo: Repo) -> None:
    repo.commit(HEAD + A)
    repo.git("checkout", "-q", "--orphan", "new")
    assert repo.times() == HeadingTimes({}, NEW_FILE)


@pytest.mark.parametrize("folder", ["content", "the\ncontent", "content\n", "\n"])
def test_line_ends_in_the_path_of_the_repository(tmp_path: Path, folder: str) -> None:
    repo = Repo(tmp_path / "re\npo\n", folder)
    repo.commit(HEAD + A)
    repo.commit(HEAD + A + B)
    assert repo.hours() == [0, 1]


def test_a_submodule_that_became_a_file(repo: Repo, tmp_path: Path) -> None:
    other = Repo(tmp_path / "other")
    other.commit("text", "x.txt")
    repo.commit("name: x", "site.yaml")
    repo.git("submodule", "--quiet", "add", other.top.as_uri(), "content/" + NAME)
    repo.commit()
    repo.git("rm", "-q", "-f", "content/" + NAME)
    repo.commit(HEAD + A)
    assert repo.hours() == [2]


def test_content_in_a_submodule(repo: Repo, tmp_path: Path) -> None:
    other = Repo(tmp_path / "other", ".")
    other.commit(HEAD + A, "api.md")
    repo.commit("name: x", "site.yaml")
    repo.git("submodule", "--quiet", "add", other.top.as_uri(), "content/incidents")
    repo.commit()
    assert repo.times() == HeadingTimes({}, NEW_FILE)
