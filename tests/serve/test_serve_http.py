"""What a browser, and who is none, gets over HTTP."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from command import run_statusgen
from serving import INCIDENT, LIMIT_FOR, MARK, NAME, PAGE, SITE, Serving, serving, write

from statusgen.serve.board import Board
from statusgen.serve.server import open_server


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A site whose address has a path."""
    content = tmp_path_factory.mktemp("below") / "content"
    with serving(write(content, {"site.yaml": SITE.replace("example/", "example/status/"), NAME: INCIDENT})) as running:
        yield running


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write(tmp_path / "content", {"site.yaml": SITE, NAME: INCIDENT})


def test_only_this_machine_and_the_site_s_own_path(below: Serving) -> None:
    parts = urlsplit(below.root)
    assert (parts.hostname, parts.path) == ("127.0.0.1", "/status/")
    for path, target in (
        ("/", "/status/"),
        ("/status", "/status/"),
        ("/status/history", "/status/history/"),
        ("/status/incidents/api?x=1", "/status/incidents/api/"),
    ):
        reply = below.ask(path)
        assert (reply.code, reply.headers["Location"]) == (302, target)
    assert below.ask("").code == below.ask(PAGE).code == 200
    assert below.ask("/history/").code == 404


@pytest.mark.parametrize("path", ["//other.example", "///other.example/", "/%2fother.example"])
def test_a_path_that_looks_like_another_host(content: Path, path: str) -> None:
    """Nothing leads there, neither an answer nor a page."""
    write(content, {"site.yaml": SITE.replace("acme.example/", f"acme.example{path}")})
    with serving(content) as preview:
        assert urlsplit(preview.root).path == "/other.example/"
        for asked, target in (("/", "/other.example/"), ("/other.example/history", "/other.example/history/")):
            reply = preview.ask(asked)
            assert (reply.code, reply.headers["Location"]) == (302, target)
        assert preview.ask("").code == 200
        missing = preview.ask("no/such/page")
        assert missing.code == 404 and '="//' not in missing.text


@pytest.mark.parametrize(
    "path",
    [
        *("no/such/page", "index.html/", "/status/../../etc/passwd", "/status/..%2f..%2fetc/passwd", "//etc/passwd"),
        *("%00", "%ff", "/status/content/site.yaml", "/.statusgen/", "/.statusgen/../panel.py", "assets/"),
    ],
)
def test_what_there_is_not(below: Serving, path: str) -> None:
    reply = below.ask(path)
    assert reply.code == 404
    assert "Page not found" in reply.text and 'href="/status/assets/' in reply.text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("feed.rss", "application/rss+xml"),
        ("/.statusgen/reload.js", "text/javascript; charset=utf-8"),
        ("/.statusgen/preview.css", "text/css; charset=utf-8"),
    ],
)
def test_types_and_heads(below: Serving, path: str, kind: str) -> None:
    got, head = below.ask(path), below.ask(path, "HEAD")
    assert got.code == head.code == 200 and head.text == ""
    assert got.headers["Content-Type"] == head.headers["Content-Type"] == kind
    assert got.headers["Cache-Control"] == "no-store"
    assert got.headers["Content-Length"] == head.headers["Content-Length"] == str(len(got.text.encode()))


def test_assets_have_their_types(below: Serving) -> None:
    page = below.ask("").text
    for ending, kind in ((".css", "text/css; charset=utf-8"), (".svg", "image/svg+xml")):
        name = next(part for part in page.split('"') if part.startswith("assets/") and part.endswith(ending))
        assert below.ask(name).headers["Content-Type"] == kind


def test_nothing_but_reading(below: Serving) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert below.ask("", method).code == 501
    assert below.ask("/.statusgen/events", "HEAD").headers["Content-Type"] == "text/event-stream"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:80", "[", "", "192.168.0.1", "localhost.evil"]
)
def test_names_of_others_are_refused(below: Serving, host: str) -> None:
    """A site of another name that leads to this machine must not read the preview (DNS rebinding)."""
    for path in ("", "/.statusgen/events?page=/status/&mark=x"):
        reply = below.ask(path, Host=host)
        assert reply.code == 403 and "Acme" not in reply.text


@pytest.mark.parametrize("host", ["localhost", "localhost:1", "LOCALHOST:8000", "127.0.0.1:9", "[::1]:8000"])
def test_names_of_this_machine(below: Serving, host: str) -> None:
    assert below.ask("", Host=host).code == 200


def test_pages_have_nothing_inline(content: Path) -> None:
    write(content, {NAME: INCIDENT.replace("api:", "apo:")})
    with serving(content) as preview:
        page = preview.ask("")
        head, _, body = page.text.partition("</head>")
        assert '<script src="/.statusgen/reload.js" data-mark=' in head
        assert '<link rel="stylesheet" href="/.statusgen/preview.css">' in head
        assert body.lstrip().startswith("<body>\n<aside") and "style=" not in page.text and "<style" not in page.text


def test_a_stream_that_is_late_is_told_at_once(below: Serving) -> None:
    """As after a restart of the server, or when a page comes to the front again."""
    with below.listen("", "other") as stream:
        assert stream.read() == b"retry: 300\n\nevent: reload\ndata:\n\n"


def test_browsers_may_go_away(content: Path) -> None:
    with serving(content) as preview:
        mark = MARK.search(preview.ask("").text)
        assert mark
        for _ in range(5):
            stream = preview.listen("", mark[1])
            assert stream.readline() == b"retry: 300\n"
            stream.close()
            parts = urlsplit(preview.root)
            with socket.create_connection((parts.hostname, parts.port)) as half:
                half.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HT")
        write(content, {"site.yaml": SITE.replace("Acme", "Emca")})
        preview.until("", lambda page: "Emca" in page.text)
        assert preview.end(signal.SIGTERM) == 0
        preview.process.wait(LIMIT_FOR)
        assert list(preview.lines.queue) == []


@pytest.mark.parametrize("numbers", [[signal.SIGTERM], [signal.SIGINT], [signal.SIGINT, signal.SIGTERM]])
def test_it_ends_at_once_with_open_streams(content: Path, numbers: list[int]) -> None:
    with serving(content) as preview:
        mark = MARK.search(preview.ask("").text)
        assert mark
        streams = [preview.listen("", mark[1]) for _ in range(3)]
        assert [stream.readline() for stream in streams] == [b"retry: 300\n"] * 3
        assert preview.end(*numbers) == 0
        for stream in streams:
            stream.close()


def test_the_next_port_that_is_free() -> None:
    with open_server("127.0.0.1", None, Board()) as first, open_server("127.0.0.1", None, Board()) as second:
        assert 8000 <= first.server_port < second.server_port


def test_a_port_that_is_taken(content: Path) -> None:
    with serving(content) as preview:
        port = str(urlsplit(preview.root).port)
        result = run_statusgen("serve", "--content", content, "--port", port)
        assert (result.returncode, result.stdout) == (2, "")
        assert f"cannot listen at 127.0.0.1, port {port}: Address already in use" in result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--content", "elsewhere"], "there is no content folder elsewhere"),
        (["--content", "."], "has no site.yaml; did you mean `--content content`?"),
        (["--theme", "none"], "there is no theme `none`"),
        (["--host", "no such host"], "cannot listen at no such host"),
        (["--port", "70000"], "70000"),
    ],
)
def test_what_it_cannot_begin_with(content: Path, options: list[str], said: str) -> None:
    result = run_statusgen("serve", *options, cwd=content.parent)
    assert result.returncode == 2 and said in result.stderr
