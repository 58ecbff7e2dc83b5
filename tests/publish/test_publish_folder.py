"""Publishing, with real files: what is touched, what is left alone, and what happens when the disk says no."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from command import SAMPLE, read_times, read_tree, run_python, run_statusgen

from statusgen.errors import Error
from statusgen.publish.folder import Published, check_output, open_output, publish_folder
from statusgen.publish.lock import BusyError
from statusgen.publish.manifest import MANIFEST

OLD = {
    "assets/a.css": b"a",
    "incidents/one/index.html": b"one",
    "incidents/two/index.html": b"two",
    "index.html": b"home 1",
    "api/v2/status.json": b"{}",
    "feed.rss": b"feed 1",
}
NEW = {
    "assets/b.css": b"b",
    "incidents/one/index.html": b"one, again",
    "incidents/three/index.html": b"three",
    "history/2026-11/index.html": b"month",
    "index.html": b"home 2",
    "api/v2/status.json": b"{1}",
    "components/api/feed.rss": b"feed 3",
    "feed.rss": b"feed 2",
}
GONE = set(OLD) - set(NEW)
# How NEW comes over OLD: each file only after those that it may link to.
ORDER = [
    "assets/b.css",
    "incidents/three/index.html",
    "history/2026-11/index.html",
    "components/api/feed.rss",
    "incidents/one/index.html",
    "index.html",
    "api/v2/status.json",
    "feed.rss",
]


def files_in(output: Path) -> dict[str, bytes]:
    """Without folders and our own."""
    tree = read_tree(output)
    return {name: data for name, data in tree.items() if not name.startswith(".statusgen-") and not name.endswith("/")}


def test_a_site_comes_changes_and_stays(tmp_path: Path) -> None:
    output = tmp_path / "deep" / "output"
    assert publish_folder(output, OLD) == Published(written=6, unchanged=0, deleted=0)
    assert files_in(output) == OLD
    before = read_times(output)
    assert publish_folder(output, OLD) == Published(written=0, unchanged=6, deleted=0)
    assert read_times(output) == before
    assert publish_folder(output, NEW | {"index.html": OLD["index.html"]}) == Published(7, 1, 2)
    assert read_times(output)["index.html"] == before["index.html"]
    assert files_in(output) == NEW | {"index.html": OLD["index.html"]}
    assert not (output / "incidents/two").exists()
    assert publish_folder(output, {}) == Published(0, 0, 8)
    assert list(read_tree(output)) == [MANIFEST]


def test_the_same_size_is_not_the_same(tmp_path: Path) -> None:
    publish_folder(tmp_path, {"index.html": b"up"})
    assert publish_folder(tmp_path, {"index.html": b"ok"}).written == 1
    (tmp_path / "index.html").write_bytes(b"xx")
    assert publish_folder(tmp_path, {"index.html": b"ok"}).written == 1
    assert files_in(tmp_path) == {"index.html": b"ok"}


@pytest.mark.parametrize("stop", range(len(ORDER)), ids=ORDER)
def test_a_blocked_file_stops_what_comes_after_it(stop: int, tmp_path: Path) -> None:
    publish_folder(tmp_path, OLD)
    name = ORDER[stop]
    # A folder in the file's place; for a new page, a file in its folder's place, because it must not exist yet.
    blocked = tmp_path / name
    if name in OLD or name.startswith("assets/"):
        blocked.unlink(missing_ok=True)
        blocked.mkdir()
    else:
        blocked = blocked.parent
        blocked.parent.mkdir(exist_ok=True)
        blocked.write_bytes(b"mine")
    with pytest.raises(Error, match=r"^cannot publish into [^\n]+$"):
        publish_folder(tmp_path, NEW)
    expected = OLD | {done: NEW[done] for done in ORDER[:stop]}
    assert {found: data for found, data in files_in(tmp_path).items() if data != b"mine"} == {
        path: data for path, data in expected.items() if path != name
    }
    if blocked.is_dir():
        blocked.rmdir()
    else:
        blocked.unlink()
    publish_folder(tmp_path, NEW)
    assert files_in(tmp_path) == NEW


KILLED = """
import os, sys
from pathlib import Path
from statusgen.publish.folder import publish_folder
left, site = int(sys.argv[2]), eval(sys.argv[3])
def hook(event, arguments):
    global left
    if event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir"):
        left -= 1
        if left < 0:
            os._exit(9)
