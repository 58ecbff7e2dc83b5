"""The table of bad input: each file in `bad_input/` gives the problems that its `.expected` names, or is handled.

A case is `NAME.md` (or `.yaml`), the file as it lies in the content, and `NAME.expected`: in its first line the path
inside the content folder; then problems, one a line, as `LINE severity[code] words`, where `…` stands for any text
between words; then, where the file is used, `ok` and lines of `field: value` that its entry must have.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from statusgen.model.entries import Incident
from statusgen.model.site import Site
from statusgen.parse.content import PARSERS, check_place, check_references, kind_of, make_content, parse_file
from statusgen.parse.parsed import Parsed, Reading
from statusgen.parse.site import parse_site
from statusgen.parse.times import Clock
from statusgen.problems import Problem, has_errors, sort_problems
from statusgen.source.folder import ContentFiles, read_folder

CASES = Path(__file__).parent / "bad_input"
NAMES = sorted(path.stem for path in CASES.glob("*.expected"))
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SLOW = 2.0
PROBLEM = re.compile(r"(\d+) (error|warning)\[([a-z-]+)\] ?(.*)")
SITE = """\
name: Acme
url: https://status.acme.example/
time_zone: Europe/Berlin
groups: {edge: Edge network}
components: {api: API, web: {name: Website, group: edge}, db: Database}
"""
UPDATES = """\
## investigating @ 2026-11-03 09:20 {api=major_outage next=30m}

