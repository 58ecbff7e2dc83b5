"""What git tells of entries, as pages show it: who said what when, and what was corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from statusgen.history.course import began_at
from statusgen.history.figures import Figure
from statusgen.history.seen import Seen
from statusgen.history.shifts import Shift
from statusgen.history.snapshot import Snapshot
from statusgen.model.audit import Changed, Correction, Stretch, What
from statusgen.model.entries import Change, Incident
from statusgen.model.kept import kept_with
from statusgen.model.language import ENGLISH, Language, mark
from statusgen.model.revisions import Commit, Record
from statusgen.model.site import Component, Site
from statusgen.render.names import name_within
from statusgen.render.words import format_time, format_window

SHORT = 12
TITLES = {
    What.BEGAN: mark("Began"),
    What.ENDED: mark("Ended"),
    What.WINDOW_BEGAN: mark("Window begins"),
    What.WINDOW_ENDED: mark("Window ends"),
    What.ANNOUNCED: mark("Announced"),
    What.UPDATE: mark("An update"),
    What.COUNTS: mark("Counts as downtime"),
    What.KIND: mark("Is"),
}
TAKEN = {
    What.DELETED: mark("Deleted, with all that it counted"),
    What.DRAFTED: mark("Made a draft again, with all that it counted"),
    What.HIDDEN: mark("Taken out of the page, with all that it counted"),
    What.PUT_BACK: mark("Put back, with all that it counts"),
}
NONE = {What.ENDED: mark("not over"), What.UPDATE: mark("taken out")}


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """`months` have its effect on figures."""

    correction: Correction
    months: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class RecordView:
    """`delay` is the time from the begin to the publication, below zero where it was published ahead."""

    record: Record
    delay: timedelta | None
    corrections: tuple[CorrectionView, ...]


@dataclass(frozen=True, slots=True)
class ShiftView:
    """A correction on a month's page, with the figures of all components that it reaches there: (component, before,
    after, seconds lost more). `entry` is published; None where it is not there any more."""

    correction: Correction
    entry: Incident | Change | None
    figures: tuple[tuple[Component, Figure, Figure, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Index:
    """Corrections of what is published, by the path of the file, each with the first days of the months in which it has
    an effect."""

    corrections: Mapping[str, tuple[tuple[Correction, tuple[date, ...]], ...]]

    def differing(self, other: Index) -> set[str]:
        """The paths of the files of which one tells other things than the other."""
        paths = self.corrections.keys() | other.corrections.keys()
        return {path for path in paths if self.corrections.get(path) != other.corrections.get(path)}


def index_corrections(seen: Seen) -> Index:
    audit = seen.content.audit
    if not audit or not audit.corrections:
        return Index({})
    months: dict[tuple[str, str], set[date]] = {}
    for by_month in seen.reach.months.values():
        for first, some in by_month.items():
            for sides in some:
                months.setdefault(sides.correction.key, set()).add(first)
    found: dict[str, list[tuple[Correction, tuple[date, ...]]]] = {}
    for correction in audit.corrections:
        if correction.is_last:
            reached = tuple(sorted(months.get(correction.key, ())))
            found.setdefault(correction.path, []).append((correction, reached))
    return Index({path: tuple(some) for path, some in found.items()})


def view_record(entry: Incident | Change, index: Index) -> RecordView | None:
    """None where git tells nothing."""
    record = entry.record
    if record is None:
        return None
    delay = record.shown_at - began_at(entry) if record.shown_at else None
    views = tuple(CorrectionView(correction, months) for correction, months in index.corrections.get(entry.path, ()))
    return RecordView(record, delay, views)


def view_shifts(snapshot: Snapshot) -> Mapping[date, tuple[ShiftView, ...]]:
    """By the first day of each month, in the order of time."""
    audit = snapshot.content.audit
    if not audit or not audit.corrections:
        return {}
    found: dict[tuple[str, str], dict[date, list[Shift]]] = {}
    for (_, first), month in snapshot.shifts.months.items():
        for shift in month.shifts:
            found.setdefault(shift.correction.key, {}).setdefault(first, []).append(shift)
    hidden = snapshot.seen.all_incidents.hidden | snapshot.seen.all_changes.hidden
    views: dict[date, list[ShiftView]] = {}
    for correction in audit.corrections:
        entry = audit.shown.get(correction.path) if correction.is_last else None
        shown = entry if entry and entry.id not in hidden else None
        for first, shifts in found.get(correction.key, {}).items():
            figures = tuple((s.component, s.before, s.after, s.seconds) for s in shifts)
            views.setdefault(first, []).append(ShiftView(correction, shown, figures))
    return {first: tuple(some) for first, some in views.items()}


@kept_with
def describe_correction(correction: Correction, site: Site) -> tuple[str, ...]:
    """What is another one than before."""
    return tell_correction(correction, site, ENGLISH)


def tell_correction(correction: Correction, site: Site, language: Language) -> tuple[str, ...]:
    """The same in any language."""
    names = {component.id: component.name for component in site.components}
    return tuple(_describe(changed, names, site.zone, language) for changed in correction.changes)


def _describe(changed: Changed, names: Mapping[str, str], zone: ZoneInfo, language: Language) -> str:
    """`Began: 3 November 2026, 09:12 CET → 3 November 2026, 09:25 CET`."""
    if changed.what in TAKEN:
        return language.find(TAKEN[changed.what])
    if changed.what in TITLES:
        title = language.find(TITLES[changed.what])
    else:
        title = names.get(changed.component, changed.component)
    before, after = (_value(value, changed.what, zone, language) for value in (changed.before, changed.after))
    return f"{title}: {before} → {after}"


def _value(value: datetime | tuple[Stretch, ...] | str | None, what: What, zone: ZoneInfo, language: Language) -> str:
    if value is None:
        return language.find(NONE.get(what, mark("none")))
    if isinstance(value, str):
        return language.find(value)
    if isinstance(value, datetime):
        return format_time(value, zone, language)
    return ", ".join(_stretch(stretch, zone, language) for stretch in value) or language.say("not affected")


def _stretch(stretch: Stretch, zone: ZoneInfo, language: Language) -> str:
    if stretch.end:
        when = format_window(stretch.start, stretch.end, zone, language)
    else:
        when = language.say("from {at}", at=format_time(stretch.start, zone, language))
    state, counted = name_within(stretch.state, language), name_within(stretch.counted, language)
    if stretch.counted is stretch.state:
        return f"{state} {when}"
    return language.say("{state} (counts as {counted}) {when}", state=state, counted=counted, when=when)


def short_id(commit: Commit) -> str:
    return commit.id[:SHORT]
