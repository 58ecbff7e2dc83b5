"""Half-open spans [start, end) of instants: touching spans do not overlap, and their lengths add up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Span:
    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"a span must end after it starts: {self.start} – {self.end}")


def whole_seconds(length: timedelta) -> int:
    """Instants have no parts of seconds, and what has none needs no arithmetic with them."""
    return length.days * 86_400 + length.seconds


def overlap_seconds(start: datetime, end: datetime, other_start: datetime, other_end: datetime) -> int:
    """Whole seconds that both spans share; 0 where they do not meet."""
    return max(0, whole_seconds(min(end, other_end) - max(start, other_start)))
