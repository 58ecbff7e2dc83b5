"""A whole site changes on disk, step by step: at no instant does a published page link to what is not there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from command import SAMPLE, read_tree, run_python

ROOT_URL = "https://status.parcelwright.example/"
RECORDED = """
import json, os, sys
output = os.path.realpath(sys.argv[sys.argv.index("--output") + 1])
def hook(event, arguments):
    if event in ("os.rename", "os.remove"):
        path = os.path.relpath(os.fspath(arguments[1 if event == "os.rename" else 0]), output)
        paths = [path]
        if event == "os.rename" and os.path.isdir(arguments[0]):
            whole = os.fspath(arguments[0])
            paths = [os.path.join(path, os.path.relpath(os.path.join(folder, name), whole))
                     for folder, _, names in os.walk(whole) for name in names]
        for path in sorted(paths):
            print(json.dumps([event, path]), file=sys.stderr)
sys.addaudithook(hook)
from statusgen.cli.main import run
run()
"""
ADDED = {
    "incidents/2026/new.md": """---
title: New
components:
  label-api: major_outage
  new-part: partial_outage
started: 2026-11-20 10:00
---

## resolved @ 2026-11-20 11:00

It is over.
""",
    "problems/new.md": """---
title: New problem
status: open
incidents: [new, webhooks-late-again]
---

The cause.
""",
    "notices/new.md": "---\ntitle: New notice\npublish: 2026-11-20 10:00\ncomponents: [new-part]\n---\n\nSoon.\n",
    "pages/new.md": "---\ntitle: New page\n---\n\nNews.\n",
}


class Links(HTMLParser):
    """The paths on this site that a page links to or loads."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__()
        self.address, self.targets = urljoin(ROOT_URL, path), set[str]()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src"):
                target = urljoin(self.address, value or "")
                if target.startswith(ROOT_URL):
                    path = urlsplit(target).path.lstrip("/")
                    self.targets.add(f"{path}index.html" if path == "" or path.endswith("/") else path)


def links_of(site: Mapping[str, bytes]) -> dict[str, set[str]]:
    return {
        path: Links(path, data.decode()).targets if path.endswith(".html") else set() for path, data in site.items()
    }


def broken_links(links: Mapping[str, set[str]], bookmarked: set[str]) -> set[tuple[str, str]]:
    """(page, missing target), of all pages that can be reached from what people have bookmarked."""
    waiting, seen, broken = list(bookmarked & links.keys()), set[str](), set[tuple[str, str]]()
    while waiting:
        page = waiting.pop()
        if page not in seen:
            seen.add(page)
            broken |= {(page, target) for target in links[page] if target not in links}
            waiting += links[page] & links.keys()
    return broken


def publish(content: Path, output: Path, at: str) -> tuple[dict[str, bytes], list[tuple[str, str]]]:
    """The site's files, and what was done to them in which order."""
    result = run_python("-c", RECORDED, "build", "--content", content, "--output", output, "--at", at)
    assert result.returncode == 0, result.stderr
    steps = [(event, path) for event, path in map(json.loads, result.stderr.splitlines())]
    files = {name: data for name, data in read_tree(output).items() if not name.endswith("/") and name[0] != "."}
    return files, [(event, path) for event, path in steps if not path.rpartition("/")[2].startswith(".")]


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two states of the sample: the second has an incident, a component and documents more."""
    folder = tmp_path_factory.mktemp("contents")
    for name in ("old", "new"):
        shutil.copytree(SAMPLE, folder / name / "content")
        site = folder / name / "content/site.yaml"
        site.write_text(site.read_text("utf-8").replace("demo_today:", "# demo_today:"), "utf-8")
    for name, text in ADDED.items():
        (folder / "new/content" / name).write_text(text, "utf-8")
    site = folder / "new/content/site.yaml"
    site.write_text(
        site.read_text("utf-8").replace("\ncomponents:\n", "\ncomponents:\n  new-part: New part\n"), "utf-8"
    )
    shutil.copytree(Path(__file__).parents[2] / "themes", folder / "new/themes")
    style = folder / "new/themes/default/assets/custom.css"
    style.write_text("main { margin: 0 }\n", "utf-8")
    return folder / "old/content", folder / "new/content"


@pytest.mark.parametrize("back", [False, True], ids=["grows", "shrinks"])
def test_no_link_is_broken_at_any_instant(back: bool, contents: tuple[Path, Path], tmp_path: Path) -> None:
    states = [(contents[0], "2026-10-20T12:00Z"), (contents[1], "2026-11-20T12:00Z")]
    first, second = states[::-1] if back else states
    old, _ = publish(first[0], tmp_path / "o", first[1])
    new, steps = publish(second[0], tmp_path / "o", second[1])
    links, later = links_of(old), links_of(new)
    bookmarked = {path for path in old if path.endswith(".html") and path in new}
    assert broken_links(links, bookmarked) == set()
    assert len([event for event, _ in steps if event == "os.remove"]) == len(old.keys() - new.keys()) > 3 * back
    for event, path in steps:
        if event == "os.rename":
            links[path] = later[path]
        else:
            del links[path]
        assert broken_links(links, bookmarked) == set(), f"after {event} {path}"
    assert links == later


def test_the_first_time(tmp_path: Path) -> None:
    files, steps = publish(SAMPLE, tmp_path / "o", "2026-11-20T12:00Z")
    assert {path for _, path in steps} == set(files)
    kinds = [kind_of(path) for _, path in steps]
    assert list(dict.fromkeys(kinds)) == ["asset", "leaf", "index", "feed"]
    assert kinds == sorted(kinds, key=["asset", "leaf", "index", "feed"].index)


def kind_of(path: str) -> str:
    if path.startswith("assets/"):
        return "asset"
    if not path.endswith(".html") and not path.startswith("history/"):
        return "feed"
    indexes = ("index.html", "404.html", "problems/index.html")
    return "index" if path in indexes or path.startswith(("history/", "subscribe/", "uptime/")) else "leaf"
