"""Somebody else's page that shows the state of a status page: two servers, as they are two origins."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

TYPES = {
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "css": "text/css",
    "svg": "image/svg+xml",
    "ico": "image/x-icon",
}
SUMMARY: dict[str, Any] = {
    "page": {"id": "0123456789ab", "name": "Acme", "url": "https://status.acme.example/"},
    "status": {"indicator": "major", "description": "Partial System Outage"},
    "components": [
        {"id": "abcdef012345", "name": "Website", "status": "operational"},
        {"id": "api", "name": "API", "status": "major_outage"},
    ],
    "incidents": [
        {
            "name": "<b>Down</b> & out",
            "shortlink": "https://status.acme.example/incidents/down/",
            "status": "investigating",
            "impact": "major",
        },
        {"name": "Evil", "shortlink": "javascript:alert(1)", "status": "identified", "impact": "minor"},
    ],
    "scheduled_maintenances": [],
}
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,"></head>
<body><h1>Shop</h1><script{flags} src="{root}embed.js"{attributes}></script><p id="after">After</p></body></html>"""


@dataclass(slots=True)
class Host:
    """`files` by path can be changed while it runs; `asked` are the paths that were asked for."""

    root: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    policy: str = ""
    asked: list[str] = field(default_factory=list)


@contextmanager
def hosting(files: Mapping[str, bytes]) -> Iterator[Host]:
    """A server on an origin of its own, which lets all others read what it has."""
    host = Host(files=dict(files))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = urlsplit(self.path).path.removeprefix("/")
            name = f"{name}index.html" if not name or name.endswith("/") else name
            host.asked.append(name)
            body = host.files.get(name)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", TYPES[name.rpartition(".")[2]])
            self.send_header("Access-Control-Allow-Origin", "*")
            if host.policy:
                self.send_header("Content-Security-Policy", host.policy)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    host.root = f"http://127.0.0.1:{server.server_port}/"
    yield host
    server.shutdown()
    server.server_close()


def status_host(script: bytes, summary: object = SUMMARY) -> dict[str, bytes]:
    """What a status page's host has of it; `summary` may be bytes that are no JSON, and None is none at all."""
    files = {"embed.js": script}
    if summary is not None:
        files["api/v2/summary.json"] = summary if isinstance(summary, bytes) else json.dumps(summary).encode()
    return files


def shop_page(status: Host, attributes: str = "", flags: str = " async") -> bytes:
    return PAGE.format(root=status.root, attributes=attributes, flags=flags).encode()
