"""What `check` reads, a commit or the index, and what it prints as SARIF."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bad_content import NOW, SITE, write
from command import ROOT, run_statusgen
from git_repo import Repo
from jsonschema import Draft202012Validator

from statusgen.build.cache import Cache
from statusgen.build.pipeline import read_content
from statusgen.build.reader import Reader
from statusgen.cli.sarif import make_sarif
from statusgen.source.folder import read_source

GOOD = "---\ntitle: News\npublish: 2026-11-10\n---\n\nWe open.\n"
# What section 3 of SARIF 2.1.0 asks for of the properties that are used here.
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "$schema": {"type": "string", "format": "uri"},
        "runs": {"type": "array", "items": {"$ref": "#/$defs/run"}},
    },
    "additionalProperties": False,
    "$defs": {
        "text": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}},
        "run": {
            "type": "object",
            "required": ["tool", "results"],
            "properties": {
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "tool": {
                    "required": ["driver"],
                    "properties": {
                        "driver": {
                            "required": ["name"],
                            "properties": {"rules": {"uniqueItems": True, "items": {"$ref": "#/$defs/rule"}}},
                        }
                    },
                },
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
        },
        "rule": {
            "required": ["id"],
            "properties": {"shortDescription": {"$ref": "#/$defs/text"}, "fullDescription": {"$ref": "#/$defs/text"}},
        },
        "result": {
            "type": "object",
            "required": ["message", "ruleId", "ruleIndex", "level", "locations"],
            "properties": {
                "message": {"$ref": "#/$defs/text"},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
            },
        },
        "location": {
            "required": ["physicalLocation"],
            "properties": {
                "physicalLocation": {
                    "required": ["artifactLocation"],
                    "properties": {
                        "artifactLocation": {"properties": {"uri": {"pattern": "^[A-Za-z0-9._~/%!$&'()*+,;=@-]+$"}}},
                        "region": {"properties": {"startLine": {"type": "integer", "minimum": 1}}},
                    },
                }
            },
        },
    },
}


def test_sarif(tmp_path: Path) -> None:
    """Of the whole table of bad input: every problem is a result of its rule."""
    folder = tmp_path / "content"
    write(folder, "site.yaml", SITE)
    cases = ROOT / "tests" / "bad_input"
    for number, drop in enumerate(sorted(cases.glob("*.md"))):
        path = drop.with_suffix(".expected").read_text("utf-8").split("\n")[0]
        write(folder, f"{path.split('/')[0]}/{number} {Path(path).name}", drop.read_bytes())
    _, problems = read_content(read_source(folder), NOW, Reader(Cache(None)), present=True, thorough=True)
    report = make_sarif(problems, [problem.path for problem in problems])
    Draft202012Validator(SARIF, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(report)
    (run,) = report["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(run["results"]) == len(problems) > 300
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [problem.code for problem in problems]
    assert set(rules) == {problem.code for problem in problems}


def test_sarif_of_the_command(repo: Repo) -> None:
    write(repo.top, "content/notices/a b.md", "x")
    result = run_statusgen("check", "--format", "sarif", cwd=repo.top)
    (found,) = json.loads(result.stdout)["runs"][0]["results"]
    place = found["locations"][0]["physicalLocation"]
    assert result.returncode == 1
    assert (found["ruleId"], found["level"]) == ("no-front-matter", "error")
    assert place == {"artifactLocation": {"uri": "content/notices/a%20b.md"}, "region": {"startLine": 1}}


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.write(SITE, "site.yaml")
    repo.commit(GOOD, "notices/news.md")
    return repo


def check(repo: Repo, *arguments: str, env: dict[str, str] | None = None) -> tuple[int, list[str]]:
    result = run_statusgen("check", *arguments, cwd=repo.top, env=env)
    assert result.stderr == ""
    return result.returncode, [line.split(": ")[1] for line in result.stdout.splitlines() if "]: " in line]


def test_a_commit(repo: Repo) -> None:
    repo.commit("no front matter", "notices/news.md")
    repo.write(GOOD, "notices/news.md")
    assert check(repo) == (0, [])
    assert check(repo, "--rev", "HEAD") == (1, ["error[no-front-matter]"])
    assert check(repo, "--rev", "HEAD~1") == (0, [])
    wrong = run_statusgen("check", "--rev", "nothing", cwd=repo.top)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)


def test_the_index(repo: Repo) -> None:
    """What is staged counts, and not what lies in the folder."""
    repo.write("no front matter", "notices/news.md")
    assert check(repo, "--staged") == (0, [])
    repo.git("add", "-A")
    repo.write(GOOD, "notices/news.md")
    assert check(repo, "--staged") == (1, ["error[no-front-matter]"])
    repo.git("rm", "-q", "-f", "--cached", "content/notices/news.md")
    repo.write("draft", "notices/_later.md")
    repo.git("add", "content/notices/_later.md")
    assert check(repo, "--staged") == (0, [])
    (repo.folder / "notices/link.md").symlink_to("news.md")
    repo.git("add", "content/notices/link.md")
    assert check(repo, "--staged") == (1, ["error[symlink]"])


def test_headings_that_are_staged(repo: Repo) -> None:
    heads = "---\ntitle: Errors\ncomponents: {api: partial_outage}\n---\n\n## investigating\n\nWe look.\n"
    repo.commit(heads, "incidents/x.md")
    repo.write(f"{heads}\n## resolved\n\nIt works.\n", "incidents/x.md")
    repo.git("add", "-A")
    code, found = check(repo, "--staged")
    assert (code, [problem for problem in found if "open" not in problem]) == (0, ["warning[not-committed]"])


def test_an_index_of_another_repository_is_left_alone(repo: Repo, tmp_path: Path) -> None:
    other = Repo(tmp_path / "other")
    other.commit("no front matter", "notices/news.md")
    index = {"GIT_INDEX_FILE": str(other.top / ".git/index")}
    assert check(repo, "--staged", env=index) == (0, [])


def test_nothing_is_staged_without_git(tmp_path: Path) -> None:
    write(tmp_path, "content/site.yaml", SITE)
    result = run_statusgen("check", "--staged", cwd=tmp_path, env={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)})
    assert (result.returncode, result.stderr.count("\n")) == (2, 1)
    both = run_statusgen("check", "--staged", "--rev", "HEAD", cwd=tmp_path)
    assert both.returncode == 2
