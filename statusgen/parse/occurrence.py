"""`occurrence` of a change: the one occurrence of a series for which its file stands; and whether there is that one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from itertools import takewhile
from zoneinfo import ZoneInfo

import yaml

from statusgen.history.occurrences import find_windows, wall_times
from statusgen.history.places import find_wall, walls_on
from statusgen.model.entries import Change, OccurrenceName
from statusgen.model.zone import to_instant
from statusgen.parse.except_items import read_on
from statusgen.parse.exceptions import nearest_hint
from statusgen.parse.fields import Fields
from statusgen.parse.parsed import Parsed
from statusgen.parse.repeat import SOON
from statusgen.parse.slug import slug_of
from statusgen.parse.times import Clock
from statusgen.problems import Problem, Severity, suggest

EXAMPLE = "`occurrence: {of: weekly-backup, on: 2026-12-31}`"


def read_occurrence(fields: Fields, clock: Clock) -> OccurrenceName | None:
    node = fields.node("occurrence")
    if node is None:
        return None
    line = fields.line_of_key("occurrence")
    if not isinstance(node, yaml.MappingNode):
        fields.complain(line, "wrong-type", "`occurrence` says of which series, and on which day", EXAMPLE)
        return None
    part = fields.section(node)
    series, on = part.text("of"), read_on(part, clock)
    part.finish()
    if not series:
        part.complain(line, "missing-key", "`of` is missing", f"the series that this is an occurrence of: {EXAMPLE}")
    if fields.node("repeat") is not None:
        fields.complain(line, "bad-occurrence", "one occurrence of a series does not repeat itself",
                        "leave out `repeat`, or `occurrence`")  # fmt: skip
        return None
    return OccurrenceName(series, *on) if series and on else None


def check_occurrences(files: Iterable[Parsed], unread: Iterable[str], zone: ZoneInfo) -> list[Problem]:
    """Files that stand for an occurrence which is not there, or is another file's or that of an `except`.

    Nothing is said of series in `unread`, paths with errors."""
    files = [parsed for parsed in files if isinstance(parsed.entry, Change)]
    broken = {slug_of(path) for path in unread}
    by_series: defaultdict[str, list[Parsed]] = defaultdict(list)
    for parsed in files:
        if isinstance(parsed.entry, Change) and parsed.entry.occurrence:
            by_series[parsed.entry.occurrence.series].append(parsed)
    known = {parsed.entry.id: parsed for parsed in files if parsed.entry.id in by_series}
    ids = [parsed.entry.id for parsed in files if isinstance(parsed.entry, Change) and parsed.entry.repeat]
    near = cache(lambda name: suggest(name, ids))
    problems: list[Problem] = []
    for name, named in by_series.items():
        series = known.get(name)
        if series is None:
            if name not in broken:
                wrong = ("unknown-series", f"there is no change `{name}`", near(name))
                problems += [_problem(parsed, *wrong) for parsed in named]
        elif not isinstance(series.entry, Change) or not series.entry.repeat:
            wrong = ("no-series", f"the change `{name}` does not repeat", near(name))
            problems += [_problem(parsed, *wrong) for parsed in named]
        else:
            problems += _check_files(series, series.entry, named, zone)
    return problems


def _check_files(owner: Parsed, series: Change, named: Sequence[Parsed], zone: ZoneInfo) -> list[Problem]:
    problems = []
    changes = [(parsed, parsed.entry) for parsed in named if isinstance(parsed.entry, Change)]
    walls = walls_on(series, zone, {change.occurrence.on.date() for _, change in changes if change.occurrence})
    taken = {one.on: owner.entry.path for one in series.deviations}
    # A draft takes no place from what is published.
    for parsed, change in sorted(changes, key=lambda pair: (pair[0].draft, pair[1].path)):
        on = find_wall(change, walls)
        if on is None:
            problems.append(_problem(parsed, *_why_none(series, change, zone, walls.get(_day_of(change).date(), ()))))
        elif on in taken:
            message = f"the window of `{series.id}` on {on:%A, %Y-%m-%d} has an exception in {taken[on]}"
            problems.append(_problem(parsed, "two-exceptions", message, "keep one of both"))
        elif owner.draft and not parsed.draft:
            message = f"the change `{series.id}` is a draft"
            problems.append(_problem(parsed, "draft-series", message, "make this a draft too, or publish the series"))
        else:
            taken[on] = change.path
    for parsed, change in changes:
        on = find_wall(change, walls)
        if on and taken.get(on) == change.path and (other := _find_sibling(series, change, zone, taken)):
            message = f"this window overlaps that of `{series.id}` at {other.astimezone(zone):%Y-%m-%d %H:%M}"
            line, hint = parsed.occurrence_line, "cancel that one with `except`, or move one of both"
            problems.append(Problem(change.path, line, "repeat-overlap", message, hint, "warning"))
    return problems


def _find_sibling(series: Change, change: Change, zone: ZoneInfo, taken: Iterable[datetime]) -> datetime | None:
    """When another window of the series begins that overlaps that of the change."""
    replaced = {to_instant(on, zone) for on in taken}
    near = takewhile(lambda one: one.start < change.ends_at, find_windows(series, zone, change.starts_at))
    return next((one.start for one in near if one.deviation or one.start not in replaced), None)


def _day_of(change: Change) -> datetime:
    return change.occurrence.on if change.occurrence else datetime.min  # noqa: DTZ901


def _why_none(series: Change, change: Change, zone: ZoneInfo, there: Sequence[datetime]) -> tuple[str, str, str]:
    on = _day_of(change)
    if there:
        times = " or ".join(f"`on: {wall:%Y-%m-%d %H:%M}`" for wall in there[:3])
        message = f"`{series.id}` has {len(there)} windows on {on:%A, %Y-%m-%d}, and none at {on:%H:%M}"
        if change.occurrence and change.occurrence.by_day:
            message = f"`{series.id}` has {len(there)} windows on {on:%A, %Y-%m-%d}"
        return "no-occurrence", message, f"write which one: {times}"
    until = on + SOON
    walls = list(takewhile(lambda wall: wall <= until, wall_times(series, zone)))
    message = f"`{series.id}` has no window on {on:%A, %Y-%m-%d}"
    return "no-occurrence", message, nearest_hint(on, walls)


def _problem(parsed: Parsed, code: str, message: str, hint: str) -> Problem:
    severity: Severity = "warning" if parsed.draft else "error"
    return Problem(parsed.entry.path, parsed.occurrence_line, code, message, hint, severity)
