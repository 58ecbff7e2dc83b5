"""The one door to git. Only reading commands, and nothing that a repository's settings could make git run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
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
    result = _run(folder, ("rev-parse", "--show-toplevel", "--show-prefix"))
    if result.returncode and any(text in os.fsdecode(result.stderr) for text in OUTSIDE):
        return None
    top, _, prefix = os.fsdecode(_checked(result)).partition("\n")
    return Repository(Path(top), prefix.removesuffix("\n"))


def find_head(repository: Repository) -> str | None:
    """The id of the commit that is checked out; None before the first one."""
    result = _run(repository.top, ("rev-parse", "--verify", "--quiet", "HEAD"))
    return result.stdout.decode("ascii").strip() or None


def read_tree(repository: Repository, commit: str) -> dict[str, str]:
    """Blob ids by path, from the top, of all files that the commit has in the content folder."""
    limit = ("--", repository.prefix) if repository.prefix else ()
    blobs = {}
    for entry in repository.run("ls-tree", "-r", "-z", "--full-tree", commit, *limit).split(b"\0")[:-1]:
        about, _, path = entry.partition(b"\t")
        blobs[os.fsdecode(path)] = about.split()[2].decode("ascii")
    return blobs


def read_blobs(repository: Repository, blobs: Iterable[str]) -> dict[str, bytes]:
    """Bytes by blob id. What is not a file's text, such as the commit of a submodule, is left out."""
    wanted = "".join(f"{blob}\n" for blob in blobs).encode("ascii")
    output = repository.run("cat-file", "--batch", stdin=wanted) if wanted else b""
    texts = {}
    position = 0
    while position < len(output):
        end = output.index(b"\n", position)
        blob, *about = output[position:end].decode("ascii").split()
        position = end + 1
        if len(about) == 2:
            size = int(about[1])
            if about[0] == "blob":
                texts[blob] = output[position : position + size]
            position += size + 1
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
    # A hook's GIT_DIR and GIT_INDEX_FILE point at the repository that it runs for, which need not be this one.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {"LC_ALL": "C", "GIT_LITERAL_PATHSPECS": "1", "GIT_TERMINAL_PROMPT": "0"}


def _checked(result: subprocess.CompletedProcess[bytes]) -> bytes:
    if result.returncode:
        lines = os.fsdecode(result.stderr).strip().splitlines() or [f"ended with code {result.returncode}"]
        fatal = next((line for line in lines if line.startswith("fatal: ")), lines[0])
        raise Error(f"git: {fatal.removeprefix('fatal: ')}")
    return result.stdout
