"""Reading sources and writing the folder: what is refused, kept, found again and left alone."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from statusgen.errors import Error
from statusgen.importers.component_ids import plan_component_ids
from statusgen.importers.feed import import_feeds
from statusgen.importers.feed.read import read_feeds
from statusgen.importers.text import clean_text, quote, slugify

RESOLVED = "<p><small>Aug 21, 00:37 UTC</small><br><strong>Resolved</strong> - {}</p>"


def atom(*entries: tuple[str, str, str], updated: str = "2026-08-22T00:00:00Z") -> bytes:
    items = "".join(
        f"<entry><id>{id_}</id><published>2026-08-21T00:37:20Z</published><updated>2026-08-21T00:37:20Z</updated>"
        f'<link rel="alternate" href="https://x.example/incidents/{id_}"/><title>{escape(title)}</title>'
        f'<content type="html">{escape(html)}</content></entry>'
        for id_, title, html in entries
    )
    head = f"<title>X Status - Incident History</title><updated>{updated}</updated>"
    link = '<link rel="alternate" href="https://x.example"/>'
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{head}{link}{items}</feed>'.encode()


def rss(title: str, description: str) -> bytes:
    return (
        '<rss version="2.0"><channel><title>X Status - Incident History</title><link>https://x.example</link>'
        f"<pubDate>Sat, 22 Aug 2026 00:00:00 +0000</pubDate><item><title>{escape(title)}</title>"
        f"<description>{escape(description)}</description><pubDate>Fri, 21 Aug 2026 00:37:20 +0000</pubDate>"
        "<link>https://x.example/incidents/abc</link><guid>https://x.example/incidents/abc</guid></item></channel></rss>"
    ).encode()


def put(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def one_file(folder: Path) -> Path:
    (path,) = folder.glob("incidents/*/*.md")
    return path


def test_written_once_and_then_left_alone(tmp_path: Path) -> None:
    text = RESOLVED.format("Done: &amp;c.") + "<p>This incident affected: Git, 数据.</p>"
    source = put(tmp_path / "a.rss", rss("API: 5 < 6 #2", text))
    into = tmp_path / "new" / "content"
    report = import_feeds([source], into)
    assert (report.incidents, report.changes, report.updates, report.written, report.kept) == (1, 0, 1, 2, 0)
    assert one_file(into).relative_to(into).as_posix() == "incidents/2026/2026-08-21-api-5-6-2-abc.md"
    assert (
        one_file(into).read_text(encoding="utf-8").split("\n---\n")[1]
        == "\n## resolved @ 2026-08-21 00:37 UTC\n\nDone: &c.\n"
    )
    head = yaml.safe_load(one_file(into).read_text(encoding="utf-8").split("---")[1])
    assert (head["title"], head["id"], head["feed_id"]) == ("API: 5 < 6 #2", "abc", "https://x.example/incidents/abc")
    assert set(head["components"].values()) == {"degraded_performance"}
    site = yaml.safe_load((into / "site.yaml").read_text(encoding="utf-8"))
    assert (site["name"], site["url"], site["components"].keys()) == (
        "X Status",
        "https://x.example",
        head["components"].keys(),
    )
    assert sorted(site["components"].values()) == ["Git", "数据"]
    assert "so a new site was made here" in report.notes[0]
    assert "how bad it was for Git, 数据 is not told" in report.notes[1]
    before = tree(into)
    again = import_feeds([source], into)
    assert (again.written, again.unchanged, tree(into)) == (0, 2, before)


def test_the_newest_snapshot_wins_whatever_the_order(tmp_path: Path) -> None:
    new = put(tmp_path / "a", atom(("abc", "New", RESOLVED.format("new")), updated="2026-08-22T00:00:00Z"))
    old = put(tmp_path / "b", atom(("abc", "Old", RESOLVED.format("old")), updated="2026-08-21T00:00:00Z"))
    assert [entry.title for entry in read_feeds([new, old]).entries] == ["New"]
    same = put(tmp_path / "c", atom(("abc", "Same", RESOLVED.format("same")), updated="2026-08-22T00:00:00Z"))
    assert [entry.title for entry in read_feeds([new, same]).entries] == ["Same"]


def test_found_again_under_a_new_title_and_kept_when_edited(tmp_path: Path) -> None:
    into = tmp_path / "content"
    import_feeds([put(tmp_path / "a", atom(("abc", "First", RESOLVED.format("1"))))], into)
    second = put(tmp_path / "a", atom(("abc", "Second", RESOLVED.format("2"))))
    assert import_feeds([second], into).written == 1
    assert one_file(into).name == "2026-08-21-first-abc.md"
    assert "title: Second" in one_file(into).read_text(encoding="utf-8")
    one_file(into).write_text("mine", encoding="utf-8")
    (into / "site.yaml").write_text("components: {git: {name: Git}, x: Wiki}", encoding="utf-8")
    text = RESOLVED.format("3") + "<p>This incident affected: Git, Web (EU).</p>"
    third = put(tmp_path / "a", atom(("abc", "Third", text), ("def", "Other", text)))
    report = import_feeds([third], into)
    assert (report.written, report.kept) == (1, 2)
    assert (into / "incidents/2026/2026-08-21-first-abc.md").read_text(encoding="utf-8") == "mine"
    assert any('add the component `web-eu: "Web: EU"`' in note for note in report.notes)
    assert not any("`git: Git`" in note for note in report.notes)


def test_what_a_person_moved_or_removed_does_not_come_back(tmp_path: Path) -> None:
    into = tmp_path / "content"
    source = put(tmp_path / "a", atom(("abc", "First", RESOLVED.format("1"))))
    import_feeds([source], into)
    one_file(into).rename(into / "moved.md")
    before = tree(into)
    report = import_feeds([source], into)
    assert (report.written, report.removed, tree(into)) == (0, 1, before)
    assert any("removed by hand" in note for note in report.notes)
    (into / ".import.json").unlink()
    assert import_feeds([source], into).written == 1


def test_a_file_that_was_there_before_is_kept(tmp_path: Path) -> None:
    into = tmp_path / "content"
    source = put(tmp_path / "a", atom(("abc", "First", RESOLVED.format("1"))))
    import_feeds([source], into)
    (into / ".import.json").unlink()
    one_file(into).write_text("mine", encoding="utf-8")
    assert (import_feeds([source], into).kept, import_feeds([source], into).kept) == (1, 1)
    assert one_file(into).read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "hostile", ["../../../etc/passwd", "..", "a\\..\\b", "x" * 300, "%2e%2e%2f", ".hidden", "\u202e"]
)
def test_paths_stay_inside(tmp_path: Path, hostile: str) -> None:
    into = tmp_path / "content"
    import_feeds([put(tmp_path / "a", atom((hostile, hostile, RESOLVED.format("1"))))], into)
    assert one_file(into).resolve().is_relative_to(into.resolve())
    assert {path.name for path in tmp_path.iterdir()} == {"a", "content"}


def test_damaged_record_and_links_out_are_refused(tmp_path: Path) -> None:
    source = put(tmp_path / "a", atom(("abc", "First", RESOLVED.format("1"))))
    into, outside = tmp_path / "content", tmp_path / "outside"
    into.mkdir()
    outside.mkdir()
    (into / "incidents").symlink_to(outside)
    with pytest.raises(Error, match="lies outside"):
        import_feeds([source], into)
    assert list(outside.iterdir()) == []
    for damaged in ("{", "[]", '{"files": {"a": 1}, "entries": {}}'):
        (into / ".import.json").write_text(damaged, encoding="utf-8")
        with pytest.raises(Error, match="damaged"):
            import_feeds([source], into)
    with pytest.raises(Error, match="not a folder"):
        import_feeds([source], Path(source))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not an RSS or Atom feed"),
        (b"<html><body>hello</body></html>", "not an RSS or Atom feed"),
        (b'{"a": 1}', "not an RSS or Atom feed"),
        (b"\x00\xff\xfe", "not an RSS or Atom feed"),
        (atom(("abc", "First", "text"))[:-20], "not a whole feed"),
    ],
)
def test_what_is_no_feed_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(Error, match=message) as caught:
        import_feeds([put(tmp_path / "a", data)], tmp_path / "content")
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "content").exists()


def test_sources_that_cannot_be_read(tmp_path: Path) -> None:
    for source in (str(tmp_path / "missing"), str(tmp_path), "file:///etc/passwd", "ftp://x.example/a", "a\0b"):
        with pytest.raises(Error) as caught:
            read_feeds([source])
        assert "\n" not in str(caught.value)


@pytest.fixture
def server() -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            moved = {"/moved": "/feed", "/away": "file:///etc/passwd", "/loop": "/loop"}
            self.send_response(302 if self.path in moved else 200 if self.path == "/feed" else 404)
            if self.path in moved:
                self.send_header("Location", moved[self.path])
            self.end_headers()
            if self.path == "/feed":
                self.wfile.write(atom(("abc", "First", RESOLVED.format("1"))))

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def test_from_the_web(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    told: list[tuple[str, int, int]] = []
    entries = read_feeds([f"{server}/feed", f"{server}/moved"], lambda *done: told.append(done)).entries
    assert (len(entries), told) == (1, [("reading feeds", 1, 2), ("reading feeds", 2, 2)])
    for path in ("/missing", "/away", "/loop"):
        with pytest.raises(Error, match="cannot be read") as caught:
            read_feeds([server + path])
        assert "\n" not in str(caught.value)
    monkeypatch.setattr("statusgen.importers.feed.read._MAX_BYTES", 10)
    with pytest.raises(Error, match="larger than"):
        read_feeds([f"{server}/feed"])


def test_ids_of_components() -> None:
    ids = plan_component_ids(["A B", "A.B", "数", "Known", "Next"], {"Known": "mine"})
    assert (ids["A B"], ids["A.B"], ids["Known"]) == ("a-b", "a-b-2", "mine")
    assert ids["Next"] == "next-2"
    assert ids["数"].startswith("component-")
    assert slugify("Ünïcode — and so ON!") == "unicode-and-so-on"


@settings(deadline=None)
@given(st.text())
def test_quoted_scalars_are_read_back(text: str) -> None:
    found = yaml.load(f"key: {quote(text)}", yaml.BaseLoader)  # noqa: S506
    assert found == {"key": " ".join(clean_text(text).split())}
