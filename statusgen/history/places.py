"""Files that stand for one occurrence of a series, brought together with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from statusgen.history.occurrences import planned_window, wall_times
from statusgen.model.entries import Change, Deviation, Place
from statusgen.model.kept import kept_with
from statusgen.model.site import Content
from statusgen.model.states import ChangeStatus


def link_occurrences(content: Content) -> Content:
    """The same content, where series know the changes that stand for one of their occurrences, and these their place.

    What names no occurrence, or one that another file has before it by its path, is a change like any other. The same
    values give the very same ones."""
    named = [change for change in content.changes if change.occurrence]
    if not named:
        return content
    zone = content.site.zone
    files: defaultdict[str, list[Change]] = defaultdict(list)
    for change in named:
        files[change.occurrence.series if change.occurrence else ""].append(change)
    linked: dict[int, Change] = {}
    for series in content.changes:
        if series.repeat and (found := files.get(series.id)):
            places = find_places(series, zone, found)
            linked |= {id(change): _with_place(change, place_of(series, zone, on, change)) for on, change in places}
            linked[id(series)] = _with_changes(series, (zone, tuple((on, linked[id(one)]) for on, one in places)))
    return replace(content, changes=tuple(linked.get(id(change), change) for change in content.changes))


def find_places(series: Change, zone: ZoneInfo, files: Iterable[Change]) -> list[tuple[datetime, Change]]:
    """(wall time, the change that stands for the occurrence which the rule begins then), each occurrence once."""
    found: dict[datetime, Change] = {}
    files = sorted(files, key=lambda change: change.path)
    walls = walls_on(series, zone, {change.occurrence.on.date() for change in files if change.occurrence})
    for change in files:
        on = find_wall(change, walls)
        if on:
            found.setdefault(on, change)
    return sorted(found.items())


def find_wall(change: Change, walls: Mapping[date, Sequence[datetime]]) -> datetime | None:
    """The one occurrence that a file names; None where there is none, or several on its day."""
    name = change.occurrence
    there = walls.get(name.on.date(), ()) if name else ()
    if name and name.by_day:
        return there[0] if len(there) == 1 else None
    return name.on if name and name.on in there else None


def walls_on(series: Change, zone: ZoneInfo, days: Collection[date]) -> Mapping[date, Sequence[datetime]]:
    """The wall times of a series on these days, by day."""
    return _walls_on(series, (zone, frozenset(days)))


@kept_with
def _walls_on(series: Change, asked: tuple[ZoneInfo, frozenset[date]]) -> Mapping[date, Sequence[datetime]]:
    zone, days = asked
    last = max(days)
    found: defaultdict[date, list[datetime]] = defaultdict(list)
    for wall in wall_times(series, zone):
        day = wall.date()
        if day > last:
            break
        if day in days:
            found[day].append(wall)
    return dict(found)


def place_of(series: Change, zone: ZoneInfo, on: datetime, change: Change) -> Place:
    """What was said of a series holds for what takes place within the window that it spoke of."""
    planned = planned_window(series, zone, on)
    told: tuple[datetime, ...] = ()
    if planned.start <= change.starts_at and change.ends_at <= planned.end:
        told = tuple(update.at for update in series.updates if update.status is ChangeStatus.SCHEDULED)
    return Place(series.id, series.title, planned.start, planned.end, told)


@kept_with
def _with_place(change: Change, place: Place) -> Change:
    return replace(change, place=place)


@kept_with
def _with_changes(series: Change, linked: tuple[ZoneInfo, tuple[tuple[datetime, Change], ...]]) -> Change:
    """A file goes before what `except` says of the same occurrence."""
    _, changes = linked
    by_wall = {one.on: one for one in series.deviations}
    for on, change in changes:
        by_wall[on] = Deviation(on, change.starts_at, change.ends_at, title=change.title, change=change)
    return replace(series, deviations=tuple(by_wall[on] for on in sorted(by_wall)))
