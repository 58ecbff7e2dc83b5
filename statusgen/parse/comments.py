"""HTML comments, which are notes of the author and never published: they are taken out before anything is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from statusgen.parse.fences import closed_fences, closes
from statusgen.problems import Problem

MARKS = re.compile("(`+|<!--|-->)")
HEADING = re.compile(" {0,3}#{1,6}(?!#)")


@dataclass(frozen=True, slots=True)
class _Cut:
    """A paragraph without its comments; `open_line` is the line in it of one that it does not close, else -1."""

    text: str
    open_line: int = -1


def drop_comments(text: str) -> tuple[str, int | None]:
    """The text without comments, in as many lines; and the line from 0 of one that is never closed.

    Fenced code and code spans keep theirs. What is never closed stays, and what follows too: else it would hide
    updates."""
    if "<!--" not in text:
        return text, None
    lines = text.split("\n")
    fences = closed_fences(lines)
    kept: list[str] = []
    number = 0
    while number < len(lines):
        end = _part_end(lines, fences, number)
        if number in fences:
            kept += lines[number:end]
            number = end
            continue
        cut = _cut_paragraph("\n".join(lines[number:end]))
        if cut.open_line < 0:
            kept += cut.text.split("\n")
            number = end
            continue
        close = next((later for later in range(end, len(lines)) if "-->" in lines[later]), None)
        if close is None:
            return "\n".join(kept + lines[number:]), number + cut.open_line
        # The rest of the line begins a paragraph of its own, but the words before the comment stay where they are.
        before = cut.text.split("\n")
        kept += before + [""] * (close - number - len(before))
        lines[close] = lines[close].partition("-->")[2]
        fences.pop(close, None)
        number = close
    return "\n".join(kept), None


def check_comments(path: str, text: str, first_line: int) -> tuple[str, list[Problem]]:
    """The text without comments, and what is wrong with one."""
    rest, unclosed = drop_comments(text)
    if unclosed is None:
        return rest, []
    return rest, [Problem(path, first_line + unclosed, "comment-unclosed", "this comment has no end",
                          "close it with `-->`, or put backticks around `<!--` to show it")]  # fmt: skip


def _part_end(lines: list[str], fences: dict[int, str], number: int) -> int:
    """The line behind the fenced code or the paragraph that begins here; blank lines and headings stand alone."""
    end = number + 1
    if number in fences:
        while not closes(lines[end], fences[number]):
            end += 1
        return end + 1
    if _stands_alone(lines[number]):
        return end
    while end < len(lines) and end not in fences and not _stands_alone(lines[end]):
        end += 1
    return end


def _stands_alone(line: str) -> bool:
    return not line.strip() or bool(HEADING.match(line))


def _cut_paragraph(text: str) -> _Cut:
    parts = MARKS.split(text)
    last = {part: number for number, part in enumerate(parts)}
    kept: list[str] = []
    number = 0
    while number < len(parts):
        part, end = parts[number], number
        if number % 2 and part[0] == "`" and last[part] > number:
            end = parts.index(part, number + 1)
            kept += parts[number : end + 1]
        elif part == "<!--" and last.get("-->", 0) > number:
            end = parts.index("-->", number + 1)
            kept.append("\n" * "".join(parts[number:end]).count("\n"))
        elif part == "<!--":
            return _Cut("".join(kept), "".join(parts[:number]).count("\n"))
        else:
            kept.append(part)
        number = end + 1
    return _Cut("".join(kept))