We are looking into it, see [the docs](https://acme.example).

## resolved @ 2026-11-03 10:40

It works again.
"""
INCIDENT = f"---\ntitle: Errors\ncomponents:\n  api: degraded_performance\nimpact: minor\n---\n\n{UPDATES}"
OTHERS = {
    "incidents/2026-11-01-known.md": INCIDENT,
    "incidents/planned.md": INCIDENT.replace("---\n", "---\ndraft: true\n", 1),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    problems: tuple[Problem, ...]
    site: Site | None
    files: Mapping[str, Parsed]


def read_content(folder: Path) -> Outcome:
    """What a check of a content folder finds, and the files that it would publish or that are drafts."""
    content, problems = read_folder(folder)
    site, more = _read_site(content)
    problems += more
    parsed: dict[str, Parsed] = {}
    reading = Reading(Clock(site.zone if site else ZoneInfo("UTC")))
    for path, data in content.files.items():
        misplaced = check_place(path)
        if misplaced:
            problems.append(misplaced)
        elif kind_of(path) in PARSERS:
            entry, more = parse_file(path, data, reading)
            problems += more
            # A file without an entry and without a problem would have been dropped in silence.
            assert entry or more, path
            parsed |= {path: entry} if entry else {}
    if site:
        problems += check_references(site, parsed.values())
        make_content(site, parsed.values())
    return Outcome(sort_problems(problems), site, parsed)


def _read_site(content: ContentFiles) -> tuple[Site | None, list[Problem]]:
    return parse_site(content.site or b"", NOW)


def write(folder: Path, path: str, data: str | bytes) -> None:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data.encode() if isinstance(data, str) else data)


def quick_outcome(folder: Path) -> Outcome:
    begin = time.perf_counter()
    outcome = read_content(folder)
    assert time.perf_counter() - begin < SLOW
    return outcome


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, data in {"site.yaml": SITE, **OTHERS}.items():
        write(tmp_path, path, data)
    return tmp_path


def assert_problems(problems: tuple[Problem, ...], path: str, expected: list[str]) -> None:
    shown = "\n".join(map(str, problems))
    assert len(problems) == len(expected), shown
    for problem, line in zip(problems, expected, strict=True):
        match = PROBLEM.fullmatch(line)
        assert match, f"not a problem: {line}"
        assert (problem.path, str(problem.line), problem.severity, problem.code) == (path, *match.groups()[:3]), shown
        text = f"{problem.message} ({problem.hint})"
        assert re.search(".*".join(map(re.escape, re.split(r"\s*…\s*", match[4]))), text), text


def describe(parsed: Parsed) -> dict[str, str]:
    """An entry's fields as text, by the names that `.expected` files use."""
    entry = parsed.entry
    found = {field.name.removesuffix("_at"): _text(getattr(entry, field.name)) for field in fields(entry)}
    found["draft"] = str(parsed.draft).lower()
    updates = getattr(entry, "updates", ())
    if updates:
        found |= {"status": _text(updates[-1].status), "next": _text(updates[-1].next_at)}
    found["updates"] = str(len(updates))
    return found


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return ", ".join(f"{name}={_text(state)}" for name, state in value)
    return "" if value in ((), None) else str(value)


def test_the_table_is_whole() -> None:
    drops = sorted(path.stem for path in CASES.iterdir() if path.suffix in (".md", ".yaml"))
    assert drops == NAMES
    assert len(NAMES) >= 75


@pytest.mark.parametrize("name", NAMES)
def test_drop_in(name: str, folder: Path) -> None:
    path, *expected = (CASES / f"{name}.expected").read_text("utf-8").rstrip("\n").split("\n")
    (drop,) = (file for file in CASES.glob(f"{name}.*") if file.stem == name and file.suffix != ".expected")
    write(folder, path, drop.read_bytes())
    outcome = quick_outcome(folder)
    problems, handled = expected, []
    if "ok" in expected:
        problems, handled = expected[: expected.index("ok")], expected[expected.index("ok") + 1 :]
        assert not has_errors(outcome.problems), "\n".join(map(str, outcome.problems))
    assert_problems(outcome.problems, path, problems)
    if handled:
        found = describe(outcome.files[path])
        assert {line: f"{line.partition(': ')[0]}: {found[line.partition(':')[0]]}".strip() for line in handled} == {
            line: line.strip() for line in handled
        }


X = "incidents/x.md"


def _front(text: str) -> str:
    return f"---\ntitle: Errors\n{text}\n---\n\n{UPDATES}"


def _put(data: str | bytes, path: str = X) -> Callable[[Path], None]:
    return lambda folder: write(folder, path, data)


def _bomb() -> str:
    levels = "\n".join(f"{name}: &{name} [{', '.join([f'*{last}'] * 9)}]" for last, name in zip("abcdefgh", "bcdefghi"))
    return f"a: &a [lol, lol, lol]\n{levels}"


def _link_out(folder: Path) -> None:
    (folder / X).symlink_to("/etc/passwd")


def _link_to_folder(folder: Path) -> None:
    (folder / "incidents/loop").symlink_to(folder)


def _link_to_nothing(folder: Path) -> None:
    (folder / X).symlink_to("nothing")


def _fifo(folder: Path) -> None:
    os.mkfifo(folder / X)


def _bytes_name(folder: Path) -> None:
    (folder / os.fsdecode(b"incidents/caf\xe9.md")).write_text(INCIDENT)


def _copies(*names: str, front: str = "") -> Callable[[Path], None]:
    def build(folder: Path) -> None:
        for name in names:
            write(folder, f"incidents/{name}", INCIDENT.replace("---\n", f"---\n{front}", 1))

    return build


def _deep_folders(folder: Path) -> None:
    deep = folder / "incidents" / "/".join(["a"] * 1200)
    deep.mkdir(parents=True)
    (deep / "x.md").write_text(INCIDENT)


def _folder_named_as_file(folder: Path) -> None:
    write(folder, "incidents/folder.md/x.md", INCIDENT)


LONG = 900_000
NO_ISSUE: list[str] = []
# How the folder is made, the path of the problems, and what is expected.
GENERATED: dict[str, tuple[Callable[[Path], None], str, list[str]]] = {
    "ten megabytes": (_put("x" * 10_000_000), X, ["0 error[too-large] more than 1 MB"]),
    "ten megabytes of site": (_put("x" * 10_000_000, "site.yaml"), "site.yaml", ["0 error[too-large] more than 1 MB"]),
    "just small enough": (_put((INCIDENT + "x\n" * LONG)[:1_000_000]), X, NO_ISSUE),
    "alias bomb": (_put(_front(_bomb())), X, ["3 error[yaml-alias] anchors and aliases are not read"]),
    "deep brackets": (_put(_front("id: " + "[" * 100_000)), X, ["3 error[yaml] nested too deeply"]),
    "deep braces": (_put(_front("id: " + "{a: " * 100_000)), X, ["3 error[yaml] nested too deeply"]),
    "deep keys": (_put(_front("? " * 100_000)), X, ["3 error[yaml] nested too deeply"]),
    "deep lists": (_put(_front("id:\n" + "- " * 100_000)), X, ["4 error[yaml] nested too deeply"]),
    "deep site": (_put("[" * 100_000, "site.yaml"), "site.yaml", ["1 error[yaml] nested too deeply"]),
    "link out of the folder": (_link_out, X, ["0 error[symlink] links are not followed"]),
    "link to a folder": (_link_to_folder, "incidents/loop", ["0 error[symlink] links are not followed"]),
    "link to nothing": (_link_to_nothing, X, ["0 error[symlink] links are not followed"]),
    "fifo": (_fifo, X, ["0 error[not-content] not a file that can be read"]),
    "newline in a name": (_put(INCIDENT, "incidents/a\nb.md"), r"incidents/a\nb.md", ["0 error[bad-name] rename the file"]),
    "escape in a name": (_put(INCIDENT, "incidents/\x1b[2J.md"), r"incidents/\x1b[2J.md", ["0 error[bad-name] rename"]),
    "bytes in a name": (_bytes_name, r"incidents/caf\udce9.md", ["0 error[bad-name] rename the file"]),
    "folder with a file's name": (_folder_named_as_file, X, NO_ISSUE),
    "deep folders": (_deep_folders, X, NO_ISSUE),
    "two files of one name": (_copies("a/x.md", "b/x.md"), "incidents/b/x.md", ["1 error[duplicate-id] by incidents/a/x.md"]),
    "two files of one id": (_copies("a.md", "b.md", front="id: q\n"), "incidents/b.md", ["2 error[duplicate-id] `q` is taken"]),
    "a copy with the id": (
        _copies("x copy.md", "x.md", front="id: q\n"), "incidents/x.md", ["2 error[duplicate-id] by incidents/x copy.md"]
    ),
    "ids that differ by case": (_copies("X.md", "x.md"), X, ["1 error[duplicate-id] by incidents/X.md"]),
    "a thousand updates": (_put(INCIDENT + UPDATES * 1000), X, NO_ISSUE),
    "spaces in a heading": (
        _put(INCIDENT + f"## a{' ' * LONG}b\n"), X, ["18 error[unknown-status] `a b` is not known"]
    ),
    "spaces in a link": (_put(INCIDENT + f"[a]({' ' * LONG}b\n"), X, NO_ISSUE),
    "backticks": (_put(INCIDENT + "`" * 10_000 + "a" * LONG), X, NO_ISSUE),
    "runs of backticks": (_put(INCIDENT + " ".join("`" * n for n in range(1, 1300))), X, NO_ISSUE),
    "fences": (_put(INCIDENT + "```x\n" * 150_000), X, NO_ISSUE),
    "open comments": (_put(INCIDENT + "<!--\n" * 150_000), X, NO_ISSUE),
    "open tags": (_put(INCIDENT + "<a " * 300_000), X, NO_ISSUE),
    "open braces": (
        _put(INCIDENT + "## resolved @ 2026-11-03 10:50 " + "{" * LONG), X, ["18 error[bad-attributes] braces"]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GENERATED)
def test_generated(name: str, folder: Path) -> None:
    build, path, expected = GENERATED[name]
    build(folder)
    assert_problems(quick_outcome(folder).problems, path, expected)


def test_a_draft_never_takes_an_id_from_what_is_published(folder: Path) -> None:
    write(folder, "incidents/a.md", INCIDENT.replace("---\n", "---\nid: x\ndraft: true\n", 1))
    write(folder, X, INCIDENT)
    assert_problems(quick_outcome(folder).problems, "incidents/a.md", ["2 warning[duplicate-id] by incidents/x.md"])


def test_one_bad_file_does_not_hide_the_others(folder: Path) -> None:
    write(folder, "incidents/a.md", "no front matter")
    write(folder, X, INCIDENT)
    outcome = quick_outcome(folder)
    assert_problems(outcome.problems, "incidents/a.md", ["1 error[no-front-matter]"])
    assert isinstance(outcome.files[X].entry, Incident)
