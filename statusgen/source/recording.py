"""One file of the working tree into a commit, and the commit to the others."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from statusgen.errors import Error
from statusgen.source.git import Repository, find_repository, read_ignored

UNFINISHED = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD")
TELLING = ("[rejected]", "[remote rejected]", "fatal: ", "error: ", "remote: ")


class RefusedByGitError(Error):
    """`said` is all that git and its hooks said, of which the message has one line."""

    def __init__(self, message: str, said: str) -> None:
        self.said = said
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a commit of a file goes: the branch and, None where there is none, the remote and its ref.

    `is_new`: git has no such file yet. `is_edited`: it has been changed since the last commit."""

    repository: Repository
    path: str
    branch: str
    upstream: tuple[str, str] | None
    is_new: bool
    is_edited: bool


def find_place(folder: Path, path: str, push: bool) -> Place:
    """Looks before anything is written whether a file of the content folder can be committed, and pushed.

    Raises Error where it cannot, with what to do."""
    repository = find_repository(folder)
    if repository is None:
        raise Error(f"{folder} is not in a git repository, so nothing can be committed; `git init` makes one")
    name = repository.prefix + path
    asked = ("status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--", name)
    lines = os.fsdecode(repository.run(*asked)).split("\0")
    branch = next((line.split(" ", 2)[2] for line in lines if line.startswith("# branch.head ")), "(detached)")
    if branch == "(detached)":
        raise Error("HEAD is detached, so a commit would be on no branch; `git switch BRANCH` first")
    states = [line[:4] for line in lines if line[:2] in ("1 ", "2 ", "u ", "? ")]
    is_new = not (folder / path).exists() or any(state[0] == "?" or state[2:3] == "A" for state in states)
    _check_finished(repository)
    if is_new and read_ignored(repository, [name]):
        raise Error(f"git ignores {name} (see .gitignore), so it cannot be committed")
    if repository.act("var", "GIT_COMMITTER_IDENT")[0]:
        raise Error("git does not know who you are; `git config --global user.name NAME`, and user.email, tell it")
    upstream = _find_upstream(repository, branch) if push else None
    if push and upstream is None:
        raise Error(
            f"nobody knows where to push {branch}; `git push -u REMOTE {branch}` once tells git; "
            "nothing is written, and --commit alone would do"
        )
    return Place(repository, name, branch, upstream, is_new, bool(states) and not is_new)


def commit_file(place: Place, message: str) -> str:
    """The new commit's short id. What else is staged or changed stays as it is. Raises Error where git refuses."""
    if place.is_new:
        # Without its text, so that git knows the name and nothing else is changed in the index.
        _demand(place, "add", "--intent-to-add", "--", place.path)
    code, said = place.repository.act("commit", "--quiet", "--only", "-F", "-", "--", place.path,
                                      stdin=message.encode())  # fmt: skip
    if code:
        if place.is_new:
            place.repository.act("rm", "--cached", "--quiet", "--", place.path)
        way = f"mend that, and then: git add {shlex.quote(place.path)} && git commit"
        raise RefusedByGitError(f"{place.path} is written but not committed; {way}", said)
    return place.repository.run("rev-parse", "--short", "HEAD").decode("ascii").strip()


def push_commit(place: Place) -> str:
    """Where the commit went, as in `origin/main`. Raises Error with what to do: the commit stays."""
    assert place.upstream, "looked for before"  # noqa: S101
    remote, ref = place.upstream
    asks = bool(sys.stdin and sys.stdin.isatty())
    code, said = place.repository.act("push", "--quiet", "--", remote, f"HEAD:{ref}", asks=asks)
    if code:
        fetched = "[rejected]" in said
        way = "`git pull --rebase && git push`" if fetched else "`git push`, when that is mended"
        raise RefusedByGitError(f"the commit is made but not pushed: {_why(said)}; {way}", said)
    return f"{remote}/{ref.removeprefix('refs/heads/')}"


def _check_finished(repository: Repository) -> None:
    """Raises Error where git would not take one file alone."""
    asked = [word for name in UNFINISHED for word in ("--git-path", name)]
    markers = os.fsdecode(repository.run("rev-parse", *asked)).split("\n")
    for name, marker in zip(UNFINISHED, markers, strict=False):
        if (repository.top / marker).exists():
            what = name.removesuffix("_HEAD").lower().replace("_", "-")
            raise Error(f"a {what} is not finished; `git {what} --continue` or `git {what} --abort` first")


def _find_upstream(repository: Repository, branch: str) -> tuple[str, str] | None:
    """Where git itself would push the branch: its own remote for that, or what it follows; of a branch that follows
    none, its name at the only remote."""
    pushed = repository.find_setting("--get", f"branch.{branch}.pushRemote")
    pushed = pushed or repository.find_setting("--get", "remote.pushDefault")
    if pushed:
        return pushed[0], f"refs/heads/{branch}"
    remote = repository.find_setting("--get", f"branch.{branch}.remote")
    merge = repository.find_setting("--get", f"branch.{branch}.merge")
    if remote and merge and remote[0] != ".":
        return remote[0], merge[0]
    remotes = os.fsdecode(repository.run("remote")).split()
    return (remotes[0], f"refs/heads/{branch}") if len(remotes) == 1 else None


def _demand(place: Place, *arguments: str) -> None:
    code, said = place.repository.act(*arguments)
    if code:
        raise Error(f"{place.path} is written but not committed: git: {_why(said)}")


def _why(said: str) -> str:
    """The line that says it best."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    best = next((line for sign in TELLING for line in lines if sign in line), lines[0] if lines else "it failed")
    return best.removeprefix("fatal: ").removeprefix("error: ").removeprefix("! ").removeprefix("remote: ")
