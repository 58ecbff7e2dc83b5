"""`statusgen headers`: what hosts say with each file, asked of real servers where there are some."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import run_statusgen
from hosts import Reply, ask, caddy, cloudflare, netlify, nginx

sys.path.append(str(Path(__file__).parents[1] / "render"))
from sites import make_site

SITE = "name: Acme\nurl: https://status.acme.example{0}\ncomponents: {{api: API}}\n"
STRICT = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
FRAMED = STRICT.replace("frame-ancestors 'none'", "frame-ancestors *")
PICTURE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
HTML, FEED, JSON = "text/html; charset=utf-8", "application/feed+json", "application/json"
YEAR = "public, max-age=31536000, immutable"
# What the published site does not have yet, or at an address that is not known here.
MORE = (
    *("feed.json", "components/api/feed.json", "feed.atom", "calendar.ics", "api/v2/summary.json"),
    *("assets/a.1f.css", "assets/logo.1f.svg"),
)
# (policy, cache, who may read it, type) by path.
EXPECTED = {
    "": (STRICT, "no-cache", None, HTML),
    "components/api/": (STRICT, "no-cache", None, HTML),
    "embed/": (FRAMED, "no-cache", None, HTML),
    "embed.js": (STRICT, "no-cache", "*", "text/javascript; charset=utf-8"),
    "badges/status.svg": (PICTURE, "no-cache", "*", "image/svg+xml"),
    "badges/api.json": (PICTURE, "no-cache", "*", JSON),
    "api/uptime.json": (STRICT, "no-cache", "*", JSON),
    "api/v2/summary.json": (STRICT, "no-cache", "*", JSON),
    "feed.rss": (STRICT, "no-cache", "*", "application/rss+xml; charset=utf-8"),
    "components/api/feed.rss": (STRICT, "no-cache", "*", "application/rss+xml; charset=utf-8"),
    "feed.atom": (STRICT, "no-cache", "*", "application/atom+xml; charset=utf-8"),
    "feed.json": (STRICT, "no-cache", "*", FEED),
    "components/api/feed.json": (STRICT, "no-cache", "*", FEED),
    "uptime.csv": (STRICT, "no-cache", "*", "text/csv; charset=utf-8"),
    "calendar.ics": (STRICT, "no-cache", "*", "text/calendar; charset=utf-8"),
    "assets/a.1f.css": (STRICT, YEAR, None, "text/css; charset=utf-8"),
    "assets/logo.1f.svg": (PICTURE.replace("; frame", "; sandbox; frame"), YEAR, None, "image/svg+xml"),
}
NAMES = ("content-security-policy", "cache-control", "access-control-allow-origin", "content-type")
BASES = ["/", "/help/status/"]


def write_content(folder: Path, base: str) -> Path:
    (folder / "content").mkdir()
    (folder / "content/site.yaml").write_text(SITE.format(base))
    return folder


def print_headers(host: str, folder: Path) -> str:
    result = run_statusgen("headers", "--for", host, cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


@pytest.fixture(scope="module", params=BASES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, Path]:
    """(path of its address, the published folder, a folder with its content)."""
    base, folder = str(request.param), tmp_path_factory.mktemp("hosted")
    files = make_site({"site.yaml": SITE.format(base)}) | dict.fromkeys(MORE, b"x")
    for path, data in files.items():
        (folder / "www" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "www" / path).write_bytes(data)
    return base, folder / "www", write_content(folder, base)


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def server(
    request: pytest.FixtureRequest, site: tuple[str, Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[int, str]]:
    base, www, folder = site
    run = {"nginx": nginx, "caddy": caddy}[request.param]
    with run(print_headers(request.param, folder), www, tmp_path_factory.mktemp("server")) as port:
        yield port, base


def told(reply: Reply) -> tuple[str | None, ...]:
    headers = reply[1]
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")
    assert "strict-transport-security" not in headers
    return tuple(headers.get(name) for name in NAMES)


@pytest.mark.parametrize("path", EXPECTED)
def test_a_real_server_says_it(path: str, server: tuple[int, str]) -> None:
    port, base = server
    reply = ask(port, base + path)
    assert reply[0] == 200
    # Of small things in which servers differ, only the case of `utf-8` is one.
    assert told(reply) == EXPECTED[path]


@pytest.mark.parametrize("path", ["no/such/page", "assets/gone.css", "api/v2/gone.json", "gone.ics", "embed/gone"])
def test_what_is_not_there(path: str, server: tuple[int, str]) -> None:
    """The site's own page, and nothing that is kept for a year."""
    port, base = server
    reply = ask(port, base + path)
    assert reply[0] == 404
    assert told(reply)[1:] == ("no-cache", None, HTML)


