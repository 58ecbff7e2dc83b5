"""Which two revisions are compared, and what is said where one of them is not there."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from command import read_tree, run_statusgen
from comparing import DONE, HEAD, LOOK, SITE, data_of, is_empty, run_diff, text_of
from watching import START, Clock, Repo

NOW = START + timedelta(hours=5)
OTHER = HEAD.replace("api", "web").replace("Errors", "Slow")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """`topic` left `main`, which went on."""
    repo = Repo(tmp_path / "repo", clock=Clock(tmp_path / "clock"))
    repo.commit({"site.yaml": SITE, "incidents/api.md": HEAD + LOOK})
    repo.git("switch", "-q", "-c", "topic")
    repo.commit({"incidents/web.md": OTHER + LOOK})
    repo.git("switch", "-q", "main")
    repo.commit({"incidents/api.md": HEAD + LOOK + DONE})
    repo.git("switch", "-q", "topic")
    return repo


def events(repo: Repo, *arguments: str) -> list[tuple[str, list[str]]]:
    return [(entry["id"], entry["events"]) for entry in data_of(repo, NOW, *arguments)["entries"]]


def test_two_revisions_are_compared_as_a_pull_request_does(repo: Repo) -> None:
    assert events(repo, "main", "topic") == [("web", ["opens"])]
    assert events(repo, "topic", "main") == [("api", ["closes"])]
    assert events(repo, "main") == [("api", ["reopens"]), ("web", ["opens"])]
    assert events(repo) == events(repo, "topic") == []
    assert events(repo, "HEAD~1", "HEAD") == [("web", ["opens"])]
    data = data_of(repo, NOW, "main", "topic")
    start, topic = repo.git("merge-base", "main", "topic"), repo.git("rev-parse", "topic")
    assert data["base"] == {"name": "where topic left main", "commit": start, "shown": True, "why_none": None}
    assert (data["head"]["name"], data["head"]["commit"]) == ("topic", topic)
    assert data_of(repo, NOW)["head"]["commit"] is None
    first = run_diff(repo, NOW, "HEAD~1", "HEAD").stdout.splitlines()[0]
    assert first == f"HEAD~1 ({start[:12]}) → HEAD ({topic[:12]}), as of 3 November 2026, 14:00 UTC"


def test_a_bare_repository_has_branches_only(repo: Repo, tmp_path: Path) -> None:
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    result = run_statusgen("diff", "main", "topic", "--format", "json", cwd=tmp_path / "bare")
    assert [entry["id"] for entry in json.loads(result.stdout)["entries"]] == ["web"]
    result = run_statusgen("diff", "--content", ".", cwd=tmp_path / "bare")
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "there is no commit `nowhere` in "),
        (["main", "nowhere"], "there is no commit `nowhere` in "),
        (["main...topic"], "write the two with a space between them: `statusgen diff main topic`"),
        (["a\nb"], "there is no commit `a\\nb` in "),
        (["HEAD:content"], "there is no commit `HEAD:content` in "),
        (["--", "--output=x"], "there is no commit `--output=x` in "),
        (["main", "apart"], "main and apart have no commit in common"),
        (["--content", "nothing"], "there is no content folder nothing"),
        (["--content", "content/gone"], "there is no content folder content/gone"),
        (["--format", "xml"], "Invalid value for '--format'"),
        (["--at", "soon"], "`soon` is not a time"),
    ],
)
def test_what_cannot_be_compared_is_said_in_one_line(repo: Repo, arguments: list[str], message: str) -> None:
    repo.git("switch", "-q", "--orphan", "apart")
    repo.commit({"site.yaml": SITE})
    result = run_statusgen("diff", *arguments, cwd=repo.top)
    assert (result.returncode, result.stdout) == (2, ""), result
    assert message in result.stderr and "Traceback" not in result.stderr
    assert message.startswith("Invalid") or "Usage" in result.stderr or result.stderr.count("\n") == 1


def test_a_shallow_clone_says_how_to_get_the_rest(repo: Repo, tmp_path: Path) -> None:
    where = ("--no-single-branch", repo.top.as_uri(), str(tmp_path / "clone"))
    repo.git("clone", "-q", "--depth", "1", "--branch", "topic", *where)
    result = run_statusgen("diff", "origin/main", "topic", cwd=tmp_path / "clone")
    assert (result.returncode, result.stdout) == (2, "")
    assert "`git fetch --unshallow` brings it" in result.stderr
    assert "incident reopens" in run_statusgen("diff", "origin/main", cwd=tmp_path / "clone").stdout


def test_no_repository(repo: Repo, tmp_path: Path) -> None:
    shutil.copytree(repo.folder, tmp_path / "copy/content")
    for arguments in ((), ("main",), ("main", "topic")):
        result = run_statusgen("diff", *arguments, cwd=tmp_path / "copy")
        assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
        assert "git repository" in result.stderr


def test_without_a_commit_and_without_content_everything_is_new(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo", clock=Clock(tmp_path / "clock"))
    files = {"site.yaml": SITE, "incidents/api.md": HEAD + LOOK}
    repo.write(files)
    first = text_of(repo, NOW)
    assert "  ~ HEAD: there is no commit yet; so everything is new" in first
    repo.commit({"../README": "x"}, "--", "README")
    later = data_of(repo, NOW)
    assert events(repo) == [("api", ["opens"])]
    assert later["banner"] == {"before": None, "after": {"indicator": "major", "description": "Partial System Outage"}}
    assert later["components"][0] == {"id": "api", "name": "API", "before": None, "after": "major_outage"}
    assert (later["base"]["shown"], later["uptime"]) == (False, [])
    assert any("has no files in content/; so everything is new" in line for line in text_of(repo, NOW))
    repo.commit()
    gone = text_of(repo, NOW, "HEAD", "HEAD")
    assert gone == ["Nothing changes for customers."]
    repo.git("rm", "-q", "-r", "content")
    repo.commit({"../README": "y"})
    gone = text_of(repo, NOW, "HEAD~1", "HEAD")
    assert any("has no files in content/; so nothing would be published" in line for line in gone)


def test_what_git_would_not_take_is_said(repo: Repo) -> None:
    repo.commit({"../.gitignore": "*.secret.md\n"})
    repo.write({"incidents/x.secret.md": HEAD + LOOK})
    assert text_of(repo, NOW)[-2:] == ["Not compared", "  ! incidents/x.secret.md is ignored by git"]
    data = data_of(repo, NOW)
    assert is_empty(data) and data["ignored"] == ["incidents/x.secret.md"]


def test_long_lists_are_cut_unless_they_are_asked_for(repo: Repo) -> None:
    repo.write({f"pages/p{number}.md": "---\ntitle: x\n---\n\nText.\n" for number in range(60)})
    lines = text_of(repo, NOW)
    assert lines.count("    and 10 more") == 2 and len(lines) == 2 * 53
    assert len(text_of(repo, NOW, "-v")) == 2 * 62
    assert len(data_of(repo, NOW)["pages"]["added"]) == 60


def test_nothing_of_the_repository_is_changed_and_nothing_of_it_is_run(repo: Repo, tmp_path: Path) -> None:
    """With settings that make git run programs when files are added, and an index that has something else."""
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat\n")
    trap.chmod(0o755)
    repo.git("config", "filter.trap.clean", str(trap))
    repo.git("config", "core.fsmonitor", str(trap))
    repo.commit({"../other.txt": "x", "incidents/web.md": OTHER + LOOK})
    repo.write({"../.gitattributes": "*.md filter=trap\n"})
    (repo.top / ".git/hooks").mkdir(exist_ok=True)
    shutil.copy(trap, repo.top / ".git/hooks/post-index-change")
    repo.write({"incidents/new.md": HEAD + LOOK, "incidents/web.md": OTHER + LOOK + DONE})
    (tmp_path / "sprung").unlink(missing_ok=True)
    before = read_tree(repo.top)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    result = run_statusgen("diff", "--at", NOW.isoformat(), cwd=repo.top, env={"TMPDIR": str(temporary)})
    assert "incident opens" in result.stdout and "incident closes" in result.stdout
    assert read_tree(repo.top) == before
    assert not (tmp_path / "sprung").exists() and not any(temporary.iterdir())
    repo.git("add", "-A")
    assert (tmp_path / "sprung").exists(), "the trap is one"


def test_folders_with_odd_names_and_line_ends_of_another_system(tmp_path: Path) -> None:
    repo = Repo(tmp_path / 'a:b "c" d\\e', folder="my content", clock=Clock(tmp_path / "clock"))
    repo.commit({"site.yaml": SITE, "incidents/api.md": HEAD + LOOK, "incidents/é ü.md": "---\ntitle: x\n---\n"})
    for path in repo.folder.rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert is_empty(data_of(repo, NOW))
    repo.write({"incidents/é.md": OTHER + LOOK})
    data = data_of(repo, NOW)
    assert [(entry["path"], entry["events"]) for entry in data["entries"]] == [("incidents/é.md", ["opens"])]


def test_links_and_what_is_checked_out_in_part(repo: Repo) -> None:
    repo.git("sparse-checkout", "set", "--no-cone", "/content/site.yaml")
    assert not (repo.folder / "incidents").exists()
    assert is_empty(data_of(repo, NOW))
    repo.git("sparse-checkout", "disable")
    (repo.folder / "incidents/api.md").unlink()
    (repo.folder / "incidents/api.md").symlink_to("web.md")
    edited = data_of(repo, NOW)
    assert [problem["code"] for problem in edited["problems"]["introduced"]] == ["symlink"]
    assert [one["path"] for one in edited["stand_ins"]] == ["incidents/api.md"]
    repo.commit()
    committed = data_of(repo, NOW, "HEAD~1", "HEAD")
    assert {**committed, "base": 0, "head": 0} == {**edited, "base": 0, "head": 0}


def test_colour_is_for_terminals(repo: Repo) -> None:
    result = run_statusgen("diff", "main", cwd=repo.top)
    assert result.returncode == 0 and "\x1b" not in result.stdout


@pytest.mark.parametrize("format_", ["sha1", "sha256"])
def test_both_hashes_of_git(tmp_path: Path, format_: str) -> None:
    repo = Repo(tmp_path / "repo", f"--object-format={format_}", clock=Clock(tmp_path / "clock"))
    repo.commit({"site.yaml": SITE, "incidents/api.md": HEAD + LOOK})
    assert is_empty(data_of(repo, NOW))
    repo.write({"incidents/api.md": HEAD + LOOK + DONE})
    assert events(repo) == [("api", ["closes"])]
