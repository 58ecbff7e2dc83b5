"""The one door to git. Nothing that a repository's settings could make git run, but for what a person has asked for."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from statusgen.errors import Error

SETTINGS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "log.diffMerges=separate",
    "log.follow=false",
    "log.showRoot=true",
    "log.showSignature=false",
)
OUTSIDE = ("not a git repository", "must be run in a work tree")
# The operator's own settings and limits, such as the `safe.directory` of a CI job. A hook's GIT_DIR and GIT_INDEX_FILE
# are not: they point at the repository that it runs for, which need not be this one.
KEPT = re.compile("GIT_CONFIG_(COUNT|(KEY|VALUE)_[0-9]+|GLOBAL|SYSTEM|NOSYSTEM)"
                  "|GIT_CEILING_DIRECTORIES|GIT_DISCOVERY_ACROSS_FILESYSTEM")  # fmt: skip
# Nothing is fetched: not by git before 2.39.4 either, which knows only the second. `file` is a way of fetching, too.
OURS = {"LC_ALL": "C", "GIT_LITERAL_PATHSPECS": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": ""}  # fmt: skip

# What a person asks for, git does as if it was typed: with their name, keys and hooks. What a hook is told of the
# repository that it runs for is not passed on.
OF_A_HOOK = re.compile("GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES"
                       "|COMMON_DIR|NAMESPACE|QUARANTINE_PATH|EXEC_PATH|REFLOG_ACTION|INTERNAL_.*)")  # fmt: skip


# A git that goes on while others work.
Process = subprocess.Popen[bytes]


class GitMissingError(Error):
    """git is not installed, which matters only to those who need it."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """A folder for objects and an index that only we see, over the `objects` of a repository."""

    folder: Path
    objects: str

    @property
    def environment(self) -> dict[str, str]:
        # In quotes, a path may have the colon that else begins another one.
        quoted = self.objects.replace("\\", "\\\\").replace('"', '\\"')
        return {
            "GIT_OBJECT_DIRECTORY": str(self.folder),
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": f'"{quoted}"',
            "GIT_INDEX_FILE": str(self.folder / "index"),
        }


@dataclass(frozen=True, slots=True)
class Repository:
    """`top` is the working tree or, of a bare repository, its own folder; `prefix` is the content folder in its
    trees, ending in `/`, or "" for the top itself.

    With `overlay` it has the objects of that folder, too, and git writes there instead of into the repository."""

    top: Path
    prefix: str
    overlay: Overlay | None = None

    def run(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """The output of a git command. Raises Error where git fails."""
        return _checked(_run(self.top, arguments, stdin, self._environment))

    def act(self, *arguments: str, stdin: bytes = b"", asks: bool = False) -> tuple[int, str]:
        """A command that a person asked for, with their settings and hooks: its exit code and what it said.

        Without `asks`, it fails where it would ask for a password."""
        command = ["git", "-C", str(self.top), "--no-pager", "--literal-pathspecs", *arguments]
        environment = {name: value for name, value in os.environ.items() if not OF_A_HOOK.fullmatch(name)}
        environment |= {"LC_ALL": "C"} | ({} if asks else {"GIT_TERMINAL_PROMPT": "0"})
        with _telling():
            result = subprocess.run(command, input=stdin, capture_output=True, env=environment, check=False)
        return result.returncode, os.fsdecode(result.stderr + result.stdout)

    def read_index(self, index: Path | None, below: str) -> bytes:
        """What `git ls-files` tells of the index, or of another one of this repository, such as a commit's own."""
        asked = ("ls-files", "--stage", "-z", "--full-name", "--", *filter(None, [below]))
        more = {}
        if index is not None and index.resolve().is_relative_to(find_git_folder(self).resolve()):
            more = {"GIT_INDEX_FILE": str(index.absolute())}
        return _checked(_run(self.top, asked, more=more))

    def find_setting(self, *arguments: str) -> list[str]:
        """What `git config` answers, by lines; empty where there is no such setting."""
        result = _run(self.top, ("config", *arguments))
        return os.fsdecode(result.stdout).splitlines() if result.returncode == 0 else []

    def ask(self, *arguments: str) -> Process:
        """A git command that answers as long as its input is open."""
        command, pipe = _command(self.top, arguments), subprocess.PIPE
        with _telling():
            return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=self._environment)

    def start(self, *arguments: str, environment: Mapping[str, str], said: IO[bytes]) -> Process:
        """A git command that goes on by itself, in a session of its own, and tells in the file `said` what fails."""
        command, nothing = _command(self.top, arguments), subprocess.DEVNULL
        told = self._environment | dict(environment)
        with _telling():
            return subprocess.Popen(
                command, stdin=nothing, stdout=nothing, stderr=said, env=told, start_new_session=True
            )

    @property
    def _environment(self) -> dict[str, str]:
        return _environment() | (self.overlay.environment if self.overlay else {})


def find_repository(folder: Path) -> Repository | None:
    """The repository that a folder's working tree belongs to. Raises Error where git is missing or refuses."""
    result = _run(folder, ("rev-parse", "--show-toplevel"))
    if result.returncode and any(text in os.fsdecode(result.stderr) for text in OUTSIDE):
        return None
    # Asked one by one, as a path may have line ends of its own.
    top = os.fsdecode(_checked(result)).removesuffix("\n")
    if not os.path.lexists(os.path.join(top, ".git")):  # noqa: PTH118
        # A folder that only looks like a repository comes with every clone that has such files, and its settings could
        # make git run anything.
        return None
    prefix = os.fsdecode(_checked(_run(folder, ("rev-parse", "--show-prefix")))).removesuffix("\n")
    return Repository(Path(top), prefix)


