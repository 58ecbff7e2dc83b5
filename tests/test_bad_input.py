"""The table of bad input: each file in `bad_input/` gives the problems that its `.expected` names, or is handled.

A case is `NAME.md` (or `.yaml`), the file as it lies in the content, and `NAME.expected`: in its first line the path
inside the content folder; then problems, one a line, as `LINE severity[code] words`, where `…` stands for any text
between words; then, where the site is built, one of `ok` (the file is published), `draft` and `ignored`. Below `ok`,
lines of `field: value` say what its entry has, and lines of `page: words` what its page shows.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from bad_content import Outcome, assert_problems, build, describe, make_folder, write
from safe_html import Page, find_unsafe

CASES = Path(__file__).parent / "bad_input"
NAMES = sorted(path.stem for path in CASES.glob("*.expected"))
ENDS = ("ok", "draft", "ignored")


def test_the_table_is_whole() -> None:
    drops = sorted(path.stem for path in CASES.iterdir() if path.suffix in (".md", ".yaml"))
    assert drops == NAMES
    assert len(NAMES) >= 60


@pytest.mark.parametrize("name", NAMES)
def test_drop_in(name: str, tmp_path: Path) -> None:
    path, *expected = (CASES / f"{name}.expected").read_text("utf-8").rstrip("\n").split("\n")
    (drop,) = (file for file in CASES.glob(f"{name}.*") if file.stem == name and file.suffix != ".expected")
    folder = make_folder(tmp_path)
    write(folder, path, drop.read_bytes())
    outcome = build(folder)
    end = next((number for number, line in enumerate(expected) if line in ENDS), len(expected))
    assert_problems(outcome.problems, path, expected[:end])
    assert (outcome.content is not None) == (end < len(expected)), "\n".join(map(str, outcome.problems))
    if outcome.content is None:
        return
    assert find_unsafe(outcome.output) == []
    if path == "site.yaml":
        assert_fields(describe(outcome.content.site), expected[end + 1 :])
    elif expected[end] == "ok":
        assert_published(outcome, path, expected[end + 1 :])
    else:
        assert outcome.find_entry(path) is None
        assert not [page for page in outcome.output.rglob("*") if Path(path).stem in page.parts]


def assert_published(outcome: Outcome, path: str, lines: list[str]) -> None:
    entry = outcome.find_entry(path)
    assert entry
    page = Page(outcome.page_of(entry).read_text("utf-8"))
    assert entry.title in page.text
    for words in (line.removeprefix("page: ") for line in lines if line.startswith("page: ")):
        assert words in page.text, page.text
    assert_fields(describe(entry), [line for line in lines if not line.startswith("page: ")])


def assert_fields(found: dict[str, str], lines: list[str]) -> None:
    expected = dict(line.rstrip().partition(":")[::2] for line in lines)
    assert {name: found[name] for name in expected} == {name: value.strip() for name, value in expected.items()}
