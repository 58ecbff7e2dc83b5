"""Every kind of repository, and everything that happens to a branch."""

from __future__ import annotations

from pathlib import Path

import pytest
from watching import DONE, HEAD, LOOK, SITE, Repo, Watcher, make_repo, publish_once

ENDED = {"incidents/api.md": HEAD + LOOK + DONE}


def name_site(name: str) -> dict[str, str | bytes]:
    return {"site.yaml": SITE.replace("Acme", name)}


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return make_repo(tmp_path / "repo")


def test_what_is_not_committed_is_never_published(repo: Repo, tmp_path: Path) -> None:
    with Watcher(repo.top, tmp_path / "watch") as watcher:
        watcher.wait_for(repo.head)
        repo.write(name_site("Unfinished"))
        repo.git("add", "-A")
        repo.git("stash", "-q")
        repo.git("stash", "pop", "-q")
        # One file of the two that were changed.
        repo.write({"pages/about.md": "---\ntitle: About\n---\n\nUs.\n"})
        repo.git("add", "content/pages")
        repo.git("commit", "-q", "-m", "x", "--", "content/pages")
        watcher.wait_for(repo.head)
        assert "Acme" in watcher.page() and "Unfinished" not in watcher.page()
        assert "About" in watcher.page("pages/about/index.html")


def test_a_linked_worktree(repo: Repo, tmp_path: Path) -> None:
    repo.git("worktree", "add", "-q", "-b", "status", str(tmp_path / "tree"))
    tree = Repo.__new__(Repo)
    tree.top, tree.folder, tree.clock = tmp_path / "tree", tmp_path / "tree/content", None
    with Watcher(tree.top, tmp_path / "watch") as watcher:
        assert watcher.wait_for(tree.head)["branch"] == "status"
        tree.commit(name_site("Tree"))
        watcher.wait_for(tree.head)
        # The main checkout's branch is another one.
        repo.commit(name_site("Main"))
        tree.commit(ENDED)
        watcher.wait_for(tree.head)
        assert "Tree" in watcher.page()


@pytest.mark.parametrize("options", [[], ["--poll", "0.1"]])
def test_a_bare_repository_that_is_pushed_to(repo: Repo, tmp_path: Path, options: list[str]) -> None:
    repo.git("clone", "-q", "--bare", str(repo.top), str(tmp_path / "bare.git"))
    repo.git("remote", "add", "origin", str(tmp_path / "bare.git"))
    with Watcher(tmp_path / "bare.git", tmp_path / "watch", *options) as watcher:
        watcher.wait_for(repo.head)
        repo.commit(ENDED)
        repo.git("push", "-q", "origin", "main")
        watcher.wait_for(repo.head)
        repo.git("reset", "-q", "--hard", "HEAD~1")
        repo.git("push", "-q", "--force", "origin", "main")
        watcher.wait_for(repo.head)


def test_packing_and_collecting(repo: Repo, tmp_path: Path) -> None:
    with Watcher(repo.top, tmp_path / "watch") as watcher:
        watcher.wait_for(repo.head)
        for number, housework in enumerate(
            (["pack-refs", "--all"], ["repack", "-q", "-a", "-d"], ["gc", "-q", "--prune=now"], ["pack-refs", "--all"])
        ):
            repo.git(*housework)
            repo.commit(name_site(f"Acme {number}"))
            watcher.wait_for(repo.head)
            repo.git(*housework)
            repo.commit({f"pages/p{number}.md": "---\ntitle: Page\n---\n\nText.\n"})
            watcher.wait_for(repo.head)
        # What was published is gone for good.
        repo.git("checkout", "-q", "-B", "main", "HEAD~5")
        repo.git("reflog", "expire", "--expire=now", "--all")
        repo.git("gc", "-q", "--prune=now")
        repo.commit({"incidents/new.md": HEAD + "## investigating\n\nWe look.\n"})
        assert watcher.wait_for(repo.head)["problems"] == []


