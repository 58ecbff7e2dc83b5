"""`checks:` in site.yaml: what it makes of problems, for `check`, `build` and the watcher."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from bad_content import NOW, SITE, write
from command import run_statusgen
from git_repo import Repo

from statusgen.build.cache import Cache
from statusgen.build.pipeline import read_content
from statusgen.build.reader import Reader
from statusgen.build.standing import StandingReader
from statusgen.parse.checks.codes import ADVICE, CHANGEABLE, CODES, FIXED, LOWERABLE, WARNINGS
from statusgen.source.commits import Commits
from statusgen.source.folder import read_source
from statusgen.source.git import open_repository

TEXT = "---\ntitle: Errors\ncomponents: {api: partial_outage}\n---\n\n## investigating @ 2026-11-03 09:20\n\n"
END = "## resolved @ 2026-11-03 10:40\n\nIt works.\n"


def build(folder: Path, checks: str, files: dict[str, str]) -> tuple[int, list[str]]:
    """The exit code, and `severity[code]` of each problem."""
    for path, text in {"site.yaml": f"{SITE}checks: {checks}\n", **files}.items():
        write(folder, f"content/{path}", text)
    result = run_statusgen("build", cwd=folder)
    return result.returncode, [line.split(": ")[1] for line in result.stderr.splitlines() if line[:8] == "content/"]


@pytest.mark.parametrize(
    ("checks", "files", "code", "expected"),
    [
        ("{}", {"incidents/x.md": TEXT + END}, 0, ["warning[empty-update]"]),
        ("{empty-update: error}", {"incidents/x.md": TEXT + END}, 1, ["error[empty-update]"]),
        ("{empty-update: off}", {"incidents/x.md": TEXT + END}, 0, []),
        ("{wrong-extension: warning}", {"incidents/x.txt": "x"}, 0, ["warning[wrong-extension]"]),
        ("{wrong-extension: off}", {"incidents/x.txt": "x"}, 0, []),
        ("{unknown-component: off}", {}, 1, ["error[bad-check]"]),
        ("{empty-updates: error}", {}, 1, ["error[bad-check]"]),
        ("{empty-update: fatal}", {}, 1, ["error[bad-check]"]),
        ("{unsafe-html: error}", {"pages/x.md": "---\ntitle: X\n---\n<script>"}, 1, ["error[unsafe-html]"]),
        (
            "{unsafe-html: error}",
            {"pages/x.md": "---\ntitle: X\ndraft: true\n---\n<script>"},
            0,
            ["warning[unsafe-html]"],
        ),
    ],
)
def test_levels(checks: str, files: dict[str, str], code: int, expected: list[str], tmp_path: Path) -> None:
    for path, text in {"site.yaml": f"{SITE}checks: {checks}\n", **files}.items():
        write(tmp_path, path, text)
    source, reader = read_source(tmp_path), Reader(Cache(None))
    content, problems = read_content(source, NOW, reader, present=True, thorough=True)
    assert (content is None, [f"{one.severity}[{one.code}]" for one in problems]) == (bool(code), expected)


def test_a_build_refuses_what_was_made_an_error_and_gives_no_advice(tmp_path: Path) -> None:
    files = {"incidents/x.md": TEXT + END, "incidents/y copy.md": TEXT.replace("Errors", "Others") + END}
    assert build(tmp_path, "{}", files) == (0, ["warning[file-name]"])
    assert build(tmp_path, "{empty-update: error, file-name: off}", files) == (1, ["error[empty-update]"] * 2)


@pytest.mark.parametrize(("level", "expected"), [("error", "error"), ("off", None)])
def test_the_watcher_publishes_what_was_made_an_error(level: str, expected: str | None, tmp_path: Path) -> None:
    """It says so, and takes down nothing for it."""
    repo = Repo(tmp_path)
    repo.write(f"{SITE}checks: {{unsafe-html: {level}}}\n", "site.yaml")
    repo.commit("---\ntitle: X\n---\n\n<script>\n", "pages/x.md")
    with closing(Commits(open_repository(tmp_path, "content/"))) as commits:
        commit = commits.find("HEAD")
        assert commit
        standing = StandingReader(commits, Reader(Cache(None))).read(commit, NOW)
    assert [page.id for page in standing.content.pages] == ["x"]
    assert standing.stand_ins == ()
    assert [problem.severity for problem in standing.problems] == [expected] * bool(expected)


def test_codes_are_sorted_out() -> None:
    assert ADVICE <= WARNINGS <= CHANGEABLE < CODES
    assert not FIXED & CHANGEABLE
    assert not LOWERABLE & WARNINGS
