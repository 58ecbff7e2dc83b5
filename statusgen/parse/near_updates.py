"""What was meant as an update and is only text: people would wait for it in vain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from statusgen.model.states import ChangeStatus, IncidentStatus
from statusgen.parse.fences import text_lines
from statusgen.parse.fields import Fields, value_of
from statusgen.parse.headings import HEADING, find_other_headings, parse_heading
from statusgen.parse.text import drop_hidden
from statusgen.parse.times import DATE

# `resolved @ 2026-11-20 10:20` as a line, in a list or in bold, and nothing behind the time but a zone.
LIST_MARK = re.compile(r"\s*(?:[-*+]\s+|[0-9]+[.)]\s+)?")
BOLD = re.compile(r"([*_]{1,3}(?=\S))(.*?\S)\1(\s*\{.*)?")
ZONE = r"[A-Za-z.]{1,5}|(?:UTC|GMT)?[+-](?:0?\d|1[0-4])(?::?\d{2})?"
WHOLE_TIME = re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}[Tt ]\s*\d{{1,2}}:\d{{2}}(?::\d{{2}})?\s*(?:{ZONE})?", re.ASCII)


def check_near_updates(
    fields: Fields, body: str, first_line: int, statuses: type[IncidentStatus] | type[ChangeStatus]
) -> None:
    """Warns of headings of another level, and of lines of their own, that say a status and a time."""
    if not DATE.search(body):
        return
    lines = body.split("\n")
    # What is found below has a date in its line, in which the signs that are not seen may stand.
    if not any(_may_say_when(line) for line in lines if "-" in line and not line.startswith("## ")):
        return
    others = dict(find_other_headings(lines))
    known = [str(status) for status in statuses]
    for number, text in [*others.items(), *_whole_lines(lines, others)]:
        heading = parse_heading(text, first_line + number)
        wanted = DATE.match if number in others else WHOLE_TIME.fullmatch
        if value_of(heading.status) in known and wanted(heading.time or ""):
            what = "heading" if number in others else "line"
            message, hint = f"this {what} is not read as an update", f"write `## {text}`"
            fields.warn(heading.line, "not-an-update", message, hint)


def _may_say_when(line: str) -> bool:
    """Whether a line has a date and is no update: of those that are, the status would be read as `## resolved`."""
    return not HEADING.match(line) and bool(DATE.search(drop_hidden(line)))


def _whole_lines(lines: list[str], others: dict[int, str]) -> Iterator[tuple[int, str]]:
    """(index, text) of the lines with a date, without the marks of a list and of bold words."""
    for number, line in text_lines(lines):
        if number not in others and len(line) < 200 and DATE.search(line):
            text = LIST_MARK.sub("", line, count=1).strip()
            bold = BOLD.fullmatch(text)
            yield number, f"{bold[2]}{bold[3] or ''}" if bold else text
