"""Fetching one branch. Nothing that the repository's own settings name is run: only the operator's."""

from __future__ import annotations

import os

from statusgen.source.git import Process, Repository

# Other helpers, such as `ext`, would run what an address says.
PROTOCOLS = "file:http:https:ssh"
SETTINGS = ("core.alternateRefsCommand=", "gc.auto=0", "http.lowSpeedLimit=100", "http.lowSpeedTime=60")
# An empty helper takes back those of the repository's settings; the operator's own come behind it.
NO_HELPER = "credential.helper="
HELPERS = r"^credential(\..*)?\.helper$"
OPTIONS = ("--quiet", "--force", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head",
           "--no-auto-maintenance", "--refmap=", "--upload-pack=git-upload-pack")  # fmt: skip


def find_address(repository: Repository, remote: str) -> str:
    """Of a remote that the repository knows by name, its address; else it is one itself."""
    found = repository.find_setting("--get-all", f"remote.{remote}.url")
    return found[0] if found else remote


def start_fetch(repository: Repository, remote: str, branch: str, target: str) -> Process:
    """Begins to bring the branch into the ref `target`, whatever that was before."""
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
    return repository.start(*settings, "fetch", *OPTIONS, "--", address, what, environment=environment)
