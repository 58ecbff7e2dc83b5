"""What is taken back and brought in again, and what only looks like it. Commits are an hour apart."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from git_repo import HEAD, NAME, START, A, B, C, Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo")


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


def test_an_end_taken_back_and_given_again_is_the_last_one(repo: Repo) -> None:
    repo.commit(HEAD + A)
    repo.commit(HEAD + A + C)
    repo.commit(HEAD + A)
    repo.commit(HEAD + A + C)
    assert repo.hours() == [0, 3]
    repo.commit(HEAD + A + C + "Sorry.\n")
    assert repo.hours() == [0, 3]


def test_a_revert_of_a_revert(repo: Repo) -> None:
    repo.commit(HEAD + A)
    repo.commit(HEAD + A + C)
    for _ in range(2):
        repo.hour += 1
        repo.git("revert", "--no-edit", "HEAD")
    assert repo.hours() == [0, 3]


def test_a_begin_taken_back_and_given_again_is_the_first_one(repo: Repo) -> None:
    repo.commit(HEAD + A)
    repo.commit(HEAD + A + B)
    repo.commit(HEAD + B)
    repo.commit(HEAD + A + B)
    assert repo.hours() == [0, 1]


@pytest.mark.parametrize("accident", ["", HEAD, "<html>Error 500</html>", "---\ntitle: ["])
def test_a_file_emptied_by_accident_and_put_back(repo: Repo, accident: str) -> None:
    repo.commit(HEAD + A)
    repo.commit(HEAD + A + C)
    repo.commit(accident)
    repo.commit(HEAD + "In short.\n\n" + A + C)
    assert repo.hours() == [0, 1]


@pytest.mark.parametrize("text", ["", "\nWe look.\n"])
def test_a_status_written_over_with_the_end_by_mistake(repo: Repo, text: str) -> None:
    repo.commit(HEAD + "## identified\n" + text)
    repo.commit(HEAD + "## resolved\n" + text)
    assert repo.hours() == [1]
    repo.commit(HEAD + "## identified\n" + text)
    assert repo.hours() == [0]
    repo.commit(HEAD + "## resolved\n" + text)
    assert repo.hours() == [3]


def test_a_canned_text_that_was_edited_does_not_come_back(repo: Repo) -> None:
    canned = "## monitoring\n\nWe watch it.\n\n"
    repo.commit(HEAD + A)
    repo.commit(HEAD + A + canned)
    edited = HEAD + A + canned.replace("it", "the disk")
    repo.commit(edited)
    repo.commit(edited + canned)
    assert repo.hours() == [0, 1, 3]


def test_what_comes_back_in_the_working_tree(repo: Repo) -> None:
    repo.commit(HEAD + A)
    repo.commit(HEAD + A + B)
    repo.commit(HEAD + B)
    repo.write(HEAD + A + B)
    assert repo.hours() == [0, 1]
    repo.commit(HEAD + A)
    repo.write(HEAD + A + B)
    assert repo.hours() == [0]


def test_a_deleted_file_with_another_text_is_new(repo: Repo) -> None:
    repo.commit(HEAD + A)
    repo.commit(HEAD + A + C)
    (repo.folder / NAME).unlink()
    repo.commit()
    repo.commit(HEAD + A)
    assert repo.hours() == [3]


def test_a_merge_brings_in_nothing_of_its_own(repo: Repo) -> None:
    repo.commit(HEAD + A)
    repo.git("checkout", "-q", "-b", "side")
    repo.commit(HEAD + A + C)
    repo.git("checkout", "-q", "main")
    repo.commit("other", "site.yaml")
    repo.hour += 1
    repo.git("merge", "-q", "--no-edit", "side")
    assert repo.hours() == [0, 1]
    repo.hour += 1
    repo.git("revert", "--no-edit", "-m", "1", "HEAD")
    repo.hour += 1
    repo.git("revert", "--no-edit", "HEAD")
    assert repo.hours() == [0, 5]


def test_files_swapped_by_one_commit(repo: Repo) -> None:
    other = HEAD.replace("API", "interface of our partners, in all regions") + B * 9
    repo.commit(HEAD + A)
    repo.commit(other, "incidents/b.md")
    repo.write(other)
    repo.commit(HEAD + A, "incidents/b.md")
    assert repo.hours() == [2] * 9
    assert repo.hours("incidents/b.md") == [2]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # An incident that had ended is deleted, and the next one is written from the same template.
        (HEAD + A + C, HEAD.replace("API", "website") + A, [1]),
        (HEAD + A + C, HEAD + A, [1]),
        (HEAD + A + B + C, HEAD + A.replace("We", "We still") + B, [1, 1]),
        # Under another title it goes on where one update is the same word for word.
        (HEAD + A, HEAD.replace("API", "website") + A.replace("We", "We still"), [1]),
        (HEAD + A + B, HEAD.replace("API", "interface") + A.replace("look", "looked") + B, [0, 0]),
        (HEAD + A + C, HEAD.replace("API", "interface") + A + C.replace("well", "good"), [0, 0]),
        (HEAD + A + B, HEAD.replace("API", "interface") + A + B + C, [0, 0, 1]),
        # Under the same title, it goes on.
        (HEAD + A, HEAD + A.replace("We", "We still") + B, [0, 1]),
        (HEAD + A + C, HEAD + A + B + C, [0, 1, 0]),
        (HEAD + A, HEAD + C, [1]),
        # A change for another date is announced anew.
        (HEAD.replace("components", "starts: 2026-12-03 22:00\ncomponents") + A,
         HEAD.replace("components", "starts: 2027-01-03 22:00\ncomponents") + A, [1]),
        (HEAD.replace("components", "starts: 2026-12-03 22:00\ncomponents") + A,
         HEAD.replace("components", "starts: 2026-12-03 22:00\ncomponents") + A, [0]),
    ],
)  # fmt: skip
def test_what_git_takes_for_a_move(repo: Repo, old: str, new: str, expected: list[int]) -> None:
    repo.commit(old)
    (repo.folder / NAME).unlink()
    repo.commit(new, "incidents/new.md")
    assert repo.git("show", "--format=", "--name-status", "-M").startswith("R")
    assert repo.hours("incidents/new.md") == expected


def test_what_an_older_incident_lost_does_not_come_back_in_another(repo: Repo) -> None:
    repo.commit(HEAD + A + B + C)
    repo.commit(HEAD + A + C)
    (repo.folder / NAME).unlink()
    repo.commit(HEAD + A, "incidents/new.md")
    repo.commit(HEAD + B + A, "incidents/new.md")
    assert repo.hours("incidents/new.md") == [3, 2]


def test_a_long_history_is_read_in_time(repo: Repo) -> None:
    """Texts that come back again and again are not followed back to their begin each time."""
    stream = []
    for number in range(3000):
        text = (HEAD + A + (C if number % 2 else "")).encode()
        when = int(START.timestamp()) + number * 3600
        stream.append(b"commit refs/heads/main\ncommitter A <a@a> %d +0000\ndata 1\nx\n" % when)
        stream.append(b"M 100644 inline content/%s\ndata %d\n%s\n" % (NAME.encode(), len(text), text))
    repo.git("fast-import", "--quiet", stdin=b"".join(stream))
    repo.git("checkout", "-q", "-f", "main")
    begun = process_time()
    assert repo.hours() == [0, 2999]
    assert process_time() - begun < 30
