"""The commands as users run them: what they print where, and the codes they end with."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from command import ROOT, read_times, read_tree, run_statusgen

from statusgen import __version__

SITE = "name: Example\nurl: https://status.example/\ntime_zone: UTC\ncomponents:\n  api: API\n"
FRONT = "---\ntitle: Errors\ncomponents:\n  api: partial_outage\nstarted: 2026-11-03 09:00\n---\n"
GOOD = f"{FRONT}\n## resolved @ 2026-11-03 10:00\n\nOver.\n"
TYPO = GOOD.replace("api:", "apl:")
WARNED = GOOD.replace("Over.", "Over. <script>alert(1)</script>")
AT = ("--at", "2026-11-20T12:00Z")


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder to run in, with a good site in content/."""
    write(tmp_path / "content", {"site.yaml": SITE, "incidents/good.md": GOOD})
    return tmp_path


def test_a_new_site_is_clean_and_builds(tmp_path: Path) -> None:
    made = run_statusgen("init", "my site", cwd=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    assert "statusgen check" in made.stdout
    site = tmp_path / "my site"
    check = run_statusgen("check", cwd=site)
    assert (check.returncode, check.stdout, check.stderr) == (0, "no problems.\n", "")
    build = run_statusgen("build", cwd=site)
    assert (build.returncode, build.stderr) == (0, "")
    assert re.fullmatch(r"output: (\d+) files, \1 written, 0 deleted\.\n", build.stdout)
    index = (site / "output/index.html").read_text("utf-8")
    assert "Example Cloud" in index
    names = {path.split("/")[0] for path in read_tree(site / "output")}
    assert names >= {"incidents", "changes", "notices", "pages", "components", "history", ".gitignore"}


def test_a_new_site_in_a_folder_that_has_something(tmp_path: Path) -> None:
    """Other files are no obstacle, and are left alone; a site that is there is never touched."""
    write(tmp_path, {"README.md": "mine", "output/.gitignore": "mine"})
    (tmp_path / "content").mkdir()
    quiet = run_statusgen("init", "--quiet", ".", cwd=tmp_path)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")
    assert (tmp_path / "README.md").read_text("utf-8") == (tmp_path / "output/.gitignore").read_text("utf-8") == "mine"
    before = read_times(tmp_path)
    again = run_statusgen("init", ".", cwd=tmp_path)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == "error: content exists already and is not empty\n"
    assert read_times(tmp_path) == before
    inside = run_statusgen("init", "README.md/x", cwd=tmp_path)
    assert (inside.returncode, inside.stderr.count("\n")) == (2, 1)


def test_verbose_says_more_and_quiet_less(place: Path) -> None:
    assert "site.yaml\n" in run_statusgen("init", "-v", "new", cwd=place).stdout
    check = run_statusgen("check", "-v", cwd=place)
    assert check.stdout == "1 incidents, 0 changes, 0 notices: no problems.\n"
    assert run_statusgen("check", "-q", cwd=place).stdout == ""
    assert re.search(r"^\d+\.\d\d s$", run_statusgen("build", "-v", cwd=place).stdout, re.MULTILINE)
    assert run_statusgen("build", "-q", cwd=place).stdout == ""
    write(place / "content", {"incidents/bad.md": TYPO})
    assert "unknown-component" in run_statusgen("check", "-q", cwd=place).stdout
    assert "unknown-component" in run_statusgen("build", "-q", cwd=place).stderr


def test_errors_are_all_shown_and_nothing_is_published(place: Path) -> None:
    assert run_statusgen("build", *AT, cwd=place).returncode == 0
    before = read_times(place / "output")
    write(place / "content", {"incidents/bad.md": TYPO, "notices/x.md": "no front matter"})
    check = run_statusgen("check", cwd=place)
    assert (check.returncode, check.stderr) == (1, "")
    first, hint, second, *_ = check.stdout.splitlines()
    assert first.startswith("content/incidents/bad.md:4: error[unknown-component]: ")
    assert hint == "    did you mean `api`?"
    assert second.startswith("content/notices/x.md:1: error[no-front-matter]: ")
    assert check.stdout.endswith("\n2 errors.\n")
    build = run_statusgen("build", *AT, cwd=place)
    assert (build.returncode, build.stdout) == (1, "")
    assert first in build.stderr
    assert build.stderr.endswith("Nothing was published: 2 errors.\n")
    assert read_times(place / "output") == before


def test_warnings_stop_nothing(place: Path) -> None:
    write(place / "content", {"incidents/warned.md": WARNED})
    check = run_statusgen("check", cwd=place)
    assert (check.returncode, check.stdout.splitlines()[-1]) == (0, "1 warning.")
    build = run_statusgen("build", *AT, cwd=place)
    assert build.returncode == 0
    assert "warning[" in build.stderr
    assert b"<script>" not in (place / "output/incidents/warned/index.html").read_bytes()


def test_check_for_programs(place: Path) -> None:
    clean = run_statusgen("check", "--format", "json", "--verbose", cwd=place)
    assert (clean.returncode, json.loads(clean.stdout)) == (0, [])
    write(place / "content", {"incidents/bad.md": TYPO, "notices/x.md": ""})
    (place / "content/incidents/link.md").symlink_to("bad.md")
    check = run_statusgen("check", "--format", "json", cwd=place)
    assert (check.returncode, check.stderr) == (1, "")
    problems = json.loads(check.stdout)
    assert [(problem["path"], problem["code"], problem["severity"]) for problem in problems] == [
        ("incidents/bad.md", "unknown-component", "error"),
        ("incidents/link.md", "symlink", "error"),
        ("notices/x.md", "empty-file", "error"),
    ]
    assert problems[0].keys() == {"path", "line", "code", "message", "hint", "severity"}
    assert (problems[0]["line"], problems[0]["hint"]) == (4, "did you mean `api`?")


def test_check_for_workflows(place: Path) -> None:
    """One annotation a line, and nothing in a title or a name that ends it early."""
    clean = run_statusgen("check", "--format", "github", cwd=place)
    assert (clean.returncode, clean.stdout) == (0, "")
    write(place / "content", {"incidents/a,b:c 100%.md": TYPO, "incidents/warned.md": WARNED})
    check = run_statusgen("check", "--format", "github", cwd=place)
    assert check.returncode == 1
    name, error, warning = check.stdout.splitlines()
    assert name.startswith("::warning file=content/incidents/a%2Cb%3Ac 100%25.md,line=1,title=file-name::")
    place_of = "file=content/incidents/a%2Cb%3Ac 100%25.md,line=4,title=unknown-component"
    assert error.startswith(f"::error {place_of}::")
    assert error.endswith("(did you mean `api`?)")
    assert re.match(r"::warning file=content/incidents/warned\.md,line=\d+,title=[a-z-]+::", warning)
    # A step may work in a folder of the checkout, while annotations name files from its root.
    below = run_statusgen("check", "--format", "github", cwd=place, env={"GITHUB_WORKSPACE": str(place.parent)})
    assert f"::error file={place.name}/content/incidents/" in below.stdout


def test_the_time_to_build_at(place: Path) -> None:
    times = ("2026-11-03T09:59Z", "2026-11-03T16:59:00+07:00", "2026-11-03 09:59", "2026-11-03 09:59 UTC")
    trees = []
    for number, at in enumerate(times):
        assert run_statusgen("build", "--output", str(number), "--at", at, cwd=place).returncode == 0
        trees.append(read_tree(place / str(number)))
    assert trees == trees[:1] * 4
    assert "incidents/good/index.html" not in trees[0]
    assert run_statusgen("build", "--output", "0", "--at", "2026-11-03T10:00Z", cwd=place).returncode == 0
    assert "incidents/good/index.html" in read_tree(place / "0")


@pytest.mark.parametrize(
    "at", ["", "now", "yesterday", "2026-11-31T00:00Z", "12:30", "1700000000", "1066-10-14", "9999-12-31T23:59-23:59"]
)
def test_nonsense_for_a_time(at: str, place: Path) -> None:
    for command in ("build", "check"):
        result = run_statusgen(command, "--at", at, cwd=place)
        assert (result.returncode, result.stdout) == (2, "")
        assert "Invalid value for '--at': " in result.stderr
    assert not (place / "output").exists()


def test_a_theme_of_ones_own(place: Path) -> None:
    theme = {"templates/404.html": "<p>{{ site.name }} has no such page: ours</p>\n", "assets/logo.svg": "<svg/>"}
    write(place / "themes/ours", theme)
    write(place / "themes/broken/templates", {"404.html": "fine\n{% if %}\n"})
    write(place / "themes/unknown/templates", {"404.html": "fine\n{% include 'none.html' %}\n"})
    write(place / "themes/wrong/templates", {"404.html": "fine\n\n{{ page.nothing }}\n"})
    write(place / "themes/python/templates", {"404.html": "fine\n{{ site.name|duration }}\n"})
    write(place / "themes/circle/templates", {"404.html": "{% extends '404.html' %}\n"})
    assert run_statusgen("build", "--theme", "ours", cwd=place).returncode == 0
    assert (place / "output/404.html").read_text("utf-8") == "<p>Example has no such page: ours</p>\n"
    assert [path.read_text("utf-8") for path in (place / "output/assets").glob("logo.*.svg")] == ["<svg/>"]
    before = read_tree(place / "output")
    assert "incidents/good/index.html" in before
    for name, message in {
        "broken": r"theme broken: 404\.html:2: .+",
        "wrong": r"theme wrong: 404\.html:3: .+",
        "unknown": r"theme unknown: 404\.html:2: .*none\.html.*",
        "python": r"theme python: 404\.html:2: AttributeError: .+",
        "circle": r"theme circle: 404\.html:1: RecursionError: .+",
        "missing": r"there is no theme `missing`: it would be the folder .+/themes/missing; shipped are .+",
        "../themes/ours": r"`\.\./themes/ours` is not a theme's name",
        "x" * 300: r"cannot read the theme in .+: File name too long",
    }.items():
        result = run_statusgen("build", "--theme", name, cwd=place)
        assert (result.returncode, result.stdout) == (2, "")
        assert re.fullmatch(f"error: {message}\n", result.stderr)
    assert read_tree(place / "output") == before


@pytest.mark.parametrize(
    "link", ["themes", "themes/ours", "themes/ours/assets", "themes/ours/assets/deep", "themes/ours/assets/a.svg",
             "themes/ours/templates/404.html", "themes/ours/assets/nowhere.svg"]
)  # fmt: skip
def test_links_in_a_theme(link: str, place: Path, tmp_path: Path) -> None:
    """They could lead to what is not to be published."""
    write(
        place / "themes/ours", {"templates/404.html": "Ours", "assets/a.svg": "<svg/>", "assets/deep/b.svg": "<svg/>"}
    )
    assert run_statusgen("build", "--theme", "ours", cwd=place).returncode == 0
    before = read_tree(place / "output")
    if (place / link).exists():
        (place / link).rename(tmp_path / "elsewhere")
    (place / link).symlink_to(tmp_path / "elsewhere")
    result = run_statusgen("build", "--theme", "ours", cwd=place)
    assert (result.returncode, result.stdout) == (2, "")
    said = f"error: cannot read the theme in .+/themes/ours: {link}: links are not followed; put the file itself here\n"
    assert re.fullmatch(said, result.stderr)
    assert read_tree(place / "output") == before


def test_version_and_help(tmp_path: Path) -> None:
    version = run_statusgen("--version", cwd=tmp_path)
    assert (version.returncode, version.stderr) == (0, "")
    assert version.stdout.endswith(f" {__version__}\n")
    for command in ("", "init", "build", "check", "import", "import feed"):
        shown = run_statusgen(*command.split(), "--help", cwd=tmp_path)
        assert (shown.returncode, shown.stderr) == (0, "")
        assert shown.stdout.startswith("Usage: ")
    assert f"{ROOT}" not in shown.stdout
