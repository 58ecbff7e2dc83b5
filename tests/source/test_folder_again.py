"""A folder that is read again and again: nothing new is missed, and nothing old is opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from command import SAMPLE
from git_repo import HEAD, NAME, A, B, Repo, hour

from statusgen.source.folder import Folder


def text_of(folder: Folder) -> bytes:
    return folder.read().read([NAME])[NAME]


def test_what_is_old_is_not_opened_again() -> None:
    folder = Folder(SAMPLE)
    first, again = (folder.read() for _ in range(2))
    texts, same = (source.read(source.files) for source in (first, again))
    assert first.files == again.files and len(texts) > 20
    assert all(texts[path] is same[path] for path in texts)


def test_a_text_of_the_same_size_and_time_is_seen(tmp_path: Path) -> None:
    """File systems count time in steps, and two saves may fall into one."""
    path = tmp_path / NAME
    path.parent.mkdir()
    folder = Folder(tmp_path)
    for number in range(9):
        path.write_text(f"text {number}")
        os.utime(path, (1_000_000_000, 1_000_000_000))
        assert text_of(folder) == b"text %d" % number


def test_files_come_and_go_and_turn_into_others(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert folder.read().files == {}
    path = tmp_path / NAME
    path.parent.mkdir()
    path.write_text("text")
    assert list(folder.read().files) == [NAME]
    other = tmp_path / "other.md"
    path.rename(other)
    assert list(folder.read().files) == ["other.md"]
    path.symlink_to(other)
    assert [problem.code for problem in folder.read().problems] == ["symlink"]
    path.unlink()
    os.mkfifo(path)
    assert [problem.code for problem in folder.read().problems] == ["not-content"]


@pytest.mark.parametrize("inner", ["content", "."])
def test_only_what_moved_is_traced_again(tmp_path: Path, inner: str) -> None:
    repo = Repo(tmp_path, inner)
    repo.commit(HEAD + A)
    repo.commit("Other.", "pages/other.md")
    folder = Folder(repo.folder)
    first = folder.read()
    assert first.moved is None, "nothing is known yet"
    assert [revision.authored_at for revision in first.trace([NAME]).chains[NAME]] == [hour(0)]
    assert folder.read().moved == frozenset()
    repo.write(HEAD + A + B)
    assert folder.read().moved == folder.read().moved == frozenset({NAME}), "what is not committed has the time of now"
    repo.commit()
    committed = folder.read()
    assert committed.moved == frozenset({NAME})
    assert [revision.authored_at for revision in committed.trace([NAME]).chains[NAME]] == [hour(0), hour(2)]
    assert folder.read().moved == frozenset()
    repo.git("reset", "-q", "--hard", "HEAD~2")
    back = folder.read()
    assert back.moved is None
    assert [revision.authored_at for revision in back.trace([NAME]).chains[NAME]] == [hour(0)]
    folder.close()


def test_a_repository_that_comes_later(tmp_path: Path) -> None:
    (tmp_path / "incidents").mkdir()
    (tmp_path / NAME).write_text(HEAD + A)
    folder = Folder(tmp_path)
    assert folder.read().trace([NAME]).why_none
    repo = Repo(tmp_path, ".")
    assert folder.read().trace([NAME]).chains == {}
    at = hour(repo.commit())
    source = folder.read()
    assert source.moved != frozenset() and [r.authored_at for r in source.trace([NAME]).chains[NAME]] == [at]
    folder.close()
