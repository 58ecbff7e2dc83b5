"""Hosts of a published folder: the real web servers where they are installed, and others by their documented rules."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

FOLDER = "/srv/www/status"
STARTED_FOR = 20.0
Reply = tuple[int, dict[str, str]]


def ask(port: int, path: str) -> Reply:
    """Status and headers, names in small letters."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path, headers={"Host": "status.acme.example"})
        reply = connection.getresponse()
        reply.read()
    headers = {name.lower(): value for name, value in reply.getheaders()}
    assert len(headers) == len(reply.getheaders()), f"{path} has a header twice"
    return reply.status, headers


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, env: Mapping[str, str]) -> Iterator[None]:
    with subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, **env}) as process:
        try:
            while process.poll() is None:
                with socket.socket() as probe:
                    probe.settimeout(STARTED_FOR)
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
            assert process.poll() is None, process.stderr and process.stderr.read().decode()
            yield
        finally:
            process.terminate()


@contextmanager
def nginx(config: str, site: Path, place: Path) -> Iterator[int]:
    program = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if not program:
        pytest.skip("nginx is not installed")
    port = free_port()
    assert config.count("listen 80;") == 1 and config.count(FOLDER) == 1
    config = config.replace("listen 80;", f"listen 127.0.0.1:{port};").replace(FOLDER, str(site))
    (place / "status.conf").write_text(config)
    paths = "".join(
        f"{kind}_temp_path {place}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.getuid() == 0 else ""
    main = f"{user} daemon off; pid {place}/pid; error_log stderr warn; events {{}}\n"
    (place / "nginx.conf").write_text(f"{main}http {{ access_log off; {paths} include {place}/status.conf; }}\n")
    command = [program, "-p", str(place), "-c", str(place / "nginx.conf"), "-e", "stderr"]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0 and "warn" not in tested.stderr, tested.stderr
    with running(command, port, {}):
        yield port


@contextmanager
def caddy(config: str, site: Path, place: Path) -> Iterator[int]:
    program = shutil.which("caddy")
    if not program:
        pytest.skip("caddy is not installed")
    port = free_port()
    assert config.count("status.acme.example {") == 1 and config.count(FOLDER) == 1
    config = config.replace("status.acme.example {", f"http://status.acme.example:{port} {{").replace(FOLDER, str(site))
    file = place / "Caddyfile"
    file.write_text(f"{{\n\tadmin off\n}}\n{config}")
    env = {"XDG_DATA_HOME": str(place), "XDG_CONFIG_HOME": str(place), "HOME": str(place)}
    with running([program, "run", "--config", str(file), "--adapter", "caddyfile"], port, env):
        yield port


def read_blocks(text: str) -> list[tuple[str, list[str]]]:
    """(path, lines below it) of a `_headers` file."""
    blocks: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("/"):
            blocks.append((line, []))
        elif line and not line.startswith("#"):
            assert re.fullmatch(r"  (! )?[A-Za-z-]+(: \S.*)?", line), line
            blocks[-1][1].append(line.strip())
    assert len({path for path, _ in blocks}) == len(blocks), "a path that comes twice loses its first rule"
    return blocks


def netlify(text: str, path: str) -> dict[str, str]:
    """`*` is any text, also in the middle, and the last rule counts (netlify/build, packages/headers-parser)."""
    found: dict[str, str] = {}
    for pattern, lines in read_blocks(text):
        assert not any(line.startswith("!") for line in lines)
        parts = [part for part in pattern.split("/") if part]
        regex = "/".join("?(.*)" if part == "*" else part.replace("*", "(.*)") for part in parts)
        if re.fullmatch(f"/{regex}/?", path, re.IGNORECASE):
            found |= {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    return found


def cloudflare(text: str, path: str) -> dict[str, str]:
    """One `*` a rule; `! NAME` takes a header back, and what is said twice is joined
    (https://developers.cloudflare.com/pages/configuration/headers/; cloudflare/workers-sdk, asset-worker)."""
    blocks = read_blocks(text)
    assert len(blocks) <= 100 and max(map(len, text.splitlines())) <= 2000
    found: dict[str, str] = {}
    said: set[str] = set()
    for pattern, lines in blocks:
        assert pattern.count("*") <= 1
        if not re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), path):
            continue
        for line in lines:
            if line.startswith("! "):
                found.pop(line[2:].lower(), None)
        for name, value in (line.split(": ", 1) for line in lines if not line.startswith("! ")):
            key = name.lower()
            found[key] = f"{found[key]}, {value}" if key in said and key in found else value
            said.add(key)
    return found
