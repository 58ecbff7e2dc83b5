"""The web server of a preview: the current state in, answers out, and a word to each open page when it is outdated."""

from __future__ import annotations

import socket
import socketserver
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote

from statusgen.errors import Error
from statusgen.serve.answer import find_answer
from statusgen.serve.board import Board
from statusgen.serve.hosts import Hosts
from statusgen.serve.panel import EVENTS
from statusgen.serve.renderings import Renderings

# How often a quiet stream says that it is alive, in seconds: only then is a browser that went away noticed.
HEARTBEAT = 15.0
# What a browser waits before it asks again for a stream that broke off, in milliseconds.
RETRY = b"retry: 300\n\n"
FIRST_PORT, PORTS = 8000, 100


class PreviewServer(ThreadingHTTPServer):
    """Bound when it is made; it answers from `serve_forever` on."""

    request_queue_size = 64
    # Two that listen at one port would each get some of the requests.
    allow_reuse_port = False

    def __init__(self, host: str, port: int, board: Board) -> None:
        """Raises OSError where the address cannot be had."""
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        self.address_family = family
        self.board = board
        self.renderings = Renderings()
        super().__init__((str(address[0]), port), Handler)
        self.host = f"[{host}]" if ":" in host else host
        self.hosts = Hosts(host, str(address[0]))

    def server_bind(self) -> None:
        # The inherited one asks the name service who we are, which may take long.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        # A browser may go away at any time.
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def open_server(host: str, port: int | None, board: Board) -> PreviewServer:
    """At the next port that is free, where none is asked for. Raises Error where there is none."""
    ports = range(FIRST_PORT, FIRST_PORT + PORTS) if port is None else [port]
    for candidate in ports:
        try:
            return PreviewServer(host, candidate, board)
        except OSError as error:
            if candidate == ports[-1] or isinstance(error, socket.gaierror | PermissionError):
                raise Error(f"cannot listen at {host}, port {candidate}: {error.strerror}") from None
    raise AssertionError("there is a last port")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60
    # Head and body leave in one piece.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: PreviewServer

    def do_GET(self) -> None:
        hosts = self.server.hosts
        if not hosts.allows(self.headers.get("Host", "")):
            self._send(403, "text/plain; charset=utf-8", f"{hosts.refusal}\n".encode())
            return
        path, _, query = self.path.partition("?")
        if path == EVENTS:
            self._stream(query)
            return
        answer = find_answer(self.server.board.state, self.server.renderings, unquote(path))
        if answer.trace:
            print(answer.trace, file=sys.stderr)
        self._send(answer.code, answer.type, answer.body, answer.location)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _send(self, code: int, kind: str, body: bytes, location: str = "") -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        if location:
            self.send_header("Location", location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _stream(self, query: str) -> None:
        """One event, as soon as the page at an address is not the one of the mark."""
        asked = parse_qs(query)
        page, mark = unquote(asked.get("page", ["/"])[0]), asked.get("mark", [""])[0]
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(RETRY)
        board, state = self.server.board, self.server.board.state
        while find_answer(state, self.server.renderings, page).mark == mark:
            self.wfile.write(b":\n\n")
            self.wfile.flush()
            state = board.wait(state, HEARTBEAT)
        self.wfile.write(b"event: reload\ndata:\n\n")

    def version_string(self) -> str:
        return "statusgen"

    def log_message(self, *args: object) -> None:
        pass
