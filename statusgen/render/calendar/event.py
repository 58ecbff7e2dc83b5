"""VEVENT: planned work as a calendar shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import icalendar
from icalendar import Component, vDatetime, vInt, vRecur, vUri

from statusgen.history.occurrences import planned_window
from statusgen.model.entries import Change, Deviation, Update, component_ids
from statusgen.model.language import Language
from statusgen.model.site import Site
from statusgen.model.states import ChangeStatus
from statusgen.render.addresses import entry_path
from statusgen.render.calendar.lines import local, text, texts, to_text
from statusgen.render.calendar.maintnote import add_maintnote, impacts_of, uid_of
from statusgen.render.calendar.series import is_told, read_series, takes_place
from statusgen.render.calendar.words import describe

PREFIX = "CANCELLED: "


@dataclass(frozen=True, slots=True)
class Event:
    """Planned work as it is visible, with its `status`, how often its event has changed, and when last.

    `newest` is what was told last. `occurrences` are events of their own that stand in a series; `earlier` has the day,
    the count and the end of those that did."""

    change: Change
    status: ChangeStatus
    sequence: int
    at: datetime
    newest: Update | None
    occurrences: tuple[tuple[datetime, Event], ...] = ()
    earlier: tuple[tuple[date, int, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class _Face:
    """What an event shows: `when` are its times by their names."""

    uid: str
    when: dict[str, Any]
    title: str
    description: str
    status: ChangeStatus
    impacts: dict[str, str]


def event_text(event: Event, site: Site, language: Language) -> str:
    """All its lines, kept with its change: it stands in the calendars of several components, and in the next ones."""
    kept, made_from = event.change.kept.get("calendar"), (event, site, language)
    if kept is None or kept[0] != made_from:
        kept = event.change.kept["calendar"] = (made_from, "".join(map(to_text, _make(event, site, language))))
    return str(kept[1])


def _make(event: Event, site: Site, language: Language) -> Iterator[Component]:
    change = event.change
    uid = uid_of(change, site)
    if not change.repeat:
        yield _single(event, site, language, uid)
        return
    rule = read_series(change, (site.zone, event.status is ChangeStatus.CANCELLED))
    planned = planned_window(change, site.zone, rule.first)
    end = planned.end.astimezone(site.zone)
    # Where clocks are moved in between, only an end in UTC gives programs that count by the clock the true length.
    is_plain = end.replace(tzinfo=None) - rule.first == planned.end - planned.start and not end.fold
    when = {
        "DTSTART": local(rule.first, site.zone),
        "DTEND": local(end.replace(tzinfo=None), site.zone) if is_plain else vDatetime(planned.end),
        "RRULE": vRecur.from_ical(rule.text),
    }
    yield _event(event, site, _face(event, site, language, uid, when))
    for deviation in change.deviations:
        if deviation.change is None and is_told(deviation, change, rule, site.zone):
            happens = event.status is not ChangeStatus.CANCELLED and takes_place(deviation, rule)
            status = event.status if happens else ChangeStatus.CANCELLED
            yield _event(_counted_on(event, deviation), site, _deviating(event, site, language, deviation, status))
    for on, occurrence in event.occurrences:
        yield _single(occurrence, site, language, uid, _place(on, site))


def _counted_on(event: Event, deviation: Deviation) -> Event:
    for day, count, at in event.earlier:
        if day == deviation.on.date():
            event = replace(event, sequence=event.sequence + count, at=max(event.at, at))
    return event


def _single(event: Event, site: Site, language: Language, uid: str, place: dict[str, Any] | None = None) -> Component:
    when = (place or {}) | _window(event.change.starts_at, event.change.ends_at)
    return _event(event, site, _face(event, site, language, uid, when))


def _face(event: Event, site: Site, language: Language, uid: str, when: dict[str, Any]) -> _Face:
    change = event.change
    words = describe(change, event.newest, site.url + entry_path(change), language)
    return _Face(uid, when, change.title, words, event.status, impacts_of(change))


def _deviating(event: Event, site: Site, language: Language, deviation: Deviation, status: ChangeStatus) -> _Face:
    change = event.change
    words = describe(change, event.newest, site.url + entry_path(change), language, deviation.reason)
    when = _place(deviation.on, site) | _window(deviation.starts_at, deviation.ends_at)
    impacts = impacts_of(change, deviation.states)
    return _Face(uid_of(change, site), when, deviation.title or change.title, words, status, impacts)


def _place(on: datetime, site: Site) -> dict[str, Any]:
    return {"RECURRENCE-ID": local(on, site.zone)}


def _window(starts_at: datetime, ends_at: datetime) -> dict[str, Any]:
    return {"DTSTART": vDatetime(starts_at), "DTEND": vDatetime(ends_at)}


def _event(event: Event, site: Site, face: _Face) -> Component:
    """What was called off stays: some programs show the status, and some only the title."""
    cancelled = face.status is ChangeStatus.CANCELLED
    named = set(face.impacts) or set(component_ids(event.change))
    names = [component.name for component in site.components if component.id in named]
    made = icalendar.Event()
    made["UID"] = text(face.uid)
    made["DTSTAMP"] = made["LAST-MODIFIED"] = vDatetime(event.at)
    made["SEQUENCE"] = vInt(event.sequence)
    made.update(face.when)
    made["SUMMARY"] = text((PREFIX if cancelled else "") + face.title)
    made["DESCRIPTION"] = text(face.description)
    made["URL"] = vUri(site.url + entry_path(event.change))
    if names:
        made["CATEGORIES"] = texts(names)
    made["STATUS"] = text("CANCELLED" if cancelled else "CONFIRMED")
    made["TRANSP"] = text("TRANSPARENT")
    add_maintnote(made, event.change, site, face.status, face.impacts)
    return made
