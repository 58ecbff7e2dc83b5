"""The one door to git. Only reading commands, and nothing that a repository's settings could make git run."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

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


class GitMissingError(Error):
    """git is not installed, which matters only to those who need it."""


@dataclass(frozen=True, slots=True)
class Repository:
    """`top` is the working tree; `prefix` is the content folder below it, ending in `/`, or "" for the top itself."""

    top: Path
    prefix: str

    def run(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """The output of a git command at the top of the working tree. Raises Error where git fails."""
        return _checked(_run(self.top, arguments, stdin))


def find_repository(folder: Path) -> Repository | None:
    """The repository that holds the folder, None where there is none. Raises Error where git refuses to read it."""
    result = _run(folder, ("rev-parse", "--show-toplevel"))
    if result.returncode and any(text in os.fsdecode(result.stderr) for text in OUTSIDE):
        return None
    # Asked one by one, as a path may have line ends of its own.
    top = os.fsdecode(_checked(result)).removesuffix("\n")
    prefix = os.fsdecode(_checked(_run(folder, ("rev-parse", "--show-prefix")))).removesuffix("\n")
    return Repository(Path(top), prefix)


def find_head(repository: Repository) -> str | None:
    """The id of the commit that is checked out; None before the first one. Raises Error where HEAD is broken."""
    result = _run(repository.top, ("rev-parse", "--verify", "--quiet", "HEAD"))
    if result.returncode:
        # Only this tells a branch without a commit from one whose file cannot be read.
        repository.run("symbolic-ref", "HEAD")
        return None
    return result.stdout.decode("ascii").strip()


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


def read_tree(repository: Repository, commit: str) -> dict[str, str]:
    """Blob ids by path, from the top, of all files that the commit has in the content folder."""
    limit = ("--", repository.prefix) if repository.prefix else ()
    blobs = {}
    for entry in repository.run("ls-tree", "-r", "-z", "--full-tree", commit, *limit).split(b"\0")[:-1]:
        about, _, path = entry.partition(b"\t")
        _, kind, blob = about.split()
        if kind == b"blob":
            blobs[os.fsdecode(path)] = blob.decode("ascii")
    return blobs


def read_blobs(repository: Repository, blobs: Iterable[str]) -> dict[str, bytes]:
    """Bytes by blob id. Raises Error where one is missing."""
    wanted = "".join(f"{blob}\n" for blob in blobs).encode("ascii")
    output = repository.run("cat-file", "--batch", stdin=wanted) if wanted else b""
    texts = {}
    position = 0
    while position < len(output):
        end = output.index(b"\n", position)
        blob, *about = output[position:end].decode("ascii").split()
        if len(about) != 2:
            raise Error(f"git: the object {blob} is missing")
        position = end + 1 + int(about[1])
        texts[blob] = output[end + 1 : position]
        position += 1
    return texts


def read_shallow(repository: Repository) -> frozenset[str]:
    """The commits whose parents were not fetched."""
    name = os.fsdecode(repository.run("rev-parse", "--git-path", "shallow")).removesuffix("\n")
    try:
        return frozenset((repository.top / name).read_text("ascii").split())
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        raise Error(f"cannot read {name}: {error.strerror}") from None


def _run(folder: Path, arguments: Iterable[str], stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(folder.absolute()), "--no-pager", "--no-optional-locks"]
    for setting in SETTINGS:
        command += ["-c", setting]
    try:
        return subprocess.run([*command, *arguments], input=stdin, capture_output=True, env=_environment(), check=False)
    except FileNotFoundError:
        raise GitMissingError("git is not installed") from None
    except OSError as error:
        raise Error(f"cannot run git: {error.strerror}") from None


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or KEPT.fullmatch(name)}
    return kept | OURS


def _checked(result: subprocess.CompletedProcess[bytes]) -> bytes:
    if result.returncode:
        lines = os.fsdecode(result.stderr).strip().splitlines() or [f"ended with code {result.returncode}"]
        fatal = next((line for line in lines if line.startswith("fatal: ")), lines[0])
        raise Error(f"git: {fatal.removeprefix('fatal: ')}")
    return result.stdout