@pytest.mark.parametrize("options", [["--object-format=sha256"], ["--ref-format=reftable"]])
def test_other_formats(tmp_path: Path, options: list[str]) -> None:
    top = tmp_path / "repo"
    top.mkdir()
    probe = Repo.__new__(Repo)
    probe.top, probe.folder, probe.clock = top, top / "content", None
    if probe.run("init", "-q", *options, str(tmp_path / "probe")).returncode:
        pytest.skip(f"this git does not know {options[0]}")
    repo = make_repo(top, *options)
    with Watcher(repo.top, tmp_path / "watch") as watcher:
        watcher.wait_for(repo.head)
        repo.commit({"incidents/api.md": HEAD + "## investigating\n\nWe look.\n"})
        watcher.wait_for(repo.head)
        repo.git("pack-refs", "--all")
        repo.commit({"incidents/api.md": "---\n"})
        assert watcher.wait_for(repo.head)["problems"][0]["shown"] == repo.git("rev-parse", "HEAD~1")
        repo.git("reset", "-q", "--hard", "HEAD~1")
        watcher.wait_for(repo.head)


@pytest.mark.parametrize(("folder", "option"), [(".", "."), ("a/b c/ä", "a/b c/ä"), ("a/b", "./a/b/")])
def test_where_the_content_lies(tmp_path: Path, folder: str, option: str) -> None:
    repo = make_repo(tmp_path / "repo", folder=folder)
    with Watcher(repo.top, tmp_path / "watch", "--content", option) as watcher:
        watcher.wait_for(repo.head)
        repo.commit(name_site("Elsewhere"))
        assert watcher.wait_for(repo.head)["problems"] == []
        assert "Elsewhere" in watcher.page()
        repo.commit({"incidents/api.md": "---\n"})
        (problem,) = watcher.wait_for(repo.head)["problems"]
        prefix = "" if folder == "." else f"{folder}/"
        assert problem["path"] == f"{prefix}incidents/api.md" and problem["shown"]


def test_from_within_the_repository(repo: Repo, tmp_path: Path) -> None:
    repo.commit({"incidents/api.md": "---\n"})
    result = publish_once(repo.folder / "incidents", tmp_path / "output")
    assert result.returncode == 0 and "content/incidents/api.md:1: error" in result.stderr


@pytest.mark.parametrize(
    "name", ["a/b", "ä/№ 1".replace(" ", ""), "refs/heads/x", "HEAD~1".replace("~", "-"), "origin/main"]
)
def test_names_of_branches(repo: Repo, tmp_path: Path, name: str) -> None:
    with Watcher(repo.top, tmp_path / "watch", "--branch", name) as watcher:
        watcher.wait_message(f"there is no branch {name}")
        repo.git("branch", name)
        watcher.wait_for(repo.head)
        repo.commit(ENDED)
        repo.git("branch", "-f", name, "HEAD")
        watcher.wait_for(repo.head)


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    with Watcher(repo.top, tmp_path / "watch") as watcher:
        status = watcher.wait_message("there is no branch main, or it has no commit yet")
        assert (status["state"], status["revision"], status["published_at"]) == ("failing", None, None)
        repo.commit({"other.txt": "not a site"})
        watcher.wait_message("no commit of this branch has a site.yaml")
        repo.commit({"site.yaml": SITE})
        watcher.wait_for(repo.head)
    assert publish_once(Repo(tmp_path / "empty").top, tmp_path / "output").returncode == 1


def test_a_branch_that_vanishes_and_comes_back(repo: Repo, tmp_path: Path) -> None:
    with Watcher(repo.top, tmp_path / "watch") as watcher:
        first = repo.head
        watcher.wait_for(first)
        repo.git("update-ref", "-d", "refs/heads/main")
        status = watcher.wait_message("there is no branch main")
        assert (status["state"], status["revision"]) == ("failing", first)
        assert "Acme" in watcher.page()
        repo.git("update-ref", "refs/heads/main", first)
        watcher.wait_for(first)
        repo.commit(name_site("Back"))
        watcher.wait_for(repo.head)