sys.addaudithook(hook)
publish_folder(Path(sys.argv[1]), site)
"""


def test_killed_at_any_step(tmp_path: Path) -> None:
    """Every file is old or new and whole; and the next run completes, clears away and forgets nothing."""
    for step in range(100):
        output = tmp_path / str(step)
        publish_folder(output, OLD)
        (output / "mine.txt").write_bytes(b"mine")
        code = run_python("-c", KILLED, output, str(step), repr(NEW)).returncode
        found = {name: data for name, data in files_in(output).items() if not name.endswith(".tmp")}
        assert all(data in (OLD.get(name), NEW.get(name), b"mine") for name, data in found.items())
        deleted = GONE - found.keys()
        assert not deleted or all(found[name] == data for name, data in NEW.items())
        # A page that is still there has its style.
        assert "assets/a.css" in found or "incidents/two/index.html" not in found
        back = step % 2 == 0
        publish_folder(output, OLD if back else NEW)
        assert files_in(output) == (OLD if back else NEW) | {"mine.txt": b"mine"}
        if code == 0:
            break
        assert code == 9
    assert step > 20


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_bytes(b"mine")
    with pytest.raises(Error, match="neither empty nor made by statusgen"):
        publish_folder(tmp_path, NEW)
    assert files_in(tmp_path) == {"thesis.txt": b"mine"}
    with pytest.raises(Error, match="cannot publish into"):
        publish_folder(tmp_path / "thesis.txt", NEW)


def test_hidden_files_are_no_obstacle_and_stay(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_bytes(b"*")
    publish_folder(tmp_path, NEW)
    (tmp_path / "CNAME").write_bytes(b"status.example")
    (tmp_path / "incidents/two").mkdir()
    (tmp_path / "incidents/two/photo.jpg").write_bytes(b"jpg")
    publish_folder(tmp_path, OLD)
    publish_folder(tmp_path, {})
    assert files_in(tmp_path) == {".gitignore": b"*", "CNAME": b"status.example", "incidents/two/photo.jpg": b"jpg"}
    assert (tmp_path / ".git").is_dir()


HOSTILE: list[object] = [
    *("../x", "..", "a/../../x", "/x", "//x", "./../x", "incidents/../../x", "", ".", "./", "incidents/", "a//b"),
    *("..\\x", "\0", "a\0b", "\ud800", "x\n", MANIFEST, f"./{MANIFEST}", "folder", "x/" * 3000, 1, None, []),
]


def test_names_in_a_manifest_never_lead_outside(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish_folder(output, OLD)
    (tmp_path / "x").write_bytes(b"mine")
    (output / "folder").mkdir()
    (output / "folder/y").write_bytes(b"mine")
    absolute = str(tmp_path / "x")
    (output / MANIFEST).write_text(json.dumps({"version": 1, "files": [*HOSTILE, absolute, *OLD]}), "utf-8")
    publish_folder(output, NEW)
    assert (tmp_path / "x").read_bytes() == b"mine"
    assert files_in(output) == NEW | {"folder/y": b"mine"}
    assert set(json.loads((output / MANIFEST).read_bytes())["files"]) == set(NEW)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "{}", '{"files": null}', '{"files": "index.html"}', '{"files": {}}', "\xff", "[" * 100_000],
    ids=lambda text: text[:20],
)
def test_a_damaged_manifest_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_bytes(text.encode("latin-1"))
    (tmp_path / "i").write_bytes(b"mine")
    with pytest.raises(Error, match=r"is damaged; empty .* and build again"):
        publish_folder(tmp_path, NEW)
    assert (tmp_path / "i").read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["incidents", "incidents/two", "incidents/three", "assets"])
def test_nothing_goes_through_a_linked_folder(name: str, tmp_path: Path) -> None:
    output, outside = tmp_path / "output", tmp_path / "outside"
    publish_folder(output, OLD)
    outside.mkdir()
    (outside / "index.html").write_bytes(b"mine")
    place = output / name
    if place.exists():
        place.rename(tmp_path / "away")
    place.symlink_to(outside)
    before = read_tree(tmp_path)
    with pytest.raises(Error, match="is a symbolic link"):
        publish_folder(output, NEW)
    assert read_tree(tmp_path) == before


def test_a_linked_file_gives_way(tmp_path: Path) -> None:
    output, outside = tmp_path / "output", tmp_path / "outside"
    publish_folder(output, OLD)
    outside.write_bytes(NEW["index.html"])
    for name in ("index.html", "incidents/two/index.html", "feed.rss"):
        (output / name).unlink()
        (output / name).symlink_to(outside)
    publish_folder(output, NEW)
    assert outside.read_bytes() == NEW["index.html"]
    assert files_in(output) == NEW
    assert not any(path.is_symlink() for path in output.rglob("*"))


def test_the_output_itself_can_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "release").mkdir()
    (tmp_path / "current").symlink_to("release")
    publish_folder(tmp_path / "current", NEW)
    assert files_in(tmp_path / "release") == NEW


def test_runs_at_once_leave_the_site_of_one(tmp_path: Path) -> None:
    def publish(number: int) -> bool:
        try:
            publish_folder(tmp_path / "output", (OLD, NEW)[number % 2])
        except BusyError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert any(pool.map(publish, range(60)))
    assert files_in(tmp_path / "output") in (OLD, NEW)


def test_a_second_writer_is_told_who_the_first_one_is(tmp_path: Path) -> None:
    with open_output(tmp_path):
        result = run_statusgen("build", "--content", SAMPLE, "--output", tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith(f"error: {tmp_path} is being written by the process {os.getpid()}; one at a time")
    assert run_statusgen("build", "--content", SAMPLE, "--output", tmp_path, "-q").returncode == 0
    assert {name for name in read_tree(tmp_path) if name.startswith(".")} == {MANIFEST}


def test_content_and_output_lie_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "link").symlink_to("content")
    monkeypatch.chdir(tmp_path)
    for output in ("content", "content/output", ".", "link", "link/x", "../" + tmp_path.name, "content/../content"):
        with pytest.raises(Error, match="must lie apart"):
            check_output(Path(output), Path("content"))
    check_output(Path("output"), Path("content"))
    check_output(tmp_path / "content-2", Path("content"))


def test_new_files_obey_the_umask(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        publish_folder(tmp_path, NEW)
    finally:
        os.umask(mask)
    assert (tmp_path / "index.html").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "incidents").stat().st_mode & 0o777 == 0o750
