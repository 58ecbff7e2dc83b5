"""Commit times of headings through edits, moves and merges. Commits are an hour apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from git_repo import HEAD, NAME, A, B, C, Repo


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


def test_a_link_that_became_a_file(repo: Repo) -> None:
    (repo.folder / "incidents").mkdir(parents=True)
    (repo.folder / NAME).symlink_to("nothing")
    repo.commit()
    (repo.folder / NAME).unlink()
    repo.commit(HEAD + A)
    assert repo.hours() == [1]
