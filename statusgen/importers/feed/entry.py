"""One feed entry -> an incident or a change with its updates. Pure; what had to be guessed is told in notes."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from statusgen.importers.entries import Entry, Update
from statusgen.importers.feed.components import take_components
from statusgen.importers.feed.html import to_markdown, to_text
from statusgen.importers.feed.read import RawEntry
from statusgen.importers.feed.times import find_stamp, find_window, get_after, get_before, get_nearest

_INCIDENT = {
    "investigating": "investigating", "identified": "identified", "monitoring": "monitoring", "resolved": "resolved",
    "postmortem": "resolved", "post-mortem": "resolved", "active": "investigating",
}  # fmt: skip
_CHANGE = {
    "scheduled": "scheduled", "maintenance scheduled": "scheduled", "in progress": "in_progress",
    "maintenance in progress": "in_progress", "verifying": "verifying", "completed": "completed",
    "maintenance complete": "completed", "cancelled": "cancelled", "canceled": "cancelled",
}  # fmt: skip
_AS_CHANGE = {
    "investigating": "in_progress", "identified": "in_progress", "monitoring": "verifying", "resolved": "completed",
    "postmortem": "completed", "post-mortem": "completed", "active": "in_progress",
}  # fmt: skip
_OVER = {"resolved", "completed", "cancelled"}
_UPDATE = re.compile(
    r"<p[^>]*>\s*<small>(?P<time>.*?)</small>\s*<br\s*/?>\s*<strong>(?P<label>[^<]*)</strong>\s*(?:[-–—](?=\s|<))?",
    re.IGNORECASE | re.DOTALL,
)
_STATUS = re.compile(
    r"(?:<p[^>]*>\s*)?<(?P<tag>b|strong|h[1-6])>\s*(?:Status:\s*)(?P<label>[^<]*?)\s*</(?P=tag)>", re.IGNORECASE
)
_SCHEDULED = re.compile(
    r"(?:<p[^>]*>)?\s*(?:<(?:strong|b)>)?\s*THIS IS A SCHEDULED EVENT(?P<window>.*?)(?:</p>|<br|(?=<p)|\Z)", re.DOTALL
)
# Long runs mean no more than short ones, and the patterns here would take minutes for them.
_SPACES = re.compile(r"[ \t\r\n\f\v]{2,}")
_LONG_SILENCE = timedelta(days=270)
_A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Part:
    """An update as it stands in the feed; without a time in its text, `time` is ""."""

    time: str
    label: str
    html: str


def parse_entry(raw: RawEntry) -> tuple[Entry | None, tuple[str, ...]]:
    """(entry, notes); None, and a note that says why, if the entry has no time at all."""
    notes: list[str] = []
    html, components = take_components(_SPACES.sub(_fewer, raw.html))
    window = _SCHEDULED.search(html) if "THIS IS A SCHEDULED EVENT" in html else None
    if window:
        html = html[: window.start()] + html[window.end() :]
    parts = _split(html)
    labels = {part.label for part in parts}
    kind: Literal["incident", "change"] = "change" if window or labels & _CHANGE.keys() else "incident"
    times = _times(parts, raw.published_at, notes)
    if not times:
        return None, ("left out: it has no time", *notes)
    if "<img" in html.lower():
        notes.append("a picture was left out")
    statuses = _statuses(parts, kind, notes)
    newest_first = zip(parts, times, statuses, strict=True)
    updates = [Update(status, at, to_markdown(part.html, raw.link)) for part, at, status in newest_first]
    updates.reverse()
    # Times are whole minutes: what was written up afterwards in one of them is over, in whatever order it stands.
    updates.sort(key=lambda update: (update.at, update.status in _OVER))
    starts_at, ends_at = _span(updates, window["window"] if window else "", notes) if kind == "change" else (None, None)
    components = tuple((name, None if state == "operational" else state) for name, state in components)
    if not raw.title:
        notes.append("it has no title")
    title = raw.title or "Untitled"
    return Entry(raw.feed_id, raw.slug_id, title, kind, tuple(updates), components, starts_at, ends_at), tuple(notes)


def _fewer(spaces: re.Match[str]) -> str:
    return "\n" * min(2, spaces[0].count("\n")) or " "


def _split(html: str) -> list[_Part]:
    """The updates, newest first as in the feed; the whole text is one update if it has no such parts."""
    marks = list(_UPDATE.finditer(html))
    if not marks:
        status = _STATUS.search(html)
        return [_Part("", _label(status["label"]) if status else "", _STATUS.sub("", html, count=1))]
    ends = [mark.start() for mark in marks[1:]] + [len(html)]
    return [
        _Part(to_text(mark["time"]), _label(mark["label"]), html[mark.end() : end])
        for mark, end in zip(marks, ends, strict=True)
    ]


def _label(text: str) -> str:
    return " ".join(to_text(text).lower().replace("_", " ").split())


def _times(parts: list[_Part], published_at: datetime | None, notes: list[str]) -> list[datetime]:
    """The time of each part; [] if none can be known."""
    out: list[datetime] = []
    for part in parts:
        stamp = find_stamp(part.time)
        at: datetime | None = None
        if stamp is not None and not stamp.is_known_zone():
            notes.append(f"the zone of {part.time!r} is unknown: taken as UTC")
        if stamp is not None and out:
            at = get_before(stamp, out[-1])
        elif stamp is not None and (published_at is not None or stamp.year):
            at = get_nearest(stamp, published_at) if published_at else stamp.at_year(stamp.year or 0)
        if at is None:
            at = out[-1] if out else published_at
            if at is None:
                return []
            if part.time:
                notes.append(f"the time {part.time!r} is not understood: taken as {at:%Y-%m-%d %H:%M} UTC")
        if out and out[-1] - at > _LONG_SILENCE:
            notes.append(f"the year of {part.time!r} is a guess: {at.year}, because the next update is {out[-1]:%b %d}")
        out.append(at)
    return out


def _statuses(parts: list[_Part], kind: Literal["incident", "change"], notes: list[str]) -> list[str]:
    """A status for each part, newest first. "Update" repeats the one before it, which stands after it in the feed."""
    known = _INCIDENT if kind == "incident" else _AS_CHANGE | _CHANGE
    current = "investigating" if kind == "incident" else "scheduled"
    out: list[str] = []
    for part in reversed(parts):
        if part.label not in known and part.label != "update":
            if not part.label and kind == "incident":
                current = "resolved"
            notes.append(f"the status {part.label!r} is unknown: taken as {current}")
        current = known.get(part.label, current)
        out.append(current)
    return out[::-1]


def _span(updates: list[Update], stated: str, notes: list[str]) -> tuple[datetime, datetime]:
    """When a change starts and ends: as stated, else as its updates tell."""
    started = [update.at for update in updates if update.status == "in_progress"]
    ended = [update.at for update in updates if update.status == "completed"]
    starts_at = started[0] if started else updates[0].at
    ends_at = ended[-1] if ended else starts_at
    window = find_window(to_text(stated))
    if window is not None:
        near = started[0] if started else updates[0].at
        start = get_nearest(window[0], near)
        # Work is announced before it begins, if need be by more than half a year.
        if start is not None and not started and start < near - timedelta(days=31):
            start = get_after(window[0], near)
        end = get_nearest(window[1], start) if start else None
        if start and end:
            past_midnight = end <= start and (window[0].month, window[0].day) == (window[1].month, window[1].day)
            starts_at, ends_at = start, end + timedelta(days=past_midnight)
    elif stated:
        notes.append("the times of the scheduled event are not understood: taken from its updates")
    if ends_at <= starts_at:
        notes.append("its end is not known or not after its start: set to one minute after it")
        ends_at = starts_at + _A_MINUTE
    return starts_at, ends_at
