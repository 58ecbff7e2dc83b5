"""`build --rev` and `next --rev`: the content of any commit, wherever one stands."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from command import NO_CACHE, read_tree, run_statusgen
from watching import HEAD, LOOK, SITE, Clock, Repo, assert_refused, make_repo, publish_once

AT = ("--at", "2026-11-03T09:00Z")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Its commits call the site One, Two and Three; the working tree calls it Four."""
    repo = make_repo(tmp_path / "repo")
    repo.commit({"site.yaml": SITE.replace("Acme", "One")})
    repo.git("tag", "-m", "x", "v1")
    repo.commit({"site.yaml": SITE.replace("Acme", "Two")})
    repo.git("branch", "a/b")
    repo.commit({"site.yaml": SITE.replace("Acme", "Three")})
    repo.write({"site.yaml": SITE.replace("Acme", "Four"), "incidents/api.md": "---\n"})
    return repo


def build(cwd: Path, output: Path, *options: str | Path) -> subprocess.CompletedProcess[str]:
    return run_statusgen("build", "--output", output, *AT, *options, cwd=cwd, env=NO_CACHE)


@pytest.mark.parametrize(
    ("rev", "name"),
    [
        *(("v1", "One"), ("a/b", "Two"), ("main", "Three"), ("HEAD", "Three"), ("HEAD~1", "Two"), ("HEAD~2", "One")),
        *(("refs/heads/a/b", "Two"), ("@{-0}", ""), ("v1^{commit}", "One"), ("main^", "Two")),
    ],
)
def test_names_of_commits(repo: Repo, tmp_path: Path, rev: str, name: str) -> None:
    result = build(repo.top, tmp_path / "output", "--rev", rev)
    if not name:
        assert_refused(result, "there is no commit")
        return
    assert (result.returncode, result.stderr) == (0, "")
    assert name in (tmp_path / "output/index.html").read_text("utf-8")


def test_ids(repo: Repo, tmp_path: Path) -> None:
    for rev in (repo.head, repo.head[:10]):
        assert build(repo.top, tmp_path / "output", "--rev", rev).returncode == 0
        assert "Three" in (tmp_path / "output/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "rev", ["nothing", "", "-n", "--all", "HEAD~99", "HEAD:content", "HEAD^{tree}", "0" * 40, "a b", "main..v1"]
)
def test_what_is_no_commit(repo: Repo, tmp_path: Path, rev: str) -> None:
    assert_refused(build(repo.top, tmp_path / "output", f"--rev={rev}"))
    assert not (tmp_path / "output").exists()


def test_from_other_folders(repo: Repo, tmp_path: Path) -> None:
    """The content folder is meant from where one stands, and need not be in the working tree."""
    places: tuple[tuple[Path, str | Path], ...] = (
        (repo.folder, "."),
        (repo.folder / "incidents", ".."),
        (tmp_path, repo.folder),
        (repo.top / ".git", "../content"),
    )
    for number, (cwd, content) in enumerate(places):
        result = build(cwd, tmp_path / f"output{number}", "--rev", "v1", "--content", content)
        assert (result.returncode, result.stderr) == (0, ""), (cwd, content)
    assert_refused(build(repo.top, tmp_path / "no", "--rev", "v1", "--content", tmp_path))


def test_through_links(repo: Repo, tmp_path: Path) -> None:
    clone = tmp_path / "bare.git"
    repo.git("clone", "-q", "--bare", str(repo.top), str(clone))
    for number, (link, target, way) in enumerate(
        (
            ("to-repository", repo.top, "to-repository/content"),
            ("to-content", repo.folder, "to-content"),
            ("to-folder", repo.folder / "incidents", "to-folder/.."),
            ("to-bare", clone, "to-bare/content"),
            ("to-gone", repo.top, "to-gone/content"),
        )
    ):
        (tmp_path / link).symlink_to(target)
        if link == "to-gone":
            repo.folder.rename(tmp_path / "away")
        result = build(tmp_path, tmp_path / f"output{number}", "--rev", "v1", "--content", way)
        assert result.returncode == 0, result.stderr
        assert read_tree(tmp_path / f"output{number}") == read_tree(tmp_path / "output0")


def test_a_content_folder_that_only_the_commit_has(repo: Repo, tmp_path: Path) -> None:
    repo.git("rm", "-rfq", "content")
    assert build(repo.top, tmp_path / "output", "--rev", "v1").returncode == 0
    result = build(repo.top, tmp_path / "no", "--rev", "v1", "--content", "elsewhere")
    assert result.returncode in (1, 2) and "Traceback" not in result.stderr


