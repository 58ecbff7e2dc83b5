"""The HTML inside feed items."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from statusgen.history.occurrences import planned_window
from statusgen.model.entries import Change, Deviation, Incident, Notice, States, Update
from statusgen.model.language import Language
from statusgen.model.languages import get_language
from statusgen.model.revisions import Move
from statusgen.model.site import Site
from statusgen.render.addresses import entry_path
from statusgen.render.formats import MONTHS, formats_of
from statusgen.render.markdown import absolute_links, lift_links, render_markdown
from statusgen.render.names import name_of, name_within
from statusgen.render.words import AUTOMATIC, format_local, format_repeat, format_window, zone_name


def update_html(entry: Incident | Change, update: Update, site: Site, language: Language, first: bool) -> str:
    """What one update says: its text, and the components that it moves; the `first` brings the summary too."""
    parts = [_said(entry, update, site, language)]
    if first:
        parts.append(_summary(entry, site))
    if isinstance(entry, Change) and not update.automatic:
        parts.append(f"<p>{_window(entry, site, language)}</p>")
    if update.states:
        parts.append(_states_html(update.states, site, language))
    return "".join(parts)


def notice_html(notice: Notice, site: Site) -> str:
    return _in_language(_html(notice.body, notice, site), notice.lang)


def removal_html(entry: Incident | Change, language: Language) -> str:
    if isinstance(entry, Incident):
        return _paragraph(language.say("This incident was removed from the status page."))
    return _paragraph(language.say("This planned work was removed from the status page."))


def announcement_html(change: Change, site: Site, language: Language) -> str:
    """Of planned work that no update has announced."""
    return f"{_summary(change, site)}<p>{_window(change, site, language)}</p>"


def move_html(change: Change, move: Move, site: Site, language: Language) -> str:
    old = format_window(move.old_starts_at, move.old_ends_at, site.zone, language)
    new = format_window(move.starts_at, move.ends_at, site.zone, language)
    return _moved(new, old, language) + _summary(change, site)


def deviation_html(change: Change, one: Deviation, site: Site, language: Language) -> tuple[str, str]:
    """What it is called, and what it says."""
    planned = planned_window(change, site.zone, one.on)
    old = format_window(planned.start, planned.end, site.zone, language)
    new = format_window(one.starts_at, one.ends_at, site.zone, language)
    reason = _paragraph(one.reason) if one.reason else ""
    if one.cancelled:
        return language.say("Cancelled"), _paragraph(language.say("Cancelled: {window}", window=old)) + reason
    if (one.starts_at, one.ends_at) != (planned.start, planned.end):
        return language.say("Rescheduled"), _moved(new, old, language) + reason
    states = _states_html(one.states, site, language) if one.states else ""
    return language.say("Changed"), f"{_paragraph(new)}{states}{reason}"


def _moved(new: str, old: str, language: Language) -> str:
    first = language.say("New time: {window}", window=new)
    return _paragraph(first) + _paragraph(language.say("Instead of: {window}", window=old))


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def statuspage_html(
    entry: Incident | Change | Notice, updates: Sequence[Update], site: Site, language: Language
) -> str:
    """Statuspage's shape: all updates, newest first; a repeated status is called an update. `updates` oldest first.

    Below them stands the summary, which that shape has no place for."""
    parts = []
    before = None
    for update in updates:
        label = language.say("Update") if update.status is before else name_of(update.status, language)
        before = update.status
        text = _said(entry, update, site, language)
        # Their shape has the text in the same paragraph as its date, so the first paragraph's tag gives way.
        if text.startswith("<p>"):
            head, _, tail = text.removeprefix("<p>").partition("</p>")
        else:
            head, tail = "", text
        parts.append(f"<p>{_when(update, site, language)}<br><strong>{escape(label)}</strong> - {head}</p>{tail}")
    if not isinstance(entry, Notice):
        parts.insert(0, _summary(entry, site))
    if isinstance(entry, Change):
        title = escape(language.say("THIS IS A SCHEDULED EVENT"))
        parts.append(f"<p><strong>{title}</strong> {_window(entry, site, language)}</p>")
    return "".join(parts[::-1])


def _window(change: Change, site: Site, language: Language) -> Markup:
    """Of a series the first one, and how it goes on."""
    window = format_window(change.starts_at, change.ends_at, site.zone, language)
    if not change.repeat:
        return escape(window)
    every = format_repeat(change.repeat, language)
    return escape(language.say("{window}, and then {every}", window=window, every=every))


def _states_html(states: States, site: Site, language: Language) -> str:
    names = {component.id: component.name for component in site.components}
    moved = ", ".join(f"{names[component]}: {name_within(state, language)}" for component, state in states)
    return f"<p>{escape(moved)}</p>"


def _summary(entry: Incident | Change, site: Site) -> str:
    html = _html(entry.summary, entry, site) if entry.summary else ""
    return _in_language(html, entry.lang)


def _said(entry: Incident | Change | Notice, update: Update, site: Site, language: Language) -> str:
    if update.automatic:
        return _paragraph(language.find(AUTOMATIC[update.status.value]))
    return _in_language(_html(update.body, entry, site), update.lang)


def _html(text: str, entry: Incident | Change | Notice, site: Site) -> str:
    html = render_markdown(text)
    return absolute_links(html if site.url == site.root else lift_links(html), site.url + entry_path(entry))


def _in_language(html: str, tag: str) -> str:
    """`tag` is "" where it is the feed's own."""
    way = "rtl" if tag and get_language(tag).is_rtl else "ltr"
    return f'<div lang="{tag}" dir="{way}">{html}</div>' if tag and html else html


def in_direction(html: str, language: Language) -> str:
    """Readers write from left to right where nothing else is said."""
    return f'<div dir="rtl">{html}</div>' if html and language.is_rtl else html


def _when(update: Update, site: Site, language: Language) -> str:
    local = update.at.astimezone(site.zone)
    if language.tag != "en":
        return f"<small>{escape(format_local(local, language))}</small>"
    day = f"{MONTHS[local.month - 1][:3]} <var data-var='date'>{local.day:2d}</var>"
    clock = formats_of(language).clock(local.replace(second=0))
    return f"<small>{day}, <var data-var='time'>{clock}</var> {zone_name(local)}</small>"
