"""Bad input that is too large, too deep or too strange to lie in `bad_input/`."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from bad_content import INCIDENT, UPDATES, assert_problems, build, make_folder, write
from safe_html import find_unsafe

X = "incidents/x.md"
LONG = 900_000


def _front(text: str) -> str:
    return f"---\ntitle: Errors\n{text}\n---\n\n{UPDATES}"


def _put(data: str | bytes, path: str = X) -> Callable[[Path], None]:
    return lambda folder: write(folder, path, data)


def _repeat(rule: str) -> Callable[[Path], None]:
    front = f"---\ntitle: Work\nstarts: 2026-12-03 22:00\nduration: 1h\nrepeat: {rule}\n---\n"
    return _put(f"{front}## scheduled @ 2026-11-01 09:00\n", "changes/x.md")


def _bomb() -> str:
    levels = "\n".join(f"{name}: &{name} [{', '.join([f'*{last}'] * 9)}]" for last, name in pairwise("abcdefghi"))
    return f"a: &a [lol, lol, lol]\n{levels}"


def _link_out(folder: Path) -> None:
    (folder / X).symlink_to("/etc/passwd")


def _link_to_folder(folder: Path) -> None:
    (folder / "incidents/loop").symlink_to(folder)


def _link_to_nothing(folder: Path) -> None:
    (folder / X).symlink_to("nothing")


def _linked_site(folder: Path) -> None:
    (folder / "site.yaml").rename(folder.parent / "site.yaml")
    (folder / "site.yaml").symlink_to("../site.yaml")


def _fifo(folder: Path) -> None:
    os.mkfifo(folder / X)


def _bytes_name(folder: Path) -> None:
    (folder / os.fsdecode(b"incidents/caf\xe9.md")).write_text(INCIDENT)


def _copies(*names: str, front: str = "") -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        for name in names:
            write(folder, f"incidents/{name}", INCIDENT.replace("---\n", f"---\n{front}", 1))

    return make


# How the folder is made, the path of the problems, and what is expected.
REFUSED: dict[str, tuple[Callable[[Path], None], str, list[str]]] = {
    "ten megabytes": (_put("x" * 10_000_000), X, ["0 error[too-large] more than 1 MB"]),
    "ten megabytes of site": (_put("x" * 10_000_000, "site.yaml"), "site.yaml", ["0 error[too-large] more than 1 MB"]),
    "alias bomb": (_put(_front(_bomb())), X, ["3 error[yaml-alias] anchors and aliases are not read"]),
    "deep brackets": (_put(_front("id: " + "[" * 100_000)), X, ["3 error[yaml] nested too deeply"]),
    "deep braces": (_put(_front("id: " + "{a: " * 100_000)), X, ["3 error[yaml] nested too deeply"]),
    "deep keys": (_put(_front("? " * 100_000)), X, ["3 error[yaml] nested too deeply"]),
    "deep lists": (_put(_front("id:\n" + "- " * 100_000)), X, ["4 error[yaml] nested too deeply"]),
    "deep site": (_put("[" * 100_000, "site.yaml"), "site.yaml", ["1 error[yaml] nested too deeply"]),
    "link out of the folder": (_link_out, X, ["0 error[symlink] links are not followed"]),
    "link to a folder": (_link_to_folder, "incidents/loop", ["0 error[symlink] links are not followed"]),
    "link to nothing": (_link_to_nothing, X, ["0 error[symlink] links are not followed"]),
    "linked site": (_linked_site, "site.yaml", ["0 error[missing-file] init DIR", "0 error[symlink] not followed"]),
    "fifo": (_fifo, X, ["0 error[not-content] not a file that can be read"]),
    "a word of a megabyte": (_put(_front(f"impact: {'x' * LONG}")), X, ["3 error[bad-impact] `xxx…xxx` is not known"]),
    "a state of many lines": (
        _put(_front("impact: |\n" + "  very\n" * 9)), X, ["3 error[bad-impact] `very very very … very` is not known"]
    ),
    "newline in a name": (_put(INCIDENT, "incidents/a\nb.md"), r"incidents/a\nb.md", ["0 error[bad-name] rename"]),
    "escape in a name": (_put(INCIDENT, "incidents/\x1b[2J.md"), r"incidents/\x1b[2J.md", ["0 error[bad-name] rename"]),
    "bytes in a name": (_bytes_name, r"incidents/caf\udce9.md", ["0 error[bad-name] rename the file"]),
    "two files of one name": (
        _copies("a/x.md", "b/x.md"), "incidents/b/x.md", ["1 error[duplicate-id] by incidents/a/x.md"]
    ),
    "two files of one id": (
        _copies("a.md", "b.md", front="id: q\n"), "incidents/b.md", ["2 error[duplicate-id] `q` is taken"]
    ),
    "a copy with the id": (
        _copies("x copy.md", "x.md", front="id: q\n"), X, ["2 error[duplicate-id] by incidents/x copy.md"]
    ),
    "ids that differ by case": (_copies("X.md", "x.md"), X, ["1 error[duplicate-id] by incidents/X.md"]),
    "a copy for a translation": (
        _copies("x.md", "x.id.md"), "incidents/x.id.md", [
            "3 error[translation-fact] `components` is a fact", "5 error[translation-fact] what incidents/x.md says"
        ]
    ),
    "a translation to no language": (
        _copies("x.md", "x.db.md"), "incidents/x.db.md", ["0 error[unknown-language] `db` is not a language"]
    ),
    "a translation to a region": (
        _copies("x.md", "x.zh-CN.md"), "incidents/x.zh-CN.md", ["0 error[unknown-language] did you mean `x.zh-Hans.md`"]
    ),
    "a translation in another case": (
        _copies("x.md", "x.pt-br.md"), "incidents/x.pt-br.md", ["0 error[unknown-language] did you mean `x.pt-BR.md`"]
    ),
    "a translation in capital letters": (
        _copies("x.md", "x.ID.md"), "incidents/x.ID.md", ["0 error[unknown-language] did you mean `x.id.md`"]
    ),
    "a translation with the name of its language": (
        _copies("x.md", "x.german.md"), "incidents/x.german.md", [
            "0 error[unknown-language] to German … did you mean `x.de.md`"
        ]
    ),
    "a translation with the language in front": (
        _copies("2026/x.md", "2026/de.x.md"), "incidents/2026/de.x.md", [
            "0 error[unknown-language] did you mean `x.de.md`"
        ]
    ),
    "a folder of translations": (
        _copies("2026-x.md", "de/2026-x.md"), "incidents/de/2026-x.md", [
            "1 error[duplicate-id] by incidents/2026-x.md … translations lie beside their original, as NAME.de.md"
        ]
    ),
    "a translated site of a region": (
        _put("name: A", "site.de_AT.yml"), "site.de_AT.yml", ["0 error[wrong-extension] rename it to site.de.yaml"]
    ),
    "a translated site to no language": (
        _put("name: A", "site.zh.yaml"), "site.zh.yaml", ["0 error[unknown-language] did you mean `site.zh-Hans.yaml`"]
    ),
    "a translated site of another name": (
        _put("name: A", "site.id.yml"), "site.id.yml", ["0 error[wrong-extension] rename it to site.id.yaml"]
    ),
    "spaces in a heading": (_put(INCIDENT + f"## a{' ' * LONG}b\n"), X, ["15 error[unknown-status] `a b` is not"]),
    "open braces": (
        _put(INCIDENT + "## resolved @ 2026-11-03 10:50 " + "{" * LONG), X, ["15 error[bad-attributes] braces"]
    ),
    "open comments": (
        _put(INCIDENT + "<!--\n" * 150_000), X, ["13 warning[too-much-markup]", "15 error[comment-unclosed] no end"]
    ),
    "spans and comments": (_put(INCIDENT + "` `` <!-- --> " * 60_000 + "<!--"), X, [
        "13 warning[too-much-markup]", "15 error[comment-unclosed] no end"
    ]),
    "marks of a conflict": (_put(INCIDENT + "<<<<<<< a\n=======\n" * 50_000 + ">>>>>>> b\n"), X, [
        "100013 error[merge-conflict] (lines 100013–100015)"
    ]),
    # Each of these would be looked for until the year 9999.
    "no such position": (_repeat("FREQ=DAILY;BYSETPOS=2"), "changes/x.md", ["5 error[bad-repeat] not a rule"]),
    "no such day of year": (_repeat("FREQ=DAILY;BYYEARDAY=366;BYMONTH=1"), "changes/x.md", ["5 error[bad-repeat]"]),
}  # fmt: skip
AS_WRITTEN = ["13 warning[too-much-markup] shown as it was written … shorten it"]
PUBLISHED: dict[str, tuple[Callable[[Path], None], str, list[str]]] = {
    "just small enough": (_put((INCIDENT + "x\n" * LONG)[:1_000_000]), X, AS_WRITTEN),
    "spaces in a link": (_put(INCIDENT + f"[a]({' ' * LONG}b\n"), X, AS_WRITTEN),
    "backticks": (_put(INCIDENT + "`" * 10_000 + "a" * LONG), X, AS_WRITTEN),
    "runs of backticks": (_put(INCIDENT + " ".join("`" * n for n in range(1, 1300))), X, AS_WRITTEN),
    "fences": (_put(INCIDENT + "```x\n" * 150_000), X, AS_WRITTEN),
    "many comments": (_put(INCIDENT + "a <!--\n\n--> `b\n" * 50_000), X, ["13 warning[too-much-markup]"]),
    "open tags": (_put(INCIDENT + "<a " * 300_000), X, AS_WRITTEN),
    "scripts": (_put(INCIDENT + "<script>alert(1)</script>\n" * 10_000), X, AS_WRITTEN),
    "many headings": (_put(INCIDENT + "# a\n" * 10_000), X, AS_WRITTEN),
    "deep quotes": (_put(INCIDENT + "> " * 45_000), X, []),
    "deep brackets": (_put(INCIDENT + "[" * 1900), X, []),
    "backslashes": (_put(INCIDENT + "\\" * 1900), X, []),
    "a thousand updates": (_put(INCIDENT + UPDATES * 1000), X, []),
    "a dot in a name": (_copies("x.v2.md", "x.md", "y.de.md"), X, []),
    "folder with a file's name": (_put(INCIDENT, "incidents/folder.md/x.md"), X, []),
    "rare day": (
        _repeat("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO"),
        "changes/x.md",
        ["5 warning[repeat-start] on Monday, 2044"],
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, tmp_path: Path) -> None:
    make, path, expected = REFUSED[name]
    folder = make_folder(tmp_path)
    make(folder)
    assert_problems(build(folder).problems, path, expected)


@pytest.mark.parametrize("name", PUBLISHED)
def test_published(name: str, tmp_path: Path) -> None:
    make, path, expected = PUBLISHED[name]
    folder = make_folder(tmp_path)
    make(folder)
    outcome = build(folder)
    assert_problems(outcome.problems, path, expected)
    assert list(outcome.output.glob("*/x/index.html"))
    assert find_unsafe(outcome.output) == []


def test_folders_deeper_than_calls_can_nest(tmp_path: Path) -> None:
    folder = deep = make_folder(tmp_path)
    deep /= "incidents"
    for _ in range(1200):
        deep /= "a"
        deep.mkdir()
    (deep / "x.md").write_text(INCIDENT)
    try:
        outcome = build(folder)
        assert outcome.problems == ()
        assert (outcome.output / "incidents/x/index.html").is_file()
    finally:
        # By hand, because what empties temporary folders calls itself once a level.
        (deep / "x.md").unlink()
        while deep != folder / "incidents":
            deep.rmdir()
            deep = deep.parent


def test_a_site_of_another_extension_is_to_be_renamed(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    (folder / "site.yaml").rename(folder / "site.yml")
    assert [(problem.path, problem.hint) for problem in build(folder).problems] == [
        ("site.yaml", "rename site.yml to it"),
        ("site.yml", "rename it to site.yaml"),
    ]


def test_a_draft_never_takes_an_id_from_what_is_published(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    write(folder, "incidents/a.md", INCIDENT.replace("---\n", "---\nid: x\ndraft: true\n", 1))
    write(folder, X, INCIDENT)
    outcome = build(folder)
    assert_problems(outcome.problems, "incidents/a.md", ["2 warning[duplicate-id] by incidents/x.md"])
    assert outcome.find_entry(X)


def test_a_report_on_an_incident_with_an_error_is_no_second_problem(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    write(folder, X, INCIDENT.replace("minor", "huge"))
    write(folder, "problems/p.md", "---\ntitle: Cause\nincidents: [x, y]\n---\n\nText\n")
    assert [(problem.path, problem.line, problem.code) for problem in build(folder).problems] == [
        (X, 5, "bad-impact"),
        ("problems/p.md", 3, "unknown-incident"),
    ]


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    write(folder, "incidents/a.md", "no front matter")
    write(folder, "incidents/b.md", INCIDENT.replace("minor", "huge").replace("api", "apy"))
    write(folder, "site.yaml", "name: Acme\ncolour: blue\nurl: https://status.acme.example/\n")
    assert [(problem.path, problem.line, problem.code) for problem in build(folder).problems] == [
        ("incidents/a.md", 1, "no-front-matter"),
        ("incidents/b.md", 5, "bad-impact"),
        ("site.yaml", 2, "unknown-key"),
    ]