def test_a_bare_repository(repo: Repo, tmp_path: Path) -> None:
    repo.git("clone", "-q", "--bare", str(repo.top), str(tmp_path / "bare.git"))
    assert build(tmp_path / "bare.git", tmp_path / "output", "--rev", "a/b").returncode == 0
    assert "Two" in (tmp_path / "output/index.html").read_text("utf-8")
    result = build(tmp_path, tmp_path / "output2", "--rev", "v1", "--content", "bare.git/content")
    assert result.returncode == 0


def test_an_error_publishes_nothing(repo: Repo, tmp_path: Path) -> None:
    repo.commit()
    result = build(repo.top, tmp_path / "output", "--rev", "HEAD")
    assert result.returncode == 1 and "content/incidents/api.md:1: error" in result.stderr
    assert not (tmp_path / "output").exists()


def test_the_theme_is_that_of_the_commit(repo: Repo, tmp_path: Path) -> None:
    repo.git("checkout", "-q", "-f", "-B", "main", "HEAD~1")
    repo.commit({"../themes/mine/templates/404.html": "<p>Committed</p>"})
    repo.write({"../themes/mine/templates/404.html": "<p>Not yet</p>"})
    assert build(repo.top, tmp_path / "output", "--rev", "HEAD", "--theme", "mine").returncode == 0
    assert (tmp_path / "output/404.html").read_text() == "<p>Committed</p>"
    assert_refused(build(repo.top, tmp_path / "no", "--rev", "v1", "--theme", "mine"), "there is no theme `mine` in v1")
    assert_refused(build(repo.top, tmp_path / "no", "--rev", "v1", "--theme", "../x"))


def test_next(repo: Repo) -> None:
    def ask(*options: str) -> str:
        result = run_statusgen("next", *options, cwd=repo.top, env=NO_CACHE)
        assert (result.returncode, result.stderr) == (0, "")
        return result.stdout

    repo.commit({"incidents/api.md": HEAD + LOOK.replace("\n\n", " {next=3h}\n\n", 1)})
    assert ask("--rev", "HEAD", *AT) == "2026-11-03T11:00:00Z\n"
    assert ask("--rev", "v1", *AT) == "2026-11-04T00:00:00Z\n"
    assert ask(*AT) == "2026-11-03T11:00:00Z\n"
    # An update that is not committed yet counts as made now.
    repo.write({"incidents/api.md": HEAD + "## investigating {next=30m}\n\nWe look.\n"})
    assert ask(*AT) == "2026-11-03T09:30:00Z\n"
    repo.write({"incidents/api.md": "---\n"})
    result = run_statusgen("next", *AT, cwd=repo.top, env=NO_CACHE)
    assert (result.returncode, result.stdout) == (1, "")
    assert_refused(run_statusgen("next", "--rev", "nothing", cwd=repo.top, env=NO_CACHE))


def test_next_is_that_of_the_watcher(repo: Repo, tmp_path: Path) -> None:
    """A typo in a commit stops neither."""
    repo.git("checkout", "-q", "-f", "main")
    repo.commit({"incidents/api.md": HEAD + LOOK.replace("\n\n", " {next=3h}\n\n", 1)})
    repo.commit({"incidents/api.md": "---\n", "site.yaml": "name: [\n"})
    clock, status = Clock(tmp_path / "clock"), tmp_path / "status.json"
    assert publish_once(repo.top, tmp_path / "output", "--status", status, clock=clock).returncode == 0
    result = run_statusgen("next", "--rev", "HEAD", *AT, cwd=repo.top, env=NO_CACHE)
    assert (result.returncode, result.stdout) == (0, "2026-11-03T11:00:00Z\n")
    assert result.stdout.strip() == json.loads(status.read_text())["next_transition"]
    checked = run_statusgen("check", cwd=repo.top, env=NO_CACHE).stdout.splitlines()
    wrong = [line for line in checked if "error[" in line]
    assert len(wrong) >= 2
    assert [line for line in result.stderr.splitlines() if not line.startswith(" ")] == [
        line.replace("error[", "warning[") for line in wrong
    ]


def test_next_where_nothing_was_ever_good(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    for files, said in (
        ({"../other.txt": "no content"}, "has no files in content/"),
        ({"site.yaml": "name: [\n"}, "no commit of this branch has a site.yaml without errors"),
    ):
        repo.commit(files)
        result = run_statusgen("next", "--rev", "HEAD", *AT, cwd=repo.top, env=NO_CACHE)
        assert (result.returncode, result.stdout) == (1, "")
        assert result.stderr.startswith("The content cannot be read: ") and said in result.stderr
