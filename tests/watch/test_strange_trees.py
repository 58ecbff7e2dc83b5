"""What a tree can have that no content folder should: links, submodules, huge files and names out of this world."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from command import read_tree
from watching import DONE, HEAD, LOOK, SITE, Repo, Watcher, make_repo, publish_once

QUICK = ("--poll", "0.1")
MIB = 1 << 20


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return make_repo(tmp_path / "repo")


def add(repo: Repo, *entries: tuple[str, str, str]) -> str:
    """A commit whose tree has more: (mode, object, path) each, whatever the disk can hold."""
    lines = b"".join(os.fsencode(f"{mode} {name}\t{path}\0") for mode, name, path in entries)
    repo.git("update-index", "-z", "--add", "--replace", "--index-info", stdin=lines)
    repo.git("commit", "-q", "-m", "x")
    return repo.head


def blob(repo: Repo, text: str) -> str:
    return repo.git("hash-object", "-w", "--stdin", stdin=text.encode())


def test_links_and_submodules_in_the_content(repo: Repo, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("---\ntitle: Secret\n---\n\nSecret\n")
    with Watcher(repo.top, tmp_path / "watch", *QUICK) as watcher:
        watcher.wait_for(repo.head)
        link, folder = blob(repo, str(secret)), blob(repo, "/etc")
        add(repo, ("120000", link, "content/pages/link.md"), ("120000", folder, "content/notices"),
            ("160000", repo.head, "content/pages/module"))  # fmt: skip
        status = watcher.wait_for(repo.head)
        assert {(problem["path"], problem["code"]) for problem in status["problems"]} == {
            ("content/pages/link.md", "symlink"),
            ("content/notices", "symlink"),
            ("content/pages/module", "submodule"),
        }
        assert all(b"Secret" not in data for data in read_tree(watcher.output).values())


@pytest.mark.parametrize("mode", ["120000", "160000"])
def test_a_link_or_a_submodule_in_place_of_what_was_good(repo: Repo, tmp_path: Path, mode: str) -> None:
    """An incident does not end because its file became something else."""
    repo.commit({"pages/about.md": "---\ntitle: About\n---\n\nUs.\n"})
    with Watcher(repo.top, tmp_path / "watch", *QUICK) as watcher:
        watcher.wait_for(repo.head)
        target = repo.head if mode == "160000" else blob(repo, "../site.yaml")
        add(repo, (mode, target, "content/incidents/api.md"))
        assert len(watcher.wait_for(repo.head)["problems"]) == 1
        watcher.wait_text("Errors on the API")
        add(repo, (mode, target, "content/site.yaml"))
        assert len(watcher.wait_for(repo.head)["problems"]) >= 2
        assert "Acme" in watcher.page()


@pytest.mark.parametrize("mode", ["120000", "160000"])
def test_the_content_folder_is_a_link_or_a_submodule(repo: Repo, tmp_path: Path, mode: str) -> None:
    with Watcher(repo.top, tmp_path / "watch", *QUICK) as watcher:
        good = repo.head
        watcher.wait_for(good)
        target = repo.head if mode == "160000" else blob(repo, "elsewhere")
        repo.git("rm", "-r", "-q", "--cached", "content")
        add(repo, (mode, target, "content"))
        status = watcher.wait_message("has no files in content/")
        assert status["revision"] == good and "Acme" in watcher.page()
        repo.git("reset", "-q", "--hard", good)
        repo.commit({"site.yaml": SITE.replace("Acme", "Back")})
        watcher.wait_for(repo.head)
    repo.git("rm", "-r", "-q", "--cached", "content")
    add(repo, (mode, target, "content"))
    result = publish_once(repo.top, tmp_path / "output")
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)


def test_links_in_a_theme(repo: Repo, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("Secret")
    repo.commit({"../themes/mine/templates/404.html": "<p>Mine</p>"})
    with Watcher(repo.top, tmp_path / "watch", "--theme", "mine", *QUICK) as watcher:
        watcher.wait_for(repo.head)
        link, top = blob(repo, str(secret)), "themes/mine"
        add(repo, ("120000", link, f"{top}/assets/secret.txt"), ("120000", link, f"{top}/templates/base.html"),
            ("160000", repo.head, f"{top}/assets/module"))  # fmt: skip
        assert watcher.wait_for(repo.head)["problems"] == []
        assert watcher.page("404.html") == "<p>Mine</p>"
        # As an earlier version, too.
        repo.git("update-index", "--remove", "--force-remove", "themes/mine/assets/module")
        add(repo, ("100644", blob(repo, "{% block"), "themes/mine/templates/404.html"))
        assert watcher.wait_for(repo.head)["state"] == "problems"
        assert watcher.page("404.html") == "<p>Mine</p>"
        assert all(
            b"Secret" not in data and str(secret).encode() not in data for data in read_tree(watcher.output).values()
        )


def test_the_theme_beside_nested_content(tmp_path: Path) -> None:
    repo = make_repo(tmp_path / "repo", folder="docs/status/content")
    template = "../themes/mine/templates/404.html"
    repo.commit({template: "<p>Mine</p>"})
    options = ("--content", "docs/status/content", "--theme", "mine", *QUICK)
    with Watcher(repo.top, tmp_path / "watch", *options) as watcher:
        watcher.wait_for(repo.head)
        repo.commit({template: b"\xff"})
        (problem,) = watcher.wait_for(repo.head)["problems"]
        assert problem["path"] == "docs/status/themes/mine"
        assert "theme mine: cannot read templates/404.html: " in problem["message"]
        assert watcher.page("404.html") == "<p>Mine</p>"


def test_a_huge_file(repo: Repo, tmp_path: Path) -> None:
    """It is not content, and is never in memory: neither that of the watcher nor that of its git."""
    with Watcher(repo.top, tmp_path / "watch", *QUICK) as watcher:
        watcher.wait_for(repo.head)
        path = repo.folder / "incidents/huge.md"
        with path.open("wb") as file:
            file.write((HEAD + LOOK).encode())
            file.truncate(100 * MIB)
        repo.git("-c", "core.bigFileThreshold=1m", "-c", "core.compression=0", "add", "-A")
        repo.git("commit", "-q", "-m", "x")
        (problem,) = watcher.wait_for(repo.head)["problems"]
        assert problem["path"] == "content/incidents/huge.md" and problem["shown"] is None
        repo.commit({"incidents/api.md": HEAD + LOOK + DONE})
        watcher.wait_for(repo.head)
        process = Path("/proc", str(watcher.process.pid))
        if process.is_dir():
            children = (process / "task" / process.name / "children").read_text().split()
            for pid in (process.name, *children):
                about = Path("/proc", pid, "status").read_text()
                peak = next(int(line.split()[1]) for line in about.splitlines() if line.startswith("VmHWM"))
                assert peak < 250 * 1024, (pid, peak)


NAMES = ("-n", "--output", "-n.md", "a\nb.md", "\udcff.md", "a\tb.md", "‮x.md", ":(top)x.md", "*.md", '"q" \\x.md',
         "con .md", "x" * 240 + ".md", "\x1b[31mred.md")  # fmt: skip


def test_names_of_files(repo: Repo, tmp_path: Path) -> None:
    with Watcher(repo.top, tmp_path / "watch", *QUICK) as watcher:
        watcher.wait_for(repo.head)
        texts = [(name, blob(repo, HEAD.replace("API", f"part {number}") + LOOK)) for number, name in enumerate(NAMES)]
        add(
            repo,
            *(("100644", text, f"content/{folder}{name}") for name, text in texts for folder in ("", "incidents/")),
        )
        status = watcher.wait_for(repo.head)
        assert "Acme" in watcher.page()
        log = watcher.log
        assert "Traceback" not in log and "\x1b" not in log
        assert all(problem["path"].isprintable() for problem in status["problems"])
        # Broken, each has to be looked for in the history under its name.
        add(repo, *(("100644", blob(repo, "---\n"), f"content/incidents/{name}") for name, _ in texts))
        status = watcher.wait_for(repo.head)
        shown = [problem for problem in status["problems"] if problem.get("shown")]
        assert len(shown) == 5
        repo.git("reset", "-q", "--hard", "HEAD~2")
        assert watcher.wait_for(repo.head)["problems"] == []


def test_an_option_like_name_as_content_folder(tmp_path: Path) -> None:
    for number, folder in enumerate(("-n", "--output", ":(top)", "a\nb", "ä ö", "*")):
        repo = make_repo(tmp_path / f"repo{number}", folder=folder)
        repo.commit({"incidents/api.md": "---\n"})
        status_file = tmp_path / "status.json"
        result = publish_once(repo.top, tmp_path / f"output{number}", f"--content={folder}", "--status", status_file)
        assert result.returncode == 0, result.stderr
        assert (tmp_path / f"output{number}/incidents/api/index.html").exists()


def test_folders_that_are_nested_deeply(repo: Repo, tmp_path: Path) -> None:
    name = "incidents/" + "d/" * 1500 + "deep.md"
    add(repo, ("100644", blob(repo, HEAD + LOOK.replace("##", "## investigating\n\nText.\n\n##")), f"content/{name}"))
    result = publish_once(repo.top, tmp_path / "output")
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "output/incidents/deep/index.html").exists()


def test_a_file_and_a_folder_that_trade_places(repo: Repo, tmp_path: Path) -> None:
    with Watcher(repo.top, tmp_path / "watch", *QUICK) as watcher:
        watcher.wait_for(repo.head)
        repo.git("rm", "-r", "-q", "content/incidents")
        repo.commit({"incidents": "a file"})
        watcher.wait_for(repo.head)
        assert not (watcher.output / "incidents/api").exists()
        repo.delete("incidents")
        repo.commit({"incidents/api.md/x.md": HEAD + LOOK, "incidents/y.md": HEAD + LOOK})
        assert watcher.wait_for(repo.head)["problems"] == []