def test_a_commit_that_cannot_be_published_and_its_end(repo: Repo, tmp_path: Path) -> None:
    """The branch goes back to what is published, so that nothing has to be published, and all is well again."""
    good = repo.head
    with Watcher(repo.top, tmp_path / "watch", "--poll", "0.1") as watcher:
        watcher.wait_for(good)
        repo.git("rm", "-r", "-q", "content")
        repo.commit()
        status = watcher.wait_message("has no files in content/")
        assert (status["state"], status["revision"]) == ("failing", good)
        repo.git("reset", "-q", "--hard", good)
        assert watcher.wait_for(good)["message"] == ""


def test_unrelated_history_by_force(repo: Repo, tmp_path: Path) -> None:
    with Watcher(repo.top, tmp_path / "watch") as watcher:
        watcher.wait_for(repo.head)
        repo.git("checkout", "-q", "--orphan", "other")
        repo.git("rm", "-rfq", ".")
        repo.commit({"site.yaml": SITE.replace("Acme", "Other"), "incidents/x.md": HEAD + "## investigating\n\nWe.\n"})
        repo.git("checkout", "-q", "-B", "main")
        watcher.wait_for(repo.head)
        assert "Other" in watcher.page() and (watcher.output / "incidents/x/index.html").exists()
        assert not (watcher.output / "incidents/api").exists()


def test_commits_that_only_delete_or_rename_or_amend(repo: Repo, tmp_path: Path) -> None:
    with Watcher(repo.top, tmp_path / "watch") as watcher:
        watcher.wait_for(repo.head)
        repo.move("incidents/api.md", "incidents/2026/errors.md")
        repo.commit()
        watcher.wait_for(repo.head)
        assert (watcher.output / "incidents/errors/index.html").exists()
        assert not (watcher.output / "incidents/api").exists()
        repo.commit(name_site("Amended"), "--amend")
        watcher.wait_for(repo.head)
        assert "Amended" in watcher.page()
        repo.delete("incidents/2026/errors.md")
        repo.commit()
        watcher.wait_for(repo.head)
        assert not (watcher.output / "incidents/errors").exists()
        repo.commit(None)
        watcher.wait_for(repo.head)


def test_the_newest_of_fifty_commits(repo: Repo, tmp_path: Path) -> None:
    with Watcher(repo.top, tmp_path / "watch") as watcher:
        watcher.wait_for(repo.head)
        for number in range(50):
            repo.commit(name_site(f"Acme {number}"))
        watcher.wait_for(repo.head)
        assert "Acme 49" in watcher.page()
        # Nothing is left to do, and none of those between is published later.
        lines = watcher.log.count(" published ")
        repo.commit(name_site("Last"))
        watcher.wait_for(repo.head)
        assert watcher.log.count(" published ") == lines + 1


def test_a_detached_head(repo: Repo, tmp_path: Path) -> None:
    repo.git("checkout", "-q", "--detach")
    with Watcher(repo.top, tmp_path / "watch") as watcher:
        assert watcher.wait_for(repo.head)["branch"] == "HEAD"
        repo.commit(name_site("Detached"))
        watcher.wait_for(repo.head)
        repo.git("checkout", "-q", "main")
        watcher.wait_for(repo.head)
        assert "Acme" in watcher.page()


def test_another_checkout_changes_nothing(repo: Repo, tmp_path: Path) -> None:
    with Watcher(repo.top, tmp_path / "watch") as watcher:
        watcher.wait_for(repo.head)
        repo.git("checkout", "-q", "-b", "draft")
        repo.commit(name_site("Draft"))
        head = repo.commit({"incidents/api.md": HEAD + LOOK + DONE})
        repo.git("checkout", "-q", "main")
        repo.git("merge", "-q", "--no-ff", "--no-edit", "draft")
        assert watcher.wait_for(repo.head)["revision"] != head
        assert watcher.log.count(" published ") == 2


def test_once(repo: Repo, tmp_path: Path) -> None:
    result = publish_once(repo.top, tmp_path / "output", "--status", tmp_path / "status.json")
    assert (result.returncode, result.stdout) == (0, "")
    assert f"published {repo.head[:12]}" in result.stderr
    assert (tmp_path / "output/index.html").exists() and (tmp_path / "status.json").exists()
    repo.commit({"incidents/api.md": "---\n"})
    # A problem in the content is no failure: the rest is published.
    assert publish_once(repo.top, tmp_path / "output").returncode == 0
