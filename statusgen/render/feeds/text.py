"""The HTML inside feed items."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from statusgen.history.occurrences import planned_window
from statusgen.model.entries import Change, Deviation, Incident, Notice, States, Update
from statusgen.model.revisions import Move
from statusgen.model.site import Site
from statusgen.render.addresses import entry_path
from statusgen.render.markdown import absolute_links, render_markdown
from statusgen.render.words import AUTOMATIC, MONTHS, format_clock, format_repeat, format_window, name_of, zone_name


def update_html(entry: Incident | Change, update: Update, site: Site, first: bool) -> str:
    """What one update says: its text, and the components that it moves; the `first` brings the summary too."""
    parts = [_said(entry, update, site)]
    if first:
        parts.append(_summary(entry, site))
    if isinstance(entry, Change) and not update.automatic:
        parts.append(f"<p>{_window(entry, site)}</p>")
    if update.states:
        parts.append(_states_html(update.states, site))
    return "".join(parts)


def notice_html(notice: Notice, site: Site) -> str:
    return absolute_links(render_markdown(notice.body), site.url + entry_path(notice))


def removal_html(entry: Incident | Change) -> str:
    kind = "This incident" if isinstance(entry, Incident) else "This planned work"
    return f"<p>{kind} was removed from the status page.</p>"


def announcement_html(change: Change, site: Site) -> str:
    """Of planned work that no update has announced."""
    return f"{_summary(change, site)}<p>{_window(change, site)}</p>"


def move_html(change: Change, move: Move, site: Site) -> str:
    old = format_window(move.old_starts_at, move.old_ends_at, site.zone)
    new = format_window(move.starts_at, move.ends_at, site.zone)
    return f"<p>New time: {escape(new)}</p><p>Instead of: {escape(old)}</p>{_summary(change, site)}"


def deviation_html(change: Change, one: Deviation, site: Site) -> tuple[str, str]:
    """What it is called, and what it says."""
    planned = planned_window(change, site.zone, one.on)
    old = escape(format_window(planned.start, planned.end, site.zone))
    new = escape(format_window(one.starts_at, one.ends_at, site.zone))
    reason = f"<p>{escape(one.reason)}</p>" if one.reason else ""
    if one.cancelled:
        return "Cancelled", f"<p>Cancelled: {old}</p>{reason}"
    if (one.starts_at, one.ends_at) != (planned.start, planned.end):
        return "Rescheduled", f"<p>New time: {new}</p><p>Instead of: {old}</p>{reason}"
    states = _states_html(one.states, site) if one.states else ""
    return "Changed", f"<p>{new}</p>{states}{reason}"


def statuspage_html(entry: Incident | Change | Notice, updates: Sequence[Update], site: Site) -> str:
    """Statuspage's shape: all updates, newest first; a repeated status is called an update. `updates` oldest first.

    Below them stands the summary, which that shape has no place for."""
    parts = []
    before = None
    for update in updates:
        label = "Update" if update.status is before else name_of(update.status)
        before = update.status
        text = _said(entry, update, site)
        # Their shape has the text in the same paragraph as its date, so the first paragraph's tag gives way.
        if text.startswith("<p>"):
            head, _, tail = text.removeprefix("<p>").partition("</p>")
        else:
            head, tail = "", text
        parts.append(f"<p>{_when(update, site)}<br><strong>{label}</strong> - {head}</p>{tail}")
    if not isinstance(entry, Notice):
        parts.insert(0, _summary(entry, site))
    if isinstance(entry, Change):
        parts.append(f"<p><strong>THIS IS A SCHEDULED EVENT</strong> {_window(entry, site)}</p>")
    return "".join(parts[::-1])


def _window(change: Change, site: Site) -> Markup:
    """Of a series the first one, and how it goes on."""
    window = format_window(change.starts_at, change.ends_at, site.zone)
    return escape(f"{window}, and then {format_repeat(change.repeat)}" if change.repeat else window)


def _states_html(states: States, site: Site) -> str:
    names = {component.id: component.name for component in site.components}
    moved = ", ".join(f"{names[component]}: {name_of(state).lower()}" for component, state in states)
    return f"<p>{escape(moved)}</p>"


def _summary(entry: Incident | Change, site: Site) -> str:
    return absolute_links(render_markdown(entry.summary), site.url + entry_path(entry)) if entry.summary else ""


def _said(entry: Incident | Change | Notice, update: Update, site: Site) -> str:
    if update.automatic:
        return f"<p>{AUTOMATIC[update.status.value]}</p>"
    return absolute_links(render_markdown(update.body), site.url + entry_path(entry))


def _when(update: Update, site: Site) -> str:
    local = update.at.astimezone(site.zone)
    day = f"{MONTHS[local.month - 1][:3]} <var data-var='date'>{local.day:2d}</var>"
    return f"<small>{day}, <var data-var='time'>{format_clock(local)}</var> {zone_name(local)}</small>"