def open_repository(folder: Path, prefix: str) -> Repository:
    """The repository at a folder, bare ones too, for what its commits hold. Raises Error where there is none."""
    if not folder.is_dir():
        raise Error(f"there is no folder {folder}")
    bare = _checked(_run(folder, ("rev-parse", "--is-bare-repository"))).strip() == b"true"
    where = "--absolute-git-dir" if bare else "--show-toplevel"
    return Repository(Path(os.fsdecode(_checked(_run(folder, ("rev-parse", where)))).removesuffix("\n")), prefix)


def find_git_folder(repository: Repository) -> Path:
    """Where the refs are; those of a worktree are in the repository that it belongs to."""
    found = repository.run("rev-parse", "--path-format=absolute", "--git-common-dir")
    return Path(os.fsdecode(found).removesuffix("\n"))


def find_hooks_folder(repository: Repository) -> Path:
    """Where git looks for hooks, whether it is there or not."""
    # The last one is that of SETTINGS.
    set_by_user = repository.find_setting("--type=path", "--get-all", "core.hooksPath")[:-1]
    return repository.top / set_by_user[-1] if set_by_user else find_git_folder(repository) / "hooks"


def find_branch(repository: Repository) -> str | None:
    """The name of the branch that is checked out, with or without a commit; None where none is."""
    result = _run(repository.top, ("symbolic-ref", "--quiet", "HEAD"))
    return os.fsdecode(result.stdout).strip().removeprefix("refs/heads/") if result.returncode == 0 else None


def is_branch_name(repository: Repository, name: str) -> bool:
    """Whether it can be a branch's name, and not an option of git. It is then safe behind `refs/heads/`."""
    plain = "\n" not in name and not name.startswith("-")
    return plain and _run(repository.top, ("check-ref-format", f"refs/heads/{name}")).returncode == 0


def find_head(repository: Repository) -> str | None:
    """The id of the commit that is checked out; None before the first one. Raises Error where HEAD is broken."""
    result = _run(repository.top, ("rev-parse", "--verify", "--quiet", "HEAD"))
    if result.returncode:
        # Only this tells a branch without a commit from one whose file cannot be read.
        repository.run("symbolic-ref", "HEAD")
        return None
    return result.stdout.decode("ascii").strip()


def find_merge_base(repository: Repository, ours: str, other: str) -> str | None:
    """The newest commit that is behind both; None where there is none, such as one that was not fetched."""
    result = _run(repository.top, ("merge-base", ours, other))
    return os.fsdecode(_checked(result)).strip() if result.returncode != 1 else None


def is_partial(repository: Repository) -> bool:
    """Whether texts were left on the server when the repository was cloned."""
    asked = ("config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$")
    return _run(repository.top, asked).returncode == 0


def read_ignored(repository: Repository, paths: Collection[str]) -> frozenset[str]:
    """Those of some paths from the top that git will not take. None where git cannot tell, as in a submodule."""
    if not paths:
        return frozenset()
    # The command refuses literal paths, and takes them literally but for a colon at their begin.
    asked = "".join(f"./{path}\0" for path in paths)
    result = _run(repository.top, ("--no-literal-pathspecs", "check-ignore", "-z", "--stdin"), os.fsencode(asked))
    return frozenset(path.removeprefix("./") for path in os.fsdecode(result.stdout).split("\0")[:-1])


def read_shallow(repository: Repository) -> frozenset[str]:
    """The commits whose parents were not fetched."""
    path = _shallow_file(repository)
    try:
        return frozenset(path.read_text("ascii").split())
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        raise Error(f"cannot read {path}: {error.strerror}") from None


@cache
def _shallow_file(repository: Repository) -> Path:
    name = os.fsdecode(repository.run("rev-parse", "--git-path", "shallow")).removesuffix("\n")
    return repository.top / name


def _run(
    folder: Path,
    arguments: Iterable[str],
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
    more: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    command, told = _command(folder, arguments), dict(environment or _environment()) | dict(more or {})
    with _telling():
        return subprocess.run(command, input=stdin, capture_output=True, env=told, check=False)


def _command(folder: Path, arguments: Iterable[str]) -> list[str]:
    settings = [part for setting in SETTINGS for part in ("-c", setting)]
    return ["git", "-C", str(folder.absolute()), "--no-pager", "--no-optional-locks", *settings, *arguments]


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise GitMissingError("git is not installed") from None
    except OSError as error:
        raise Error(f"cannot run git: {error.strerror}") from None


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or KEPT.fullmatch(name)}
    quarantine = os.environ.get("GIT_QUARANTINE_PATH")
    if quarantine:
        # What is being pushed lies there until it is accepted. Beside another repository's objects it does no harm.
        escaped = quarantine.replace("\\", "\\\\").replace('"', '\\"')
        kept["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = f'"{escaped}"'
    return kept | OURS


def _checked(result: subprocess.CompletedProcess[bytes]) -> bytes:
    if result.returncode:
        lines = os.fsdecode(result.stderr).strip().splitlines() or [f"ended with code {result.returncode}"]
        fatal = next((line for line in lines if line.startswith("fatal: ")), lines[0])
        raise Error(f"git: {fatal.removeprefix('fatal: ')}")
    return result.stdout
