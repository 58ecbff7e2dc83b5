"""Every code that the source gives has its page, no page is left over, and examples do what they say."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from bad_content import NOW, write
from command import ROOT, run_statusgen

from statusgen.build.cache import Cache
from statusgen.build.pipeline import read_content
from statusgen.build.reader import Reader
from statusgen.explain.read import Example, read_explanations
from statusgen.parse.checks.codes import CODES
from statusgen.source.folder import read_source

PAGES = read_explanations()
# Where the code stands among the arguments of what makes a problem.
CALLS = {"Problem": 2, "complain": 1, "warn": 1, "Complaint": 0, "choose": 3, "_problem": 1}
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# What a text cannot show: what files are, what git says, and what is told while a preview is served.
NO_EXAMPLE = {
    *("bad-name", "bug", "control-character", "missing-file", "not-committed", "not-utf8", "submodule", "symlink"),
    *("theme", "too-large", "too-much-markup", "unreadable"),
}
# What is said of good examples beside that they are.
ALSO = {
    "unknown-impact": {"report-overdue"},
    "duplicate-language": {"untranslated"},
    "no-original": {"untranslated"},
    "other-language": {"untranslated"},
    "translation-fact": {"untranslated"},
    "translation-update": {"untranslated"},
    "unknown-language": {"untranslated"},
}
SITE = {
    "name": "name: Acme",
    "url": "url: https://status.acme.example/",
    "time_zone": "time_zone: Europe/Berlin",
    "groups": "groups: {edge: Edge network}",
    "components": "components: {api: API, web: {name: Website, group: edge}, db: Database}",
}


def codes_of(source: str, handed_on: bool) -> set[str]:
    """The codes that a module can give: those in calls and, with `handed_on`, first in what is handed on to calls."""
    tree = ast.parse(source)
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
            position = CALLS.get(str(name))
            if isinstance(node.func, ast.IfExp):
                position = 1
            if position is not None and len(node.args) > position:
                found |= constants_of(node.args[position])
            if name == "choice" and isinstance(node.args[0], ast.Constant):
                found.add(f"bad-{str(node.args[0].value).replace('_', '-')}")
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("CODE", "code"):
            found |= constants_of(node.value)
        elif handed_on and isinstance(node, ast.Assign | ast.Return) and isinstance(node.value, ast.Tuple):
            found |= {code for part in node.value.elts[:1] for code in constants_of(part)}
        elif handed_on and isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            found |= {code for part in node.value.elts for code in constants_of(part)}
    return found


def constants_of(node: ast.expr) -> set[str]:
    if isinstance(node, ast.IfExp):
        return constants_of(node.body) | constants_of(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def test_the_list_has_the_codes_of_the_source() -> None:
    rooms = ("parse", "source", "build", "serve")
    sources = {path: path.read_text("utf-8") for room in rooms for path in (ROOT / "statusgen" / room).rglob("*.py")}
    # `part.choose(…, f"unknown-{key[:-1]}")` of promises gives names that others give, too.
    found = {code for path, source in sources.items() for code in codes_of(source, "parse" in path.parts)}
    given = {code for code in found if CODE.fullmatch(code)}
    assert CODES - given == set()
    dashed = {code for code in given if "-" in code}
    assert dashed - CODES == set()


def test_every_code_has_a_page() -> None:
    assert PAGES.keys() == CODES


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_page_is_whole(code: str) -> None:
    page = PAGES[code]
    assert page.summary
    assert page.text
    assert "```" not in page.text
    kinds = {example.is_good for example in page.examples}
    assert kinds == (set() if code in NO_EXAMPLE else {True, False})


@pytest.mark.parametrize("code", sorted(CODES - NO_EXAMPLE))
def test_examples(code: str, tmp_path: Path) -> None:
    bad = find_codes(tmp_path / "bad", [example for example in PAGES[code].examples if not example.is_good])
    good = find_codes(tmp_path / "good", [example for example in PAGES[code].examples if example.is_good])
    assert code in bad
    assert good <= ALSO.get(code, set())


def find_codes(folder: Path, examples: list[Example]) -> set[str]:
    files = {example.path: example.text for example in examples}
    keys = set(re.findall(r"^(\w+):", files.get("site.yaml", ""), re.MULTILINE))
    base = [line for key, line in SITE.items() if key not in keys]
    files["site.yaml"] = "\n".join([*base, files.get("site.yaml", "")])
    for path, text in files.items():
        write(folder, path, text)
    reader = Reader(Cache(None))
    return {one.code for one in read_content(read_source(folder), NOW, reader, present=True, thorough=True)[1]}


def test_the_command() -> None:
    page = run_statusgen("explain", "warning[empty-update]")
    assert page.returncode == 0
    for words in (
        "empty-update: An update has no text",
        "Bad, in incidents/",
        "Good, in incidents/",
        "checks:\n      ",
    ):
        assert words in page.stdout
    fixed, wrong = run_statusgen("explain", "time-order"), run_statusgen("explain", "time-ordr")
    assert "It cannot be silenced" in fixed.stdout
    assert (wrong.returncode, wrong.stderr) == (2, "error: there is no check `time-ordr`; did you mean `time-order`?\n")
    every = run_statusgen("explain").stdout.splitlines()
    assert [line.split()[0] for line in every] == sorted(CODES)
