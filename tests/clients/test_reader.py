"""What a feed reader announces, as its users see it: the library `reader`, which asks a server as any reader does."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command import run_statusgen
from other_clients import python_client
from static_server import serving

# Prints what is new in each feed since the last time, and what is known of it now.
READ = """
import json, sys
from reader import make_reader
reader = make_reader(sys.argv[1])
found = {}
for url in sys.argv[2:]:
    reader.add_feed(url, exist_ok=True)
    result = reader.update_feed(url)
    news = [e for e in reader.get_entries(feed=url, read=False)]
    for entry in news:
        reader.mark_entry_as_read(entry)
    titles = {e.id: e.title for e in reader.get_entries(feed=url)}
    assert reader.get_feed(url).last_exception is None
    found[url.rpartition("/")[2]] = [sorted(e.title for e in news), titles]
print(json.dumps(found))
"""
SITE = "name: Acme\nurl: https://status.example/\ncomponents: {api: API, web: Website}\n"
LOOK = (
    "---\ntitle: Errors\ncomponents: {api: major_outage}\n---\n\n"
    "## investigating @ 2026-11-03 08:10\n\nWe look into waht happens.\n"
)
PLAN = (
    "---\ntitle: New disks\nstarts: 2026-11-10 22:00\nduration: 2h\ncomponents: [web]\n---\n\n"
    "## scheduled @ 2026-11-02 08:00\n\nSoon.\n"
)
FEEDS = ("feed.rss", "feed.atom", "feed.json")


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Callable[[dict[str, str]], dict[str, list[str]]]]:
    """Publishes files, and gives the titles of what the reader announces, by feed."""
    content, output, store = tmp_path / "content", tmp_path / "output", tmp_path / "reader.sqlite"
    output.mkdir()

    def publish_and_read(files: dict[str, str]) -> dict[str, list[str]]:
        for name, text in {"site.yaml": SITE, **files}.items():
            (content / name).parent.mkdir(parents=True, exist_ok=True)
            (content / name).write_text(text, "utf-8")
        arguments = ("--content", content, "--output", output, "--at", "2026-11-05T12:00Z")
        built = run_statusgen("build", *arguments)
        assert built.returncode == 0, built.stderr
        command = [str(python_client()), "-c", READ, str(store), *(root + name for name in FEEDS)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
        return {name: news for name, (news, _) in json.loads(result.stdout).items()}

    with serving(output) as root:
        yield publish_and_read


def in_each(*titles: str) -> dict[str, list[str]]:
    return {name: sorted(titles) for name in FEEDS}


def test_readers_announce_what_is_new_once(read: Callable[[dict[str, str]], dict[str, list[str]]]) -> None:
    files = {"incidents/errors.md": LOOK, "changes/disks.md": PLAN}
    assert read(files) == in_each("[Investigating] Errors", "[Scheduled] New disks")
    assert read(files) == in_each()
    more = LOOK + "\n## identified @ 2026-11-03 08:20\n\nA bad disk.\n"
    assert read({"incidents/errors.md": more}) == in_each("[Identified] Errors")
    assert read({"incidents/errors.md": more.replace("waht", "what")}) == in_each()
    called_off = PLAN + "\n## cancelled @ 2026-11-04 09:00\n\nThe disks are late.\n"
    assert read({"changes/disks.md": called_off}) == in_each("[Cancelled] New disks")
    assert read({"changes/disks.md": called_off.replace("Soon.", "Very soon.")}) == in_each()
