"""The body of an issue -> its updates as they stand there, from the top. That there are any is a mere convention."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from statusgen.importers.course import Part
from statusgen.importers.dates import TIME_PATTERN, read_time
from statusgen.importers.feed.times import find_stamp, get_nearest
from statusgen.importers.labels import OPENING, find_status
from statusgen.parse.fences import text_lines

_TRACK = re.compile(r"\s{0,9}\{\{[<%]\s*track\s+[\"'`]?(?P<time>[^\"'`>%]*)[\"'`]?\s*/?[>%]\}\}")
_MARKED = re.compile(
    r"(?:\*{1,3}|_{1,3}|\[|\#{1,6}\s+)\s*(?P<label>[^*_\[\]\n]{2,60}?)\s*[:.]?\s*"
    r"(?:\*{1,3}|_{1,3}|\](?!\()|(?<=\w)(?=:)|$)(?P<rest>.*)"
)
_PLAIN = re.compile(r"(?P<label>[A-Za-z][A-Za-z #\d-]{1,30}?)\s*(?::|\s[-–—])(?=\s|$)(?P<rest>.*)")
_NUMBERED = re.compile(r"#?\d{1,2}\b")
_WORD = re.compile(r"[a-z]+(?=[ ,.;:!?]? |[,.;:!?]?$)")
_GLUE = re.compile(r"^\s*[-–—:]*\s*")
_RULE = re.compile(r" {0,3}(?:-{2,}|\*{3,}|_{3,})\s*|\s{0,3}(?:[-*_]\s+){2,}[-*_]\s*")
_ITEM = re.compile(
    r"\s{0,3}[-*+]\s+[`*_]{0,2}(?P<time>[^`*_]{8,40}?)[`*_]{0,2}\s*(?::|\s[-–—])[`*_]{0,2}\s+(?P<rest>\S.*)"
)
_STAMP = re.compile(rf"(?:{TIME_PATTERN})|(?:[A-Z][a-z]{{2}},?\s+)?[A-Z][a-z]{{2,8}} +\d{{1,2}}\D.*\d:\d\d.*", re.ASCII)

_SECONDS = re.compile(r"(?<=\d:\d\d):(\d\d)")
_LIST_HEAD = re.compile(r"\s*[*_#\s]*Updates?\s*:?\s*[*_]*:?\s*", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    status: str | None
    lines: list[str]
    label: str = ""
    written: str = ""
    at: datetime | None = None
    # The words follow below their label.
    bare: bool = False
    listed: bool = False


def split_body(body: str, near: datetime, zone: tzinfo, notes: list[str]) -> list[Part]:
    """At least one; empty ones are left out but the last. `near` is any time of the issue, for times without a year."""
    parts = [
        part for part in _split(body, near, zone, notes) if part.text.strip() or part.status is not None or part.at
    ]
    return parts or [Part("", None, "", None, "")]


def _split(body: str, near: datetime, zone: tzinfo, notes: list[str]) -> Iterator[Part]:
    lines = body.split("\n")
    outside = {number for number, _ in text_lines(lines)}
    parts = [_Open(None, [])]
    closed = False
    for number, line in enumerate(lines):
        if number not in outside:
            parts[-1].lines.append(line)
            continue
        begins = number == 0 or not lines[number - 1].strip() or bool(_TRACK.search(lines[number - 1]))
        if begins and _RULE.fullmatch(line):
            parts.append(_Open(None, []))
            closed = False
            continue
        label = _find_label(line, begins)
        item = None if label else _find_item(line, near, zone, notes)
        if label:
            words, status, line = label
            parts.append(_Open(status, [], words, bare=not _TRACK.sub("", line).strip()))
        elif item:
            written, at, line = item
            if parts[-1].lines and _LIST_HEAD.fullmatch(next(filter(str.strip, parts[-1].lines[::-1]), "")):
                parts[-1].lines = "\n".join(parts[-1].lines).rstrip().split("\n")[:-1]
            parts.append(_Open("", [], "", written, at, listed=True))
        elif parts[-1].listed:
            line = re.sub("^ {1,2}", "", line)
        elif closed and line.strip():
            parts.append(_Open(None, []))
        if label or item or line.strip():
            closed = False
        for track in _TRACK.finditer(line):
            parts[-1].written = track["time"].strip()
            parts[-1].at, guess = read_time(track["time"], zone)
            notes += [f"guessed: {guess}"] if guess else []
            closed = True
        parts[-1].lines.append(_TRACK.sub("", line))
    _part_original(parts)
    for part in parts:
        yield Part(part.label, part.status, part.written, part.at, "\n".join(part.lines).strip("\n").rstrip())


def _find_label(line: str, begins: bool) -> tuple[str, str, str] | None:
    """(label, status, rest of the line); words without marks are a label only where a paragraph begins."""
    for pattern in (_MARKED, _PLAIN) if begins else (_MARKED,):
        match = pattern.fullmatch(line)
        if match is None:
            continue
        label, date = _NUMBERED.sub("", match["label"]), ""
        if line.lstrip().startswith("#"):
            label, _, date = re.sub(r"\s[-–—]\s", "|", match["label"]).partition("|")
        status = find_status(label)
        if status is not None:
            rest = _GLUE.sub("", match["rest"])
            # Without the `Update:` before it, a sentence begins here.
            rest = rest[:1].upper() + rest[1:] if status == "" and _WORD.match(rest) else rest
            return match["label"], status, f"{date.strip()}: {rest}".removesuffix(": ") if date else rest
    return None


def _find_item(line: str, near: datetime, zone: tzinfo, notes: list[str]) -> tuple[str, datetime, str] | None:
    """(time as it is written, time, rest) of an item of a list that begins with a date and a time."""
    match = _ITEM.fullmatch(line)
    if match is None or not _STAMP.fullmatch(match["time"]) or ":" not in match["time"]:
        return None
    written = match["time"].strip()
    at, guess = read_time(written, zone)
    notes += [f"guessed: {guess}"] if guess else []
    if at is None and (stamp := find_stamp(re.sub(r"^[A-Z][a-z]{2},?\s+(?=[A-Z])|(?<=\d:\d\d):\d\d", "", written))):
        if stamp.zone and not stamp.is_known_zone():
            notes.append(f"guessed: the zone of `{written}` is not known: taken as UTC")
        at, seconds = get_nearest(stamp, near), _SECONDS.search(written)
        at = at and at.replace(second=int(seconds[1]) % 60 if seconds else 0)
    return (written, at, match["rest"]) if at else None


def _part_original(parts: list[_Open]) -> None:
    """Where the newest stands above all, what follows the last update after a blank line is the first post."""
    first = next((part for part in parts if part.status is not None or any(map(str.strip, part.lines))), None)
    last = parts[-1]
    if first is None or first.status is None or last.status is None or last.bare or last.at or last.status in OPENING:
        return
    text = "\n".join(last.lines).strip("\n")
    update, blank, original = text.partition("\n\n")
    if blank and original.strip():
        last.lines = [update]
        parts.append(_Open(None, [original]))