def test_folders_are_found_without_their_slash(server: tuple[int, str]) -> None:
    port, base = server
    for path in ("components/api", *([""] if base != "/" else [])):
        asked = f"{base}{path}".rstrip("/")
        status, headers = ask(port, asked)
        assert status in (301, 302, 308)
        assert headers["location"].removeprefix("http://status.acme.example") in (f"{asked}/",)


@pytest.mark.parametrize("path", EXPECTED)
@pytest.mark.parametrize("host", ["netlify", "cloudflare"])
def test_a_static_host_says_it(host: str, path: str, site: tuple[str, Path, Path]) -> None:
    base, _, folder = site
    read = {"netlify": netlify, "cloudflare": cloudflare}[host]
    headers = read(print_headers(host, folder), base + path)
    expected = dict(zip(NAMES, EXPECTED[path], strict=True))
    if (host, path) == ("netlify", "embed.js"):
        # Its slash before `*` is optional, and a script has no frames.
        expected[NAMES[0]] = FRAMED
    # What these hosts know by the name of a file is not said again.
    assert headers.get("content-type", expected["content-type"]) == expected["content-type"]
    if path.endswith((".rss", ".atom", ".ics", ".csv", "json")):
        assert "content-type" in headers
    assert {name: headers.get(name) for name in NAMES[:3]} == {name: expected[name] for name in NAMES[:3]}
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")


def test_nothing_outside_of_the_site_is_meant(tmp_path: Path) -> None:
    folder = write_content(tmp_path, "/status/")
    for host, read in (("netlify", netlify), ("cloudflare", cloudflare)):
        assert read(print_headers(host, folder), "/shop/feed.rss") == {}


@pytest.mark.parametrize("host", ["nginx", "caddy", "netlify", "cloudflare"])
def test_hosts_are_told_why_and_https_only_is_a_hint(host: str, tmp_path: Path) -> None:
    lines = [line.strip() for line in print_headers(host, write_content(tmp_path, "/")).splitlines()]
    assert (
        "# A copy may be kept, but is asked about each time, which is a 304 if it is the same: nobody reads old news."
        in lines
    )
    assert [line for line in lines if "Strict-Transport" in line and not line.startswith("#")] == []
    assert any("Strict-Transport-Security" in line for line in lines)


def test_without_content_it_is_an_example(tmp_path: Path) -> None:
    result = run_statusgen("headers", "--for", "nginx", cwd=tmp_path)
    assert result.returncode == 0
    assert "server_name status.example.com;" in result.stdout
    assert result.stderr == "There is no content/site.yaml, so this is for https://status.example.com/\n"


def test_a_broken_site_yaml_is_told(tmp_path: Path) -> None:
    write_content(tmp_path, "/")
    (tmp_path / "content/site.yaml").write_text("name: Acme\nurl: nowhere\n")
    result = run_statusgen("headers", "--for", "caddy", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (1, "")
    assert "content/site.yaml:2: error[bad-url]" in result.stderr


@pytest.mark.parametrize("arguments", [[], ["--for", "apache"], ["--for", "nginx", "--content", "x"]])
def test_what_it_cannot_use(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    write_content(tmp_path / "x", "/")
    result = run_statusgen("headers", *arguments, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")


def test_a_build_leaves_the_file_alone(tmp_path: Path) -> None:
    write_content(tmp_path, "/")
    assert run_statusgen("build", cwd=tmp_path).returncode == 0
    (tmp_path / "output/_headers").write_text(print_headers("netlify", tmp_path))
    assert run_statusgen("build", "--at", "2026-11-20T12:00Z", cwd=tmp_path).returncode == 0
    assert (tmp_path / "output/_headers").read_text() == print_headers("netlify", tmp_path)
