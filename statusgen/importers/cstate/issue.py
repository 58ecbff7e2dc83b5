"""One file of content/issues -> an entry."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import PurePosixPath

from statusgen.importers.course import Part, date_parts, make_change_updates, make_incident_updates, order_parts
from statusgen.importers.cstate.addresses import old_addresses
from statusgen.importers.cstate.kinds import IMPACTS, SEVERITIES, find_kind, find_severity
from statusgen.importers.cstate.parts import split_body
from statusgen.importers.cstate.times import end_of_change, end_of_incident, end_of_notice, read_times
from statusgen.importers.entries import Component, Entry
from statusgen.importers.front_matter import FrontMatter, decode, flag_of, read_front_matter, text_of, texts_of
from statusgen.importers.markdown import tidy
from statusgen.importers.text import write_time

_USED = frozenset(
    [
        *("title", "date", "resolved", "resolvedwhen", "severity", "affected", "section", "informational", "pin"),
        *("draft", "slug", "url", "aliases"),
    ]
)
_TRACK = re.compile(r"\{\{[<%]\s*track\s+[\"'`]?([^\"'`>%]*)[\"'`]?\s*/?[>%]\}\}")
_SHORTCODE = re.compile(r"\{\{[<%](?!\s*/?\s*track\b)[^{}]*?[>%]\}\}")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`zone` is that of times without one; `system_of` is what the site calls a system that an issue names; `planned`
    are the keys of what an earlier import took as planned work."""

    now: datetime
    zone: tzinfo
    url: str
    system_of: Callable[[str], str]
    planned: Collection[str] = ()


def read_issue(path: str, data: bytes, around: Surroundings) -> tuple[Entry | None, list[str]]:
    """(entry, notes) of a file by its path from the folder `content`; None, and why, where it can be none."""
    text, note = decode(data)
    front = read_front_matter(text)
    notes = [f"guessed: {guess}" for guess in (note, *front.notes) if guess]
    start, end = read_times(path, front, around.zone, notes)
    if start is None:
        date = text_of(front.fields.get("date"))
        return None, [f"no date can be read{f': `{date}`' if date else ''}, and none is in its name"]
    return _make_entry(path, front, start, end, around, notes), notes


def _make_entry(
    path: str, front: FrontMatter, start: datetime, end: datetime | None, around: Surroundings, notes: list[str]
) -> Entry:
    fields = front.fields
    common = _common(path, front, around, notes)
    body = _clean(front.body, notes)
    resolved, informational = flag_of(fields.get("resolved")), flag_of(fields.get("informational"))
    severity, guess = find_severity(text_of(fields.get("severity")))
    named = _components(texts_of(fields.get("affected")), around, notes)
    kind, why = find_kind(
        common.title,
        body,
        severity,
        informational=informational,
        affected=bool(named),
        ahead=start > around.now,
        planned_end=end is not None and not resolved,
        was_planned=common.key in around.planned,
    )
    notes += [f"guessed: {text}" for text in ("" if informational else guess, why) if text]
    if kind == "notice":
        pinned = flag_of(fields.get("pin"))
        return replace(
            common,
            kind=kind,
            body=_TRACK.sub(r"(\1)", body),
            components=tuple((name, None) for name in named),
            starts_at=start,
            ends_at=end_of_notice(start, end, pinned, notes),
            pinned=pinned,
        )
    parts = order_parts(split_body(body, start, around.zone, notes), notes)
    if kind == "change":
        if end is not None and end < around.now and not resolved:
            notes.append("guessed: it is not said to be over: taken as over at its planned end")
        return _as_change(common, parts, named, start, end_of_change(start, end, notes), severity, notes)
    if end is not None and not resolved:
        notes.append(f"left out: the end {write_time(end)}, because it is not said to be resolved")
    over = end_of_incident(parts, start, end, notes) if resolved else None
    return replace(
        common,
        updates=make_incident_updates(date_parts(parts, start, over, notes), start, over, notes),
        components=tuple((name, SEVERITIES[severity]) for name in named),
        starts_at=start,
        impact="" if named else IMPACTS[severity],
    )


def _common(path: str, front: FrontMatter, around: Surroundings, notes: list[str]) -> Entry:
    fields = front.fields
    title = text_of(fields.get("title"))
    if not title:
        title = PurePosixPath(path).stem
        notes.append("guessed: it has no title, so its file name is taken")
    kept, lost = old_addresses(path, fields)
    notes += [f"left out: the address {address}, which statusgen cannot keep" for address in lost]
    unused = [key for key in fields if key not in _USED]
    notes += [f"left out: {', '.join(unused)}"] if unused else []
    draft = flag_of(fields.get("draft"))
    if not draft and text_of(fields.get("section")) != "issue":
        draft = True
        notes.append("guessed: without `section: issue` cState lists it nowhere, so it is a draft")
    elif not path.endswith(".md"):
        draft = True
        notes.append("guessed: its name does not end in `.md`, so it was not published, and is a draft")
    feed_id = around.url.rstrip("/") + kept[0] if kept and around.url else ""
    return Entry(feed_id, "", title, "incident", key=f"cstate:{path}", aliases=kept, draft=draft)


def _clean(text: str, notes: list[str]) -> str:
    for shortcode in _SHORTCODE.findall(text):
        notes.append(f"left out: the shortcode {' '.join(shortcode.split())}")
    body, more = tidy(_SHORTCODE.sub("", text))
    notes += more
    return body


def _components(names: list[str], around: Surroundings, notes: list[str]) -> list[str]:
    found = []
    for name in names:
        system = around.system_of(name)
        if system != name:
            notes.append(f"guessed: the system `{name}` is taken as `{system}`")
        found.append(system)
    return list(dict.fromkeys(found))


def _as_change(
    common: Entry, parts: list[Part], named: list[str], start: datetime, end: datetime, severity: str, notes: list[str]
) -> Entry:
    """What is told first, without a time of its own, announces the work."""
    components: tuple[Component, ...] = tuple((name, None) for name in named)
    if named and severity != "notice":
        notes.append(f"guessed: `{severity}` is taken as under maintenance, which counts as no downtime")
    body = ""
    if not parts[0].at and parts[0].status in (None, "scheduled"):
        body, parts = parts[0].text, parts[1:]
    # The rest came later: the first post, at the begin, holds its place.
    first = Part("", None, "", start, "")
    dated = [part for part in date_parts([first, *parts], start, end, notes) if part is not first]
    return replace(
        common,
        kind="change",
        body=body,
        updates=make_change_updates(dated, start, end),
        components=components,
        starts_at=start,
        ends_at=end,
    )
