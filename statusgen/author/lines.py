"""A file's text by lines that keep their ends: what is not edited stays as it is, to the byte."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from statusgen.parse.text import LINE_END, LINE_ENDS, drop_invisible

LINE = re.compile(f"[^\n{LINE_ENDS}]*(?:\r\n|[\n{LINE_ENDS}]|$)")


@dataclass(frozen=True, slots=True)
class Lines:
    """`lines` with their ends, joined they are the file; a byte order mark is a part of the first one."""

    lines: tuple[str, ...]

    @property
    def end(self) -> str:
        """The line end that the file is written with."""
        ends = Counter(line[len(bare(line)) :] for line in self.lines)
        ends.pop("", None)
        return ends.most_common(1)[0][0] if ends else "\n"

    def insert(self, index: int, block: Sequence[str]) -> Lines:
        """Lines of text before the one at `index`, apart from their neighbours by blank lines."""
        before, after, end = list(self.lines[:index]), list(self.lines[index:]), self.end
        new = [line + end for line in block]
        if before and not before[-1].endswith(("\n", *LINE_ENDS)):
            before[-1] += end
        if before and not is_blank(before[-1]):
            new.insert(0, end)
        if after:
            new.append(end)
        return Lines((*before, *new, *after))

    def substitute(self, number: int, start: int, stop: int, text: str) -> Lines:
        """`text` for the characters [start, stop) of the line `number`, from 0."""
        line = self.lines[number]
        return Lines((*self.lines[:number], line[:start] + text + line[stop:], *self.lines[number + 1 :]))

    def encode(self) -> bytes:
        return "".join(self.lines).encode()


def split_lines(data: bytes) -> Lines:
    """Of a text that the parser has read; as many lines as it counts."""
    return Lines(tuple(line for line in LINE.findall(data.decode()) if line))


def bare(line: str) -> str:
    """Without its end."""
    return LINE_END.sub("", line.removesuffix("\n"))


def is_blank(line: str) -> bool:
    return not drop_invisible(line).strip()
