"""VEVENT: planned work as a calendar shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from statusgen.history.occurrences import planned_window
from statusgen.model.entries import Change, Deviation, Update, component_ids
from statusgen.model.site import Site
from statusgen.model.states import ChangeStatus
from statusgen.render.addresses import entry_path
from statusgen.render.calendar.lines import line, local, text, utc
from statusgen.render.calendar.maintnote import impacts_of, maintnote_lines, uid_of
from statusgen.render.calendar.series import is_told, read_series, takes_place
from statusgen.render.calendar.words import describe

PREFIX = "CANCELLED: "


@dataclass(frozen=True, slots=True)
class Event:
    """Planned work as it is visible, with its `status`, how often its event has changed, and when last.

    `newest` is what was told last. `occurrences` are events of their own that stand in a series."""

    change: Change
    status: ChangeStatus
    sequence: int
    at: datetime
    newest: Update | None
    occurrences: tuple[tuple[datetime, Event], ...] = ()


@dataclass(frozen=True, slots=True)
class _Face:
    """What an event shows: `when` are the lines of its times."""

    uid: str
    when: tuple[str, ...]
    title: str
    description: str
    status: ChangeStatus
    impacts: dict[str, str]


def event_text(event: Event, site: Site) -> str:
    """All its lines, kept with its change: it stands in the calendars of several components, and in the next ones."""
    kept, made_from = event.change.kept.get("calendar"), (event, site)
    if kept is None or kept[0] != made_from:
        kept = event.change.kept["calendar"] = (made_from, "".join(_lines(event, site)))
    return str(kept[1])


def _lines(event: Event, site: Site) -> Iterator[str]:
    change = event.change
    uid = uid_of(change, site)
    if not change.repeat:
        yield from _single(event, site, uid)
        return
    rule = read_series(change, (site.zone, event.status is ChangeStatus.CANCELLED))
    planned = planned_window(change, site.zone, rule.first)
    zone = f";TZID={site.zone.key}"
    end = planned.end.astimezone(site.zone)
    # Where clocks are moved in between, only an end in UTC gives programs that count by the clock the true length.
    is_plain = end.replace(tzinfo=None) - rule.first == planned.end - planned.start and not end.fold
    ends = line(f"DTEND{zone}", local(end)) if is_plain else line("DTEND", utc(planned.end))
    when = (line(f"DTSTART{zone}", local(rule.first)), ends, line("RRULE", rule.text))
    yield from _event(event, site, _face(event, site, uid, when))
    for deviation in change.deviations:
        if deviation.change is None and is_told(deviation, change, rule, site.zone):
            happens = event.status is not ChangeStatus.CANCELLED and takes_place(deviation, rule)
            status = event.status if happens else ChangeStatus.CANCELLED
            yield from _event(event, site, _deviating(event, site, deviation, status))
    for on, occurrence in event.occurrences:
        yield from _single(occurrence, site, uid, _place(on, site))


def _single(event: Event, site: Site, uid: str, place: tuple[str, ...] = ()) -> Iterator[str]:
    when = (*place, *_window(event.change.starts_at, event.change.ends_at))
    return _event(event, site, _face(event, site, uid, when))


def _face(event: Event, site: Site, uid: str, when: tuple[str, ...]) -> _Face:
    change = event.change
    words = describe(change, event.newest, site.url + entry_path(change))
    return _Face(uid, when, change.title, words, event.status, impacts_of(change))


def _deviating(event: Event, site: Site, deviation: Deviation, status: ChangeStatus) -> _Face:
    change = event.change
    words = describe(change, event.newest, site.url + entry_path(change), deviation.reason)
    when = (*_place(deviation.on, site), *_window(deviation.starts_at, deviation.ends_at))
    impacts = impacts_of(change, deviation.states)
    return _Face(uid_of(change, site), when, deviation.title or change.title, words, status, impacts)


def _place(on: datetime, site: Site) -> tuple[str, ...]:
    return (line(f"RECURRENCE-ID;TZID={site.zone.key}", local(on)),)


def _window(starts_at: datetime, ends_at: datetime) -> tuple[str, str]:
    return line("DTSTART", utc(starts_at)), line("DTEND", utc(ends_at))


def _event(event: Event, site: Site, face: _Face) -> Iterator[str]:
    """What was called off stays: some programs show the status, and some only the title."""
    cancelled = face.status is ChangeStatus.CANCELLED
    named = set(face.impacts) or set(component_ids(event.change))
    names = [component.name for component in site.components if component.id in named]
    yield line("BEGIN", "VEVENT")
    yield line("UID", text(face.uid))
    yield line("DTSTAMP", utc(event.at))
    yield line("LAST-MODIFIED", utc(event.at))
    yield line("SEQUENCE", str(event.sequence))
    yield from face.when
    yield line("SUMMARY", text((PREFIX if cancelled else "") + face.title))
    yield line("DESCRIPTION", text(face.description))
    yield line("URL", site.url + entry_path(event.change))
    if names:
        yield line("CATEGORIES", ",".join(map(text, names)))
    yield line("STATUS", "CANCELLED" if cancelled else "CONFIRMED")
    yield line("TRANSP", "TRANSPARENT")
    yield from maintnote_lines(event.change, site, face.status, face.impacts)
    yield line("END", "VEVENT")
