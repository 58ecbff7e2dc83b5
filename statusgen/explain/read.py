"""The pages, beside this file: a heading, paragraphs, and examples in fences that say `bad PATH` or `good PATH`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PAGES = Path(__file__).parent / "pages"
EXAMPLE = re.compile(r"^```(bad|good) (.+)\n((?:(?!```$).*\n)*?)```$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """A file of a content folder. Files of site.yaml may have only the keys that matter."""

    is_good: bool
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    code: str
    summary: str
    text: str
    examples: tuple[Example, ...]


def read_explanations() -> dict[str, Explanation]:
    """By code, in the order of the alphabet."""
    return {
        path.stem: _parse(path.stem, path.read_text("utf-8"))
        for path in sorted(PAGES.glob("*.md"), key=lambda path: path.stem)
    }


def _parse(code: str, page: str) -> Explanation:
    heading, _, rest = page.partition("\n")
    examples = tuple(Example(kind == "good", path, text) for kind, path, text in EXAMPLE.findall(rest))
    return Explanation(code, heading.removeprefix("# "), EXAMPLE.sub("", rest).strip(), examples)
