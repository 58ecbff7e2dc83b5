"""A diff in words: sections of lines, in which what people wrote is marked as such, for any form to make safe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from statusgen.diff.entries import Edit, EntryDiff, Event
from statusgen.diff.figures import UptimeDiff
from statusgen.diff.later import LaterDiff
from statusgen.diff.plan import Address, Diff
from statusgen.diff.side import Seen
from statusgen.diff.translations import Became, WordsDiff
from statusgen.history.status import PageStatus
from statusgen.model.languages import get_language
from statusgen.model.states import State
from statusgen.problems import Problem
from statusgen.render.feeds.items import Item
from statusgen.render.names import name_of
from statusgen.render.words import format_time

NOTHING = "Nothing changes for customers."
MOST_LINES = 50
WORDS = {Event.CANCELLED: "is cancelled", Event.RENAMED: "gets another id", Event.EDITED: "is edited"}
GOOD, BAD = (Event.OPENS, Event.APPEARS, Event.REOPENS), (Event.DISAPPEARS, Event.CANCELLED)
Sign = Literal["+", "-", "~", "!", " "]


class Quote(str):
    """A text that somebody else wrote."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Line:
    """`sign`: + comes, - goes, ~ is another, ! is wrong."""

    sign: Sign
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[Line, ...]


def describe_sides(diff: Diff) -> Line:
    """`main (1a2b3c4d5e6f) → the working tree, as of 3 November 2026, 09:20 CET`."""
    return Line(" ", (*_name(diff.base), " → ", *_name(diff.head), f", as of {format_time(diff.now, _zone(diff))}"))


def describe_diff(diff: Diff, folder: str, most: int | None = MOST_LINES) -> tuple[Section, ...]:
    """What is wrong comes first, and all of it. `folder` is put before paths of files; of each other section there are
    at most so many lines."""
    zone = _zone(diff)
    sections = (
        Section("Problems introduced", tuple(_problem(one, "!", folder) for one in diff.introduced)),
        Section("Shown in spite of errors", tuple(_stand_ins(diff, folder))),
        Section(
            "Not compared", tuple(Line("!", (Quote(f"{folder}{path}"), " is ignored by git")) for path in diff.ignored)
        ),
        Section("Nothing to show", tuple(_unseen(diff))),
        Section("Status", tuple(_states(diff))),
        Section("Entries", tuple(_entry(one, zone, folder) for one in diff.entries)),
        Section("Translations", tuple(_words(one, folder) for one in diff.words)),
        Section("Later", tuple(_later(one, zone, folder) for one in diff.later)),
        Section("Feeds announce", tuple(_item(one, "+", zone) for one in diff.news.announced)),
        Section("Feeds tell in other words, not as news", tuple(_item(one, "~", zone) for one in diff.news.revised)),
        Section("Feeds no longer have", tuple(_item(one, "-", zone) for one in diff.news.withdrawn)),
        Section("Uptime", tuple(_uptime(one) for one in diff.uptime)),
        Section("Addresses that vanish", tuple(_pages(diff.vanished, "-"))),
        Section("New addresses", tuple(_pages(diff.added, "+"))),
        Section("Problems mended", tuple(_problem(one, "~", folder) for one in diff.mended)),
    )
    return tuple(_cut(section, most) for section in sections if section.lines)


def _cut(section: Section, most: int | None) -> Section:
    rest = len(section.lines) - most if most else 0
    if rest <= 0 or section.lines[0].sign == "!":
        return section
    return replace(section, lines=(*section.lines[:most], Line(" ", (f"and {rest} more",))))


def _zone(diff: Diff) -> ZoneInfo:
    return diff.site.zone if diff.site else ZoneInfo("UTC")


def _name(seen: Seen) -> Iterator[str]:
    yield Quote(seen.name)
    if seen.commit:
        yield f" ({seen.commit[:12]})"


def _problem(problem: Problem, sign: Sign, folder: str) -> Line:
    where = f"{folder}{problem.path}:{problem.line}" if problem.line else f"{folder}{problem.path}"
    hint = (" ", Quote(f"({problem.hint})")) if problem.hint else ()
    return Line(sign, (Quote(where), f": {problem.severity}[{problem.code}]: ", Quote(problem.message), *hint))


def _stand_ins(diff: Diff, folder: str) -> Iterator[Line]:
    if diff.errors and diff.head.side:
        count = f"{diff.errors} error{'s' if diff.errors > 1 else ''}"
        yield Line(
            "!", (*_name(diff.head), f" has {count}: `build` publishes nothing; `watch` shows what is compared here")
        )
    for path, commit in diff.stand_ins:
        shown = f" is shown as of {commit[:12]}" if commit else " is left out: no version of it was ever good"
        yield Line("!", (Quote(f"{folder}{path}"), shown))


