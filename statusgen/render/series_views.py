"""Series as pages show them: what is ahead, what deviates, and the windows of each month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from statusgen.history.changes import change_status, series_end, shown_window
from statusgen.history.occurrences import Occurrence, list_ahead, planned_window
from statusgen.history.seen import Seen
from statusgen.history.series_months import list_months
from statusgen.history.visible import visible_change
from statusgen.model.entries import Change
from statusgen.model.states import ChangeStatus
from statusgen.render.addresses import entry_path
from statusgen.render.series_contexts import OccurrenceView, SeriesRow

# How many that are over are listed with what was different.
EARLIER = 50


def view_shown(series: Change, seen: Seen) -> OccurrenceView:
    zone = seen.content.site.zone
    return _view(shown_window(series, zone, seen.now), series, seen)


def view_ahead(series: Change, seen: Seen) -> tuple[OccurrenceView, ...]:
    """Without the window that pages give; nothing, where a person has ended the series."""
    zone, now = seen.content.site.zone, seen.now
    if series_end(series, now):
        return ()
    shown = shown_window(series, zone, now)
    coming = [one for one in list_ahead(series, zone, now) if one != shown]
    return tuple(replace(_view(one, series, seen), runs=one.runs_at(now)) for one in coming)


def view_deviating(series: Change, seen: Seen) -> tuple[OccurrenceView, ...]:
    """What is over, newest first. None is left out that has a file of its own, to which nothing else would lead."""
    end = series_end(series, seen.now)
    if end:
        over = [one for one in reversed(series.deviations) if one.change or one.starts_at < end.at]
    else:
        over = [one for one in reversed(series.deviations) if one.ends_at <= seen.now]
    chosen = [one for number, one in enumerate(over) if number < EARLIER or one.change]
    views = (_view(Occurrence(one.starts_at, one.ends_at, one), series, seen) for one in chosen)
    return tuple(sorted(views, key=lambda view: view.starts_at, reverse=True))


def view_months(series: Change, seen: Seen) -> Iterable[tuple[date, SeriesRow]]:
    for month in list_months(series, seen.content.site.zone, seen.now):
        deviating = tuple(_view(one, series, seen) for one in month.deviating)
        yield month.first, SeriesRow(entry_path(series), series.title, month.count, month.days, deviating)


def _view(one: Occurrence, series: Change, seen: Seen) -> OccurrenceView:
    deviation = one.deviation
    if deviation is None:
        return OccurrenceView(one.start, one.end)
    zone, now = seen.content.site.zone, seen.now
    entry = visible_change(deviation.change, now) if deviation.change else None
    status = change_status(entry, zone, now) if entry else None
    states = dict(deviation.states or ())
    return OccurrenceView(
        starts_at=one.start,
        ends_at=one.end,
        planned=_planned(series, zone, deviation.on, (one.start, one.end)),
        cancelled=deviation.cancelled or status is ChangeStatus.CANCELLED,
        title=deviation.title,
        reason=deviation.reason,
        states=tuple((part, states[part.id]) for part in seen.content.site.components if part.id in states),
        entry=entry,
        status=status,
    )


def _planned(
    series: Change, zone: ZoneInfo, on: datetime, window: tuple[datetime, datetime]
) -> tuple[datetime, datetime] | None:
    planned = planned_window(series, zone, on)
    return None if (planned.start, planned.end) == window else (planned.start, planned.end)
