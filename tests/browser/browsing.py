"""The sample served from memory under the strictest policy, and pages of which every request and message is kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from playwright.sync_api import Page

sys.path.append(str(Path(__file__).parents[1] / "render"))
from sites import make_sample

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'"
TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "rss": "application/rss+xml",
}


@dataclass(frozen=True, slots=True)
class Served:
    """`root` is the site's address on this machine; `files` are its artifacts by path."""

    root: str
    files: Mapping[str, bytes]


@dataclass(slots=True)
class Watched:
    """A page with what it asked for and complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def _handler(files: Mapping[str, bytes], prefix: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            name = path.removeprefix(prefix)
            name = f"{name}index.html" if name.endswith("/") or not name else name
            data = files.get(name) if path.startswith(prefix) else None
            self.send_response(200 if data else 404)
            body = data or files["404.html"]
            self.send_header("Content-Type", TYPES[name.rpartition(".")[2]] if data else TYPES["html"])
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    return Handler


def serve(prefix: str, more: str = "") -> Iterator[Served]:
    """The sample; `more` are further lines of its site.yaml."""
    yield from serve_files(prefix, make_sample(f"https://status.acme.example{prefix}", more=more))


def serve_files(prefix: str, files: Mapping[str, bytes]) -> Iterator[Served]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(files, prefix))
    Thread(target=server.serve_forever, daemon=True).start()
    yield Served(f"http://127.0.0.1:{server.server_port}{prefix}", files)
    server.shutdown()
    server.server_close()
