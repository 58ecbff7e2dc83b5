"""When an issue began and ended, as its front matter and its file name tell: they contradict each other in the wild."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from pathlib import PurePosixPath

from statusgen.importers.course import Part
from statusgen.importers.dates import read_date, read_time
from statusgen.importers.front_matter import FrontMatter, text_of
from statusgen.importers.text import write_time

LONG_FOR = timedelta(days=30)
_CHANGE_FOR = timedelta(hours=1)
_NOTICE_FOR = timedelta(days=14)


def read_times(
    path: str, front: FrontMatter, zone: tzinfo, notes: list[str]
) -> tuple[datetime | None, datetime | None]:
    """(begin, end), each None where none is told; an end before the begin is mended or left out."""
    named = read_date(PurePosixPath(path).stem)
    start = _read(front, "date", zone, notes)
    end = _read(front, "resolvedwhen", zone, notes)
    if start is None and named:
        start = datetime.combine(named, time(), zone).astimezone(UTC)
        notes.append(f"guessed: no date is told, so that of the file's name is taken: {write_time(start)}")
    if start is None or end is None or end >= start:
        return start, end
    stated = f"it ends at {write_time(end)}, before it begins at {write_time(start)}"
    if named:
        day = datetime.combine(named, time(), zone)
        for begin, over in ((_on(start, day), end), (start, _on(end, day))):
            if begin <= over:
                notes.append(
                    f"guessed: {stated}; by its file name it went from {write_time(begin)} to {write_time(over)}"
                )
                return begin, over
    notes.append(f"guessed: {stated}; taken as over at its begin")
    return start, start


def end_of_incident(parts: list[Part], start: datetime, end: datetime | None, notes: list[str]) -> datetime:
    """Of one that is over."""
    if end is not None:
        if end - start > LONG_FOR:
            notes.append(f"it lasted for {(end - start).days} days: is its end right?")
        return end
    last = max((part.at for part in parts if part.at and part.at > start), default=start)
    notes.append(f"guessed: it is over, but not since when: taken as {write_time(last)}")
    return last


def end_of_change(start: datetime, end: datetime | None, notes: list[str]) -> datetime:
    if end is not None and end > start:
        return end
    notes.append("guessed: when the work ends is not told: taken as one hour")
    return start + _CHANGE_FOR


def end_of_notice(start: datetime, end: datetime | None, pinned: bool, notes: list[str]) -> datetime | None:
    """When it leaves the first page; its own page stays."""
    if end is not None and end > start:
        return end
    if pinned:
        return None
    notes.append(f"guessed: it is on the first page for {_NOTICE_FOR.days} days")
    return start + _NOTICE_FOR


def _read(front: FrontMatter, key: str, zone: tzinfo, notes: list[str]) -> datetime | None:
    text = text_of(front.fields.get(key))
    at, guess = read_time(text, zone)
    if guess:
        notes.append(f"guessed: {guess}")
    if text and at is None:
        notes.append(f"guessed: `{key}: {text}` is no time")
    return at


def _on(at: datetime, day: datetime) -> datetime:
    """The same time of day on another day."""
    wall = at.astimezone(day.tzinfo)
    return datetime.combine(day.date(), wall.timetz()).astimezone(UTC)
