"""Hooks in real repositories: real commits and real pushes, which are refused or published."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bad_content import SITE
from command import LIMIT_FOR, NO_CACHE, ROOT, run_statusgen

GOOD = "---\ntitle: News\npublish: 2026-11-10\n---\n\nWe open.\n"
BAD = "no front matter\n"
ERROR = "content/notices/news.md:1: error[no-front-matter]: the file does not start with front matter"


class Desk:
    """A server's bare repository, and a working tree that pushes to it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.bare, self.tree = folder, folder / "srv 'x'.git", folder / "tree"
        self.git("init", "-q", "--bare", "-b", "main", str(self.bare), cwd=folder)
        self.git("init", "-q", "-b", "main", str(self.tree), cwd=folder)
        self.git("remote", "add", "origin", str(self.bare))
        for name, value in (("user.name", "A"), ("user.email", "a@a.example")):
            self.git("config", name, value)
        self.write("site.yaml", SITE)
        self.write("notices/news.md", GOOD)

    def git(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        more = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "PYTHONPATH": str(ROOT)} | NO_CACHE
        command = ["git", *arguments]
        return subprocess.run(
            command, cwd=cwd or self.tree, env=inherited | more, capture_output=True, text=True, check=False
        )

    def write(self, path: str, text: str) -> None:
        target = self.tree / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    def commit(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.git("commit", "-q", "-m", "x", *arguments)

    def commit_all(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        self.git("add", "-A")
        return self.commit(*arguments)

    def install(self, *arguments: str | Path, cwd: Path | None = None) -> str:
        done = run_statusgen("hook", "install", *arguments, cwd=cwd or self.tree)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_hook_for_content_that_is_not_there(desk: Desk) -> None:
    desk.commit_all()
    desk.git("clone", "-q", "--bare", str(desk.tree), "../box.git")
    for arguments, of in (
        (("pre-commit", "--content", "nowhere"), "every commit"),
        (("pre-receive", "--content", "../box.git/contents"), "every push"),
        (("pre-receive", "--content", "../box.git"), "every push"),
    ):
        done = run_statusgen("hook", "install", *arguments, cwd=desk.tree)
        assert done.returncode == 2 and f"so {of} would be refused; see --content" in done.stderr
    assert not list((desk.folder / "box.git/hooks").glob("pre-receive"))


def test_a_bad_commit_is_refused(desk: Desk) -> None:
    """By what is staged, also where `git commit FILE` has an index of its own, and in another worktree."""
    desk.install("pre-commit")
    assert desk.commit_all().returncode == 0
    desk.write("notices/news.md", BAD)
    desk.write("notices/other.md", GOOD)
    desk.git("add", "content/notices/other.md")
    assert desk.commit().returncode == 0
    for arguments in (("-a",), ("content/notices/news.md",)):
        refused = desk.commit(*arguments)
        assert refused.returncode == 1
        assert ERROR in refused.stdout + refused.stderr
        assert "Nothing was committed" in refused.stderr
    assert desk.git("log", "--oneline").stdout.count("\n") == 2
    desk.git("checkout", "-q", "content")
    desk.git("worktree", "add", "-q", "../second")
    (desk.folder / "second/content/notices/news.md").write_text(BAD, "utf-8")
    assert desk.git("commit", "-qam", "x", cwd=desk.folder / "second").returncode == 1
    assert desk.git("commit", "-qam", "x", "--no-verify", cwd=desk.folder / "second").returncode == 0


def test_a_bad_push_is_refused_and_a_good_one_published(desk: Desk) -> None:
    content, site = desk.bare / "content", desk.folder / "web root"
    desk.install("pre-receive", "--content", content)
    desk.install("post-receive", "--content", content, "--output", site)
    desk.commit_all()
    pushed = desk.git("push", "origin", "main")
    assert pushed.returncode == 0
    assert "files" in pushed.stderr
    assert (site / "notices/news/index.html").is_file()
    desk.write("notices/news.md", BAD)
    desk.write("notices/more.md", GOOD)
    desk.commit_all()
    refused = desk.git("push", "origin", "main")
    assert refused.returncode == 1
    assert f"remote: {ERROR}" in refused.stderr
    assert "The push is refused" in refused.stderr
    assert not (site / "notices/more").exists()
    # Another branch is work that goes on, and a deleted one has nothing to check.
    assert desk.git("push", "origin", "main:refs/heads/wip").returncode == 0
    assert desk.git("push", "origin", ":wip").returncode == 0
    desk.write("notices/news.md", GOOD)
    desk.commit_all()
    assert desk.git("push", "origin", "main").returncode == 0
    assert (site / "notices/more/index.html").is_file()


def test_two_pushes_at_once(desk: Desk) -> None:
    """Neither is refused by the other's build, and the last one to look publishes what the branch is by then."""
    desk.commit_all()
    desk.git("push", "origin", "main")
    tip = desk.git("rev-parse", "HEAD").stdout.strip()
    (desk.folder / "pushed").write_text(f"{'0' * 40} {tip} refs/heads/main\n", "utf-8")
    run = [sys.executable, "-m", "statusgen", "hook", "run", "post-receive", "--output", str(desk.folder / "site")]
    environment, pipe = {**os.environ, **NO_CACHE, "PYTHONPATH": str(ROOT)}, subprocess.PIPE
    hooks = []
    for _ in range(3):
        with (desk.folder / "pushed").open("rb") as pushed:
            hooks.append(subprocess.Popen(run, cwd=desk.bare, env=environment, stdin=pushed, stdout=pipe, stderr=pipe))
    said = [hook.communicate(timeout=LIMIT_FOR) for hook in hooks]
    assert [hook.returncode for hook in hooks] == [0, 0, 0], said
    assert (desk.folder / "site/notices/news/index.html").is_file()


def test_the_branch_and_core_hooks_path(desk: Desk) -> None:
    desk.git("config", "core.hooksPath", "our hooks", cwd=desk.bare)
    done = desk.install("pre-receive", "--content", desk.bare / "content", "--branch", "live")
    assert done.startswith(str(desk.bare / "our hooks" / "pre-receive"))
    desk.write("notices/news.md", BAD)
    desk.commit_all()
    assert desk.git("push", "origin", "main").returncode == 0
    assert desk.git("push", "origin", "main:live").returncode == 1


def test_a_branch_that_nobody_pushes_to_guards_nothing(desk: Desk) -> None:
    desk.git("symbolic-ref", "HEAD", "refs/heads/master", cwd=desk.bare)
    assert "pushes to `master`" in desk.install("pre-receive", "--content", desk.bare / "content")
    desk.commit_all()
    refused = desk.git("push", "origin", "main")
    assert refused.returncode == 1
    assert "this hook guards `master`" in refused.stderr and "--branch NAME" in refused.stderr
    assert desk.git("push", "origin", "main:master").returncode == 0
    deleted = desk.git("push", "origin", ":master")
    assert deleted.returncode == 1 and "it would delete `master`" in deleted.stderr


def test_a_planted_link_is_not_written_through(desk: Desk) -> None:
    victim = desk.folder / "victim"
    victim.write_text("mine", "utf-8")
    (desk.tree / "our hooks").mkdir()
    (desk.tree / "our hooks/.pre-commit.statusgen").symlink_to(victim)
    desk.git("config", "core.hooksPath", "our hooks")
    desk.install("pre-commit")
    assert victim.read_text("utf-8") == "mine"
    assert (desk.tree / "our hooks/pre-commit").is_file()


def test_what_time_brings_refuses_no_commit(desk: Desk) -> None:
    site = (desk.tree / "content/site.yaml").read_text("utf-8")
    desk.write("site.yaml", f"{site}checks: {{update-overdue: error}}\n")
    silent = (
        "---\ntitle: Silent\ncomponents: {api: major_outage}\n---\n\n## investigating @ 2026-11-03 09:20 {next=30m}\n"
    )
    desk.write("incidents/silent.md", f"{silent}\nWe look.\n")
    desk.install("pre-commit")
    assert desk.commit_all().returncode == 0
    assert run_statusgen("check", cwd=desk.tree).returncode == 1
    assert run_statusgen("build", cwd=desk.tree).returncode == 0


def test_a_server_with_a_working_tree(desk: Desk) -> None:
    desk.commit_all()
    desk.git("clone", "-q", str(desk.tree), "../box")
    box = desk.folder / "box"
    desk.git("config", "receive.denyCurrentBranch", "updateInstead", cwd=box)
    desk.install("pre-receive", cwd=box)
    desk.write("notices/news.md", BAD)
    desk.commit_all()
    refused = desk.git("push", str(box), "main")
    assert (refused.returncode, ERROR in refused.stderr) == (1, True)
    desk.write("notices/news.md", GOOD + "\nIn May.\n")
    desk.commit_all()
    assert desk.git("push", str(box), "main").returncode == 0


def test_what_nobody_checked_is_not_let_through(desk: Desk) -> None:
    """No content at all, and a Python that is gone; the repository's own modules are not imported."""
    path = desk.tree / ".git/hooks/pre-commit"
    desk.install("pre-commit")
    (desk.tree / "statusgen").mkdir()
    (desk.tree / "statusgen/__main__.py").write_text("raise SystemExit(0)\n", "utf-8")
    desk.write("notices/news.md", BAD)
    assert desk.commit_all().returncode == 1
    script = path.read_text("utf-8")
    path.write_text(script.replace("python", "pythongone"), "utf-8")
    refused = desk.commit()
    assert (refused.returncode, "is gone" in refused.stderr) == (1, True)


def test_another_hook_stays(desk: Desk) -> None:
    path = desk.tree / ".git/hooks/pre-commit"
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\necho mine\n", "utf-8")
    refused = run_statusgen("hook", "install", "pre-commit", cwd=desk.tree)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "--force" in refused.stderr
    assert path.read_text("utf-8") == "#!/bin/sh\necho mine\n"
    desk.install("pre-commit", "--force")
    assert stat.S_IMODE(path.stat().st_mode) == 0o755
    # Ours may be made again.
    desk.install("pre-commit")
    assert [other.name for other in path.parent.glob("*pre-commit*") if not other.name.endswith(".sample")] == [
        path.name
    ]


@pytest.mark.parametrize(
    "arguments",
    [["pre-receive", "--output", "x"], ["post-receive"], ["pre-push"], ["pre-receive", "--branch", "--x"]],
)
def test_what_cannot_be_installed(arguments: list[str], desk: Desk) -> None:
    result = run_statusgen("hook", "install", *arguments, cwd=desk.tree)
    assert result.returncode == 2
    assert list((desk.tree / ".git/hooks").glob("*-receive")) == []


def test_for_the_framework() -> None:
    (entry,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {"id", "name", "entry", "language"} <= entry.keys()
    assert run_statusgen(*entry["entry"].split()[1:], cwd=ROOT).returncode == 0
