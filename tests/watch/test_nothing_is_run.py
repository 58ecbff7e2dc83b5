"""Whoever can write into the repository's settings, hooks and files does not run anything through the watcher."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from watching import DONE, HEAD, LOOK, Repo, Watcher, make_repo, publish_once

QUICK = ("--every", "1s", "--poll", "0.1")
HOOKS = """applypatch-msg commit-msg fsmonitor-watchman post-applypatch post-checkout post-commit post-index-change
post-merge post-receive post-rewrite post-update pre-applypatch pre-auto-gc pre-commit pre-merge-commit pre-push
pre-rebase pre-receive prepare-commit-msg proc-receive push-to-checkout reference-transaction sendemail-validate
update""".split()
# Settings whose value git runs, as it is or as a part of a command.
COMMANDS = """core.fsmonitor core.sshCommand core.gitProxy core.askPass core.pager core.editor core.alternateRefsCommand
sequence.editor credential.helper credential.http://127.0.0.1.helper diff.external diff.x.textconv diff.x.command
filter.x.smudge filter.x.clean filter.x.process merge.x.driver gpg.program gpg.ssh.program gpg.ssh.defaultKeyCommand
gpg.x509.program uploadpack.packObjectsHook remote.origin.uploadpack remote.origin.receivepack ssh.variant
interactive.diffFilter pager.log pager.config pager.fetch pager.diff-tree alias.fetch alias.log alias.cat-file
alias.rev-parse alias.config alias.ls-tree browser.x.cmd man.x.cmd difftool.x.cmd mergetool.x.cmd
trailer.x.command mailmap.file init.templateDir web.browser""".split()
OTHERS = {
    "protocol.ext.allow": "always",
    "protocol.allow": "always",
    "log.showSignature": "true",
    "filter.x.required": "true",
    "gc.auto": "1",
    "gc.autoDetach": "false",
    "maintenance.auto": "true",
    "fetch.writeCommitGraph": "true",
    "fetch.recurseSubmodules": "true",
    "submodule.recurse": "true",
    "core.untrackedCache": "true",
    "receive.autogc": "true",
}


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    """A folder that has a file for everything that was run."""
    folder = tmp_path / "marks"
    folder.mkdir()
    return folder


def arm(git_folder: Path, marks: Path, repo: Repo) -> None:
    """Sets every trap that there is."""

    def script(name: str) -> str:
        path = marks.parent / "scripts" / name.replace("/", "_")
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\ntouch '{marks / path.name}'\nexit 0\n")
        path.chmod(0o755)
        return str(path)

    def settle(name: str, value: str) -> None:
        repo.git("config", "--file", str(git_folder / "config"), "--add", name, value)

    hooks = marks.parent / "hooks"
    for folder in (git_folder / "hooks", hooks):
        folder.mkdir(exist_ok=True)
        for hook in HOOKS:
            (folder / hook).unlink(missing_ok=True)
            (folder / hook).symlink_to(script(f"{folder.name}-{hook}"))
    for name in COMMANDS:
        settle(name, ("!" if name.startswith("alias") else "") + script(name))
    for name, value in OTHERS.items():
        settle(name, value)
    settle("core.hooksPath", str(hooks))
    settle(f"url.ext::{script('insteadOf')} .insteadOf", "http://127.0.0.1:1/")
    included = marks.parent / "included"
    included.write_text(f"[core]\n\tsshCommand = {script('included')}\n\tfsmonitor = {script('included-monitor')}\n")
    settle("include.path", str(included))
    settle("credential.helper", "!" + script("shell-helper"))
    (git_folder / "info").mkdir(exist_ok=True)
    (git_folder / "info/attributes").write_text("* diff=x filter=x merge=x\n")
    # Whoever does not take care falls for them.
    repo.run("--git-dir", str(git_folder), "fetch", "http://127.0.0.1:1/x")
    assert list(marks.iterdir())
    for mark in marks.iterdir():
        mark.unlink()


@contextmanager
def asking_server() -> Iterator[str]:
    """A server that wants to know who is there."""

    class Asking(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="x"')
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Asking)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/x.git"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_while_watching(tmp_path: Path, marks: Path) -> None:
    plain = make_repo(tmp_path / "plain")
    plain.write({"../.gitattributes": "* diff=x filter=x merge=x\n"})
    plain.commit({"incidents/new.md": HEAD + "## investigating\n\nWe look.\n"})
    plain.git("clone", "-q", "--bare", str(plain.top), str(tmp_path / "bare.git"))
    bare = tmp_path / "bare.git"
    # New commits come without a push, which would run hooks by itself.
    (bare / "objects/info").mkdir(exist_ok=True)
    (bare / "objects/info/alternates").write_text(f"{plain.top}/.git/objects\n")
    arm(bare, marks, plain)
    with Watcher(bare, tmp_path / "watch", "--poll", "0.1") as watcher:
        watcher.wait_for(plain.head)
        first = plain.head
        plain.move("incidents/new.md", "incidents/newer.md")
        for text in (HEAD + LOOK + DONE, "---\n"):
            plain.commit({"incidents/api.md": text})
            (bare / "refs/heads").mkdir(exist_ok=True)
            (bare / "refs/heads/main").write_text(f"{plain.head}\n")
            watcher.wait_for(plain.head)
        (bare / "refs/heads/main").write_text(f"{first}\n")
        watcher.wait_for(first)
    assert sorted(mark.name for mark in marks.iterdir()) == []


def test_while_fetching(tmp_path: Path, marks: Path) -> None:
    origin = make_repo(tmp_path / "origin")
    local = Repo(tmp_path / "local", "--bare")
    local.git("remote", "add", "origin", str(origin.top))
    arm(local.top, marks, origin)
    with Watcher(local.top, tmp_path / "watch", "--fetch", "origin", *QUICK) as watcher:
        watcher.wait_for(origin.head)
        for text in (HEAD + LOOK + DONE, "---\n", HEAD + LOOK):
            origin.commit({"incidents/api.md": text})
            watcher.wait_for(origin.head)
        origin.commit(None, "--amend")
        watcher.wait_for(origin.head)
    assert sorted(mark.name for mark in marks.iterdir()) == []


def test_a_server_that_asks_for_a_password(tmp_path: Path, marks: Path) -> None:
    local = make_repo(tmp_path / "local")
    with asking_server() as address:
        local.git("remote", "add", "origin", address)
        arm(local.top / ".git", marks, local)
        for name in (f"credential.{address}.helper", f"credential.{address.removesuffix('/x.git')}.helper"):
            local.git("config", name, str(tmp_path / "scripts/credential.helper"))
        for remote in ("origin", address):
            result = publish_once(local.top, tmp_path / "output", "--fetch", remote)
            assert result.returncode == 1 and "cannot fetch from" in result.stderr
    assert sorted(mark.name for mark in marks.iterdir()) == []


@pytest.mark.parametrize(
    "setting",
    [
        ("remote.origin.vcs", "ext"),
        ("remote.origin.url", "ext::MARK"),
        ("remote.origin.url", "ssh://-oProxyCommand=MARK/x"),
        ("url.ext::MARK .insteadOf", "http://127.0.0.1:9/"),
        ("url.ssh://127.0.0.1:9/.insteadOf", "http://127.0.0.1:9/"),
        ("remote.http://127.0.0.1:9/x.uploadpack", "MARK"),
    ],
)
def test_addresses_that_run_something(tmp_path: Path, marks: Path, setting: tuple[str, str]) -> None:
    local = make_repo(tmp_path / "local")
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch '{marks}/ran'\n")
    script.chmod(0o755)
    name, value = (part.replace("MARK", str(script)) for part in setting)
    local.git("config", "remote.origin.url", "http://127.0.0.1:9/x")
    for trap in ("core.sshCommand", "core.gitProxy", "credential.helper", "core.askPass"):
        local.git("config", trap, str(script))
    local.git("config", "protocol.ext.allow", "always")
    local.git("config", name, value)
    for remote in ("origin", "http://127.0.0.1:9/x"):
        publish_once(local.top, tmp_path / "output", "--fetch", remote)
    assert list(marks.iterdir()) == []
