"""One file of a Statusfy site -> an entry."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from difflib import get_close_matches
from pathlib import PurePosixPath

from statusgen.importers.course import Part, date_parts, make_change_updates, make_incident_updates
from statusgen.importers.dates import read_date, read_time
from statusgen.importers.entries import Entry
from statusgen.importers.front_matter import FrontMatter, decode, flag_of, read_front_matter, text_of, texts_of
from statusgen.importers.labels import find_status
from statusgen.importers.markdown import tidy

SEVERITIES = {
    "under-maintenance": "under_maintenance",
    "degraded-performance": "degraded_performance",
    "partial-outage": "partial_outage",
    "major-outage": "major_outage",
}
_USED = frozenset(
    [
        *("id", "title", "description", "date", "severity", "affectedsystems", "resolved", "scheduled", "duration"),
        *("modified", "draft"),
    ]
)
_IMPACTS = {"degraded_performance": "minor", "partial_outage": "major", "major_outage": "critical"}
_BEGIN = re.compile(r"\s{0,3}:{3,}\s*update\b(?P<title>[^|]*)(?:\|(?P<time>.*))?", re.IGNORECASE)
_END = re.compile(r"\s{0,3}:{3,}\s*")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def read_incident(path: str, data: bytes, name_of: Callable[[str], str], url: str) -> tuple[Entry | None, list[str]]:
    """(entry, notes) of a file by its path in the content folder; None, and why, where it can be none."""
    text, guess = decode(data)
    front = read_front_matter(text)
    notes = [f"guessed: {note}" for note in (guess, *front.notes) if note]
    start = _time(front, "date", notes)
    named = read_date(PurePosixPath(path).stem)
    if start is None and named:
        start = datetime.combine(named, time(), UTC)
        notes.append("guessed: no date is told, so that of the file's name is taken")
    if start is None:
        return None, ["no date can be read, and none is in its name"]
    severity = _severity(text_of(front.fields.get("severity")), notes)
    intro, parts = split_updates(front.body, notes)
    description = text_of(front.fields.get("description"))
    if description and description not in " ".join(intro.split()):
        intro = f"{description}\n\n{intro}".strip()
    if not parts:
        intro, parts = "", [Part("", None, "", start, intro)]
    common = _common(path, front, url, severity == "under_maintenance" or bool(_scheduled(front)), notes)
    names = [name_of(key) for key in texts_of(front.fields.get("affectedsystems"))]
    resolved = flag_of(front.fields.get("resolved"))
    if common.kind == "change":
        return _as_change(common, front, start, parts, intro, names, resolved, severity, notes), notes
    over = _end(parts, start, _time(front, "modified", []), notes) if resolved else None
    entry = Entry(
        common.feed_id,
        common.slug_id,
        common.title,
        "incident",
        make_incident_updates(date_parts(parts, start, over, notes), start, over, notes),
        tuple((name, severity) for name in names),
        start,
        key=common.key,
        body=intro,
        aliases=common.aliases,
        impact="" if names else _IMPACTS.get(severity, ""),
        draft=common.draft,
    )
    return entry, notes


def split_updates(body: str, notes: list[str]) -> tuple[str, list[Part]]:
    """(text outside of updates, updates by their times)."""
    body, more = tidy(body)
    notes += more
    intro: list[str] = []
    found: list[tuple[str, str, list[str]]] = []
    lines = intro
    for line in body.split("\n"):
        begin = _BEGIN.fullmatch(line)
        if begin:
            lines = []
            found.append((" ".join(begin["title"].split()), (begin["time"] or "").strip(), lines))
        elif lines is not intro and _END.fullmatch(line):
            lines = intro
        else:
            lines.append(line)
    parts = []
    for title, written, text in found:
        at, guess = read_time(written, UTC)
        notes += [f"guessed: {guess}"] if guess else []
        status = find_status(title)
        if status is None and title:
            notes.append(f"guessed: `{title}` is no status: it stands in the text of the update")
        parts.append(Part(title, status, written, at, "\n".join(text).strip("\n")))
    latest = datetime.max.replace(tzinfo=UTC)
    parts.sort(key=lambda part: part.at or latest)
    return "\n".join(intro).strip("\n"), parts


def _common(path: str, front: FrontMatter, url: str, is_change: bool, notes: list[str]) -> Entry:
    fields = front.fields
    title = text_of(fields.get("title"))
    if not title:
        title = PurePosixPath(path).stem
        notes.append("guessed: it has no title, so its file name is taken")
    old_id = text_of(fields.get("id"))
    known = bool(_ID.fullmatch(old_id))
    if not known:
        notes.append("left out: its address, which was made of its file name, because no `id` is told")
    unused = [key for key in fields if key not in _USED]
    notes += [f"left out: {', '.join(unused)}"] if unused else []
    return Entry(
        feed_id=f"{url}/incidents/{old_id}" if url and known else "",
        slug_id=old_id if known else "",
        title=title,
        kind="change" if is_change else "incident",
        key=f"statusfy:{path}",
        aliases=(f"/incidents/{old_id}/",) if known and is_change else (),
        draft=flag_of(fields.get("draft")),
    )


def _as_change(
    common: Entry,
    front: FrontMatter,
    date: datetime,
    parts: list[Part],
    intro: str,
    names: list[str],
    resolved: bool,
    severity: str,
    notes: list[str],
) -> Entry:
    start, minutes = _time(front, "scheduled", notes) or date, text_of(front.fields.get("duration"))
    last = max((part.at for part in parts if part.at), default=start)
    if re.fullmatch(r"\d{1,6}(?:\.\d+)?", minutes) and float(minutes) > 0:
        end = start + timedelta(seconds=round(float(minutes) * 60))
    elif resolved and last > start:
        end = last
        notes.append("guessed: how long it takes is not told: taken as over at its last update")
    else:
        end = start + timedelta(hours=1)
        notes.append("guessed: how long it takes is not told: taken as one hour")
    if not intro and parts[0].status is None and parts[0].at == date:
        intro, parts = parts[0].text, parts[1:]
    if date < start:
        # It was announced then.
        intro, parts = "", [Part("", "scheduled", "", date, intro), *parts]
    updates = make_change_updates(date_parts(parts, min(start, date), end, notes), start, end)
    state = severity if severity != "under_maintenance" else None
    return Entry(
        common.feed_id,
        common.slug_id,
        common.title,
        "change",
        updates,
        tuple((name, state) for name in names),
        start,
        end,
        key=common.key,
        body=intro,
        aliases=common.aliases,
        draft=common.draft,
    )


def _end(parts: list[Part], start: datetime, modified: datetime | None, notes: list[str]) -> datetime:
    resolved = [part.at for part in parts if part.at and part.status == "resolved"]
    if resolved:
        # What comes after it are more words, if nothing is said to go on.
        last_open = max((part.at for part in parts if part.at and part.status not in ("resolved", "")), default=start)
        return min((at for at in resolved if at >= last_open), default=max(resolved))
    last = max((part.at for part in parts if part.at), default=start)
    over = max(modified or last, last, start)
    notes.append(f"guessed: no update says that it is over: taken as {over:%Y-%m-%d %H:%M} UTC")
    return over


def _scheduled(front: FrontMatter) -> str:
    return text_of(front.fields.get("scheduled"))


def _severity(text: str, notes: list[str]) -> str:
    word = text.casefold().replace("_", "-").replace(" ", "-")
    near = get_close_matches(word, SEVERITIES, n=1, cutoff=0.6)
    found = near[0] if near else "degraded-performance"
    if found != text:
        notes.append(f"guessed: the severity `{text}` is taken as `{found}`")
    return SEVERITIES[found]


def _time(front: FrontMatter, key: str, notes: list[str]) -> datetime | None:
    written = text_of(front.fields.get(key))
    at, guess = read_time(written, UTC)
    if guess or (written and at is None):
        notes.append(f"guessed: {guess or f'`{key}: {written}` is no time'}")
    return at
