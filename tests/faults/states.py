"""Texts of two sites, each in two states that differ in every way in which a commit can."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from command import SAMPLE

URL = "https://status.parcelwright.example/"
AT = "2026-11-20T12:00:00+00:00"

STYLE = "main { margin: 0 }\n"
INCIDENT = """---
title: {title}
components:
  {component}: major_outage
started: 2026-11-12 10:00
---

## investigating @ 2026-11-12 10:05

We look.

## resolved @ 2026-11-12 11:00

{text}
"""
PROBLEM = "---\ntitle: Cause\nstatus: open\nincidents: [{incident}]\n---\n\nThe cause.\n"
NOTICE = "---\ntitle: New notice\npublish: 2026-11-10 10:00\ncomponents: [{component}]\n---\n\nSoon.\n"
CHANGE = """---
title: New servers
components: [{component}]
starts: 2026-11-25 10:00
duration: 2h
---

## scheduled @ 2026-11-10 10:00

More of them.
"""
PAGE = "---\ntitle: New page\n---\n\nNews.\n"
SMALL_SITE = f"name: Small\nurl: {URL}\ntime_zone: UTC\ncomponents:\n  api: API\n"


def write_sample(folder: Path) -> tuple[Path, Path]:
    """The content folders of the sample, and of the sample with a hundred files' worth of changes."""
    for name in ("old", "new"):
        shutil.copytree(SAMPLE, folder / name / "content")
        site = folder / name / "content/site.yaml"
        text = site.read_text("utf-8").replace("demo_today:", "# demo_today:")
        site.write_text(
            text.replace("\ncomponents:\n", "\ncomponents:\n  new-part: New part\n") if name == "new" else text, "utf-8"
        )
    new = folder / "new/content"
    shutil.rmtree(new / "notices")
    (new / "incidents/2025/dns-provider-attack.md").unlink()
    (new / "incidents/2026/dashboard-blank-page.md").rename(new / "incidents/2026/dashboard-empty-page.md")
    slow = new / "incidents/2026/tracking-slow-responses.md"
    slow.write_text(slow.read_text("utf-8") + "\n## resolved @ 2026-11-20 12:30\n\nIt is over.\n", "utf-8")
    (new / "incidents/new.md").write_text(INCIDENT.format(title="New", component="new-part", text="Over."), "utf-8")
    (new / "problems/new.md").write_text(PROBLEM.format(incident="new"), "utf-8")
    (new / "pages/new.md").write_text(PAGE, "utf-8")
    _write_style(folder / "new")
    return folder / "old/content", new


def write_renamed(content: Path, folder: Path) -> Path:
    """The same files with another name on each page: their list, which the manifest holds, stays as it is."""
    shutil.copytree(content.parent, folder)
    site = folder / "content/site.yaml"
    site.write_text(site.read_text("utf-8").replace("name: Parcelwright", "name: Letterwright"), "utf-8")
    return folder / "content"


def write_small(folder: Path) -> tuple[Path, Path]:
    """As few files as have something of each kind that comes, changes, and goes with its folder."""
    old = {
        "site.yaml": SMALL_SITE,
        "incidents/one.md": INCIDENT.format(title="One", component="api", text="Over."),
        "incidents/two.md": INCIDENT.format(title="Two", component="api", text="Over."),
        "problems/cause.md": PROBLEM.format(incident="two"),
        "notices/note.md": NOTICE.format(component="api"),
    }
    new = {
        "site.yaml": SMALL_SITE + "  new-part: New part\n",
        "incidents/one.md": INCIDENT.format(title="One", component="api", text="It is over."),
        "incidents/three.md": INCIDENT.format(title="Three", component="new-part", text="Over."),
        "changes/new.md": CHANGE.format(component="new-part"),
        "pages/new.md": PAGE,
    }
    for name, texts in (("old", old), ("new", new)):
        for path, text in texts.items():
            place = folder / name / "content" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")
    _write_style(folder / "new")
    return folder / "old/content", folder / "new/content"


def _write_style(folder: Path) -> None:
    """Which every page links to by a name with its hash."""
    (folder / "themes/default/assets").mkdir(parents=True)
    (folder / "themes/default/assets/custom.css").write_text(STYLE, "utf-8")


class Repo:
    """A repository that holds one state after the other."""

    def __init__(self, top: Path) -> None:
        self.top = top
        top.mkdir()
        self.git("init", "-q", "-b", "main")

    def commit(self, content: Path) -> str:
        """Of the content and the theme beside it. The commit's id."""
        self.git("rm", "-rfq", "--ignore-unmatch", ".")
        shutil.copytree(content.parent, self.top, dirs_exist_ok=True)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "State")
        return self.git("rev-parse", "HEAD")

    def git(self, *arguments: str) -> str:
        env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@a.example", *arguments]
        result = subprocess.run(command, cwd=self.top, env=env, capture_output=True, text=True, check=True)
        return result.stdout.strip()