def _unseen(diff: Diff) -> Iterator[Line]:
    if not diff.base.side:
        yield Line("~", (*_name(diff.base), ": ", Quote(diff.base.why_none), "; so everything is new"))
    if not diff.head.side:
        yield Line("!", (*_name(diff.head), ": ", Quote(diff.head.why_none), "; so nothing would be published"))


def _states(diff: Diff) -> Iterator[Line]:
    for name, pair in (("Banner", diff.banner), ("Page status of the API", diff.status)):
        if pair and not (name != "Banner" and pair == diff.banner):
            yield Line("~", (f"{name}: {_sentence(pair[0])} → {_sentence(pair[1])}",))
    for flip in diff.components:
        sign: Sign = "+" if flip.before is None else "-" if flip.after is None else "~"
        yield Line(sign, (Quote(flip.name), f": {_state(flip.before)} → {_state(flip.after)}"))


def _sentence(status: PageStatus | None) -> str:
    return f"{status.description} ({status.indicator})" if status else "none"


def _state(state: State | None) -> str:
    return name_of(state).lower() if state else "not on the page"


def _entry(entry: EntryDiff, zone: ZoneInfo, folder: str) -> Line:
    events = ", ".join(WORDS.get(event, event.value) for event in entry.events)
    first = entry.events[0]
    sign: Sign = "+" if first in GOOD else "-" if first in BAD else "~"
    parts: list[str] = [f"{entry.kind} {events}: ", Quote(entry.title), " (", Quote(f"{folder}{entry.path}"), ")"]
    if entry.old_id:
        parts += ["; id: ", Quote(entry.old_id), " → ", Quote(entry.id), "; with ", Quote(f"id: {entry.old_id}")]
        parts += [" in the file its address stays"]
    for edit in entry.edits:
        if first in (Event.OPENS, Event.APPEARS):
            parts += [f"; {edit.field}: ", *_value(edit, edit.after, zone)]
        elif first is not Event.DISAPPEARS:
            parts += [f"; {edit.field}: ", *_value(edit, edit.before, zone), " → ", *_value(edit, edit.after, zone)]
    return Line(sign, tuple(parts))


def _words(one: WordsDiff, folder: str) -> Line:
    sign: Sign = "+" if one.became is Became.NEW else "-" if one.became is Became.GONE else "~"
    verb = "is edited" if one.became is Became.EDITED else one.became.value
    return Line(sign, (f"{get_language(one.language).english} {verb}: ", Quote(f"{folder}{one.path}")))


def _later(one: LaterDiff, zone: ZoneInfo, folder: str) -> Line:
    name = (Quote(one.title), " (", Quote(f"{folder}{one.path}"), ")")
    if one.after is None:
        return Line("-", (f"{one.kind} no longer appears by itself: ", *name))
    was = f" instead of {format_time(one.before, zone)}" if one.before else ""
    return Line("~" if was else "+", (f"{one.kind} appears {format_time(one.after, zone)}{was}: ", *name))


def _value(edit: Edit, value: str | datetime | None, zone: ZoneInfo) -> Iterator[str]:
    if isinstance(value, datetime):
        yield format_time(value, zone)
    elif value is None:
        yield "none"
    else:
        yield name_of(value).lower() if edit.field in ("status", "impact") else Quote(value)


def _item(item: Item, sign: Sign, zone: ZoneInfo) -> Line:
    return Line(sign, (Quote(item.title), f", {format_time(item.told_at, zone)}: ", Quote(item.guid)))


def _uptime(one: UptimeDiff) -> Line:
    period = f" in {one.period}" if one.period else " in the last 90 days"
    parts = (Quote(one.name), f"{period}: {_percent(one.before)} → {_percent(one.after)}")
    if one.kept_before is one.kept_after:
        return Line("~", parts)
    kept = {True: "kept", False: "missed", None: "not decided"}
    promise = f", the promise is {kept[one.kept_after]} (was {kept[one.kept_before]})"
    return Line("!" if one.kept_after is False else "~", (*parts, promise))


def _percent(text: str | None) -> str:
    return f"{text} %" if text else "none"


def _pages(pages: tuple[Address, ...], sign: Sign) -> Iterator[Line]:
    for page in pages:
        title = (", ", Quote(page.title)) if page.title else ()
        yield Line(sign, (Quote(f"/{page.path}"), *title))
