"""Fetching one branch. Nothing that the repository's own settings name is run: only the operator's."""

from __future__ import annotations

import os
import signal
import tempfile
from contextlib import ExitStack, suppress
from typing import IO

from statusgen.errors import Error
from statusgen.source.git import Process, Repository

# Other helpers, such as `ext`, would run what an address says.
PROTOCOLS = "file:http:https:ssh"
SETTINGS = ("core.alternateRefsCommand=", "gc.auto=0", "http.lowSpeedLimit=100", "http.lowSpeedTime=60")
# An empty helper takes back those of the repository's settings; the operator's own come behind it.
NO_HELPER = "credential.helper="
HELPERS = r"^credential(\..*)?\.helper$"
OPTIONS = ("--quiet", "--force", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head",
           "--no-auto-maintenance", "--refmap=", "--upload-pack=git-upload-pack")  # fmt: skip


# More is no message.
MOST = 100_000


class Fetch:
    """A git that fetches, and all that it starts, such as ssh.

    What it says lies in a file: a pipe comes to its end only when the last of those ends that hold it."""

    def __init__(self, git: Process, said: IO[bytes]) -> None:
        self._git = git
        self._said = said

    def poll(self) -> int | None:
        """The exit code; None while it goes on."""
        return self._git.poll()

    def read(self) -> str:
        """What it has said until now."""
        # Not by seeking, which would move the place where others write.
        return os.pread(self._said.fileno(), MOST, 0).decode("utf-8", "replace")

    def kill(self) -> None:
        """With all that it has started, if it still goes on. What outlives a git that came to its own end may do so:
        a helper that remembers passwords, say. Its group may also be another one's by then."""
        if self._git.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self._git.pid, signal.SIGKILL)

    def close(self) -> None:
        self.kill()
        self._git.wait()
        self._said.close()


def find_address(repository: Repository, remote: str) -> str:
    """Of a remote that the repository knows by name, its address; else it is one itself."""
    found = repository.find_setting("--get-all", f"remote.{remote}.url")
    return found[0] if found else remote


def start_fetch(repository: Repository, remote: str, branch: str, target: str) -> Fetch:
    """Begins to bring the branch into the ref `target`, whatever that was before. Raises Error where git cannot be
    run."""
    helpers = [
        "=".join(line.split(" ", 1))
        for scope in ("--system", "--global")
        for line in repository.find_setting(scope, "--get-regexp", HELPERS)
    ]
    settings = [part for setting in (*SETTINGS, NO_HELPER, *helpers) for part in ("-c", setting)]
    environment = {
        "GIT_ALLOW_PROTOCOL": PROTOCOLS,
        "GIT_ASKPASS": "",
        "GIT_SSH_COMMAND": os.environ.get("GIT_SSH_COMMAND", "ssh -o BatchMode=yes"),
    }
    what = f"+refs/heads/{branch}:{target}"
    address = find_address(repository, remote)
    arguments = (*settings, "fetch", *OPTIONS, "--", address, what)
    try:
        with ExitStack() as stack:
            said = stack.enter_context(tempfile.TemporaryFile())
            fetch = Fetch(repository.start(*arguments, environment=environment, said=said), said)
            stack.pop_all()
            return fetch
    except OSError as error:
        raise Error(f"cannot make a temporary file: {error.strerror}") from None
