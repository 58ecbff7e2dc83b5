"""What cannot begin is one line and exit code 2; what breaks later is told, and is well again when it is mended."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from watching import DONE, HEAD, LOOK, SITE, Repo, Watcher, assert_refused, make_repo, publish_once, shown

QUICK = ("--poll", "0.1")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return make_repo(tmp_path / "repo")


def test_no_repository(tmp_path: Path) -> None:
    assert_refused(publish_once(tmp_path, tmp_path / "output"), "not a git repository")
    assert_refused(publish_once(tmp_path / "none", tmp_path / "output"), "there is no folder")
    (tmp_path / "file").write_text("x")
    assert_refused(publish_once(tmp_path / "file", tmp_path / "output"), "there is no folder")


def test_no_git(repo: Repo, tmp_path: Path) -> None:
    assert_refused(publish_once(repo.top, tmp_path / "output", environment={"PATH": str(tmp_path)}), "git")


@pytest.mark.parametrize("branch", ["-n", "--all", "a..b", "a^{commit}", "", "a\nb", "@{-1}", "*"])
def test_no_branch_could_be_called_so(repo: Repo, tmp_path: Path, branch: str) -> None:
    result = publish_once(repo.top, tmp_path / "output", f"--branch={branch}")
    assert result.returncode == 2 if branch else result.returncode == 0
    assert "Traceback" not in result.stderr
    assert branch == "" or not (tmp_path / "output").exists()


def test_a_branch_that_is_not_there(repo: Repo, tmp_path: Path) -> None:
    result = publish_once(repo.top, tmp_path / "output", "--branch", "nothing")
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert "there is no branch nothing, or it has no commit yet; there is main; " in result.stderr


@pytest.mark.parametrize("content", ["/content", "../content", "a/../../b", ""])
def test_no_path_in_a_repository(repo: Repo, tmp_path: Path, content: str) -> None:
    result = publish_once(repo.top, tmp_path / "output", f"--content={content}")
    if content:
        assert_refused(result, "is not a path in the repository")
    else:
        # The top, which has no site.yaml.
        assert result.returncode == 1 and "Traceback" not in result.stderr


@pytest.mark.parametrize("content", ["nowhere", "content/site.yaml", "-n", ":(top)"])
def test_a_path_that_the_commit_does_not_have(repo: Repo, tmp_path: Path, content: str) -> None:
    with Watcher(repo.top, tmp_path / "watch", f"--content={content}", *QUICK) as watcher:
        assert watcher.wait_message("")["state"] == "failing"
        if content == "content/site.yaml":
            return
        repo.folder = repo.top / content
        repo.commit({"site.yaml": SITE.replace("Acme", "Found"), "incidents/api.md": HEAD + LOOK})
        assert watcher.wait_for(repo.head)["problems"] == []
        assert "Found" in watcher.page()


def loose(repo: Repo, what: str) -> Path:
    """The file of an object, which has not been packed."""
    name = repo.git("rev-parse", what)
    return repo.top / ".git/objects" / name[:2] / name[2:]


@pytest.mark.parametrize(
    ("what", "damage"),
    [
        ("HEAD", "missing"),
        ("HEAD", "garbage"),
        ("HEAD:content", "empty"),
        ("HEAD:content/incidents/new.md", "missing"),
        ("HEAD:content/incidents/new.md", "garbage"),
    ],
)
def test_a_damaged_object(repo: Repo, tmp_path: Path, what: str, damage: str) -> None:
    with Watcher(repo.top, tmp_path / "watch", *QUICK) as watcher:
        good = repo.head
        watcher.wait_for(good)
        repo.git("checkout", "-q", "--detach")
        repo.commit({"incidents/new.md": HEAD + "## investigating\n\nWe look.\n"})
        file = loose(repo, what)
        whole = file.read_bytes()
        file.chmod(0o644)
        file.unlink() if damage == "missing" else file.write_bytes(b"" if damage == "empty" else b"garbage" * 99)
        (repo.top / ".git/refs/heads/main").write_text(repo.git("rev-parse", "HEAD") + "\n")
        status = watcher.wait(lambda status: bool(status["message"]))
        assert status["revision"] == good and "\n" not in status["message"]
        file.unlink(missing_ok=True)
        file.write_bytes(whole)
        # It tries again by itself.
        watcher.wait_for(repo.head)


def test_a_repository_that_is_gone_for_a_while(repo: Repo, tmp_path: Path) -> None:
    with Watcher(repo.top, tmp_path / "watch", *QUICK) as watcher:
        watcher.wait_for(repo.head)
        git = repo.top / ".git"
        away = git.rename(tmp_path / "away")
        status = watcher.wait(lambda status: bool(status["message"]))
        assert status["revision"] and "\n" not in status["message"]
        away.rename(git)
        watcher.wait_for(repo.commit({"incidents/api.md": HEAD + LOOK + DONE}))
        shutil.rmtree(git)
        watcher.wait(lambda status: bool(status["message"]))
        # A new one of the same name has nothing in common with it.
        shutil.rmtree(repo.top)
        other = make_repo(repo.top)
        other.commit({"site.yaml": SITE.replace("Acme", "Anew")})
        watcher.wait_for(other.head)


@pytest.mark.parametrize("text", ["", "garbage\n", "1" * 40 + "\n"])
def test_a_damaged_branch(repo: Repo, tmp_path: Path, text: str) -> None:
    with Watcher(repo.top, tmp_path / "watch", *QUICK) as watcher:
        head = repo.head
        watcher.wait_for(head)
        branch = repo.top / ".git/refs/heads/main"
        branch.write_text(text)
        watcher.wait_message("there is no branch main")
        branch.write_text(f"{head}\n")
        watcher.wait_for(repo.commit())


def test_a_branch_that_is_no_commit(repo: Repo, tmp_path: Path) -> None:
    with Watcher(repo.top, tmp_path / "watch", *QUICK) as watcher:
        head = repo.head
        watcher.wait_for(head)
        (repo.top / ".git/refs/heads/main").write_text(repo.git("rev-parse", "HEAD^{tree}") + "\n")
        watcher.wait_message("there is no branch main")
        (repo.top / ".git/refs/heads/main").write_text(f"{head}\n")
        watcher.wait_for(head)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_repository_that_may_not_be_read(repo: Repo, tmp_path: Path) -> None:
    (repo.top / ".git").chmod(0)
    try:
        assert publish_once(repo.top, tmp_path / "output").returncode == 2
    finally:
        (repo.top / ".git").chmod(0o755)


def test_a_shallow_clone(repo: Repo, tmp_path: Path) -> None:
    repo.commit({"incidents/old.md": HEAD + "## investigating\n\nWe look.\n"})
    repo.commit({"incidents/api.md": "---\n"})
    repo.git("clone", "-q", "--depth", "1", repo.top.as_uri(), str(tmp_path / "clone"))
    with Watcher(tmp_path / "clone", tmp_path / "watch", *QUICK) as watcher:
        # Neither the good version nor the time of a heading is there: a page without them would say that all is well.
        message = watcher.wait_message("shallow clone")["message"]
        assert "content/incidents/api.md, content/incidents/old.md cannot be read" in message
        assert not (watcher.output / "index.html").exists()
        repo.git("-C", str(tmp_path / "clone"), "fetch", "-q", "--unshallow", "origin")
        (problem,) = watcher.wait_for(repo.head)["problems"]
        assert problem["shown"] == repo.git("rev-parse", "HEAD~2")


def test_a_new_file_with_errors_in_a_shallow_clone(repo: Repo, tmp_path: Path) -> None:
    repo.git("clone", "-q", "--depth", "1", repo.top.as_uri(), str(tmp_path / "clone"))
    with Watcher(tmp_path / "clone", tmp_path / "watch", *QUICK) as watcher:
        watcher.wait_for(repo.head)
        (tmp_path / "clone/content/incidents/new.md").write_text("---\n")
        clone = Repo(tmp_path / "clone")
        assert shown(watcher.wait_for(clone.commit())) == {"content/incidents/new.md": None}


def test_a_partial_clone(repo: Repo, tmp_path: Path) -> None:
    """Nothing is fetched by the way. What is checked out is there."""
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.commit({"incidents/new.md": HEAD + "## investigating\n\nWe look.\n"})
    repo.commit({"incidents/new.md": HEAD + "## investigating\n\nWe look.\n\n## resolved\n\nDone.\n"})
    repo.git("clone", "-q", "--filter=blob:none", repo.top.as_uri(), str(tmp_path / "clone"))
    objects = sorted((tmp_path / "clone/.git/objects").rglob("*"))
    with Watcher(tmp_path / "clone", tmp_path / "watch", *QUICK) as watcher:
        (problem, *_) = watcher.wait_for(repo.head)["problems"]
        assert "partial clone" in problem["message"] and "Acme" in watcher.page()
        assert sorted((tmp_path / "clone/.git/objects").rglob("*")) == objects
        # A commit whose texts were not fetched is told, and the page stays.
        repo.commit({"site.yaml": SITE.replace("Acme", "Later")})
        repo.git("-C", str(tmp_path / "clone"), "fetch", "-q", "origin")
        repo.git("-C", str(tmp_path / "clone"), "update-ref", "refs/heads/main", "origin/main")
        status = watcher.wait(lambda status: bool(status["message"]))
        assert "Acme" in watcher.page() and "completes a partial clone" in status["message"]
        repo.git("-C", str(tmp_path / "clone"), "fetch", "-q", "--refetch", "--no-filter", "origin")
        watcher.wait_for(repo.head)
